"""The review form (审核表) of one page: what the ledger holds of it, for a file that lasts.

A plain value first, so that text and page say the same. Names come from the roles in force at the
time and the title from the approved bytes; the ledger itself holds neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from generator.keeper.book import Book
from generator.keeper.rules import rules_of
from generator.review.ledger import Entry
from generator.review.ledger_state import PathState, State
from generator.review.reasons import words_of
from generator.review.roles import Roles
from generator.tree.raw import Differs, MissingObjectError

__all__ = ["Form", "form_of"]

Pairs = list[tuple[str, str]]
_STATES = {
    "published": "已批准，准予发布", "removed": "已删除", "held": "已撤下，等信息主管确认",
    "taken_down": "已撤下",
}  # fmt: skip
_NOTES = {
    "merged_by_person": "由人工合并，字节与批准的一致",
    "head_gone": "原分支的对象已不在库中，按文件逐一核对",
}
_TITLE = re.compile(rb"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_ZONES = {"Asia/Shanghai": "北京时间"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form: its number and title, what is approved, and three tables, all of it text."""

    number: str
    title: str
    status: str
    is_live: bool
    about: Pairs
    levels: list[tuple[str, ...]]  # level, person, office, time, evidence, entry
    gates: list[tuple[str, ...]]  # gate, machine, person, time, what was ticked
    objections: list[tuple[str, ...]]  # person, state
    others: list[str]  # the other files of the same change
    history: list[tuple[str, ...]]  # entry, time, what
    proof: Pairs
    zone: str  # in which its times are told

    @property
    def clock(self) -> str:
        """A sentence on whose time it tells."""
        return f"表中时间是{_ZONES.get(self.zone, self.zone + ' 时间')}。"


def form_of(book: Book, path: str, found: PathState) -> Form:
    """The form of a path that the ledger knows. Errors: as for `rules_of`."""
    state, approval = book.state, book.entries[found.approved - 1]
    roles_row, policy_row = _rules_at(state, approval.seq)
    roles, policy = rules_of(book.objects, roles_row, policy_row)
    people, zone = _People(roles.roles), policy.policy.zone
    body = approval.body
    levels: list[tuple[str, ...]] = []
    gates: list[tuple[str, ...]] = []
    objections: list[tuple[str, ...]] = []
    about: Pairs = [("文件", path)]
    others: list[str] = []
    if approval.type == "publish":
        told = book.entries[body["verdict"] - 1].body
        verdict, facts = told["verdict"], told["facts"]
        acts = {act["id"]: act for act in facts["acts"]}
        about += _of_change(body, verdict, roles.roles, policy.policy.classes)
        levels = list(_levels(verdict, acts, people, zone))
        gates = list(_gates(verdict, acts, people, policy.policy.data["gates"], zone))
        objections = [
            (people.name(row["person"]), words_of("states")[row["state"]])
            for row in verdict["objections"]
        ]
        others = [item["path"] for item in body["items"] if item["path"] != path]
    else:
        about.append(("来历", "建账时的网站程序或审核规则，由根密钥签名"))
    about += [
        ("文件 SHA-256", found.sha256), ("git 对象", found.git), ("大小", f"{found.size} 字节"),
        ("发布时间", found.publishes_at or "未写明，批准后即发布"),
        ("失效时间", found.expires_at or "长期有效"),
    ]  # fmt: skip
    return Form(
        number=f"{state.repository}-{approval.seq:06d}",
        title=_title(book, found),
        status=_STATES[found.status],
        is_live=found.status == "published",
        about=about,
        levels=levels,
        gates=gates,
        objections=objections,
        others=others,
        history=list(_history(book.entries, path, people, zone)),
        proof=_proof(book, approval, path, zone),
        zone=zone,
    )


