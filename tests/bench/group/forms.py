"""Records that are forms: the complete example of each kind's schema, made a unit's own.

The examples stand at the root of the schemas and are valid by test, so a form written from one
follows its schema as it changes. Only what must differ between units and years is put anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.bench.group.files import Sink, front_matter, pdf
from tests.bench.group.units import UnitFacts
from tests.bench.group.words import Writer

__all__ = ["Forms", "example"]

YEARS = (2023, 2024)
_SCHEMAS = Path(__file__).parents[3] / "schemas"
_APPLICANTS = ("naturalPerson", "business", "research", "welfare", "legalService", "other")
_POSTS = (("juzhang", "局长"), ("fujuzhang", "副局长"), ("zongshi", "总师"))
_INSTITUTIONS = (("officer", "信息员管理制度"), ("publication-review", "信息发布审核制度"))
_IN_FORCE = {
    "writtenDate": "2023-01-15",
    "effectiveDate": "2023-02-01",
    "publishedAt": "2023-01-20 10:00",
    "validity": "valid",
}


@cache
def _example(kind: str) -> str:
    schema = json.loads((_SCHEMAS / f"{kind}.schema.json").read_text("utf-8"))
    return json.dumps(schema["examples"][0])


def example(kind: str, drop: tuple[str, ...] = (), /, **fields: Any) -> dict[str, Any]:
    """A fresh copy of the example of a kind, without some fields and with others put."""
    value: dict[str, Any] = json.loads(_example(kind))
    return {key: each for key, each in value.items() if key not in drop} | fields


class Forms:
    """The forms of one unit."""

    def __init__(self, unit: UnitFacts, sink: Sink, writer: Writer) -> None:
        self._unit = unit
        self._sink = sink
        self._write = writer

    def put(self, path: str, fields: Mapping[str, Any], body: str | None = None) -> None:
        """Puts a record into the unit's folder; with a body it is Markdown."""
        text = front_matter(fields)
        ending = ".yml"
        if body is not None:
            text, ending = f"---\n{text}---\n\n{body}\n", ".md"
        self._sink.write(f"content/units/{self._unit.id}/{path}{ending}", text)

    def file(self, path: str, lines: tuple[str, ...]) -> None:
        """Puts a PDF file into the unit's folder."""
        self._sink.write(f"content/units/{self._unit.id}/{path}", pdf(lines))

    def standing(self) -> None:
        """What every unit has once: leaders, guide, institutions, lists, reports."""
        unit, write = self._unit, self._write
        for order, (stem, post) in enumerate(_POSTS, 1):
            values: dict[str, Any] = {
                "name": write.say("{person}（示例）"),
                "post": unit.short + post,
            }
            values |= {"isHead": order == 1, "order": order}
            self.put(f"leaders/{stem}", example("leader", **values))
        self._guide()
        for serial, (kind, title) in enumerate(_INSTITUTIONS, 901):
            values = {"title": unit.name + title, "kind": kind, "issuedBy": unit.name}
            values |= {"documentNumber": f"{unit.prefix}〔2023〕{serial}号", "source": unit.name}
            made = example("institution", **values, **_IN_FORCE)
            self.put(f"institutions/{kind}", made, write.paragraph(6))
        made = {"issuer": unit.name, "source": unit.name, "publishedAt": "2024-03-01 09:00"}
        self.put("powers/list", example("power", title=f"{unit.name}行政职权清单", **made))
        self.put("fees/list", example("fee", title=f"{unit.name}收费目录清单", **made))
        account = {"name": f"{unit.short}发布", "accountId": f"bench-{unit.id}"}
        self.put("media/wechat", example("media-account", **account))
        carried = 0
        for year in YEARS:
            carried = self._annual_report(year, carried)
            self._site_report(year)
        for month in ("2025-09", "2025-10", "2025-11"):
            fields = {"month": month, "site": unit.id, "sentAt": "2025-12-03 16:20"}
            report = example("monthly-report", **fields)
            report["columnsUpdated"] = {"total": 32, "updated": 32}
            report["selfCheck"]["date"] = f"{month}-28"
            self.put(f"monthly-reports/{month}", report)

    def _guide(self) -> None:
        unit = self._unit
        form = (f"{unit.name}政府信息公开申请表", "申请人：", "联系方式：", "所需信息：")
        self.file("guides/guide/request-form.pdf", form)
        guide = example("guide", title=f"{unit.name}政府信息公开指南", issuer=unit.name)
        guide["requestForm"]["file"] = "guide/request-form.pdf"
        self.put("guides/guide", guide, self._write.paragraph(5))

    def _annual_report(self, year: int, carried: int) -> int:
        """The report of a year; returns the requests carried over to the next."""
        write, unit = self._write, self._unit
        new = {key: write.number(0, 9) if key in _APPLICANTS[:2] else 0 for key in _APPLICANTS}
        came = dict.fromkeys(_APPLICANTS, 0) | {"naturalPerson": carried}
        left = dict.fromkeys(_APPLICANTS, 0) | {"naturalPerson": write.number(0, 2)}
        left["naturalPerson"] = min(left["naturalPerson"], new["naturalPerson"] + carried)
        done = {key: new[key] + came[key] - left[key] for key in _APPLICANTS}
        partly = dict.fromkeys(_APPLICANTS, 0) | {"business": min(1, done["business"])}
        granted = {key: done[key] - partly[key] for key in _APPLICANTS}
        report = example("annual-report", year=year, publishedAt=f"{year + 1}-01-20 09:00")
        report |= {"from": f"{year}-01-01", "to": f"{year}-12-31", "issuer": unit.name}
        report |= {"title": f"{unit.name}{year}年政府信息公开工作年度报告"}
        report["reportedAt"] = f"{year + 1}-01-18"
        none = dict.fromkeys((*_APPLICANTS, "total"), 0)
        rows = {"newRequests": new, "carriedIn": came, "granted": granted, "partlyGranted": partly}
        rows |= {"total": done, "carriedOut": left}
        report["table3"] = dict.fromkeys(report["table3"], none) | {
            key: row | {"total": sum(row.values())} for key, row in rows.items()
        }
        sections = report["sections"]
        sections["overview"] = write.paragraph(3)
        sections["requests"] = f"全年新收申请{sum(new.values())}件，办结{sum(done.values())}件。"
        self.put(f"annual-reports/{year}", report)
        return left["naturalPerson"]

    def _site_report(self, year: int) -> None:
        unit = self._unit
        report = example("site-report", title=f"{unit.name}{year}年政府网站工作年度报表", year=year)
        report |= {"site": unit.id, "publishedAt": f"{year + 1}-01-15 10:00"}
        report["publishedUrl"] = f"https://{unit.host}/wzbb/{year}.html"
        report["head"] |= {
            "reportingUnit": unit.name,
            "siteName": unit.name,
            "homeUrl": f"https://{unit.host}/",
            "host": unit.name,
            "siteType": "government" if unit.is_portal else "department",
            "siteCode": unit.site_code,
        }
        report["foot"]["date"] = f"{year + 1}-01-12"
        self.put(f"site-reports/{year}", report)

    def service(self, serial: int) -> None:
        """A guide to a service."""
        unit, write = self._unit, self._write
        topic, _, tasks, objects = write.turn()
        code = f"{unit.number:06d}{serial:06d}"
        item = f"https://zwfw.jincheng-sample.gov.cn/item/{code}"
        name = f"{topic}{tasks[0]}备案（第{serial}类）"
        service = example("service", ("formerAddresses",), taskName=name, catalogCode=code)
        service |= {"taskCode": f"{unit.organ_code}5678A3{code}", "deptName": unit.name}
        service |= {"sourceUrl": item, "onlineAddr": item, "linkAddr": item}
        service |= {"acceptCondition": write.say("在{place}从事与{object}有关活动的单位和个人。")}
        form = f"services/files/{serial:05d}.pdf"
        self.file(form, (name, "申请书", *objects))
        sheet = {"name": f"{name}申请书", "blankForm": form.removeprefix("services/")}
        service["materials"][0] |= sheet
        self.put(f"services/{serial:05d}", service)

    def statistics(self, quarter: int) -> None:
        """Cases of one quarter of 2025."""
        period = f"2025-q{quarter}"
        first, last = (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"))[quarter - 1]
        fields = {"title": f"{self._unit.name}办件统计（2025年第{quarter}季度）", "period": period}
        fields |= {"from": f"2025-{first}", "to": f"2025-{last}"}
        fields |= {"publishedAt": f"2025-{quarter * 3 + 1:02d}-12 10:00"}
        self.put(
            f"service-statistics/{period}", example("service-statistics", ("byUnit",), **fields)
        )
