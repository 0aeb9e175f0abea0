"""One act per level, by distinct persons, in order of time.

The earliest L1, the earliest L2 after it, the latest L3, and the `extra` roles before it. If no
choice is whole, the one that fills most levels, L1 first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.review.acting import Deed
from generator.review.roles import Row

__all__ = ["Candidate", "Level", "choose"]


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
    """An act that is valid at a level, and the row by which its person may act there.

    `ties`: the persons with whom a delegation joined this one when he acted.
    """

    deed: Deed
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


def in_order(one: Level, earlier: Candidate, other: Level, later: Candidate) -> bool:
    """Whether two acts at two levels stand as the levels ask."""
    if one.order is None or other.order is None or one.order == other.order:
        return True
    if 0 in (one.order, other.order) and 3 not in (one.order, other.order):
        return True
    if one.order > other.order:
        earlier, later = later, earlier
    return earlier.deed.act.before(later.deed.act)


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
    at, seq, name = one.deed.act.order
    return (-at, -seq, name) if level.latest else (at, seq, name)


def _worth(levels: Sequence[Level], chosen: Chosen) -> tuple[object, ...]:
    """Less is better: more levels filled, the first ones first, then by time."""
    ranks = [_rank(level, chosen[level.name]) for level in levels if level.name in chosen]
    return (-len(chosen), tuple(level.name not in chosen for level in levels), tuple(ranks))


def _distinct(possible: Iterable[Candidate], level: Level) -> list[Candidate]:
    """The best act of each person: no other could let a later level be filled.

    An act that the ledger has not seen is kept beside one that it has, since it compares with
    less, and one at which a delegation was in force beside one at which it was not.
    """
    found: dict[tuple[str, bool, frozenset[str]], Candidate] = {}
    for one in sorted(possible, key=lambda one: _rank(level, one)):
        found.setdefault((one.person, one.deed.act.seq is None, one.ties), one)
    return list(found.values())
