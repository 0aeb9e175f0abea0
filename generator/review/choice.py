"""One act per level, by distinct persons, in order of time.

The latest L3, the earliest L1, the earliest L2 after it, and the `extra` roles before L3. If no
choice is whole, the one that fills most levels, L1 first. L3 goes first where two whole choices
differ in it: gates are not later than L3, and no further approval may make them so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.review.acting import Deed
from generator.review.roles import Row

__all__ = ["Candidate", "Level", "choose"]

_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Level:
    """A level to fill: its name, its role, what it asks for, and how it stands in the order.

    `order`: 1, 2 and 3 for L1 to L3; 0 for an extra role, which stands before L3 only; None
    where any order will do.
    """

    name: str
    role: str
    evidence: str
    least_rank: int = 0
    order: int | None = None

    @property
    def latest(self) -> bool:
        return self.order == 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may fill a level: an act, and the row by which its person may act there.

    `deed` None: no act but authorship, which counts where no act does and has no place in time.
    `ties`: the persons with whom a delegation joined this one when he acted.
    """

    deed: Deed | None
    row: Row
    ties: frozenset[str] = frozenset()

    @property
    def person(self) -> str:
        return self.row.person

    def apart_from(self, other: Candidate) -> bool:
        """Whether the two are two persons: a delegate and his giver are one."""
        return self.person != other.person and not self.tied_to(other)

    def tied_to(self, other: Candidate) -> bool:
        """Whether a delegation between the two was in force at either act."""
        return other.person in self.ties or self.person in other.ties


Chosen = Mapping[str, Candidate]


def in_order(one: Level, mine: Candidate, other: Level, theirs: Candidate) -> bool:
    """Whether what fills two levels stands in time as the levels ask."""
    if mine.deed is None or theirs.deed is None:
        return True
    if one.order is None or other.order is None or one.order == other.order:
        return True
    if 0 in (one.order, other.order) and not (one.latest or other.latest):
        return True
    if one.order < other.order:
        return mine.deed.act.before(theirs.deed.act)
    return theirs.deed.act.before(mine.deed.act)


def choose(
    levels: Sequence[Level],
    candidates: Mapping[str, Sequence[Candidate]],
) -> dict[str, Candidate]:
    """The choice, by level; a level that stays open is absent."""
    best: tuple[tuple[object, ...], dict[str, Candidate]] | None = None

    def search(index: int, chosen: dict[str, Candidate]) -> None:
        nonlocal best
        if index == len(levels):
            worth = _worth(levels, chosen)
            if best is None or worth < best[0]:
                best = worth, dict(chosen)
            return
        level = levels[index]
        possible = [
            one
            for one in candidates[level.name]
            if all(
                one.apart_from(other) and in_order(by_name[name], other, level, one)
                for name, other in chosen.items()
            )
        ]
        for one in _distinct(possible, level):
            search(index + 1, {**chosen, level.name: one})
        search(index + 1, chosen)

    by_name = {level.name: level for level in levels}
    search(0, {})
    assert best is not None
    return best[1]


def _rank(level: Level, one: Candidate) -> tuple[float, float, str]:
    if one.deed is None:
        return (_NEVER, _NEVER, "")
    at, seq, name = one.deed.act.order
    return (-at, -seq, name) if level.latest else (at, seq, name)


def _worth(levels: Sequence[Level], chosen: Chosen) -> tuple[object, ...]:
    """Less is better: more levels filled, the first ones first, then by time, L3 before others."""
    by_weight = sorted(levels, key=lambda level: not level.latest)
    ranks = [_rank(level, chosen[level.name]) for level in by_weight if level.name in chosen]
    return (-len(chosen), tuple(level.name not in chosen for level in levels), tuple(ranks))


def _distinct(possible: Iterable[Candidate], level: Level) -> list[Candidate]:
    """The best act of each person: no other could let a later level be filled.

    An act that the ledger has not seen is kept beside one that it has, since it compares with
    less, and one at which a delegation was in force beside one at which it was not.
    """
    found: dict[tuple[str, bool, frozenset[str]], Candidate] = {}
    for one in sorted(possible, key=lambda one: _rank(level, one)):
        unseen = one.deed is not None and one.deed.act.seq is None
        found.setdefault((one.person, unseen, one.ties), one)
    return list(found.values())
