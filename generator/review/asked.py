"""Who can do what a verdict still lacks, at this moment: for a comment that asks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.review.acting import person_of
from generator.review.facts import Facts, parse_facts
from generator.review.instants import instant
from generator.review.levels import levels_of
from generator.review.offices import Moment, Offices
from generator.review.policy import Policy
from generator.review.roles import Roles

__all__ = ["Asked", "asked"]

_LAST = "L3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A level that is open: who may fill it, with the lines that do."""

    level: str  # L1 | L2 | L3 | G1 | G2 | secrecy_officer
    state: str  # missing | out_of_order
    persons: tuple[str, ...]
    word: str  # 同意 | 签发
    ticks: tuple[tuple[str, str, str], ...]  # gate, id, what it says
    is_next: bool


def asked(
    facts: Mapping[str, Any], verdict: Mapping[str, Any], roles: Roles, policy: Policy, now: str
) -> tuple[Asked, ...]:
    """The open levels in the order of signing; those that may be signed now are `is_next`.

    Shapes: `facts` and `verdict` belong together. Empty where the change cannot be judged.
    """
    read, _ = parse_facts(facts)
    at = instant(now)
    if read is None or at is None or not verdict["levels"] or verdict["class"] is None:
        return ()
    finder = _Finder(read, verdict, roles, policy, at)
    names = [name for name in finder.order if verdict["levels"][name]["state"] != "filled"]
    return tuple(
        Asked(
            level=name,
            state=str(verdict["levels"][name]["state"]),
            persons=finder.persons(name),
            word="签发" if name == _LAST else "同意",
            ticks=finder.ticks(name),
            is_next=finder.may_sign_now(name, names),
        )
        for name in names
    )


class _Finder:
    def __init__(
        self, facts: Facts, verdict: Mapping[str, Any], roles: Roles, policy: Policy, at: int
    ) -> None:
        self._facts, self._verdict, self._roles, self._policy = facts, verdict, roles, policy
        self._moment = Moment(at, None)
        self._offices = Offices(roles, policy, facts, verdict["class"])
        rule = policy.classes[verdict["class"]]
        self._levels = {level.name: level for level in levels_of(verdict["kind"], rule)}
        accounts = [one["account"] for one in facts.data["contributors"]]
        accounts += [facts.data["initiator"]] if facts.data["initiator"] else []
        self._busy = {person_of(account, roles) for account in accounts}
        self._busy |= {row["person"] for row in verdict["levels"].values() if row["person"]}

    @property
    def order(self) -> Sequence[str]:
        """The names of the levels, extra roles before the last."""
        extra = [name for name, level in self._levels.items() if level.order == 0]
        plain = [name for name, level in self._levels.items() if level.order != 0]
        return [*plain[:-1], *extra, *plain[-1:]]

    def persons(self, name: str) -> tuple[str, ...]:
        """Whoever holds the office now, is not absent and had no part in the change."""
        level = self._levels[name]
        unit = self._verdict["unit"]
        return tuple(
            person
            for person in sorted(self._roles.people)
            if person not in self._busy
            and not self._offices.absent(person, self._moment.at)
            and self._offices.office(
                person, (level.role,), unit, self._moment, level.least_rank
            ).row
            is not None
        )

    def ticks(self, name: str) -> tuple[tuple[str, str, str], ...]:
        """The checklists that the level's role may attest and nobody has."""
        role = self._levels[name].role
        return tuple(
            (gate, key, text)
            for gate, rule in self._policy.gates.items()
            if role in rule.attest
            and gate in self._verdict["gates"]
            and self._verdict["gates"][gate]["attestation"] is None
            for key, text in rule.checklist.items()
        )

    def may_sign_now(self, name: str, missing: Sequence[str]) -> bool:
        """Whether nothing that has to come first is missing; in governance nothing has to."""
        return self._verdict["kind"] == "governance" or name == missing[0]
