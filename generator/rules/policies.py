"""Policies, their interpretations, and the documents that replace or amend one another.

A relation is written on both sides, because each page shows it. References that name nothing or
name a broken record are another rule's business and are passed over here.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Interpretation, Policy
from generator.rules.calendar import last_day, reckoned

__all__ = [
    "interpretation_missing",
    "interpretation_not_mirrored",
    "interpreted_late",
    "relation_not_mirrored",
    "replaced_by_an_older_one",
]


def interpretation_not_mirrored(corpus: Corpus) -> Iterator[Diagnostic]:
    """A policy and an interpretation of which only one names the other."""
    for policy in corpus.every(Policy):
        for index, name in enumerate(policy.interpretations):
            other = corpus.records.get(name)
            if isinstance(other, Interpretation) and policy.id not in other.policies:
                yield policy.finding(
                    "POL-001", "interpretations", index, other=other.title, file=other.path
                )
    for interpretation in corpus.every(Interpretation):
        for index, name in enumerate(interpretation.policies):
            other = corpus.records.get(name)
            if isinstance(other, Policy) and interpretation.id not in other.interpretations:
                yield interpretation.finding(
                    "POL-002", "policies", index, other=other.title, file=other.path
                )


def interpretation_missing(corpus: Corpus) -> Iterator[Diagnostic]:
    """A policy that says it needs an interpretation and names none."""
    for policy in corpus.every(Policy):
        if policy.needs_interpretation and not policy.interpretations and not policy.withdrawn:
            yield policy.finding("POL-003", "needsInterpretation")


def interpreted_late(corpus: Corpus) -> Iterator[Diagnostic]:
    """A policy whose first interpretation came later than the limit, with no reason given."""
    for policy in corpus.every(Policy):
        yield from _interpreted_late(corpus, policy)


@reckoned
def _interpreted_late(corpus: Corpus, policy: Policy) -> Iterator[Diagnostic]:
    found = (corpus.records.get(name) for name in policy.interpretations)
    known = [record for record in found if isinstance(record, Interpretation)]
    if not known:
        return
    first = min(known, key=lambda record: record.published)
    if first.data.get("lateReason"):
        return
    allowed = int(corpus.threshold("interpretation-lag-working-days"))
    last = last_day(corpus, policy.published.date(), allowed, first.published.date())
    if last is not None:
        yield first.finding(
            "POL-004",
            "publishedAt",
            policy=policy.title,
            issued=policy.published.date().isoformat(),
            days=allowed,
            last=last.isoformat(),
            published=first.published.date().isoformat(),
        )


_MIRRORS = (
    ("POL-005", "replaces", "replacedBy"),
    ("POL-005", "replacedBy", "replaces"),
    ("POL-006", "amends", "amendedBy"),
    ("POL-006", "amendedBy", "amends"),
)


def relation_not_mirrored(corpus: Corpus) -> Iterator[Diagnostic]:
    """Two policies of which one says it replaces or amends the other, and the other does not."""
    for policy in corpus.every(Policy):
        for code, field, mirror in _MIRRORS:
            for index, other in named(corpus, policy, field):
                if policy.id not in {row.get("record") for row in other.data.get(mirror) or ()}:
                    yield policy.finding(
                        code, field, index, "record", other=other.title, file=other.path, key=mirror
                    )


def replaced_by_an_older_one(corpus: Corpus) -> Iterator[Diagnostic]:
    """A policy said to replace or amend one that was written after it, or itself."""
    for policy in corpus.every(Policy):
        for field in ("replaces", "amends"):
            for index, other in named(corpus, policy, field):
                if other is policy or other.written > policy.written:
                    yield policy.finding(
                        "POL-007",
                        field,
                        index,
                        "record",
                        other=other.title,
                        theirs=other.written.isoformat(),
                        ours=policy.written.isoformat(),
                    )


def named(corpus: Corpus, policy: Policy, field: str) -> Iterator[tuple[int, Policy]]:
    """The policies of the corpus that `policy` names in one of its relations, with their place."""
    for index, row in enumerate(policy.data.get(field) or ()):
        other = corpus.records.get(row.get("record", ""))
        if isinstance(other, Policy):
            yield index, other
