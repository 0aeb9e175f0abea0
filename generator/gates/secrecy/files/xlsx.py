"""A workbook, part by part: sheets with what they hide, and what stands beside and behind them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.package import Link, Package, attribute, local
from generator.gates.secrecy.files.walk import Walk, guarded
from generator.gates.secrecy.files.xlsx_beside import beside_sheet, comments
from generator.gates.secrecy.files.xlsx_book import behind, names_of
from generator.gates.secrecy.files.xlsx_cells import in_cells, left_over
from generator.gates.secrecy.files.xlsx_looks import Looks
from generator.gates.secrecy.files.xlsx_sheet import Sheet, texts

__all__ = ["workbook"]

_SHEET = re.compile(r"xl/(?:work|chart|dialog)sheets/[^/]+\.xml")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sheet as the workbook lists it."""

    title: str
    hidden: bool
    part: str

    @property
    def place(self) -> str:
        return f"工作表“{self.title}”"


def workbook(data: bytes, walk: Walk) -> Found:
    """What a workbook holds."""
    package = Package.of(data, walk)
    main = package.main("xl/workbook.xml")
    tree = package.members.tree(main)
    package.done.add(main)
    links = package.links(main)
    entries = _entries(tree, links)
    strings, looks, since_1904 = _shared(package, tree)
    sheets: dict[str, Sheet] = {}
    for entry in entries:
        if entry.part in package.members:
            part = package.members.tree(entry.part)
            try:
                sheets[entry.title] = Sheet.of(part, strings, looks, since_1904)
            except (ValueError, TypeError):
                yield Fault("A0", entry.place, why="工作表损坏")
    for number, entry in enumerate(entries, 1):
        if entry.title in sheets:
            yield from guarded(in_cells(entry.title, number, entry.hidden, sheets), entry.place)
        yield from guarded(_around(package, entry), entry.place)
    used = set().union(*(sheet.used for sheet in sheets.values())) if sheets else set()
    if len(sheets) == len(entries):
        yield from left_over(strings, used)
    yield from names_of(tree)
    yield from behind(package)
    yield from package.rest()


def _entries(tree: etree._Element, links: dict[str, Link]) -> list[_Entry]:
    found = []
    for element in tree.iter():
        if local(element) == "sheet":
            link = links.get(attribute(element, "id"))
            hidden = element.get("state", "visible") != "visible"
            found.append(_Entry(element.get("name", ""), hidden, link.target if link else ""))
    return found


def _shared(package: Package, tree: etree._Element) -> tuple[Sequence[str], Looks, bool]:
    """What all sheets share: their strings, their styles, and from when days are counted."""
    strings: list[str] = []
    styles = None
    for part in package.members.names:
        if part.lower().endswith("/sharedstrings.xml"):
            strings = texts(package.members.tree(part))
            package.done.add(part)
        elif part.endswith("xl/styles.xml"):
            styles = package.members.tree(part)
    first = any(
        one.get("date1904") in {"1", "true"} for one in tree.iter() if local(one) == "workbookPr"
    )
    return strings, Looks.of(styles), first


def _around(package: Package, entry: _Entry) -> Found:
    """What hangs on a sheet: its own settings, comments, drawings."""
    if entry.part not in package.members:
        yield Fault("A0", entry.place, why="缺少部件")
        return
    package.done.add(entry.part)
    macro = not _SHEET.fullmatch(entry.part)
    if macro and "macrosheets" in entry.part:
        yield Fault("W8", entry.place)
    yield from beside_sheet(package.members.tree(entry.part), entry.place, entry.hidden)
    for link in package.links(entry.part).values():
        if link.outside or link.target not in package.members:
            continue
        if re.search(r"(?:threadedC|c)omments?", posixpath.basename(link.target)):
            yield from comments(package, link.target, entry.place)
