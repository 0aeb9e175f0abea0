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
_FEW = 2  # names that make a column without header one of names


@dataclass
class Grid:
    """One table: the text of its cells, and the number of the first passage of each."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) → text
    passages: dict[tuple[int, int], int] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)  # of a list of records, instead of a header
    header: int = 0  # the row of the header; 0 where there is none
    names: frozenset[int] = frozenset()  # the columns that hold names of persons
    office: bool = False  # whether a column speaks of an office or a firm
    contacts: bool = False  # whether its persons are only those whom one asks for there

    def rows(self) -> list[int]:
        """The rows below the header."""
        return sorted({row for row, _ in self.cells if row > self.header})

    def columns(self) -> list[int]:
        """The columns that hold anything."""
        return sorted({column for _, column in self.cells})

    def title(self, column: int) -> str:
        """What the header says of a column."""
        return self.cells.get((self.header, column), self.keys.get(column, ""))

    def row(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row, from left to right."""
        return [
            (column, self.cells[row, column])
            for column in self.columns()
            if (row, column) in self.cells
        ]

    def person(self, row: int) -> str:
        """The name in a row that is written out in full; empty where there is none."""
        return next(
            (
                text.strip()
                for column, text in self.row(row)
                if column in self.names and is_name(text)
            ),
            "",
        )

    def said(self, row: int) -> bool:
        """Whether a row is of a person, in full or veiled."""
        return any(self.cells.get((row, column), "").strip() for column in self.names)

    def find(self, pattern: re.Pattern[str]) -> list[int]:
        """The columns whose header a pattern occurs in."""
        return [column for column in self.columns() if pattern.search(self.title(column))]

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
        before = grid.cells.get((row, column))
        grid.cells[row, column] = texts[number] if before is None else f"{before} {texts[number]}"
        grid.passages.setdefault((row, column), number)
        if passage.pointer and isinstance(passage.pointer[-1], str):
            grid.keys[column] = passage.pointer[-1]
    for grid in found.values():
        _read(grid)
    return found


def _read(grid: Grid) -> None:
    first = min(row for row, _ in grid.cells)
    if not grid.keys:
        grid.header = _header(grid, first)
    grid.office = bool(grid.find(expression("office")))
    names = set()
    for column in grid.columns():
        texts = [grid.cells[row, column] for row in grid.rows() if (row, column) in grid.cells]
        said = expression("name").search(grid.title(column)) is not None
        full = sum(is_name(text) if said else surely_name(text) for text in texts)
        veiled = said and any(is_veiled(text) for text in texts)
        if (said and full) or veiled or (full >= _FEW and 2 * full > len(texts)):
            names.add(column)
    grid.names = frozenset(names)
    asked = expression("contact")
    grid.contacts = grid.office and all(asked.search(grid.title(column)) for column in names)


def _header(grid: Grid, first: int) -> int:
    """The first of the top rows with a word that headers have; else the very first row."""
    words = expression("any_header")
    for row in range(first, first + _HEADER_ROWS):
        texts = [text for _, text in grid.row(row)]
        if len(texts) > 1 and any(len(text) <= 12 and words.search(text) for text in texts):
            return row
    return first
