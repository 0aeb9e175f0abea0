"""What a verdict still lacks, as a comment asks for it: who may sign, by which lines, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.review.asked import asked_of
from generator.review.facts import parse_facts
from generator.review.instants import instant
from generator.review.levels import levels_of
from generator.review.policy import Policy
from generator.review.roles import Roles

__all__ = ["Opening", "openings"]

_LAST = "L3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A level that is open: who may fill it now, with the lines that do."""

    level: str  # L1 | L2 | L3 | G1 | G2 | a role
    state: str  # missing | out_of_order
    persons: tuple[str, ...]
    word: str  # 同意 | 签发
    ticks: tuple[tuple[str, str, str], ...]  # gate, id, what it says
    is_next: bool


def openings(
    facts: Mapping[str, Any], verdict: Mapping[str, Any], roles: Roles, policy: Policy, now: str
) -> tuple[Opening, ...]:
    """The open levels in the order of signing; what may be signed now `is_next`.

    Shapes: `facts` and `verdict` belong together. Empty where the change cannot be judged.
    """
    read, _ = parse_facts(facts)
    at = instant(now)
    if read is None or at is None or not verdict["levels"]:
        return ()
    persons = asked_of(verdict, read, roles, policy, at)
    levels = levels_of(verdict["kind"], policy.classes[verdict["class"]])
    ordered = sorted(levels, key=lambda level: (level.name == _LAST, level.order == 0))
    names = [level.name for level in ordered if level.name in persons]
    role = {level.name: level.role for level in levels}
    return tuple(
        Opening(
            level=name,
            state=str(verdict["levels"][name]["state"]),
            persons=tuple(persons[name]),
            word="签发" if name == _LAST else "同意",
            ticks=_ticks(role[name], verdict, policy),
            is_next=verdict["kind"] == "governance" or name == names[0],
        )
        for name in names
    )


def _ticks(
    role: str, verdict: Mapping[str, Any], policy: Policy
) -> tuple[tuple[str, str, str], ...]:
    """The checklists that a role may attest and nobody has."""
    return tuple(
        (gate, key, text)
        for gate, rule in policy.gates.items()
        if role in rule.attest
        and gate in verdict["gates"]
        and verdict["gates"][gate]["attestation"] is None
        for key, text in rule.checklist.items()
    )
