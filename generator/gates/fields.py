"""Strings of YAML and cells of CSV → passages, each sign with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.gates.passage import Kind, Passage
from generator.load import Pointer

__all__ = ["Offsets", "cell_passages", "field_passages", "string_fields"]

_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_CODED = {"x": 2, "u": 4, "U": 8}
_BLANKS = " \t\n"
_FIELD = re.compile(r'"((?:[^"]|"")*)"|([^,\n]*)')

Offsets = Mapping[Pointer, int]  # where a value begins in the file


def string_fields(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Every string below a value, in the order in which they are written."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from string_fields(inner, (*pointer, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from string_fields(inner, (*pointer, index))


def field_passages(source: str, value: Any, offsets: Offsets) -> Iterator[Passage]:
    """The strings of a YAML value that was read from `source`; a list of mappings is a table."""
    tables: dict[Pointer, int] = {}
    columns: dict[Pointer, dict[object, int]] = {}
    for pointer, text in string_fields(value):
        offset = offsets.get(pointer)
        if offset is None or not text.strip():
            continue
        cell = None
        at = _row(pointer)
        if at >= 0:
            name = pointer[:at]
            known = columns.setdefault(name, {})
            column = known.setdefault(pointer[at + 1], len(known) + 1)
            row = pointer[at]
            assert isinstance(row, int)
            cell = (tables.setdefault(name, len(tables) + 1), row + 2, column)
        spots = tuple(_spots(source, offset, text))
        yield Passage(text, Kind.FIELD, spots, pointer=pointer, cell=cell)


def _row(pointer: Pointer) -> int:
    """Where in a pointer the number of the innermost row stands; -1 if it is of none."""
    for at in range(len(pointer) - 2, -1, -1):
        if isinstance(pointer[at], int) and isinstance(pointer[at + 1], str):
            return at
    return -1


def _spots(source: str, offset: int, text: str) -> Iterator[tuple[int, int]]:
    """The runs of a scalar that begins at an offset: plain, quoted, or a block of lines."""
    style = source[offset : offset + 1]
    cursor = offset
    if style in {"'", '"'}:
        cursor += 1
    elif style in {"|", ">"}:
        cursor = source.find("\n", offset) + 1
    else:
        style = ""
    if style != '"' and source.startswith(text, cursor):
        yield 0, cursor
        return
    last = -2
    for index, sign in enumerate(text):
        here, cursor = _next(source, cursor, sign, style)
        if here != last + 1 or index == 0:
            yield index, here
        last = here


def _next(source: str, cursor: int, sign: str, style: str) -> tuple[int, int]:
    """Where the next sign of a scalar stands, and where to look for the one after it."""
    if style == '"':
        cursor = _unbroken(source, cursor)
        if source[cursor : cursor + 1] == "\\":
            word = source[cursor + 1 : cursor + 2]
            if _ESCAPES.get(word) == sign or word in _CODED:
                return cursor, cursor + 2 + _CODED.get(word, 0)
    if style == "'" and sign == "'":
        return cursor, cursor + 2
    here = source[cursor : cursor + 1]
    folded = style in {"", "'", '"'} and here in {" ", "\t"} and _folds(source, cursor)
    if here == sign and not folded:
        return cursor, cursor + 1
    if here and here in _BLANKS:
        return _over_blanks(source, cursor, sign)
    return min(cursor, max(0, len(source) - 1)), cursor + 1


def _unbroken(source: str, cursor: int) -> int:
    """Past the end of a line that goes on without a blank."""
    while source.startswith("\\\n", cursor):
        cursor += 2
        while source[cursor : cursor + 1] in {" ", "\t"}:
            cursor += 1
    return cursor


def _over_blanks(source: str, start: int, sign: str) -> tuple[int, int]:
    """Past a fold, or the indentation of a line, up to the sign; a blank stands for a fold."""
    cursor = start
    while (here := source[cursor : cursor + 1]) and here in _BLANKS:
        if sign == "\n" == here:
            return cursor, cursor + 1
        cursor += 1
    return (start, cursor) if sign == " " else (cursor, cursor + 1)


def _folds(source: str, cursor: int) -> bool:
    """Whether only blanks stand between here and the end of the line."""
    while source[cursor : cursor + 1] in {" ", "\t"}:
        cursor += 1
    return source[cursor : cursor + 1] == "\n"


def cell_passages(source: str) -> Iterator[Passage]:
    """The cells of a CSV file, row by row; pointers count rows from 0, the header being -1."""
    at, row = 0, -1
    while at < len(source):
        column, filled = 0, False
        while True:
            field = _FIELD.match(source, at)
            assert field is not None  # the second form matches nothing, too
            start = field.start(1) if field[1] is not None else at
            written = field[1] if field[1] is not None else field[2]
            text = written.replace('""', '"') if field[1] is not None else written
            if text.strip():
                filled = True
                spots = tuple(_doubled(written, start)) if text != written else ((0, start),)
                cell = (1, row + 2, column + 1)
                pointer = ("rows", row, column)
                yield Passage(text, Kind.CELL, spots, pointer=pointer, cell=cell)
            at = field.end()
            while at < len(source) and source[at] not in ",\n":  # what a broken quote leaves
                at += 1
            if at >= len(source) or source[at] == "\n":
                at += 1
                break
            at += 1
            column += 1
        row += filled


def _doubled(written: str, start: int) -> Iterator[tuple[int, int]]:
    """The runs of a quoted cell, in which a quotation mark is written twice."""
    index = offset = 0
    yield 0, start
    while (found := written.find('""', offset)) >= 0:
        index += found + 1 - offset
        offset = found + 2
        yield index, start + offset
