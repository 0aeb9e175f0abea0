"""What the operator keeps for the whole city: the group, the people, supervision and evidence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from generator.emit import to_yaml
from generator.schema import Schemas
from tests.bench.desk import Desk, clock, day
from tests.bench.places import Place

__all__ = ["write_city", "write_frame"]

_SETTLED = date(2026, 9, 30)  # what began later is still under way
_PORTAL = "https://www.jincheng-sample.gov.cn"
_COPIED = ("reference", "duties", "indicators", "governance/policy.yml")
_ROLES = (("information_supervisor", 40), ("information_officer", 20), ("section_reviewer", 10))


def write_frame(root: Path, out: Path, found: Sequence[Place], schemas: Schemas) -> None:
    """What stands around the units: the program's data, the group, and who holds which office."""
    for name in ("schemas", "theme"):
        shutil.copytree(root / name, out / name)
    shutil.copy(root / "mkdocs.yml", out / "mkdocs.yml")
    (out / "content" / "governance").mkdir(parents=True)
    for name in _COPIED:
        if (root / "content" / name).is_dir():
            shutil.copytree(root / "content" / name, out / "content" / name)
        elif (root / "content" / name).is_file():
            shutil.copy(root / "content" / name, out / "content" / name)
    group = {
        **schemas.of("group")["examples"][0],
        "supervisor": "sfb",
        "operator": "portal",
        "migrationBaseline": {
            "until": "2027-03-31 23:59",
            "reason": "生成的测试网站群一次导入，保留各自的发布时间",
        },
        "allowedExternalHosts": ["zfwzgl.www.gov.cn"],
    }
    (out / "content" / "group.yml").write_text(to_yaml(group), "utf-8")
    roles = re.sub(r"(?m): (\d{4}-\d\d-\d\d)$", r": '\1'", to_yaml(_roles(found)))
    (out / "content" / "governance" / "roles.yml").write_text(roles, "utf-8")


def _roles(found: Sequence[Place]) -> Mapping[str, Any]:
    people: list[dict[str, Any]] = []
    appointments: list[dict[str, Any]] = []
    for place in found:
        for role, rank in _ROLES:
            number = len(people) + 1
            account = {"forge": "github", "id": str(88000000 + number), "login": f"bench-{number}"}
            people.append(
                {"id": f"p-{number:04}", "name": "王某（示例）", "accounts": [account], "keys": []}
            )
            appointments.append(
                {
                    "id": f"ap-{number}",
                    "person": f"p-{number:04}",
                    "role": role,
                    "rank": rank,
                    "unit": place.id,
                    "from": "2023-01-01",
                    "to": None,
                    "basis": f"{place.sign}〔2023〕1号",
                }
            )
    units = [
        {"id": place.id, "name": place.name, "parent": place.parent or None} for place in found
    ]
    return {
        "schema": "gongkai/roles@1",
        "version": 1,
        "people": people,
        "units": units,
        "appointments": appointments,
        "absences": [],
        "delegations": [],
    }


def write_city(desk: Desk, found: Sequence[Place], submitted: Sequence[str]) -> None:
    """The portal's records about all others; `submitted` are the articles sent in to it."""
    sites = [place for place in found if place.has_site]
    for number in (1, 2):
        _partner(desk, number)
    for number, place in enumerate(sites[1::5], 1):
        _migration(desk, place, number)
    for number, place in enumerate(sites[::2], 1):
        _finding(desk, place, number)
    for number in range(1, 7):
        _task(desk, number)
        _meeting(desk, number)
    for number, record in enumerate(submitted[::20], 1):
        _adoption(desk, record, number)
    units = [place.id for place in found if place.type != "platform"][:5]
    for year in (2024, 2025):
        _year(desk, year, units)
    for number in (1, 2, 3):
        _attestation(desk, number)
        _probe(desk, number)


def _partner(desk: Desk, number: int) -> None:
    record = desk.example("partner", feeds=None)
    if number == 2:
        record |= {
            "name": "晋城市融媒体中心（示例）",
            "shortName": "晋城融媒",
            "homepage": "https://rm.jincheng-sample.cn/",
            "domains": ["rm.jincheng-sample.cn"],
        }
    desk.put("partner", f"partner-{number}", record)


def _migration(desk: Desk, place: Place, number: int) -> None:
    record = desk.example(
        "migration",
        title=f"{place.name}网站迁入市政府网站集约化平台",
        site=place.id,
        oldUrl=f"http://old-{place.host}/",
        newUrl=f"https://{place.host}/",
        closeNoticeUrl=None,
    )
    record["application"] = {
        **record["application"],
        "applicant": place.name,
        "number": f"{place.sign.removesuffix('发')}函〔2026〕{number}号",
    }
    desk.put("migration", place.id, record)


def _finding(desk: Desk, place: Place, number: int) -> None:
    at = desk.moment(desk.workday(last=_SETTLED))
    record = desk.example(
        "finding",
        title=f"{place.short}网站栏目更新不及时（{at.year}年第{number}号）",
        number=f"{at.year}-{number:04}",
        site=place.id,
        unit=place.id,
        foundAt=clock(at),
        due=day(at + timedelta(days=7)),
        fixedAt=clock(at + timedelta(days=3)),
        verifiedAt=clock(at + timedelta(days=5)),
        page=f"https://{place.host}/tzgg/index.html",
    )
    desk.put("finding", f"{at.year}/{number:04}", record)


