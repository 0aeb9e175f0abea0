"""One sheet of a workbook → its cells as text, and which of them are hidden, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from lxml import etree

from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.package import local
from generator.gates.secrecy.files.xlsx_looks import Looks, Style

__all__ = ["Cell", "Sheet", "as_column", "texts"]

_EPOCH = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_LAST_DAY = 2_958_465  # 31 December 9999


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something."""

    row: int
    column: int
    text: str
    number: bool  # whether it is stored as a number
    formula: str
    style: Style
    hidden: str = ""  # "column" | "row"

    @property
    def name(self) -> str:
        return f"{as_column(self.column)}{self.row}"


@dataclass(slots=True)
class Sheet:
    """The cells of one sheet, and what lies over ranges of them."""

    cells: list[Cell] = field(default_factory=list)
    painted: list[tuple[int, int, int, int]] = field(default_factory=list)  # by rules or tables
    blanked: list[tuple[int, int, int, int]] = field(default_factory=list)  # hidden by rules
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)  # numbers of shared strings

    @classmethod
    def of(
        cls, tree: etree._Element, strings: Sequence[str], looks: Looks, since_1904: bool
    ) -> Sheet:
        sheet = cls()
        narrow = limit("tiny_width")
        for element in tree.iter():
            name = local(element)
            if name == "col":
                width = _float(element.get("width", "9"))
                if _on(element, "hidden") or width <= narrow:
                    first, last = element.get("min", "1"), element.get("max", "1")
                    sheet.hidden_columns.append((int(first), int(last)))
            elif name == "conditionalFormatting":
                sheet._conditions(element, looks)
            elif name == "sheetFormatPr" and _on(element, "zeroHeight"):
                sheet.hidden_rows.add(0)  # all that do not say otherwise
            elif name == "row":
                sheet._row(element, strings, looks, since_1904)
        return sheet

    def _row(
        self, row: etree._Element, strings: Sequence[str], looks: Looks, since_1904: bool
    ) -> None:
        at = int(row.get("r", "0") or 0) or (self.cells[-1].row + 1 if self.cells else 1)
        height = _float(row.get("ht", "9"))
        shown = 0 not in self.hidden_rows or row.get("hidden", "") == "0"
        if _on(row, "hidden") or height <= limit("tiny_width") or not shown:
            self.hidden_rows.add(at)
        column = 0
        for element in row:
            if local(element) != "c":
                continue
            place = re.match(r"([A-Z]+)", element.get("r", ""))
            column = _as_number(place[1]) if place else column + 1
            self._cell(element, at, column, strings, looks.cell(element.get("s", "")), since_1904)

    def _cell(
        self, element: etree._Element, row: int, column: int, strings: Sequence[str],
        style: Style, since_1904: bool,
    ) -> None:  # fmt: skip
        form = element.get("t", "n")
        text = formula = ""
        for child in element:
            name = local(child)
            if name == "v":
                text = child.text or ""
            elif name == "f":
                formula = child.text or ""
            elif name == "is":
                text = _plain(child)
        if form == "s" and text.isdigit():
            self.used.add(int(text))
            text = strings[int(text)] if int(text) < len(strings) else ""
        number = form == "n" and bool(text)
        if number:
            text = _number(text, style.day, since_1904)
        if not text.strip() and not formula:
            return
        hidden = "row" if row in self.hidden_rows else ""
        if any(first <= column <= last for first, last in self.hidden_columns):
            hidden = "column"
        self.cells.append(Cell(row, column, text, number, formula, style, hidden))

    def _conditions(self, element: etree._Element, looks: Looks) -> None:
        ranges = list(_ranges(element.get("sqref", "")))
        self.painted += ranges
        for rule in element:
            number = rule.get("dxfId", "")
            if number.isdigit() and int(number) < len(looks.conditions):
                look = looks.conditions[int(number)]
                if look.blank or look.white:
                    self.blanked += ranges

    def paint(self, ranges: str) -> None:
        """Takes note of a table, whose style may colour its cells."""
        self.painted += _ranges(ranges)

    def is_masked(self, cell: Cell) -> bool:
        """Whether a value is in its cell and not to be seen there."""
        if cell.style.blank or _inside(cell, self.blanked):
            return True
        return cell.style.white and not _inside(cell, self.painted)

    def is_hidden_at(self, column: str, row: str) -> bool:
        """Whether a cell is in a hidden column or row."""
        number = _as_number(column)
        return int(row) in self.hidden_rows or any(
            first <= number <= last for first, last in self.hidden_columns
        )


def texts(tree: etree._Element) -> list[str]:
    """The shared strings, by number."""
    return [_plain(one) for one in tree if local(one) == "si"]


def _plain(element: etree._Element) -> str:
    """The text of a string, without what tells how to read its signs aloud."""
    found = []
    for child in element:
        if local(child) == "t":
            found.append(child.text or "")
        elif local(child) == "r":
            found += [one.text or "" for one in child if local(one) == "t"]
    return "".join(found)


def _ranges(written: str) -> Iterator[tuple[int, int, int, int]]:
    for found in _RANGE.finditer(written):
        left, top, right, bottom = found.groups()
        right, bottom = right or left, bottom or top
        yield _as_number(left), int(top), _as_number(right), int(bottom)


def _inside(cell: Cell, ranges: list[tuple[int, int, int, int]]) -> bool:
    return any(
        left <= cell.column <= right and top <= cell.row <= bottom
        for left, top, right, bottom in ranges
    )


def _number(text: str, day: bool, since_1904: bool) -> str:
    """A number as its cell would show it: whole ones without a point, days as days."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if day and 0 < value < _LAST_DAY:
        return (_EPOCH[since_1904] + timedelta(days=int(value))).isoformat()
    return str(int(value)) if value == int(value) and abs(value) < 10**25 else text


def _as_number(column: str) -> int:
    number = 0
    for sign in column:
        number = number * 26 + ord(sign) - 64
    return number


def as_column(number: int) -> str:
    """The letters of a column, counted from 1.

    >>> as_column(28)
    'AB'
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _on(element: etree._Element, name: str) -> bool:
    return element.get(name, "") in {"1", "true"}


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 9.0
