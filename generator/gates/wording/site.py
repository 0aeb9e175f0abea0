"""What only many texts together show (section 5 of the sheet): each is a warning or a hint.

The texts are those that the gate is given: all of them in a full run, those of one change in a
review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from generator.gates.known import Known
from generator.gates.passage import Kind, Passage
from generator.gates.text import TextFile
from generator.gates.wording.hits import Hit
from generator.gates.wording.packs import rules

__all__ = ["disagreements"]

_CITED = re.compile(r"《([^《》\n]{6,80})》\s?（([一-鿿]{2,12}〔(?:19|20)\d{2}〕\d{1,5}号)）")
_ENDED = frozenset({"repealed", "expired"})
_END = re.compile("废止|失效|代替|替代|修订|修改")
_PHONE = re.compile(r"(?<![\d-])0\d{2,3}-\d{7,8}(?!\d)")
_CLOSE = 20  # signs between a unit's name and its telephone
_TOTAL = re.compile(r"^(?:合计|总计|共计)$")
_FEWEST_ROWS = 3  # a header, at least one part, the total


def disagreements(texts: Sequence[TextFile], known: Known) -> Iterator[Hit]:
    """Two numbers of one document, cited documents no longer in force, other people's telephones.

    ST1: one title with two numbers. ST2: a document that our own records say is not in force.
    ST3: a telephone beside a unit's name that is not the unit's. ST4: a total that is not the sum.
    """
    yield from _citations(texts)
    for text in texts:
        yield from _telephones(text, known)
        yield from _totals(text)


def _citations(texts: Sequence[TextFile]) -> Iterator[Hit]:
    numbers: dict[str, dict[str, int]] = {}
    places: list[tuple[TextFile, Passage, re.Match[str]]] = []
    ended: dict[str, str] = {}
    for text in texts:
        number = text.data.get("documentNumber")
        if isinstance(number, str):
            if text.data.get("validity") in _ENDED or "repealedDate" in text.data:
                ended[number] = text.title
            numbers.setdefault(text.title, {}).setdefault(number, 0)
            numbers[text.title][number] += 2  # the record itself weighs more than a citation
        for passage in text.passages:
            if "》" not in passage.text or "〔" not in passage.text:
                continue
            for match in _CITED.finditer(passage.text):
                places.append((text, passage, match))
                counted = numbers.setdefault(match[1], {})
                counted[match[2]] = counted.get(match[2], 0) + 1
    for text, passage, match in places:
        known = numbers[match[1]]
        usual = max(known, key=lambda number: (known[number], number))
        if match[2] != usual and known[match[2]] < known[usual]:
            note = f"《{match[1]}》在别处是{usual}"
            yield Hit(rules()["ST1"], text, passage, *match.span(2), note)
        said = _END.search(passage.text) is not None
        if match[2] in ended and not said and text.data.get("documentNumber") != match[2]:
            yield Hit(rules()["ST2"], text, passage, *match.span(2), match[2])


def _telephones(text: TextFile, known: Known) -> Iterator[Hit]:
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


def _totals(text: TextFile) -> Iterator[Hit]:
    """Tables whose last row is a total: each column of plain numbers is added up."""
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
