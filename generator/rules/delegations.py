"""Delegations: short, by the holder himself, of rank, and not to one who writes for the unit.

A delegation counts only while its giver holds the role; what is asked here is what would make the
whole file invalid at the review gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Roles

__all__ = [
    "delegated_by_a_delegate",
    "delegated_to_a_contributor",
    "delegated_too_long",
    "delegation_of_low_rank",
    "delegation_without_the_role",
]


@dataclass(frozen=True, slots=True)
class _Delegation:
    index: int
    giver: str
    taker: str
    role: str
    unit: str
    rank: int
    start: date
    end: date

    def meets(self, start: date, end: date | None) -> bool:
        """Whether the two terms share a day."""
        return start < self.end and (end is None or self.start < end)


def _delegations(corpus: Corpus) -> Iterator[tuple[Roles, list[_Delegation]]]:
    for roles in corpus.common(Roles):
        yield (
            roles,
            [
                _Delegation(
                    index,
                    row["from_person"],
                    row["to_person"],
                    row["role"],
                    row["unit"],
                    row["rank"],
                    date.fromisoformat(row["from"]),
                    date.fromisoformat(row["to"]),
                )
                for index, row in enumerate(roles.data["delegations"])
            ],
        )


def delegated_too_long(corpus: Corpus) -> Iterator[Diagnostic]:
    """A delegation of more days than allowed."""
    most = int(corpus.threshold("delegation-max-days"))
    for roles, delegations in _delegations(corpus):
        for one in delegations:
            span = one.end - one.start
            if span > timedelta(days=most):
                at = ("delegations", one.index, "to")
                yield roles.finding("ROL-020", *at, days=span.days, most=most)


def delegated_by_a_delegate(corpus: Corpus) -> Iterator[Diagnostic]:
    """A delegation by one who is a delegate himself at the time, in any role, or to oneself."""
    for roles, delegations in _delegations(corpus):
        taken: dict[str, list[_Delegation]] = {}
        for one in delegations:
            taken.setdefault(one.taker, []).append(one)
        for one in delegations:
            others = (other for other in taken.get(one.giver, ()) if other is not one)
            received = any(other.meets(one.start, one.end) for other in others)
            if received or one.giver == one.taker:
                at = ("delegations", one.index, "from_person")
                yield roles.finding("ROL-021", *at, person=one.giver)


def delegation_of_low_rank(corpus: Corpus) -> Iterator[Diagnostic]:
    """A delegation to a person of a rank below the least."""
    least = int(corpus.threshold("supervisor-min-rank"))
    for roles, delegations in _delegations(corpus):
        for one in delegations:
            if one.rank < least:
                at = ("delegations", one.index, "rank")
                yield roles.finding("ROL-022", *at, rank=one.rank, least=least)


def delegated_to_a_contributor(corpus: Corpus) -> Iterator[Diagnostic]:
    """A delegation to one who contributes to the unit at the time."""
    for roles, delegations in _delegations(corpus):
        contributing = [one for one in roles.appointments if one.role == "contributor"]
        terms: dict[tuple[str, str], list[tuple[date, date | None]]] = {}
        for one in contributing:
            terms.setdefault((one.person, one.unit), []).append((one.start, one.end))
        for given in delegations:
            found = terms.get((given.taker, given.unit), ())
            if any(given.meets(start, end) for start, end in found):
                at = ("delegations", given.index, "to_person")
                yield roles.finding("ROL-023", *at, person=given.taker, unit=given.unit)


def delegation_without_the_role(corpus: Corpus) -> Iterator[Diagnostic]:
    """A delegation by one who does not hold the role on any day of it: it has no effect."""
    for roles, delegations in _delegations(corpus):
        terms: dict[tuple[str, str, str], list[tuple[date, date | None]]] = {}
        for one in roles.appointments:
            terms.setdefault((one.person, one.role, one.unit), []).append((one.start, one.end))
        for given in delegations:
            held = terms.get((given.giver, given.role, given.unit), ())
            if not any(given.meets(start, end) for start, end in held):
                at = ("delegations", given.index, "from_person")
                yield roles.finding("ROL-024", *at, person=given.giver, unit=given.unit)
