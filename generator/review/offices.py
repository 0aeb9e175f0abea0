"""Who could act, and when: appointments and delegations on two time axes.

A row counts for an act if the act's server time lies in its interval *and* the row was recorded
in the ledger before the act was observed: a back-dated appointment never repairs an earlier act.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from generator.review.facts import Facts
from generator.review.instants import midnight
from generator.review.policy import Policy
from generator.review.roles import Roles, Row

__all__ = ["BELOW", "Moment", "Office", "Offices"]

BELOW = frozenset({"secrecy_officer", "duty_officer"})  # they also serve the units below theirs
_GENERAL = frozenset({"no_appointment", "wrong_unit"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A server time with its ledger position; None: not yet observed, after all recorded."""

    at: int
    seq: int | None


@dataclass(frozen=True, slots=True)
class Office:
    """The row by which a person may act; or None, and the codes of why not."""

    row: Row | None
    codes: frozenset[str] = frozenset()

    @property
    def particular(self) -> frozenset[str]:
        """The codes that speak of a row the person has."""
        return self.codes - _GENERAL


@dataclass(frozen=True)
class Offices:
    """What the roles say for one change: its ledger, its class."""

    roles: Roles
    policy: Policy
    facts: Facts
    review_class: str

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in (*self.roles.appointments, *self.roles.delegations):
            found.setdefault(row.person, []).append(row)
        return found

    def rows_of(self, person: str) -> list[Row]:
        """The appointments of a person, and the delegations to him."""
        return self._rows.get(person, [])

    def covers(self, row: Row, at: int) -> bool:
        """Whether an instant lies in the interval of a row."""
        zone = self.policy.zone
        return midnight(row.start, zone) <= at and (row.end is None or at < midnight(row.end, zone))

    def recorded(self, row: Row, moment: Moment) -> bool:
        """Whether the ledger held the row before the act was observed."""
        seq = self.facts.recorded(row.id)
        return seq is not None and (moment.seq is None or seq < moment.seq)

    def absent(self, person: str, at: int) -> bool:
        """Whether the person was absent then. An absence counts as soon as the rules hold it."""
        return any(row.person == person and self.covers(row, at) for row in self.roles.absences)

    def faults(self, row: Row, moment: Moment, least_rank: int = 0) -> frozenset[str]:
        """Why a row does not count at that moment; empty: it counts."""
        found: set[str] = set()
        if row.giver is not None:
            if not self._delegated(row, moment):
                found.add("delegation_invalid")
        elif moment.at < midnight(row.start, self.policy.zone):
            found.add("not_yet_valid")
        elif not self.covers(row, moment.at):
            found.add("expired")
        if not self.recorded(row, moment):
            found.add("recorded_too_late")
        if row.rank < least_rank:
            found.add("rank_too_low")
        return frozenset(found)

    def _delegated(self, row: Row, moment: Moment) -> bool:
        """Whether a delegation is valid then: in time, recorded, of its class, and its giver's."""
        return (
            self.covers(row, moment.at)
            and self.recorded(row, moment)
            and row.max_class in self.policy.classes
            and self.review_class <= (row.max_class or "")
            and any(
                held.person == row.giver
                and (held.role, held.unit) == (row.role, row.unit)
                and not self.faults(held, moment)
                for held in self.roles.appointments
            )
        )

    def office(
        self,
        person: str,
        roles: Collection[str],
        unit: str,
        moment: Moment,
        least_rank: int = 0,
    ) -> Office:
        """By which row a person may act in one of these roles for a unit; of several the highest
        in rank, then the first by id."""
        mine = [row for row in self.rows_of(person) if row.role in roles]
        serving = [row for row in mine if self.serves(row, unit)]
        return self._best(serving, moment, least_rank, elsewhere=bool(mine))

    def standing(self, person: str, unit: str, moment: Moment) -> Office:
        """By which row a person has a say at all: any role in the unit or above it."""
        mine = self.rows_of(person)
        above = self.roles.above(unit)
        serving = [row for row in mine if row.unit in above]
        return self._best(serving, moment, 0, elsewhere=bool(mine))

    def raises(self, person: str, unit: str, at: int, seq: int | None) -> bool:
        """Whether a person had a say at that moment, so that he could raise the class."""
        return self.standing(person, unit, Moment(at, seq)).row is not None

    def serves(self, row: Row, unit: str) -> bool:
        """Whether a row is of this unit, or of one above it that its role serves from."""
        return row.unit == unit or (row.role in BELOW and row.unit in self.roles.above(unit))

    def _best(
        self, rows: Iterable[Row], moment: Moment, least_rank: int, elsewhere: bool
    ) -> Office:
        judged = [(row, self.faults(row, moment, least_rank)) for row in rows]
        good = [row for row, faults in judged if not faults]
        if good:
            return Office(min(good, key=lambda row: (-row.rank, row.id)))
        if judged:
            return Office(None, frozenset().union(*(faults for _, faults in judged)))
        return Office(None, frozenset({"wrong_unit" if elsewhere else "no_appointment"}))

    def tied(self, person: str, at: int) -> frozenset[str]:
        """The persons with whom a delegation, of whatever role, joins this one at an instant."""
        rows = [row for row in self.roles.delegations if person in (row.person, row.giver)]
        return frozenset(
            other
            for row in rows
            if self.covers(row, at)
            for other in (row.person, row.giver)
            if other is not None and other != person
        )
