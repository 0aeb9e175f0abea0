"""The files that no site may hold: those of records that are not shown, or not to everyone.

A record's files stand in the folder named after it, or are named by one of its fields. A file that
another record shows in public stays: it is that record's, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.corpus import Corpus
from generator.model import Record, Site
from generator.rules.marks import marks_of

__all__ = ["withheld_files"]


def withheld_files(
    corpus: Corpus, records: Iterable[Record], is_shown: Callable[[Record], bool]
) -> frozenset[str]:
    """The paths of files of `records` that the public may not have, given which of them it may see.

    A record that the checks refused keeps its files back with it: nobody knows yet what it says.
    """
    marks = marks_of(corpus.schemas, "x-asset")
    closed_folders = {f"content/{name}" for name in corpus.broken}
    closed: set[str] = set()
    public: set[str] = set()
    for record in records:
        shown = isinstance(record, Site) or is_shown(record)
        if not shown:
            closed_folders.add(f"content/{record.id}")
        for mark in marks.of(record.kind, record.data):
            open_to_all = shown and mark.schema.get("x-public") is not False
            (public if open_to_all else closed).add(record.beside(mark.value))
    return frozenset(_within(corpus.assets, closed_folders) | closed) - public


def _within(paths: Iterable[str], folders: set[str]) -> set[str]:
    if not folders:
        return set()
    return {path for path in paths if not folders.isdisjoint(_above(path))}


def _above(path: str) -> Iterator[str]:
    """The folders that a path stands in, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path
