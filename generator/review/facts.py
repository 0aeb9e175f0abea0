"""Facts: JSON bytes or a value → a checked view of them, or what is wrong.

What is wrong with facts is an `error` of the verdict, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.review.facts_json import json_of, sorted_lists
from generator.review.instants import instant
from generator.review.lines import Lines, body_lines, read_lines
from generator.review.shapes import breaches, pointer_text

__all__ = [
    "Act",
    "Dismissal",
    "Facts",
    "FactsFault",
    "Result",
    "parse_facts",
]

_MOST_BREACHES = 20


@dataclass(frozen=True, slots=True)
class FactsFault:
    """A code of the contract, the place, and a word for the reader."""

    code: str
    where: str
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Dismissal:
    """By whom (an account; None where it is gone) and when."""

    by: Mapping[str, Any] | None
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of the facts, with its time as a number and its lines read."""

    id: str
    account: Mapping[str, Any] | None
    state: str
    at: int
    at_text: str
    seq: int | None
    via: str
    head_subject: str | None
    edited: bool
    dismissed: Dismissal | None
    signature: Mapping[str, Any] | None
    lines: Lines

    @property
    def order(self) -> tuple[int, float, str]:
        """Sorts acts: by time, then by ledger position (none follows all), then by id."""
        return (self.at, float("inf") if self.seq is None else self.seq, self.id)

    def before(self, other: Act) -> bool:
        """Whether this act is earlier: at equal times only the ledger can say so."""
        if self.at != other.at:
            return self.at < other.at
        return self.seq is not None and other.seq is not None and self.seq < other.seq


@dataclass(frozen=True, slots=True)
class Result:
    """One machine result."""

    gate: str
    subject: str
    passed: bool
    ruleset: str
    at: int
    escalate_to: str | None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts, of the right shape; acts, results and items without those in fault."""

    data: Mapping[str, Any]
    acts: tuple[Act, ...]
    results: tuple[Result, ...]
    items: tuple[Mapping[str, Any], ...]
    opened_at: int | None
    faults: tuple[FactsFault, ...] = ()
    ledger: Mapping[str, Any] = field(default_factory=dict)

    def recorded(self, row: str) -> int | None:
        """The ledger position at which a row was first recorded."""
        found: int | None = self.ledger["recorded"].get(row)
        return found


_NO_LEDGER: Mapping[str, Any] = {
    "size": 0, "roles_version": 0, "policy_version": 0, "subject_consumed": False,
    "offers": {}, "recorded": {}, "keys": {}, "state": {},
}  # fmt: skip


def parse_facts(given: bytes | Mapping[str, Any]) -> tuple[Facts | None, tuple[FactsFault, ...]]:
    """The facts, and what is wrong with parts of them; or None, and why there are none.

    Errors: none; codes are `facts_invalid`, `bad_time` and `duplicate_id`.
    """
    value, why = json_of(given)
    if why:
        return None, (FactsFault("facts_invalid", f"整个文件{why}"),)
    broken = breaches("facts", value)[:_MOST_BREACHES]
    if broken:
        places = dict.fromkeys(pointer_text(place) or "整个文件" for place, _ in broken)
        return None, tuple(FactsFault("facts_invalid", place) for place in places)
    facts = _Reader(sorted_lists(value)).facts()
    return facts, facts.faults


class _Reader:
    """Reads facts of the right shape, and notes on the way what is wrong with parts of them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.faults: list[FactsFault] = []

    def facts(self) -> Facts:
        data = self.data
        opened = self.time(data["opened_at"], "opened_at")
        acts = self.acts()
        results = self.results()
        items = self.items()
        return Facts(
            data=data,
            acts=acts,
            results=results,
            items=items,
            opened_at=opened,
            ledger=data["ledger"] or _NO_LEDGER,
            faults=tuple(dict.fromkeys(self.faults)),
        )

    def time(self, text: str, where: str, act: str | None = None) -> int | None:
        at = instant(text)
        if at is None:
            self.faults.append(FactsFault("bad_time", where, act))
        return at

    def acts(self) -> tuple[Act, ...]:
        by_id: dict[str, list[Mapping[str, Any]]] = {}
        for row in self.data["acts"]:
            same = by_id.setdefault(row["id"], [])
            if row not in same:
                same.append(row)
        for name, rows in by_id.items():
            if len(rows) > 1:
                self.faults.append(FactsFault("duplicate_id", f"acts/{name}", name))
        return self.read(rows[0] for rows in by_id.values() if len(rows) == 1)

    def read(self, rows: Iterable[Mapping[str, Any]]) -> tuple[Act, ...]:
        found = []
        for row in rows:
            name = row["id"]
            at = self.time(row["at"], f"acts/{name}/at", name)
            dismissed = None
            if row["dismissed"] is not None:
                then = self.time(row["dismissed"]["at"], f"acts/{name}/dismissed/at", name)
                dismissed = Dismissal(row["dismissed"]["by"], then or 0)
            signature = row["signature"]
            lines = (
                read_lines(signature["lines"], signed=True)
                if signature is not None
                else read_lines(body_lines(row["body"]))
            )
            if at is not None:
                found.append(
                    Act(
                        id=name,
                        account=row["account"],
                        state=row["state"],
                        at=at,
                        at_text=row["at"],
                        seq=row["seq"],
                        via=row["via"],
                        head_subject=row["head_subject"],
                        edited=row["edited"],
                        dismissed=dismissed,
                        signature=signature,
                        lines=lines,
                    )
                )
        return tuple(sorted(found, key=lambda act: act.order))

    def results(self) -> tuple[Result, ...]:
        found = []
        for index, row in enumerate(self.data["gates"]):
            at = self.time(row["at"], f"gates/{row['gate']}/{index}/at")
            if at is not None:
                passed = row["result"] == "pass"
                found.append(
                    Result(
                        row["gate"], row["subject"], passed, row["ruleset"], at, row["escalate_to"]
                    )
                )
        return tuple(found)

    def items(self) -> tuple[Mapping[str, Any], ...]:
        seen: set[str] = set()
        for item in self.data["items"]:
            if item["path"] in seen:
                self.faults.append(FactsFault("facts_invalid", f"items/{item['path']} 出现两次"))
            seen.add(item["path"])
        return tuple(sorted(self.data["items"], key=lambda item: item["path"].encode()))
