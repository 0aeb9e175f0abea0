"""A CSV file → the rows of a table record, each cell with its place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from generator.diagnostics import Diagnostic, Place
from generator.load.text import decoded, hidden_signs

__all__ = ["Table", "read_table"]


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


def read_table(path: str, data: bytes) -> tuple[Table | None, list[Diagnostic]]:
    """The rows in `data`, or None where nothing can be read as rows; and its findings."""
    import csv
    import io

    text, undecodable = decoded(data)
    if undecodable is not None:
        return None, [undecodable.at(path)]
    findings = [problem.at(path) for problem in hidden_signs(text)]
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(tuple(cell.strip() for cell in row))
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        return None, [*findings, Diagnostic("SRC-040", Place(path, line))]
    if not rows:
        return None, [*findings, Diagnostic("SRC-007", Place(path))]
    width = max(len(row) - len(list(takewhile(_is_blank, reversed(row)))) for row in rows)
    rows = [row if len(row) != len(rows[0]) else row[:width] for row in rows]
    header = rows[0]
    findings.extend(
        Diagnostic("SRC-041", Place(path), {"name": name})
        for name in sorted({name for name in header if name and header.count(name) > 1})
    )
    findings.extend(
        Diagnostic("SRC-042", Place(path, at), {"cells": len(cells), "expected": len(header)})
        for cells, at in zip(rows[1:], lines[1:], strict=True)
        if len(cells) != len(header)
    )
    return Table(path, header, tuple(rows[1:]), tuple(lines[1:]), text), findings


def _is_blank(cell: str) -> bool:
    return not cell
