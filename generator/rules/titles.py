"""Titles: each says what it stands for, and once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.load.kinds import ASSET_ENDINGS
from generator.model import Item, Record, Service
from generator.rules.kept import kept
from generator.rules.marks import marked

__all__ = [
    "attachment_title_twice",
    "closed_by_a_full_stop",
    "title_too_long",
    "title_twice",
    "vague_attachment_title",
]

_EDGES = " 　：:.。，,（）()"
_STOPS = ("。", "，", "；", "、", "：", ".", ",", ";")


def _key(record: Record) -> str:
    return "taskName" if isinstance(record, Service) else "title"


@kept
def _titled(corpus: Corpus) -> Sequence[tuple[Record, str]]:
    """Records that the public reads under a title, and that title."""
    return [
        (record, title)
        for kind, key in ((Item, "title"), (Service, "taskName"))
        for record in corpus.every(kind)
        if isinstance(title := record.data.get(key), str) and "withdrawn" not in record.data
    ]


def _folded(title: str) -> str:
    """A title without the differences nobody sees."""
    if not unicodedata.is_normalized("NFKC", title):
        title = unicodedata.normalize("NFKC", title)
    return "".join(title.split()).lower()


def title_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """Two records of a unit and kind with one title, published within the window."""
    window = int(corpus.threshold("title-duplicate-window-days"))
    first: dict[tuple[str, str, str], Record] = {}
    again: dict[tuple[str, str, str], list[Record]] = {}
    for record, title in _titled(corpus):
        name = record.unit, record.kind, _folded(title)
        if (other := first.setdefault(name, record)) is not record:
            again.setdefault(name, [other]).append(record)
    for records in again.values():
        yield from _close(sorted(records, key=_order), window)


def _order(record: Record) -> tuple[str, str]:
    return str(record.data.get("publishedAt", "")), record.id


def _close(records: Sequence[Record], window: int) -> Iterator[Diagnostic]:
    for earlier, later in pairwise(records):
        days = [record.data.get("publishedAt") for record in (earlier, later)]
        if all(isinstance(day, str) for day in days):
            first, second = (date.fromisoformat(str(day)[:10]) for day in days)
            if (second - first).days > window:
                continue
        yield later.finding("TTL-001", _key(later), file=earlier.path)


def title_too_long(corpus: Corpus) -> Iterator[Diagnostic]:
    """A title that no list shows whole."""
    limit = int(corpus.threshold("title-max-characters"))
    for record, title in _titled(corpus):
        if len(title) > limit:
            yield record.finding("TTL-002", _key(record), length=len(title), limit=limit)


def closed_by_a_full_stop(corpus: Corpus) -> Iterator[Diagnostic]:
    """A title that ends as a sentence does."""
    for record, title in _titled(corpus):
        said = title.rstrip()
        if said.endswith(_STOPS):
            yield record.finding("TTL-003", _key(record), sign=said[-1])


def _attachments(corpus: Corpus) -> Iterator[tuple[Record, tuple[str | int, ...], str]]:
    """Every attachment that has a title, where it stands, and the title."""
    for record, mark in marked(corpus, "x-asset"):
        title = mark.holder.get("title")
        if mark.pointer[-1] == "file" and isinstance(title, str):
            yield record, mark.pointer[:-1], title


def vague_attachment_title(corpus: Corpus) -> Iterator[Diagnostic]:
    """An attachment called attachment, or by the name of its file."""
    vague = {word.lower() for word in corpus.words("generic-attachment-titles")}
    for record, pointer, title in _attachments(corpus):
        named_so = any(title.lower().endswith(ending) for ending in ASSET_ENDINGS)
        if title.strip(_EDGES).lower() in vague or named_so:
            yield record.finding("TTL-004", *pointer, "title", title=title)


def attachment_title_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """Two attachments of one list with one title."""
    seen: set[tuple[str, tuple[str | int, ...], str]] = set()
    for record, pointer, title in _attachments(corpus):
        place = (record.id, pointer[:-1], _folded(title))
        if place in seen:
            yield record.finding("TTL-005", *pointer, "title", title=title)
        seen.add(place)
