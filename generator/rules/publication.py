"""The time an item says it was published, held against its file: the commit, the year's folder.

Later than the commit is an embargo and says so; earlier needs a recorded reason, because a forged
publication date is one of the national vetoes. Where the history is cut short or absent nothing
can be said, and the reader of the tree has already said that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from generator.clock import wall_time
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.load import KINDS
from generator.model import Record
from generator.rules.kept import kept
from generator.rules.names import called

__all__ = ["backdated_in_silence", "embargo_in_silence", "embargo_over", "wrong_year_folder"]


@kept
def _came(corpus: Corpus) -> Sequence[tuple[datetime, Sequence[tuple[str, Record]]]]:
    """Records with the time they say they were published, by the wall time their files came at.

    Times are compared as text, to the second: far fewer moments brought files than there are files.
    """
    if not corpus.history.complete or corpus.group is None:
        return ()
    found: dict[datetime, list[tuple[str, Record]]] = {}
    for record in corpus.subjects.values():
        published = record.data.get("publishedAt")
        if published is not None:
            instant = corpus.history.brought.get(record.path)
            if instant is not None:
                found.setdefault(instant, []).append((_to_the_second(published), record))
    zone = corpus.group.time_zone
    return [(wall_time(instant, zone), records) for instant, records in found.items()]


def _to_the_second(published: str) -> str:
    return published if len(published) > _MINUTE else published + ":00"


_MINUTE = len("2026-11-20 09:30")


def _tolerance(corpus: Corpus) -> timedelta:
    return timedelta(hours=corpus.threshold("backdate-tolerance-hours"))


def _may_be_held(corpus: Corpus, record: Record) -> bool:
    """Whether the record is of a kind that knows an embargo."""
    return "embargo" in corpus.schemas.of(record.kind)["properties"]


def embargo_in_silence(corpus: Corpus) -> Iterator[Diagnostic]:
    """A time still to come when the file came, and no word that the item is held until then."""
    for brought, records in _came(corpus):
        then = brought.isoformat(" ")
        for published, record in records:
            if (
                published > then
                and record.data.get("embargo") is not True
                and _may_be_held(corpus, record)
            ):
                yield _finding("TIM-004", record, brought)


def embargo_over(corpus: Corpus) -> Iterator[Diagnostic]:
    """An embargo whose time had passed, beyond the tolerance, when the file came."""
    for brought, records in _came(corpus):
        for published, record in records:
            if record.data.get("embargo") is True:
                earliest = (brought - _tolerance(corpus)).isoformat(" ")
                if published < earliest:
                    yield _finding("TIM-005", record, brought)


def backdated_in_silence(corpus: Corpus) -> Iterator[Diagnostic]:
    """A time well before the file came, with neither a reason nor the baseline of a move."""
    until = corpus.group.baseline.get("until") if corpus.group else None
    baseline = datetime.fromisoformat(until) if until else None
    for brought, records in _came(corpus):
        if baseline is not None and brought <= baseline:
            continue
        earliest = (brought - _tolerance(corpus)).isoformat(" ")
        for published, record in records:
            if published < earliest and not (record.data.get("backdated") or {}).get("reason"):
                yield _finding("TIM-006", record, brought)


def _finding(code: str, record: Record, brought: datetime) -> Diagnostic:
    return record.finding(
        code,
        "publishedAt",
        published=record.data["publishedAt"][:_MINUTE],
        brought=f"{brought:%Y-%m-%d %H:%M}",
    )


# The day a record is filed under: what was received, found or issued stands in that year, whenever
# it is published; a document stands in the year it was published, written or formed in.
_FILED_BY = ("receivedAt", "foundAt", "issuedAt", "adoptedAt", "publishedAt")
_OR_BY = ("writtenDate", "formedDate")
_DATED = tuple(kind.name for kind in KINDS if kind.dated)


def wrong_year_folder(corpus: Corpus) -> Iterator[Diagnostic]:
    """A record that stands in the folder of another year than the one it is dated in."""
    for kind in _DATED:
        known = corpus.schemas.of(kind)["properties"]
        dates = [name for name in _FILED_BY if name in known]
        others = [name for name in _OR_BY if name in known]
        for record in corpus.every(Record.classes[kind]):
            data = record.data
            folder = record.id.rsplit("/", 2)[1]
            for field in dates:
                if date := data.get(field):
                    break
            else:
                continue
            year = date[:4]
            if year != folder and all(str(data.get(name))[:4] != folder for name in others):
                name = called(corpus, record, (field,))
                yield record.finding("TIM-007", field, folder=folder, year=year, field=name)
