"""The next free number: of a file in its folder, of a document's index, of an organ's code."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.corpus import Corpus
from generator.load import CONTENT, Kind

__all__ = ["folder_of", "next_index_number", "next_organ_code", "next_stem"]

_NUMBER = re.compile(r"[0-9]{1,8}")


def folder_of(kind: Kind, unit: str, year: int) -> str:
    """The folder of a kind's files, from the repository root; for a single record its file."""
    top = f"{CONTENT}/units/{unit}" if kind.of_unit else CONTENT
    return f"{top}/{kind.folder}/{year:04}" if kind.dated else f"{top}/{kind.folder}"


def next_stem(folder: str, taken: Iterable[str]) -> str:
    """The number after the highest in the folder, four digits: `0043`.

    Shapes: `taken` are ids of records, that is paths below `content/` without ending.

    >>> next_stem("content/units/tax/articles/2026", ["units/tax/articles/2026/0042"])
    '0043'
    """
    inside = folder.removeprefix(CONTENT + "/") + "/"
    stems = (name.removeprefix(inside) for name in taken if name.startswith(inside))
    numbers = [int(stem) for stem in stems if _NUMBER.fullmatch(stem)]
    return f"{max(numbers, default=0) + 1:04}"


def next_index_number(corpus: Corpus, organ_code: str, year: int) -> str:
    """The index number after the highest that the organ has used in the year."""
    start = f"{organ_code}/{year:04}-"
    used = [
        int(text[len(start) :])
        for record in corpus.records.values()
        if isinstance(text := record.data.get("indexNumber"), str) and text.startswith(start)
    ]
    return f"{start}{max(used, default=0) + 1:05}"


def next_organ_code(corpus: Corpus, division: str) -> str:
    """The organ code after the highest of the division: `11`, the division, four digits."""
    start = f"11{division}"
    used = [
        int(unit.organ_code[len(start) :])
        for unit in corpus.units.values()
        if unit.organ_code.startswith(start) and unit.organ_code[len(start) :].isdigit()
    ]
    return f"{start}{max(used, default=0) + 1:04}"
