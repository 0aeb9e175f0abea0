"""The cells of all sheets → text with its place, and what hidden or masked ones give away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.xlsx_sheet import Cell, Sheet, as_column

__all__ = ["in_cells", "left_over"]

_REFERENCE = re.compile(r"(?:(?:'([^']+)'|([^\s'!(),+*/&=<>-]+))!)?\$?([A-Z]{1,3})\$?(\d{1,7})\b")
_MASKING = re.compile(r"\b(?:REPLACE|SUBSTITUTE|LEFT|RIGHT|MID|REPT|TEXT|CONCAT|CONCATENATE)B?\(")
_SHORT = 4  # digits: a shorter number is no part of one that names a person
_LONG = 18
_HOW = {"row": "隐藏行", "column": "隐藏列"}
_FIRST = 1900


def in_cells(title: str, number: int, hidden: bool, sheets: Mapping[str, Sheet]) -> Found:
    """The cells of one sheet, in order, and the faults that they make up."""
    sheet, place = sheets[title], f"工作表“{title}”"
    if hidden and sheet.cells:
        yield Fault("X1", place)
    told: set[str] = set()
    for cell in sheet.cells:
        there, unseen = f"{place}{cell.name}", hidden or bool(cell.hidden)
        if cell.hidden and not hidden:
            where = f"{as_column(cell.column)}列" if cell.hidden == "column" else f"第{cell.row}行"
            if where not in told:
                told.add(where)
                yield Fault("X2", f"{place}{where}")
        suffix = f"（{_HOW[cell.hidden]}）" if cell.hidden else ""
        if sheet.is_masked(cell) and cell.text and not cell.hidden:
            unseen, suffix = True, "（看不见的值）"
            yield Fault("X4", f"{there}{suffix}")
        if cell.formula and _unmasks(cell, title, sheets):
            yield Fault("X5", there)
        if cell.number and _is_resident(cell.text):
            yield Fault("N6", f"{there}{suffix}", cell.text)
        elif _counts(cell):
            at = (number, cell.row, cell.column)
            yield Piece(cell.text, f"{there}{suffix}", Kind.CELL, at, hidden=unseen)


def _counts(cell: Cell) -> bool:
    """Whether a cell can say something of a person: text, or a whole number that is long enough."""
    if not cell.number:
        return bool(cell.text)
    digits = cell.text.replace("-", "")
    return digits.isdigit() and len(digits) >= _SHORT


def _unmasks(cell: Cell, title: str, sheets: Mapping[str, Sheet]) -> bool:
    """Whether a formula cuts up what stands whole in a hidden cell."""
    if not _MASKING.search(cell.formula):
        return False
    for quoted, bare, column, row in _REFERENCE.findall(cell.formula):
        sheet = sheets.get(quoted or bare or title)
        if sheet is not None and sheet.is_hidden_at(column, row):
            return True
    return False


def _is_resident(digits: str) -> bool:
    """Whether it is a resident number kept as a number, whose last signs are lost."""
    if len(digits) != _LONG or not digits.isdigit() or not "11" <= digits[:2] <= "83":
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return _FIRST <= born.year <= _FIRST + 200


def left_over(strings: Sequence[str], used: Set[int]) -> Found:
    """Shared strings that no cell shows any more."""
    left = [text for number, text in enumerate(strings) if number not in used and text.strip()]
    if left:
        yield Fault("X5-unused", "已删单元格", f"{len(left)}条")
    for text in left:
        yield Piece(text, "已删单元格", hidden=True)
