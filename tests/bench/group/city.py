"""What a group holds beside its units' own records: its description, its people, its portal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.bench.group.files import Sink, front_matter
from tests.bench.group.forms import Forms, example
from tests.bench.group.units import PORTAL, UnitFacts

__all__ = ["BROUGHT", "group_files", "portal_records", "unit_file"]

BROUGHT = "2026-01-05T09:00:00+08:00"  # when everything comes to the repository
_UNTIL = "2026-02-01 00:00"
_ROLES = ("contributor", "section_reviewer", "information_officer", "information_supervisor")


def group_files(sink: Sink, units: Sequence[UnitFacts]) -> None:
    """The group, its people, and one duty and indicator of each."""
    group = example("group", operator=PORTAL, supervisor=PORTAL, sampleNotice="生成的测试数据")
    group["migrationBaseline"] = {"until": _UNTIL, "reason": "生成的测试内容一次导入"}
    group["allowedSources"] = [
        {"name": "山西省人民政府", "domains": ["www.shanxi.gov.cn"], "level": "province"},
        {"name": "新华社", "domains": ["www.news.cn"], "level": "state"},
        {"name": "晋城新闻网", "domains": ["www.jcnews.com.cn"], "level": "city"},
    ]
    sink.write("content/group.yml", front_matter(group))
    sink.write("content/governance/roles.yml", front_matter(_roles(units)))
    sink.write("content/governance/policy.yml", front_matter(example("review-policy")))
    for kind, folder in (("duty", "duties"), ("indicator", "indicators")):
        value = example(kind)
        sink.write(f"content/{folder}/{value['id'].lower()}.yml", front_matter(value))


def _roles(units: Sequence[UnitFacts]) -> dict[str, Any]:
    people: list[dict[str, Any]] = []
    appointments: list[dict[str, Any]] = []
    for unit in units:
        for role in _ROLES:
            number = len(people) + 1
            account = {"forge": "github", "id": str(7000000 + number), "login": f"bench-{number}"}
            person = {"id": f"p-{number:04d}", "name": "王某（示例）", "accounts": [account]}
            people.append({**person, "keys": []})
            appointment: dict[str, Any] = {"id": f"ap-{number}", "role": role}
            appointment["person"] = person["id"]
            if role == "information_supervisor":
                appointment["rank"] = 40
            terms = {"from": "2022-01-01", "to": None, "basis": f"{unit.name}任职通知（示例）"}
            appointments.append({**appointment, "unit": unit.id, **terms})
    rows = [
        {"id": unit.id, "name": unit.name, "parent": None if unit.is_portal else PORTAL}
        for unit in units
    ]
    return {
        "schema": "gongkai/roles@1",
        "version": 1,
        "people": people,
        "units": rows,
        "appointments": appointments,
        "absences": [],
        "delegations": [],
    }


def unit_file(unit: UnitFacts) -> dict[str, Any]:
    """The record of a unit itself."""
    value = example("unit", ("parent",), name=unit.name, shortName=unit.short)
    value |= {"type": "platform" if unit.is_portal else "department"}
    value |= {"organCode": unit.organ_code, "documentPrefixes": [unit.prefix]}
    value |= {"phone": unit.phone, "order": unit.number * 10}
    return value if unit.is_portal else value | {"parent": PORTAL}


def portal_records(forms: Forms, units: Sequence[UnitFacts]) -> None:
    """The records of running a group, which its portal keeps: one of each kind."""
    other = units[-1].id
    forms.put("partners/jcnews", example("partner"))
    forms.put("migrations/batch-1", example("migration", site=other))
    finding = example("finding", site=PORTAL, unit=other, public=True)
    forms.put("findings/2026/0001", finding)
    task = example("task", units=[other], public=True)
    task["evidence"] = [{"title": "排查情况报告", "file": "files/report.pdf"}]
    forms.file("tasks/2026/files/report.pdf", ("专项排查情况报告", task["result"]))
    forms.put("tasks/2026/0001", task)
    meeting = example("meeting", column="lxhy", public=True)
    meeting["convener"]["unit"] = PORTAL
    meeting["members"][0]["unit"] = other
    for decision in meeting["decisions"]:
        decision["owner"] = PORTAL
    forms.put("meetings/2026-2", meeting, "会议听取了上半年网站运行情况，讨论了下一步安排。")
    adopted = f"units/{other}/articles/2023/00001"
    adoption = example("adoption", ("pushedTo",), record=adopted, site=PORTAL, column="bmdt")
    forms.put("adoptions/2026/0001", adoption)
    evaluation = example("evaluation")
    reward = example("reward", ("payment", "paidAt"))
    for row in (*evaluation["units"], *reward["rows"]):
        row["unit"] = other
    for opinion in evaluation["opinions"]:
        opinion["unit"] = PORTAL
    forms.put("evaluations/2025", evaluation)
    forms.put("rewards/2025", reward)
    year = example("year-report", evaluation="units/portal/evaluations/2025")
    year["reward"] = "units/portal/rewards/2025"
    for row in year["units"]:
        row["unit"] = other
    forms.put("year-reports/2025", year)
    forms.put("attestations/drill-2026", example("attestation", public=True))
    forms.put("probes/home-2026-11-20", example("probe", site=PORTAL))
