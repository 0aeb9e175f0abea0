"""What must be one of a kind and stands in two records: which of the two is to be mended."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import UTC, datetime

from generator.corpus import Corpus
from generator.model import Record

__all__ = ["repeated"]

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def repeated(
    corpus: Corpus, named: Iterable[tuple[Hashable, str]]
) -> Iterator[tuple[Record, Record]]:
    """Each record whose name another had already, with that other, from names and ids.

    The one whose file has stood unchanged for longest keeps the name, so that the finding comes to
    whoever brought the second; where nothing is known of that, the first in the order given. Only
    records whose name stands twice are looked up.
    """
    groups: dict[Hashable, list[str]] = {}
    for name, record_id in named:
        groups.setdefault(name, []).append(record_id)
    for ids in groups.values():
        if len(ids) > 1:
            records = [corpus.records[record_id] for record_id in ids]
            first = min(records, key=lambda one: corpus.history.changed.get(one.path, _LONG_AGO))
            yield from ((record, first) for record in records if record is not first)
