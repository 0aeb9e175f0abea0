"""Terms counted in workdays: disclosure under article 26, requests under articles 30 and 33.

A term that runs into a year without a table cannot be judged: `reckoned` turns that into a finding
which names the missing file, here and for every other rule that counts workdays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import wraps
from typing import TypeVar

from generator.clock import MissingYearError
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Disclosure, InfoRequest, Policy, Record

__all__ = [
    "correction_asked_late",
    "disclosed_late",
    "last_day",
    "reckoned",
    "request_answered_late",
]

R = TypeVar("R", bound=Record)
Judge = Callable[[Corpus, R], Iterator[Diagnostic]]


def reckoned(judge: Judge[R]) -> Judge[R]:
    """`judge`, with a year that has no table of workdays as a finding instead of an exception."""

    @wraps(judge)
    def safe(corpus: Corpus, record: R) -> Iterator[Diagnostic]:
        try:
            yield from judge(corpus, record)
        except MissingYearError as error:
            file = f"content/reference/workdays/{error.year}.yml"
            yield record.finding("TIM-003", year=error.year, file=file)

    return safe


def last_day(corpus: Corpus, start: date, workdays: int, end: date) -> date | None:
    """The last day of a term of workdays where `end` is past it; None where `end` is in time.

    A span of no more calendar days than the term allows workdays is in time without a calendar.
    Errors: MissingYearError where the term runs into a year without a table.
    """
    if end <= start + timedelta(days=workdays):
        return None
    last = corpus.day_after(start, workdays)
    return last if end > last else None


def disclosed_late(corpus: Corpus) -> Iterator[Diagnostic]:
    """Information made public later than the regulation allows, with no reason given."""
    for policy in corpus.every(Policy):
        yield from _disclosed_late(corpus, policy)
    for disclosure in corpus.every(Disclosure):
        yield from _disclosed_late(corpus, disclosure)


@reckoned
def _disclosed_late(corpus: Corpus, record: Policy | Disclosure) -> Iterator[Diagnostic]:
    start = record.formed or record.written
    if start is None or record.late_reason or not record.data.get("publishedAt"):
        return
    allowed = int(corpus.threshold("disclosure-working-days"))
    last = last_day(corpus, start, allowed, record.published.date())
    if last is not None:
        yield record.finding(
            "TIM-002",
            "publishedAt",
            formed=start.isoformat(),
            days=allowed,
            last=last.isoformat(),
            published=record.published.date().isoformat(),
        )


def request_answered_late(corpus: Corpus) -> Iterator[Diagnostic]:
    """A request answered after its term, extension counted, with nothing said about it."""
    for request in corpus.every(InfoRequest):
        yield from _answered_late(corpus, request)


@reckoned
def _answered_late(corpus: Corpus, request: InfoRequest) -> Iterator[Diagnostic]:
    """The term begins anew with the correction; the time a third party took is not counted."""
    if request.replied is None or request.data.get("note"):
        return
    start = _day(request, "correctedAt") or request.received
    if request.replied <= start:
        return
    first = int(corpus.threshold("request-reply-working-days"))
    term = first + _waiting(corpus, request)
    extended = _day(request, "extendedAt")
    if extended is not None and last_day(corpus, start, term, extended) is None:
        term += int(corpus.threshold("request-extension-working-days"))
    last = last_day(corpus, start, term, request.replied)
    if last is not None:
        yield request.finding(
            "TIM-008",
            "repliedAt",
            start=start.isoformat(),
            days=term,
            last=last.isoformat(),
            replied=request.replied.isoformat(),
        )


def _waiting(corpus: Corpus, request: InfoRequest) -> int:
    """Workdays that a third party took to answer, at most as many as the regulation gives it."""
    asked = request.data.get("thirdParty") or {}
    if "askedAt" not in asked or "answeredAt" not in asked:
        return 0
    first, last = (date.fromisoformat(asked[key]) for key in ("askedAt", "answeredAt"))
    allowed = int(corpus.threshold("third-party-working-days"))
    return max(0, min(allowed, corpus.calendar.between(first, last)))


def correction_asked_late(corpus: Corpus) -> Iterator[Diagnostic]:
    """An applicant asked to correct a request later than the regulation allows."""
    for request in corpus.every(InfoRequest):
        yield from _correction_late(corpus, request)


@reckoned
def _correction_late(corpus: Corpus, request: InfoRequest) -> Iterator[Diagnostic]:
    asked = _day(request, "correctionRequestedAt")
    if asked is None or request.data.get("note"):
        return
    allowed = int(corpus.threshold("request-correction-working-days"))
    last = last_day(corpus, request.received, allowed, asked)
    if last is not None:
        yield request.finding(
            "TIM-009",
            "correctionRequestedAt",
            received=request.received.isoformat(),
            days=allowed,
            last=last.isoformat(),
            asked=asked.isoformat(),
        )


def _day(request: InfoRequest, field: str) -> date | None:
    value = request.data.get(field)
    return None if value is None else date.fromisoformat(value)
