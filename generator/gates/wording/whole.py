"""What only a whole text shows: levels in order, endings that fit, attachments that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.gates.known import Known
from generator.gates.passage import Kind, Passage
from generator.gates.text import TextFile
from generator.gates.wording.hits import Hit
from generator.gates.wording.packs import rows, rules

__all__ = [
    "attachments",
    "endings",
    "mixed_blanks",
    "mixed_units",
    "repeated",
    "source_marks",
    "titles",
]

_TEXT = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING})
_TITLE_END = re.compile(r"[。，；：、]\s*$|(?<=[一-鿿])[(),]|[(),](?=[一-鿿])")
_SIGNATURE = re.compile(
    r"^(?:附件?[：:]|\d{1,2}[.．、]|[（(]?(?:此件|依申请|联系)|.{0,30}\d{4}年\d{1,2}月\d{1,2}日$)"
)
_OPENED = re.compile(r"(?:现将|现就|现)[^。]{0,60}(?:通知|通告|公告)如下")
_CLOSED = re.compile(r"特此(?:通知|通告|公告)")
_LAST = 3  # paragraphs in which an ending stands
_SENTENCE = re.compile(r"[^。！？；\n]{20,}[。！？；]?")
_LISTED = re.compile(r"^\s*附件[：:]\s*(?:(\d{1,2})[.．、，]\s*)?([^\n]*)")
_FURTHER = re.compile(r"(?m)^\s*(\d{1,2})[.．、]\s*([^\n]+)")
_SEEN = re.compile(r"(?:见|详见)附件\s?(\d{1,2})")
_TITLED = re.compile(r"《[^》]*》")
_ENDED = re.compile(r"[。；;，,]\s*$")
_JOINT = re.compile("(?<=[一-鿿]) ?(?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) ?(?=[一-鿿])")
_UNITS = (("公斤", "千克"), ("公里", "千米"))
_ENDING_WORDS = 12
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百]{1,5}条")
_FEW_ARTICLES = 3


def _body(file: TextFile) -> list[Passage]:
    return [passage for passage in file.passages if passage.kind in _TEXT]


def titles(file: TextFile, _: Known) -> Iterator[Hit]:
    """A page title that ends in a mark, or has half-width ones (LV7)."""
    for passage in file.passages:
        if passage.pointer == ("title",):
            for match in _TITLE_END.finditer(passage.text):
                yield Hit(rules()["LV7"], file, passage, *match.span())


@cache
def _endings() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple(
        (row["kind"], row["right"], tuple(row["wrong"].split())) for row in rows("endings.tsv")
    )


def _genre(file: TextFile, body: list[Passage]) -> tuple[str, str, tuple[str, ...]] | None:
    """The kind of document (文种) by its title: in the body, or in the front matter."""
    candidates = [passage.text.split("\n")[0] for passage in body[:2]] + [file.title]
    for text in candidates:
        title = re.sub(r"[（(][^（）()]*[）)]\s*$", "", text).strip()
        for row in sorted(_endings(), key=lambda row: -len(row[0])):
            if title.endswith(row[0]) and len(title) > len(row[0]):
                return row
    return None


def endings(file: TextFile, _: Known) -> Iterator[Hit]:
    """An ending of another kind of document (EN1), a request in a report (EN2), both (EN3)."""
    body = _body(file)
    genre = _genre(file, body)
    if not body or genre is None:
        return
    kind, right, wrong = genre
    said = [p for p in body if not _SIGNATURE.match(p.text) and len(p.text) > 1]
    for passage in said[-_LAST - 1 :]:
        if passage.text.split("\n")[0].endswith(kind) and passage is body[0]:
            continue
        for words in wrong:
            at = passage.text.rfind(words)
            if at >= 0 and len(passage.text) - at - len(words) <= _ENDING_WORDS:
                note = f"{kind}，应写“{right}”"
                yield Hit(rules()["EN1"], file, passage, at, at + len(words), note)
    opened = any(_OPENED.search(passage.text) for passage in body)
    for passage in body if opened else ():
        for match in _CLOSED.finditer(passage.text):
            yield Hit(rules()["EN3"], file, passage, *match.span())


def is_report(file: TextFile) -> bool:
    """Whether a text is a 报告, in which nothing may be asked for."""
    genre = _genre(file, _body(file))
    return genre is not None and genre[0] == "报告"


def attachments(file: TextFile, _: Known) -> Iterator[Hit]:
    """A lone number (AT4), marks round a name (AT3), a list unlike the files (AT5)."""
    body = _body(file)
    given = _given(file)
    for index, passage in enumerate(body):
        listed = _LISTED.match(passage.text)
        if listed is None:
            continue
        within = list(_FURTHER.finditer(passage.text, listed.end()))
        names = [listed[2], *(found[2] for found in within)]
        names += _below(body[index + 1 :], len(names) + 1)
        if _TITLED.fullmatch(listed[2].strip()):
            yield Hit(rules()["AT3"], file, passage, *listed.span(2))
        for found in within:
            if _ENDED.search(found[2]) or _TITLED.fullmatch(found[2].strip()):
                yield Hit(rules()["AT3"], file, passage, *found.span(2))
        if listed[1] == "1" and len(names) == 1:
            yield Hit(rules()["AT4"], file, passage, *listed.span(1))
        if given and (note := _difference(names, given)):
            yield Hit(rules()["AT5"], file, passage, *listed.span(), note)
    for passage in body if given else ():
        for match in _SEEN.finditer(passage.text):
            if int(match[1]) > len(given):
                note = f"没有附件{match[1]}"
                yield Hit(rules()["AT5"], file, passage, *match.span(), note)


def _given(file: TextFile) -> list[str]:
    """The titles of the files that the front matter names."""
    rows: object = file.data.get("attachments")
    rows = rows if isinstance(rows, list) else []
    titles = [row.get("title") for row in rows if isinstance(row, dict)]
    return [title for title in titles if isinstance(title, str)]


def _below(following: list[Passage], count: int) -> list[str]:
    """The names that go on in the paragraphs below, from a number on."""
    names: list[str] = []
    for passage in following:
        further = _FURTHER.match(passage.text)
        if further is None or int(further[1]) != count + len(names):
            break
        names.append(further[2])
    return names


def _difference(names: list[str], given: list[str]) -> str:
    one, other = [_bare(name) for name in names], [_bare(name) for name in given]
    if len(one) != len(other):
        return f"正文列了{len(one)}个，所附文件{len(other)}个"
    pairs = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return f"正文写“{pairs[0][0]}”，文件名称是“{pairs[0][1]}”" if pairs else ""


def _bare(name: str) -> str:
    return re.sub(r"[\s《》。；;，,]|\.(?:pdf|docx?|xlsx?)$", "", name)


def mixed_units(file: TextFile, _: Known) -> Iterator[Hit]:
    """公斤 and 千克, or 公里 and 千米, in one text (UN9): the rarer of the two."""
    for pair in _UNITS:
        places = [
            [
                (passage, match.start())
                for passage in file.passages
                if passage.kind is not Kind.CODE
                for match in re.finditer(f"(?<=[0-9万亿百千]){unit}", passage.text)
            ]
            for unit in pair
        ]
        if all(places):
            rarer = 0 if len(places[0]) <= len(places[1]) else 1
            passage, at = places[rarer][0]
            span = (at, at + len(pair[rarer]))
            yield Hit(rules()["UN9"], file, passage, *span, pair[1 - rarer], pair[1 - rarer])


def mixed_blanks(file: TextFile, _: Known) -> Iterator[Hit]:
    """Blanks between Chinese and digits or letters, now there and now not (PU21): the rarer way.

    One finding a text, at the first place; where both are as frequent, blanks are the rarer way.
    """
    rule = rules()["PU21"]
    if rule.off:
        return
    joints = [
        (passage, match.start() - 1, match.end() + 1, bool(match[0]))
        for passage in _body(file)
        for match in _JOINT.finditer(passage.text)
    ]
    blank = sum(joint[3] for joint in joints)
    close = len(joints) - blank
    if not blank or not close:
        return
    passage, start, end, _found = next(one for one in joints if one[3] == (blank <= close))
    note = f"有空格的{blank}处，没有空格的{close}处"
    yield Hit(rule, file, passage, start, end, note)


def repeated(file: TextFile, _: Known) -> Iterator[Hit]:
    """A sentence of twenty signs or more that stands twice (RS4)."""
    articles = sum(_ARTICLE.match(passage.text) is not None for passage in file.passages)
    if articles >= _FEW_ARTICLES:  # the formulas of a law
        return
    seen: set[str] = set()
    for passage in file.passages:
        if passage.kind not in {Kind.PARAGRAPH, Kind.ITEM}:
            continue
        for match in _SENTENCE.finditer(passage.text):
            bare = re.sub(r"\W", "", match[0])
            if len(bare) < 20:
                continue
            if bare in seen:
                yield Hit(rules()["RS4"], file, passage, *match.span())
            seen.add(bare)


def source_marks(file: TextFile, _: Known) -> Iterator[Hit]:
    """A link or picture without words and target, which leaves nothing on the page (RS12)."""
    if "[](" not in file.text:
        return
    code = [p for p in file.passages if p.kind is Kind.CODE]
    lines = Passage(file.text[file.body :], Kind.PARAGRAPH, ((0, file.body),))
    for match in re.finditer(r"!?\[\]\(\)", lines.text):
        offset = file.body + match.start()
        if not any(p.source(0) <= offset < p.source(len(p.text)) for p in code):
            yield Hit(rules()["RS12"], file, lines, *match.span())