def _rules_at(state: State, seq: int) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The rules by which the entry at a position was judged."""
    rows = [row for row in state.rules if row[0] < seq] or state.rules[:1]
    return rows[-1][1], rows[-1][2]


class _People:
    """Names and offices by id."""

    def __init__(self, roles: Roles) -> None:
        self._roles = roles
        self._bases = {
            row["id"]: row for row in (*roles.data["appointments"], *roles.data["delegations"])
        }

    def name(self, person: str) -> str:
        found = self._roles.people.get(person)
        return f"{found.name}（{person}）" if found else person

    def office(self, row: str | None, unit_named: bool = True) -> str:
        found = self._bases.get(row or "")
        if found is None:
            return row or ""
        unit = self._roles.units.get(found["unit"])
        where = unit.name if unit is not None and unit_named else ""
        return f"{where}{words_of('roles')[found['role']]}，{found['basis']}（{row}）"


def _of_change(
    body: Mapping[str, Any], verdict: Mapping[str, Any], roles: Roles, classes: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    unit = roles.units.get(body["unit"])
    review_class = classes.get(body["class"])
    yield "单位", unit.name if unit is not None else body["unit"]
    yield "变更", body["change"]
    kind = words_of("kinds")[verdict["kind"]]
    yield "类别与等级", f"{kind}，{body['class']} 级{review_class.name if review_class else ''}"
    yield "审核凭证", body["subject"]


def _levels(
    verdict: Mapping[str, Any], acts: Mapping[str, Any], people: _People, zone: str
) -> Iterator[tuple[str, ...]]:
    for level, row in sorted(verdict["levels"].items()):
        name = words_of("levels").get(level, level)
        title = f"{level} {name}" if level[1:].isdigit() else name
        if row["state"] != "filled":
            yield title, words_of("states")[row["state"]], "", "", "", ""
            continue
        seq = acts[row["act"]]["seq"] if row["act"] in acts else ""
        office = people.office(row["delegation"] or row["appointment"])
        evidence = words_of("evidence")[row["evidence"]]
        yield title, people.name(row["person"]), office, _time(row["at"], zone), evidence, str(seq)


def _gates(
    verdict: Mapping[str, Any],
    acts: Mapping[str, Any],
    people: _People,
    rules: Mapping[str, Any],
    zone: str,
) -> Iterator[tuple[str, ...]]:
    for gate, name in words_of("gates").items():
        row = verdict["gates"].get(gate)
        if row is None:
            continue
        machine = words_of("machines")[row["machine"]]
        told = row["attestation"]
        ticked = "、".join(rules[gate]["checklist"].values())
        if told is None:
            yield name, machine, words_of("states")[row["state"]], "", ""
        else:
            yield name, machine, people.name(told["person"]), _time(told["at"], zone), ticked


def _time(text: str, zone: str) -> str:
    """An RFC 3339 time as one reads it in a zone.

    >>> _time("2026-11-20T01:05:09Z", "Asia/Shanghai")
    '2026-11-20 09:05:09'
    """
    return f"{datetime.fromisoformat(text).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


def _title(book: Book, found: PathState) -> str:
    """The record's title in the approved bytes; empty where there is none, or no bytes are here."""
    try:
        data = next(iter(book.objects.objects([found.git])))
        front = _TITLE.match(data)
        value = yaml.load(front[1] if front else b"", Loader=yaml.BaseLoader)
    except (MissingObjectError, Differs, yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return ""
    title = value.get("title", "") if isinstance(value, dict) else ""
    return title if isinstance(title, str) else ""


def _history(
    entries: Sequence[Entry], path: str, people: _People, zone: str
) -> Iterator[tuple[str, ...]]:
    """Every entry that changed what is published at the path."""
    for entry in entries:
        body = entry.body
        said = ""
        if entry.type == "publish":
            for item in body["items"]:
                if item["path"] == path:
                    said = "准予发布" if item["op"] == "put" else "准予删除"
                    if item["restore_of"] is not None:
                        said = f"经三级审核恢复（撤稿第 {item['restore_of']} 条）"
                    notes = "；".join(_NOTES.get(note, note) for note in body["notes"])
                    said += f"，提交 {body['commit'][:12]}" + (f"，{notes}" if notes else "")
        elif entry.type == "takedown" and any(row["path"] == path for row in body["paths"]):
            second = body["second"]
            also = f"、{people.name(second['person'])}" if second else ""
            said = f"撤稿，{people.name(body['by']['person'])}{also}，原因：{body['reason']}"
        elif entry.type == "ratify" and path in body["paths"]:
            said = f"撤稿得到确认，{people.name(body['by']['person'])}"
        elif entry.type == "expunge" and body["path"] == path:
            said = f"从内容库清除，原因：{body['reason']}"
        if said:
            yield str(entry.seq), _time(entry.at, zone), said


def _proof(book: Book, approval: Entry, path: str, zone: str) -> Pairs:
    roots = [fp for fp, key in book.state.keys.items() if key.role == "root"]
    return [
        ("台账记录", f"第 {approval.seq} 条，{_time(approval.at, zone)}"),
        ("记录摘要", approval.digest),
        ("签名密钥", "、".join(sig["fingerprint"] for sig in approval.sigs)),
        ("打印时台账", f"{book.state.size}:{book.state.head}"),
        ("根密钥", "、".join(roots)),
        ("核验命令", f"gongkai ledger verify --page {path}"),
    ]
