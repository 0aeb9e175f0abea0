"""What only many texts together show (section 5 of the sheet): each is a warning or a hint.

The texts are those that the gate is given: all of them in a full run, those of one change in a
review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from generator.gates.known import Known
from generator.gates.passage import Kind, Passage
from generator.gates.text import TextFile
from generator.gates.wording.hits import Hit
from generator.gates.wording.packs import rules

__all__ = ["Citations", "telephones", "totals"]

_CITED = re.compile(r"《([^《》\n]{6,80})》\s?（([一-鿿]{2,12}〔(?:19|20)\d{2}〕\d{1,5}号)）")
_ENDED = frozenset({"repealed", "expired"})
_END = re.compile("废止|失效|代替|替代|修订|修改")
_PHONE = re.compile(r"(?<![\d-])0\d{2,3}-\d{7,8}(?!\d)")
_CLOSE = 20  # signs between a unit's name and its telephone
_TOTAL = re.compile(r"^(?:合计|总计|共计)$")
_FEWEST_ROWS = 3  # a header, at least one part, the total


@dataclass(frozen=True, slots=True)
class _Cited:
    title: str
    number: str
    path: str
    line: int
    column: int
    itself: bool  # the record's own number, or one whose end the passage speaks of


class Citations:
    """Documents that texts cite, gathered text by text: only what is compared is kept."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {}
        self._cited: list[_Cited] = []
        self._ended: set[str] = set()

    def add(self, text: TextFile) -> None:
        """Takes the citations of one text, and its own number and state."""
        number = text.data.get("documentNumber")
        if isinstance(number, str):
            if text.data.get("validity") in _ENDED or "repealedDate" in text.data:
                self._ended.add(number)
            self._count(text.title, number, 2)  # a record itself weighs more than a citation
        for passage in text.passages:
            if "》" not in passage.text or "〔" not in passage.text:
                continue
            fine = _END.search(passage.text) is not None
            for match in _CITED.finditer(passage.text):
                line, column = text.place(passage, match.start(2))
                own = fine or match[2] == number
                self._cited.append(_Cited(match[1], match[2], text.path, line, column, own))
                self._count(match[1], match[2], 1)

    def _count(self, title: str, number: str, weight: int) -> None:
        counted = self._numbers.setdefault(title, {})
        counted[number] = counted.get(number, 0) + weight

    def disagreements(self) -> Iterator[tuple[str, str, int, int, str, str]]:
        """Rule, path, line, column, what was found, and a note.

        ST1: one title with two numbers, at the rarer one. ST2: a document that our own records
        say is no longer in force.
        """
        for one in self._cited:
            known = self._numbers[one.title]
            usual = max(known, key=lambda number: (known[number], number))
            place = (one.path, one.line, one.column, one.number)
            if one.number != usual and known[one.number] < known[usual]:
                yield "ST1", *place, f"《{one.title}》在别处是{usual}"
            if one.number in self._ended and not one.itself:
                yield "ST2", *place, one.number


def telephones(text: TextFile, known: Known) -> Iterator[Hit]:
    """A telephone beside a unit's name that is not the unit's (ST3)."""
    names = {unit.name: unit.phone for unit in known.units if unit.phone}
    if not names or text.kind == "unit":
        return
    for passage in text.passages:
        if passage.kind is Kind.CODE:
            continue
        for match in _PHONE.finditer(passage.text):
            before = passage.text[max(0, match.start() - _CLOSE) : match.start()]
            said = re.search(r"(?:联系|咨询)?电话[：:]?$", before)
            named = [name for name in names if said and name in before]
            if named and names[named[-1]] != match[0]:
                note = f"{named[-1]}的联系电话登记为{names[named[-1]]}"
                yield Hit(rules()["ST3"], text, passage, *match.span(), note)


def totals(text: TextFile, _: Known) -> Iterator[Hit]:
    """A total in the last row of a table that is not the sum of its column (ST4)."""
    for table in _tables(text):
        if (
            len(table) < _FEWEST_ROWS
            or not table[-1]
            or not _TOTAL.match(table[-1][0].text.strip())
        ):
            continue
        width = len(table[-1])
        parts = [row for row in table[1:-1] if len(row) == width]
        if len(parts) != len(table) - 2:
            continue
        for at in range(1, width):
            numbers = [_number(row[at].text) for row in (*parts, table[-1])]
            if any(number is None for number in numbers):
                continue
            found = [number for number in numbers if number is not None]
            if sum(found[:-1]) != found[-1]:
                cell = table[-1][at]
                note = f"各项相加是{sum(found[:-1])}"
                yield Hit(rules()["ST4"], text, cell, 0, len(cell.text), note)


def _tables(text: TextFile) -> Iterator[list[list[Passage]]]:
    """The tables of a text as rows of cells: a row is a line of the file."""
    table: list[list[Passage]] = []
    last = -1
    for passage in text.passages:
        if passage.kind is not Kind.CELL:
            continue
        line, _ = text.place(passage, 0)
        if table and line == last:
            table[-1].append(passage)
            continue
        if table and line > last + 2:
            yield table
            table = []
        table.append([passage])
        last = line
    if table:
        yield table


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return None
