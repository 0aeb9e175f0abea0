"""The tables of a text: headers, rows, and which column holds what.

Built on `Passage.cell` alone, so a table of Markdown, of a CSV file, of a document and of a
workbook are the same thing here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.gates.passage import Passage
from generator.gates.secrecy.listing import expression
from generator.gates.secrecy.people import is_name, is_veiled, surely_name

__all__ = ["Grid", "grids"]

_HEADER_ROWS = 5  # rows at the top in which a header may stand, below titles
_LONGEST_TITLE = 12  # signs of a column's title
_FEW = 2  # names that make a column without header one of names


@dataclass
class Grid:
    """One table: the text of its cells, and the number of the first passage of each."""

    lines: dict[int, dict[int, str]] = field(default_factory=dict)  # row → column → text
    passages: dict[tuple[int, int], int] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)  # of a list of records, instead of a header
    header: int = 0  # the row of the header; 0 where there is none
    columns: tuple[int, ...] = ()  # those that hold anything
    rows: tuple[int, ...] = ()  # those below the header
    names: frozenset[int] = frozenset()  # the columns that hold names of persons
    office: bool = False  # whether a column speaks of an office or a firm
    contacts: bool = False  # whether its persons are only those whom one asks for there

    def cell(self, row: int, column: int) -> str:
        """The text of a cell; empty where there is none."""
        return self.lines.get(row, {}).get(column, "")

    def title(self, column: int) -> str:
        """What the header says of a column."""
        return self.cell(self.header, column) or self.keys.get(column, "")

    def row(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row, from left to right."""
        return sorted(self.lines.get(row, {}).items())

    def person(self, row: int) -> str:
        """The name in a row that is written out in full; empty where there is none."""
        said = (self.cell(row, column).strip() for column in self.names)
        return next(filter(is_name, said), "")

    def said(self, row: int) -> bool:
        """Whether a row is of a person, in full or veiled."""
        return any(self.cell(row, column).strip() for column in self.names)

    def find(self, pattern: re.Pattern[str]) -> list[int]:
        """The columns whose header a pattern occurs in."""
        return [column for column in self.columns if pattern.search(self.title(column))]

    @property
    def of_persons(self) -> bool:
        """Whether it lists persons, in full or veiled."""
        return bool(self.names)


def grids(passages: Sequence[Passage], texts: Sequence[str]) -> dict[int, Grid]:
    """The tables of a text by their number; `texts` are the passages' texts, folded."""
    found: dict[int, Grid] = {}
    for number, passage in enumerate(passages):
        if passage.cell is None:
            continue
        table, row, column = passage.cell
        grid = found.setdefault(table, Grid())
        line = grid.lines.setdefault(row, {})
        line[column] = f"{line[column]} {texts[number]}" if column in line else texts[number]
        grid.passages.setdefault((row, column), number)
        if passage.pointer and isinstance(passage.pointer[-1], str):
            grid.keys[column] = passage.pointer[-1]
    for grid in found.values():
        _read(grid)
    return found


def _read(grid: Grid) -> None:
    grid.columns = tuple(sorted({column for line in grid.lines.values() for column in line}))
    if not grid.keys:
        grid.header = _header(grid, min(grid.lines))
    grid.rows = tuple(sorted(row for row in grid.lines if row > grid.header))
    grid.office = bool(grid.find(expression("office")))
    names = {column for column in grid.columns if _holds_names(grid, column)}
    grid.names = frozenset(names)
    asked = expression("contact")
    grid.contacts = bool(names) and all(asked.search(grid.title(column)) for column in names)


def _holds_names(grid: Grid, column: int) -> bool:
    """Whether a column is of names: its header says so and they are, or most of it are surely."""
    texts = [text for row in grid.rows if (text := grid.cell(row, column))]
    if expression("name").search(grid.title(column)):
        return any(is_name(text) or is_veiled(text) for text in texts)
    full = sum(surely_name(text) for text in texts)
    return full >= _FEW and 2 * full > len(texts)


def _header(grid: Grid, first: int) -> int:
    """The first of the top rows with a word that headers have; else the very first row."""
    words = expression("any_header")
    for row in range(first, first + _HEADER_ROWS):
        texts = list(grid.lines.get(row, {}).values())
        if len(texts) > 1 and any(
            len(text) <= _LONGEST_TITLE and words.search(text) for text in texts
        ):
            return row
    return first
