"""The time an item says it was published, held against the commit that brought its file.

Later than the commit is an embargo and says so; earlier needs a recorded reason, because a forged
publication date is one of the national vetoes. Where the history is cut short or absent nothing
can be said, and the reader of the tree has already said that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Record

__all__ = ["backdated_in_silence", "embargo_in_silence", "embargo_over"]


def _dated(corpus: Corpus, key: str) -> Iterator[tuple[Record, datetime, datetime]]:
    """Records of the kinds that may hold `key`, when they say they were published, and came."""
    if not corpus.history.complete:
        return
    for kind in corpus.schemas.kinds:
        fields = corpus.schemas.of(kind).get("properties", {})
        if key not in fields or "publishedAt" not in fields:
            continue
        for record in corpus.every(Record.classes[kind]):
            published = record.data.get("publishedAt")
            brought = corpus.brought(record)
            if published is not None and brought is not None:
                yield record, datetime.fromisoformat(published), brought


def _tolerance(corpus: Corpus) -> timedelta:
    return timedelta(hours=corpus.threshold("backdate-tolerance-hours"))


def embargo_in_silence(corpus: Corpus) -> Iterator[Diagnostic]:
    """A time still to come when the file came, and no word that the item is held until then."""
    for record, published, brought in _dated(corpus, "embargo"):
        if published > brought and record.data.get("embargo") is not True:
            yield _finding("TIM-004", record, published, brought)


def embargo_over(corpus: Corpus) -> Iterator[Diagnostic]:
    """An embargo whose time had passed, beyond the tolerance, when the file came."""
    for record, published, brought in _dated(corpus, "embargo"):
        if record.data.get("embargo") is True and published < brought - _tolerance(corpus):
            yield _finding("TIM-005", record, published, brought)


def backdated_in_silence(corpus: Corpus) -> Iterator[Diagnostic]:
    """A time well before the file came, with neither a reason nor the baseline of a move."""
    until = corpus.group.baseline.get("until") if corpus.group else None
    baseline = datetime.fromisoformat(until) if until else None
    for record, published, brought in _dated(corpus, "publishedAt"):
        if published >= brought - _tolerance(corpus):
            continue
        moved = baseline is not None and brought <= baseline
        if not moved and not (record.data.get("backdated") or {}).get("reason"):
            yield _finding("TIM-006", record, published, brought)


def _finding(code: str, record: Record, published: datetime, brought: datetime) -> Diagnostic:
    return record.finding(
        code,
        "publishedAt",
        published=f"{published:%Y-%m-%d %H:%M}",
        brought=f"{brought:%Y-%m-%d %H:%M}",
    )
