"""Service guides, held against the law, against themselves and against the source system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.corpus import Claim, Corpus
from generator.diagnostics import Diagnostic
from generator.model import Service
from generator.rules.joined import Joined
from generator.rules.service_elements import EDGES, served
from generator.rules.twice import repeated

__all__ = [
    "blank_form_missing",
    "fee_of_a_free_service",
    "online_without_an_entrance",
    "promise_beyond_the_law",
    "question_twice",
    "service_twice",
    "unsynchronised",
]


def blank_form_missing(corpus: Corpus) -> Iterator[Diagnostic]:
    """A form that must be filled in and cannot be downloaded."""
    for service in served(corpus):
        for index, row in enumerate(service.data.get("materials") or ()):
            needed = row.get("type") == "form" and row.get("necessity") != "optional"
            if needed and not row.get("blankForm"):
                yield service.finding("SVC-004", "materials", index, name=row["name"])


# How many natural days a unit is, at least and at most: a promise is only called too long where
# its least exceeds the most that the law can mean.
_DAYS = {
    "hour": (1 / 24, 1 / 4),
    "natural-day": (1.0, 1.0),
    "workday": (1.0, 7 / 5),
    "week": (7.0, 7.0),
    "month": (28.0, 31.0),
    "quarter": (90.0, 92.0),
    "year": (365.0, 366.0),
}
_LONGEST_HOLIDAY = 9  # days off in a row that a term in workdays may run into


def promise_beyond_the_law(corpus: Corpus) -> Iterator[Diagnostic]:
    """A promised term longer than the legal one; a legal term of 0 says that there is none."""
    for service in served(corpus):
        data = service.data
        legal, promised = data["anticipateDay"], data["promiseDay"]
        unit, ours = data["anticipateType"], data["promiseType"]
        if not legal:
            continue
        if unit == ours:
            longer = promised > legal
        else:
            slack = _LONGEST_HOLIDAY if unit == "workday" else 0
            longer = promised * _DAYS[ours][0] > legal * _DAYS[unit][1] + slack
        if longer:
            terms = {
                "promised": _term(corpus, service, promised, "promiseType"),
                "legal": _term(corpus, service, legal, "anticipateType"),
            }
            yield service.finding("SVC-005", "promiseDay", **terms)


def _term(corpus: Corpus, service: Service, number: int, field: str) -> dict[str, str]:
    label = corpus.label(service, field)
    return {"zh": f"{number} 个{label}", "en": f"{number} {service.data[field]}"}


def fee_of_a_free_service(corpus: Corpus) -> Iterator[Diagnostic]:
    """A guide that says the service is free and lists fees."""
    for service in served(corpus):
        if service.data["isFee"] is False and service.data.get("fees"):
            yield service.finding("SVC-006", "isFee", count=len(service.data["fees"]))


def question_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """A common question that the same guide has asked before."""
    for service in served(corpus):
        asked: dict[str, int] = {}
        for index, row in enumerate(service.data.get("questions") or ()):
            question = row["question"].strip(EDGES)
            first = asked.setdefault(question, index)
            if first != index:
                yield service.finding("SVC-007", "questions", index, "question", first=first + 1)


def _codes(corpus: Corpus) -> Iterator[Claim]:
    for service in served(corpus):
        yield service.id, service.data["taskCode"], service.data.get("taskHandleItem", "")


def _code_twice(corpus: Corpus, claims: Sequence[Claim]) -> Iterator[Diagnostic]:
    for service, other in repeated(corpus, (((code, item), name) for name, code, item in claims)):
        task = service.data["taskCode"]
        yield service.finding("SVC-008", "taskCode", task=task, other=other.path)


# A code of implementation (实施编码) that another guide has, handling item and all.
service_twice = Joined("service_twice", _codes, _code_twice)


def unsynchronised(corpus: Corpus) -> Iterator[Diagnostic]:
    """A guide changed after it was last compared with the system that it comes from."""
    for service in served(corpus):
        updated, synced = service.data["updatedAt"], service.data["syncedAt"]
        if updated > synced[:10]:
            yield service.finding("SVC-009", "syncedAt", updated=updated, synced=synced)


def online_without_an_entrance(corpus: Corpus) -> Iterator[Diagnostic]:
    """A service that can be had online, and no address where."""
    entrances = ("onlineAddr", "linkAddr", "mobileTerminalUrl")
    for service in served(corpus):
        if service.data["online"] and not any(service.data.get(field) for field in entrances):
            yield service.finding("SVC-010", "online")
