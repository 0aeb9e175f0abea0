"""Who holds which role when: one 信息主管, one or two 信息员, at every instant, without a gap.

Appointments run from a day up to, not including, another, so the instants to look at are the days
on which one begins or ends. Nothing is said of the time before a unit's first appointment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Appointment, Roles

__all__ = [
    "Span",
    "information_officers_missing",
    "spans",
    "supervisor_missing",
    "supervisor_of_low_rank",
    "too_many_information_officers",
    "two_supervisors",
]

_SUPERVISOR, _OFFICER = "information_supervisor", "information_officer"


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which the same appointments are in force; `end` None: until further notice."""

    start: date
    end: date | None
    holding: tuple[Appointment, ...]
    before: Appointment | None  # one that ended on `start`

    @property
    def persons(self) -> frozenset[str]:
        """Who holds the role: a person appointed twice counts once."""
        return frozenset(appointment.person for appointment in self.holding)


def spans(appointments: Sequence[Appointment]) -> Iterator[Span]:
    """The spans from the first appointment on; a term without a day counts for nothing."""
    real = [one for one in appointments if one.end is None or one.start < one.end]
    days = sorted({one.start for one in real} | {one.end for one in real if one.end is not None})
    for start, end in zip(days, [*days[1:], None], strict=False):
        holding = tuple(one for one in real if one.holds(start))
        before = next((one for one in real if one.end == start), None)
        yield Span(start, end, holding, before)


def _of_role(corpus: Corpus, role: str) -> Iterator[tuple[Roles, int, list[Appointment]]]:
    """For every unit of the list, its place and its appointments to a role."""
    for roles in corpus.common(Roles):
        by_unit: dict[str, list[Appointment]] = {}
        for appointment in roles.appointments:
            if appointment.role == role:
                by_unit.setdefault(appointment.unit, []).append(appointment)
        for index, unit in enumerate(roles.data["units"]):
            yield roles, index, by_unit.get(unit["id"], [])


def two_supervisors(corpus: Corpus) -> Iterator[Diagnostic]:
    """More 信息主管 of a unit at one instant than there may be."""
    return _too_many(corpus, _SUPERVISOR, "ROL-010", int(corpus.threshold("supervisors")))


def too_many_information_officers(corpus: Corpus) -> Iterator[Diagnostic]:
    """More 信息员 of a unit at one instant than there may be."""
    most = int(corpus.threshold("information-officers-max"))
    return _too_many(corpus, _OFFICER, "ROL-011", most)


def _too_many(corpus: Corpus, role: str, code: str, most: int) -> Iterator[Diagnostic]:
    """One finding where the number is first exceeded, not one for every later change."""
    for roles, _, appointments in _of_role(corpus, role):
        exceeded = False
        for span in spans(appointments):
            if len(span.persons) <= most:
                exceeded = False
            elif not exceeded:
                exceeded = True
                last = max(span.holding, key=lambda one: (one.start, one.index))
                values = {"unit": last.unit, "day": span.start.isoformat()}
                at = ("appointments", last.index)
                yield roles.finding(code, *at, count=len(span.persons), most=most, **values)


def supervisor_missing(corpus: Corpus) -> Iterator[Diagnostic]:
    """A unit without a 信息主管: never appointed, for a time, or from some day on."""
    return _too_few(corpus, _SUPERVISOR, "ROL-012", int(corpus.threshold("supervisors")))


def information_officers_missing(corpus: Corpus) -> Iterator[Diagnostic]:
    """A unit without enough 信息员: never appointed, for a time, or from some day on."""
    return _too_few(corpus, _OFFICER, "ROL-013", int(corpus.threshold("information-officers-min")))


def _too_few(corpus: Corpus, role: str, code: str, least: int) -> Iterator[Diagnostic]:
    tolerated = timedelta(days=corpus.threshold("appointment-gap-days"))
    for roles, index, appointments in _of_role(corpus, role):
        unit = roles.data["units"][index]["id"]
        if not appointments:
            said = {"zh": "从来没有", "en": "never had one"}
            yield roles.finding(code, "units", index, "id", unit=unit, when=said, least=least)
        for span in spans(appointments):
            if len(span.persons) >= least or (span.end and span.end - span.start <= tolerated):
                continue
            last = span.before or span.holding[-1]
            at = ("appointments", last.index, "to" if span.before else "from")
            yield roles.finding(code, *at, unit=unit, when=_when(span), least=least)


def _when(span: Span) -> dict[str, str]:
    start = span.start.isoformat()
    if span.end is None:
        return {"zh": f"{start} 起没有接任的", "en": f"has none from {start} on"}
    end = span.end.isoformat()
    return {"zh": f"{start} 至 {end} 之间没有", "en": f"has none from {start} to {end}"}


def supervisor_of_low_rank(corpus: Corpus) -> Iterator[Diagnostic]:
    """A 信息主管 of a rank below the least."""
    least = int(corpus.threshold("supervisor-min-rank"))
    for roles in corpus.common(Roles):
        for one in roles.appointments:
            if one.role == _SUPERVISOR and (one.rank or 0) < least:
                at = ("appointments", one.index, "rank")
                yield roles.finding("ROL-014", *at, rank=one.rank, least=least, unit=one.unit)
