"""A document: one record as its author wrote it, with the place of every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.diagnostics import Place
from generator.load.kinds import Kind
from generator.load.yaml_reader import Pointer, Spots, read_yaml

__all__ = ["Document", "Table"]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a CSV file beside a table record, keyed by the words of its header line."""

    path: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]  # the line on which each row begins
    text: str

    def place(self, row: int, name: str | None) -> Place:
        """The place of one cell, or of the row where `name` is no column of it."""
        line = self.lines[row]
        cells = self.rows[row]
        column = 1
        if name in self.header and (index := self.header.index(name)) < len(cells):
            before = self.text.split("\n")[line - 1]
            column = 1 + max(0, _field_start(before, index))
        return Place(self.path, line, column)


def _field_start(line: str, index: int) -> int:
    """The offset at which the field number `index` of a CSV line begins."""
    quoted, seen = False, 0
    for offset, sign in enumerate(line):
        if seen == index and not quoted:
            return offset
        if sign == '"':
            quoted = not quoted
        elif sign == "," and not quoted:
            seen += 1
    return len(line)


@lru_cache(maxsize=64)
def _positions(text: str) -> tuple[Spots, Spots]:
    parsed = read_yaml(text, positions=True)
    return parsed.spots, parsed.keys


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One record before it is known to be well formed: plain values, body, and where they stand."""

    id: str
    kind: Kind
    unit: str  # empty for what belongs to the group
    path: str
    value: Mapping[str, Any]
    text: str  # the YAML that `value` was read from
    text_line: int  # the line of the file on which `text` begins
    body: str = ""
    body_line: int = 1
    table: Table | None = None

    def place(self, pointer: Pointer = (), *, key: bool = False) -> Place:
        """Where the value at `pointer` stands, or its key; the nearest parent if absent."""
        if self.table is not None and len(pointer) > 1 and pointer[0] == "rows":
            name = str(pointer[2]) if len(pointer) > 2 else None
            return self.table.place(int(pointer[1]), name)
        spots, keys = _positions(self.text)
        if key and pointer in keys:
            line, column = keys[pointer]
            return Place(self.path, self.text_line + line - 1, column)
        while pointer and pointer not in spots:
            pointer = pointer[:-1]
        line, column = spots.get(pointer, (1, 1)) if pointer else (1, 1)
        return Place(self.path, self.text_line + line - 1, column)

    def body_place(self, line: int, column: int = 1) -> Place:
        """The place of a line of the body, both counted from 1."""
        return Place(self.path, self.body_line + line - 1, column)
