"""Whether a document is in force, held against its own dates and against what replaced it.

Never against the clock: a document expires without anyone touching it, and that is a duty's
business. A replacement or amendment that is not yet in force leaves the older one as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Disclosure, Institution, Item, Policy
from generator.rules.names import called
from generator.rules.policies import named

__all__ = [
    "amended_yet_unmarked",
    "repealed_by_nothing",
    "repealed_too_early",
    "replaced_yet_in_force",
    "validity_against_dates",
]

_IN_FORCE = frozenset({"valid", "amended", "not-yet-effective"})
_PENDING = "not-yet-effective"


def replaced_yet_in_force(corpus: Corpus) -> Iterator[Diagnostic]:
    """A document that counts as in force although one in force has replaced it."""
    for policy in corpus.every(Policy):
        if policy.validity not in _IN_FORCE:
            continue
        newer = _successor(corpus, policy, "replacedBy")
        if newer:
            yield policy.finding(
                "POL-008", "validity", validity=_label(corpus, policy), newer=newer
            )


def amended_yet_unmarked(corpus: Corpus) -> Iterator[Diagnostic]:
    """A document that counts as unchanged although one in force has amended it."""
    for policy in corpus.every(Policy):
        newer = _successor(corpus, policy, "amendedBy") if policy.validity == "valid" else ""
        if newer:
            yield policy.finding("POL-009", "validity", newer=newer)


def _successor(corpus: Corpus, policy: Policy, field: str) -> str:
    """The title of the first document in `field` that is in force; empty where there is none."""
    rows = policy.data.get(field) or ()
    known = dict(named(corpus, policy, field))
    for index, row in enumerate(rows):
        if index not in known or known[index].validity != _PENDING:
            return str(row["title"])
    return ""


def repealed_by_nothing(corpus: Corpus) -> Iterator[Diagnostic]:
    """A repealed document that says neither what replaced it nor why it was repealed."""
    for policy in corpus.every(Policy):
        if policy.validity == "repealed" and not (
            policy.replaced_by or policy.data.get("validityNote")
        ):
            yield policy.finding("POL-010", "validity")


def repealed_too_early(corpus: Corpus) -> Iterator[Diagnostic]:
    """A document repealed before the one that replaced it was written."""
    for policy in corpus.every(Policy):
        if policy.repealed is None:
            continue
        newer = [other for _, other in named(corpus, policy, "replacedBy")]
        if newer and policy.repealed < min(other.written for other in newer):
            first = min(newer, key=lambda other: other.written)
            yield policy.finding(
                "POL-011",
                "repealedDate",
                repealed=policy.repealed.isoformat(),
                newer=first.title,
                written=first.written.isoformat(),
            )


def validity_against_dates(corpus: Corpus) -> Iterator[Diagnostic]:
    """A document whose validity its own dates contradict."""
    for kind in (Policy, Disclosure, Institution):
        for item in corpus.every(kind):
            yield from _against_dates(corpus, item)


def _against_dates(corpus: Corpus, item: Item) -> Iterator[Diagnostic]:
    data = item.data
    published = str(data.get("publishedAt") or "")[:10]
    validity = data.get("validity")
    if "repealedDate" in data and validity in {"valid", "amended"} and not _awaited(corpus, item):
        yield _contradiction(corpus, item, "repealedDate")
    elif published and validity in _IN_FORCE and data.get("expiryDate", "9") <= published:
        yield _contradiction(corpus, item, "expiryDate")
    elif published and validity == _PENDING and data.get("effectiveDate", "9") <= published:
        yield _contradiction(corpus, item, "effectiveDate")


def _awaited(corpus: Corpus, item: Item) -> bool:
    """Whether the item is repealed on a day to come, by a document that is not yet in force."""
    return isinstance(item, Policy) and any(
        other.validity == _PENDING for _, other in named(corpus, item, "replacedBy")
    )


def _contradiction(corpus: Corpus, item: Item, field: str) -> Diagnostic:
    return item.finding(
        "POL-012",
        "validity",
        validity=_label(corpus, item),
        field=called(corpus, item, (field,)),
        date=item.data[field],
    )


def _label(corpus: Corpus, item: Item) -> dict[str, str]:
    return {"zh": corpus.label(item, "validity"), "en": str(item.data["validity"])}
