"""The records of one unit that hold prose: articles first, then policies and what goes with them.

Everything is written in the order of time, so that links lead to what stands there already.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.bench.group.files import Sink, front_matter, pdf, picture
from tests.bench.group.units import UnitFacts
from tests.bench.group.words import Writer

__all__ = ["DAYS", "Desk"]

_FIRST, _LAST = date(2023, 1, 3), date(2025, 12, 26)
DAYS: tuple[str, ...] = tuple(
    day.isoformat()
    for day in (_FIRST + timedelta(days=n) for n in range((_LAST - _FIRST).days + 1))
    if day.weekday() < 5
)
_PICTURES = 16
_RELAYED = (
    ("山西省人民政府", "https://www.shanxi.gov.cn/ywdt/sxyw/{}.shtml"),
    ("新华社", "https://www.news.cn/local/{}.html"),
    ("晋城新闻网", "https://www.jcnews.com.cn/xw/{}.html"),
)


@dataclass
class Desk:
    """Where a unit's items are written: numbers run on, and what was written can be linked to."""

    unit: UnitFacts
    sink: Sink
    writer: Writer
    policies: list[tuple[str, str]] = field(default_factory=list)  # year/stem, title
    _articles: list[tuple[str, str]] = field(default_factory=list)
    _serials: dict[str, int] = field(default_factory=dict)

    def _next(self, series: str) -> int:
        self._serials[series] = self._serials.get(series, 0) + 1
        return self._serials[series]

    def _put(self, path: str, fields: dict[str, object], body: str) -> None:
        text = f"---\n{front_matter(fields)}---\n\n{body}\n"
        self.sink.write(f"content/units/{self.unit.id}/{path}.md", text)

    def _index_number(self, year: str) -> str:
        return f"{self.unit.organ_code}/{year}-{self._next('index' + year):05d}"

    def _body(self, sections: int, numbered: bool = False) -> str:
        write = self.writer
        parts = [write.opening() + write.paragraph(4)]
        for index, heading in enumerate(write.headings(sections)):
            mark = f"{'一二三四五六'[index]}、" if numbered else ""
            parts += [f"## {mark}{heading}", write.paragraph(write.number(3, 5))]
            kind = write.random.random()
            if kind < 0.15:
                parts.append(write.items(write.number(3, 5)))
            elif kind < 0.22:
                parts.append(write.table(write.number(3, 6)))
        return "\n\n".join(parts)

    def articles(self, count: int) -> None:
        """Articles from the first day to the last, their columns in turn."""
        columns = self.unit.columns
        for index in range(count):
            self._article(DAYS[index * len(DAYS) // count], columns[index % len(columns)])

    def _article(self, day: str, column: str) -> None:
        write, year = self.writer, day[:4]
        topic = write.turn()[0]
        title = write.title()
        serial = self._next(f"articles{year}")
        name = f"{year}/{serial:05d}"
        hour, minute = write.number(8, 16), write.number(10, 59)
        clock = f"{day} {hour:02d}:{minute}"
        body = self._body(write.number(1, 4)) + self._links(year)
        front = [f"title: {title}\ncolumn: {column}\npublishedAt: {clock}\n"]
        luck = write.random.random()
        if luck < 0.06:
            source, address = write.random.choice(_RELAYED)
            url = address.format(f"{day.replace('-', '')}/{self.unit.number:03d}{serial:05d}")
            front.append(f"source: {source}\norigin: relayed\nsourceUrl: {url}\n")
        else:
            front.append(f"source: {self.unit.name}\norigin: original\nauthor: 王某（示例）\n")
        front.append(f"editor: 李某（示例）\nsummary: {write.opening()}\n")
        front.append(f"keywords:\n  - {topic}\n  - {write.pick(write.topic[2])}\n")
        if 0.1 < luck < 0.18:
            file = f"files/{serial:05d}.png"
            self._file(f"articles/{year}/{file}", picture(write.number(1, _PICTURES)))
            body += f"\n\n![{topic}各项任务完成量柱状图]({file})"
        elif 0.2 < luck < 0.24:
            file = f"files/{serial:05d}.pdf"
            self._file(f"articles/{year}/{file}", pdf((title, write.opening()[:36])))
            front.append(f"attachments:\n  - file: {file}\n    title: {topic}任务分解表\n")
        elif luck > 0.7 and not self.unit.is_portal:
            front.append("outlets:\n  - site: portal\n    column: bmdt\n")
            front.append(f"submission:\n  submittedAt: {day} {hour + 1:02d}:{minute}\n")
            front.append("  topicClass: news\n")
        path = f"content/units/{self.unit.id}/articles/{name}.md"
        self.sink.write(path, f"---\n{''.join(front)}---\n\n{body}\n")
        self._articles.append((name, title))

    def _file(self, path: str, data: bytes) -> None:
        self.sink.write(f"content/units/{self.unit.id}/{path}", data)

    def _links(self, year: str) -> str:
        """A last paragraph that leads on, under every fourth article."""
        write = self.writer
        if not self._articles or write.random.random() > 0.25:
            return ""
        name, title = self._articles[-write.number(1, min(40, len(self._articles)))]
        text = f"\n\n此前报道见[{title}](../{name}.md)。"
        policies = [policy for policy in self.policies if policy[0][:4] <= year]
        if policies and write.random.random() < 0.5:
            name, title = policies[write.number(0, len(policies) - 1)]
            text += f"有关规定见[{title}](../../policies/{name}.md)。"
        return text

    def policy(self, day: str, interpreted: bool) -> None:
        """A policy, and its interpretation on the same day."""
        write, unit, year = self.writer, self.unit, day[:4]
        topic, theme, tasks, _ = write.turn()
        serial = self._next(f"policies{year}")
        name = f"{year}/{serial:04d}"
        title = f"{unit.name}关于做好{year}年第{serial}批{topic}{tasks[0]}工作的通知"
        fields: dict[str, object] = {
            "title": title,
            "indexNumber": self._index_number(year),
            "documentNumber": f"{unit.prefix}〔{year}〕{serial}号",
            "theme": theme,
            "genre": "通知",
            "policyKind": "normative",
            "article20Item": 1,
            "issuer": unit.name,
            "drafter": f"{unit.short}办公室",
            "writtenDate": day,
            "effectiveDate": day,
            "validity": "valid",
            "way": "proactive",
            "publishNote": "此件公开发布",
            "publishedAt": f"{day} 10:00",
            "source": unit.name,
            "summary": write.opening(),
            "keywords": [topic, *tasks[:2]],
            "needsInterpretation": interpreted,
        }
        if interpreted:
            fields["interpretations"] = [f"units/{unit.id}/interpretations/{name}"]
        else:
            fields["noInterpretationReason"] = "内部工作安排，不涉及公众权利义务"
        self._put(f"policies/{name}", fields, self._body(4, numbered=True))
        self.policies.append((name, title))
        if interpreted:
            self._interpretation(name, day, title)

    def _interpretation(self, name: str, day: str, title: str) -> None:
        write, unit = self.writer, self.unit
        fields: dict[str, object] = {
            "title": f"《{title}》政策解读",
            "policies": [f"units/{unit.id}/policies/{name}"],
            "form": "text",
            "publishedAt": f"{day} 15:00",
            "source": unit.name,
            "background": write.paragraph(2),
            "goals": write.paragraph(1),
            "mainPoints": [write.paragraph(1) for _ in range(3)],
            "summary": write.opening(),
            "contactPhone": unit.phone,
        }
        self._put(f"interpretations/{name}", fields, self._body(2))

    def disclosure(self, day: str) -> None:
        """An item of the disclosure catalogue."""
        write, unit, year = self.writer, self.unit, day[:4]
        topic, theme, _, _ = write.turn()
        serial = self._next(f"disclosures{year}")
        fields: dict[str, object] = {
            "title": f"{unit.name}{year}年第{serial}批{topic}工作进展公示",
            "indexNumber": self._index_number(year),
            "theme": theme,
            "article20Item": 15,
            "legalBasis": "《中华人民共和国政府信息公开条例》第二十条第十五项",
            "genre": "其他",
            "issuer": unit.name,
            "formedDate": day,
            "validity": "valid",
            "way": "proactive",
            "publishedAt": f"{day} 16:30",
            "source": unit.name,
            "summary": write.opening(),
            "keywords": [topic, "公示"],
        }
        self._put(f"disclosures/{year}/{serial:04d}", fields, self._body(2))
