"""What must be one of a kind and stands in two records: which of the two is to be mended."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

from generator.corpus import Corpus
from generator.model import Record

__all__ = ["repeated"]

R = TypeVar("R", bound=Record)
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def repeated(corpus: Corpus, named: Iterable[tuple[Hashable, R]]) -> Iterator[tuple[R, R]]:
    """Each record whose name another had already, with that other.

    The one whose file has stood unchanged for longest keeps the name, so that the finding comes to
    whoever brought the second; where nothing is known of that, the first in the order given.
    """
    groups: dict[Hashable, list[R]] = {}
    for name, record in named:
        groups.setdefault(name, []).append(record)
    for records in groups.values():
        if len(records) > 1:
            first = min(records, key=lambda one: corpus.history.changed.get(one.path, _LONG_AGO))
            yield from ((record, first) for record in records if record is not first)
