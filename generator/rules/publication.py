"""The time an item says it was published, held against its file: the commit, the year's folder.

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
from generator.rules.names import called

__all__ = ["backdated_in_silence", "embargo_in_silence", "embargo_over", "wrong_year_folder"]


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


# The day a record is filed under: what was received, found or issued stands in that year, whenever
# it is published; a document stands in the year it was published, written or formed in.
_FILED_BY = ("receivedAt", "foundAt", "issuedAt", "adoptedAt", "publishedAt")
_OR_BY = ("writtenDate", "formedDate")


def wrong_year_folder(corpus: Corpus) -> Iterator[Diagnostic]:
    """A record that stands in the folder of another year than the one it is dated in."""
    for record in corpus.subjects.values():
        if not record.document.kind.dated:
            continue
        folder = record.id.split("/")[-2]
        field = next((name for name in _FILED_BY if record.data.get(name)), "")
        years = {str(record.data[name])[:4] for name in (field, *_OR_BY) if record.data.get(name)}
        if field and folder not in years:
            year = str(record.data[field])[:4]
            name = called(corpus, record, (field,))
            yield record.finding("TIM-007", field, folder=folder, year=year, field=name)