def _task(desk: Desk, number: int) -> None:
    at = desk.moment(desk.workday(last=_SETTLED))
    record = desk.example(
        "task",
        title=f"开展政府网站{desk.prose.job}专栏建设（第{number}项）",
        issuedAt=clock(at),
        due=day(at + timedelta(days=25)),
        doneAt=clock(at + timedelta(days=20)),
        units=["portal"],
        evidence=[{"title": "完成情况报告", "url": f"{_PORTAL}/tzgg/index.html"}],
    )
    desk.put("task", f"{at.year}/{number:04}", record)


def _meeting(desk: Desk, number: int) -> None:
    at = desk.moment(desk.workday(last=_SETTLED))
    record = desk.example(
        "meeting",
        title=f"晋城市政府网站联席会议{at.year}年会议（第{number}次）",
        heldAt=clock(at),
        column="lxhy",
        publishedAt=clock(at + timedelta(days=1)),
        members=[
            {
                "unit": "sfb",
                "organization": "晋城市人民政府办公室",
                "name": desk.person(),
                "position": "科长",
                "present": True,
            }
        ],
        decisions=[
            {
                "text": "完成全部子站应急预案演练",
                "owner": "portal",
                "due": day(at + timedelta(days=12)),
            }
        ],
    )
    desk.put("meeting", f"meeting-{number:02}", record, desk.prose.paragraph(4))


def _adoption(desk: Desk, record_id: str, number: int) -> None:
    year = record_id.split("/")[3]
    record = desk.example(
        "adoption",
        record=record_id,
        column="yaowen",
        submittedAt=None,
        adoptedAt=f"{int(year) + 1}-01-05 09:00",
        url=None,
        score=80 + int(desk.random.random() * 20),
        pushedTo=None,
        editor=desk.person(),
    )
    desk.put("adoption", f"{int(year) + 1}/{number:05}", record)


def _year(desk: Desk, year: int, units: Sequence[str]) -> None:
    rows = [
        {
            "rank": rank,
            "officer": desk.person(),
            "unit": unit,
            "required": 60,
            "submitted": 90 - rank,
            "adopted": 60,
            "qualityScore": 95.0 - rank,
            "score": 96.0 - rank,
            "level": "first" if rank == 1 else "second",
            "reward": 1800,
        }
        for rank, unit in enumerate(units, 1)
    ]
    desk.put(
        "reward",
        str(year),
        desk.example(
            "reward",
            title=f"{year}年度全市政府网站信息员工作排名和稿酬奖励",
            year=year,
            decidedAt=f"{year}-12-24",
            publishedAt=f"{year}-12-29 09:00",
            rows=rows,
            total=1800 * len(rows),
            paidAt=f"{year + 1}-01-16",
            payment=f"units/portal/attestations/reward-{year}",
        ),
    )
    paid = desk.example(
        "attestation", title=f"{year}年度稿酬发放证明", kind="payment", problems=None, partners=None
    )
    desk.put("attestation", f"reward-{year}", paid)
    votes = [
        {
            "rank": rank,
            "unit": unit,
            "votes": 300 - rank,
            "satisfaction": 99.0,
            "score": 96.0 - rank,
        }
        for rank, unit in enumerate(units, 1)
    ]
    evaluation = desk.example(
        "evaluation",
        title=f"{year}年度晋城市政府网站群众评议结果",
        year=year,
        publishedAt=f"{year}-12-22 09:00",
        units=votes,
        opinions=None,
        voteUrl=None,
        **{"from": f"{year}-11-10", "to": f"{year}-12-10"},
    )
    desk.put("evaluation", str(year), evaluation)
    report = desk.example(
        "year-report",
        title=f"晋城市{year}年度政府网站工作完成情况",
        year=year,
        asOf=f"{year}-12-20",
        publishedAt=f"{year}-12-26 10:00",
        units=[
            {
                "unit": unit,
                "required": 60,
                "submitted": 71,
                "adopted": 52,
                "overdue": 0,
                "score": 96.5,
            }
            for unit in units
        ],
        inspections=None,
        evaluation=f"units/portal/evaluations/{year}",
        reward=f"units/portal/rewards/{year}",
    )
    report["comment"] = {
        **report["comment"],
        "until": f"{year + 1}-01-31",
        "url": f"{_PORTAL}/ldxx/index.html",
    }
    desk.put("year-report", str(year), report)


def _attestation(desk: Desk, number: int) -> None:
    record = desk.example("attestation", title=f"晋城在线网站安全应急演练（第{number}次）")
    desk.put("attestation", f"drill-{number}", record)


def _probe(desk: Desk, number: int) -> None:
    record = desk.example("probe", title=f"晋城在线可用性探测记录（第{number}组）", rows=None)
    record |= {"from": "2026-11-20 09:00", "to": "2026-11-20 18:00"}
    desk.put("probe", f"probe-{number}", record)
    first = datetime(2026, 11, 20, 9, 0, 5)
    rows = [
        f"{first + step * timedelta(minutes=10)},{_PORTAL}/,是,200,{desk.random.uniform(0, 2):.2f}"
        for step in range(48)
    ]
    desk.write(
        f"probes/probe-{number}.csv",
        ("探测时间,目标网址,是否正常,状态码,用时\r\n" + "\r\n".join(rows) + "\r\n").encode(),
    )
