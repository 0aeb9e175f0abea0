"""A hit: what one rule found in one passage, before it is weighed against the other hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.gates.passage import Passage
from generator.gates.text import TextFile
from generator.gates.wording.packs import Rule

__all__ = ["Hit", "one_each", "rank"]

# One place, one finding: the more specific family wins (section 1 of the sheet); what no reader
# can see comes before all, and marks that stand wrong come last.
_FAMILIES = [
    "SRC",
    "RS9",
    "RS7",
    "RS6",
    "DN",
    "DT",
    "NM",
    "HK",
    "T",
    "AT",
    "EN",
    "LV",
    "RG",
    "NU",
    "UN",
    "RS",
    "PU17",
    "PU5",
    "PU4",
    "PU7",
    "PU14",
    "PU1",
    "PU",
]
_WITHIN = {"NM1": 0, "RG3": 0, "RG4": 0, "RG1": 1, "LV8": 0, "RS3": 1, "LV2": 0}
# Rules whose fault is at both ends of what they match: another fault may stand between.
_EDGES = frozenset({"PU2", "PU5", "PU8", "DN8", "AT3", "RS4"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule found something, and what it says of it."""

    rule: Rule
    file: TextFile
    passage: Passage
    start: int
    end: int
    note: str = ""
    proposal: str = ""
    severity: str = ""  # where it is not the rule's own
    word: str = ""
    core: tuple[tuple[int, int], ...] = field(default=())

    @property
    def text(self) -> str:
        """What was found."""
        return self.passage.text[self.start : self.end]

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """The signs at fault, which no second finding may claim."""
        if self.core:
            return self.core
        if self.rule.id in _EDGES and self.end - self.start > 1:
            return (self.start, self.start + 1), (self.end - 1, self.end)
        return ((self.start, max(self.end, self.start + 1)),)


def rank(rule: str) -> tuple[int, int]:
    """Which of two rules has the say where both found something; the smaller one."""
    for family in (rule, rule.rstrip("0123456789")):
        if family in _FAMILIES:
            return _FAMILIES.index(family), _WITHIN.get(rule, 1)
    return len(_FAMILIES), 1


def one_each(hits: Sequence[Hit]) -> list[Hit]:
    """Those of the hits of a passage that have the say where they stand."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (rank(hit.rule.id), hit.start, hit.start - hit.end)):
        signs = {sign for start, end in hit.places for sign in range(start, end)}
        if taken.isdisjoint(signs):
            kept.append(hit)
            taken |= signs
    return kept
