"""What the history of files tells the whole group: when a file changed, which numbers were used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from generator.corpus import Past
from generator.load import locate
from generator.schema import Schemas
from generator.tree import Histories, History, Tree, part_of

__all__ = ["everywhere", "past_numbers"]

_INDEX_NUMBER = re.compile(rb"^indexNumber:[ \t]*[\"']?([0-9A-Z-]+/[0-9]+-[0-9]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _ByPath(Mapping[str, datetime]):
    """A time by path, of files of any part; read part by part as it is asked for."""

    of: Callable[[str], Mapping[str, datetime]]

    def __getitem__(self, path: str) -> datetime:
        return self.of(part_of(path))[path]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the times of files are looked up, not walked")

    def __len__(self) -> int:
        raise TypeError("the times of files are looked up, not counted")


def everywhere(histories: Histories) -> History:
    """The history of all files, as a look-up."""
    return History(
        _ByPath(lambda part: histories.of(part).brought),
        _ByPath(lambda part: histories.of(part).changed),
        complete=histories.complete,
    )


def past_numbers(tree: Tree, histories: Histories, schemas: Schemas) -> Past:
    """What index numbers stood in former versions of files, read when first asked for.

    Only kinds that hold an index number are read, and only that line of them: an old file need
    not be well formed to have used a number.
    """

    @cache
    def past() -> Mapping[str, frozenset[str]]:
        former = [gone for gone in histories.replaced() if _has_number(gone.path, schemas)]
        found: dict[str, set[str]] = {}
        blobs = tree.read_blobs(gone.blob for gone in former)
        for gone, (_, data) in zip(former, blobs, strict=True):
            for match in _INDEX_NUMBER.finditer(data):
                found.setdefault(match[1].decode(), set()).add(gone.path)
        return {number: frozenset(paths) for number, paths in found.items()}

    return past


def _has_number(path: str, schemas: Schemas) -> bool:
    kind = locate(path).kind
    return kind is not None and "indexNumber" in schemas.of(kind.name).get("properties", {})
