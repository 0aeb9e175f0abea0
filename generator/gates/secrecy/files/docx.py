"""A Word file, part by part: body, headers, notes, comments, changes, boxes, settings."""

from __future__ import annotations

import re
from functools import partial

from lxml import etree

from generator.gates.passage import Kind
from generator.gates.secrecy.files.docx_looks import Looks, W
from generator.gates.secrecy.files.docx_text import CHANGES, Paragraph
from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.pack import words
from generator.gates.secrecy.files.package import Package, attribute, local
from generator.gates.secrecy.files.shapes import crops, drawing_words
from generator.gates.secrecy.files.walk import Walk

__all__ = ["document"]

_NOTES = (
    (r"word/footnotes\.xml", "脚注", Kind.NOTE),
    (r"word/endnotes\.xml", "尾注", Kind.NOTE),
)
_EDGES = {"headerReference": "页眉", "footerReference": "页脚"}
_POINTING = re.compile(r"^\s*(?:INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|RD)\b")
_STARTING = re.compile(r"^\s*DDE(?:AUTO)?\b")


def document(data: bytes, walk: Walk) -> Found:
    """What a Word file holds."""
    package = Package.of(data, walk)
    main = package.main("word/document.xml")
    styles = next(package.parts(r"word/styles\.xml"), None)
    looks = Looks.of(package.members.tree(styles) if styles else None)

    yield from package.read(main, "正文", _Part(looks, "").body)
    yield from crops(package, main)
    yield from _edges(package, main, looks)
    for pattern, place, kind in _NOTES:
        for part in package.parts(pattern):
            yield from package.read(
                part, place, partial(_Part(looks, place, kind).whole, fault="W7")
            )
    for part in package.parts(r"word/comments\d*\.xml"):
        yield from package.read(part, "批注", partial(_comments, looks=looks))
    for part in package.parts(r"word/people\.xml"):
        yield from package.read(part, "批注人", _people)
    for part in package.parts(r"word/settings\.xml"):
        yield from package.read(part, "文档设置", _settings)
    for part in package.parts(r"word/glossary/document\.xml"):
        yield from package.read(
            part, "文档构件", partial(_Part(looks, "文档构件").whole, fault="W8-parts")
        )
    yield from package.rest()


class _Part:
    """One part of text; `place` comes before the place of each piece."""

    def __init__(self, looks: Looks, place: str, kind: Kind = Kind.PARAGRAPH) -> None:
        self.looks, self.place, self.kind = looks, place, kind
        self.tables = self.paragraphs = 0

    def body(self, tree: etree._Element) -> Found:
        """The body: paragraphs and tables are counted as the reader counts them."""
        yield from _changed(tree, "正文")
        body = tree.find(f"{W}body")
        yield from self._blocks(tree if body is None else body)

    def whole(self, tree: etree._Element, fault: str) -> Found:
        """A part that is told as one place."""
        yield from _changed(tree, self.place)
        yield Fault(fault, self.place)
        for paragraph in tree.iter(f"{W}p"):
            if next(paragraph.iterancestors(f"{W}txbxContent"), None) is None:
                yield from self._paragraph(paragraph, self.place)

    def _blocks(self, element: etree._Element) -> Found:
        for child in element:
            if child.tag == f"{W}p":
                self.paragraphs += 1
                yield from self._paragraph(child, f"第{self.paragraphs}段")
            elif child.tag == f"{W}tbl":
                self.tables += 1
                yield from self._table(child, self.tables)
            elif local(child) in {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}:
                yield from self._blocks(child)

    def _table(self, table: etree._Element, number: int) -> Found:
        for at, row in enumerate(table.iter(f"{W}tr"), 1):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue  # of a table in a cell
            column = 1
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is not row:
                    continue
                place = f"表{number}第{at}行第{column}列"
                yield from self._cell(cell, place, (number, at, column))
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                wide = "1" if span is None else span.get(f"{W}val", "1")
                column += int(wide) if wide.isdigit() else 1

    def _cell(self, cell: etree._Element, place: str, at: tuple[int, int, int]) -> Found:
        """A cell's paragraphs as one text, since lines of a cell belong together."""
        shown: list[str] = []
        for paragraph in cell.iter(f"{W}p"):
            if next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
                continue
            text = Paragraph.of(paragraph, self.looks)
            shown.append("".join(text.shown))
            yield from self._besides(text, place)
        joined = "\n".join(shown).strip()
        if joined:
            yield Piece(joined, place, Kind.CELL, at)

    def _paragraph(self, element: etree._Element, place: str) -> Found:
        text = Paragraph.of(element, self.looks)
        shown = "".join(text.shown)
        if shown.strip():
            yield Piece(shown, place, self._kind(element), hidden=text.inserted)
        yield from self._besides(text, place)

    def _kind(self, element: etree._Element) -> Kind:
        style = element.find(f"{W}pPr/{W}pStyle")
        named = "" if style is None else style.get(f"{W}val", "")
        heading = re.match(r"(?i)heading|title|[1-9]$", named) is not None
        return Kind.HEADING if heading and self.kind is Kind.PARAGRAPH else self.kind

    def _besides(self, text: Paragraph, place: str) -> Found:
        if text.deleted:
            yield Piece("".join(text.before), f"{place}（修订前）", self.kind, hidden=True)
        unseen = "".join(text.unseen)
        if unseen.strip():
            yield Fault("W5", f"{place}（隐藏文字）", unseen.strip())
            yield Piece(unseen, f"{place}（隐藏文字）", self.kind, hidden=True)
        for said in text.instructions:
            yield from _instruction(said, place)
        for element in text.floats:
            yield from self._float(element, place)

    def _float(self, element: etree._Element, place: str) -> Found:
        """A box or picture beside the text, in all the forms in which the file holds it."""
        seen: set[str] = set()
        for content in element.iter(f"{W}txbxContent"):
            for paragraph in content.iter(f"{W}p"):
                if next(paragraph.iterancestors(f"{W}txbxContent")) is not content:
                    continue
                text = Paragraph.of(paragraph, self.looks)
                shown = "".join(text.shown)
                if shown.strip() and shown not in seen:
                    yield Fault("W6", f"{place}文本框")
                    yield Piece(shown, f"{place}文本框", self.kind)
                    yield from self._besides(text, f"{place}文本框")
                seen.add(shown)
        yield from drawing_words(element, place, seen)


def _changed(tree: etree._Element, place: str) -> Found:
    count = sum(1 for element in tree.iter() if element.tag in CHANGES)
    if count:
        yield Fault("W4", place, f"{count}处")


def _instruction(said: str, place: str) -> Found:
    if _STARTING.match(said):
        yield Fault("W7-dde", place, said)
    elif _POINTING.match(said):
        yield Fault("W7-field", place, said)
    elif (target := re.search(r'HYPERLINK\s+"([^"]+)"', said)) and words().inner.match(target[1]):
        yield Fault("W10", place, target[1])


def _edges(package: Package, main: str, looks: Looks) -> Found:
    """Headers and footers, by the sections that use them; then those that none uses."""
    links = package.links(main)
    places: dict[str, str] = {}
    for number, section in enumerate(package.members.tree(main).iter(f"{W}sectPr"), 1):
        for reference in section:
            link = links.get(attribute(reference, "id"))
            if local(reference) in _EDGES and link is not None:
                places.setdefault(link.target, f"第{number}节{_EDGES[local(reference)]}")
    for part in package.parts(r"word/(?:header|footer)\d*\.xml"):
        side = "页眉" if "header" in part else "页脚"
        place = places.get(part, f"没有用上的{side}")
        yield from package.read(
            part, place, partial(_Part(looks, place, Kind.EDGE).whole, fault="W7")
        )
        yield from crops(package, part)


def _comments(tree: etree._Element, looks: Looks) -> Found:
    comments = list(tree.iter(f"{W}comment"))
    if comments:
        yield Fault("W3", "批注", f"{len(comments)}条")
    for number, comment in enumerate(comments, 1):
        lines = [Paragraph.of(one, looks) for one in comment.iter(f"{W}p")]
        text = "\n".join("".join([*line.before, *line.unseen]) for line in lines)
        if text.strip():
            yield Piece(text, f"批注{number}", Kind.NOTE, hidden=True)


def _people(tree: etree._Element) -> Found:
    for person in tree:
        name = attribute(person, "author")
        if name and not words().nobody.fullmatch(name):
            yield Fault("W3-people", "批注人", name)


def _settings(tree: etree._Element) -> Found:
    for element in tree.iter():
        name = local(element)
        if name == "docVar":
            yield Fault("W7-variables", "文档变量")
            yield Piece(attribute(element, "val"), "文档变量", hidden=True)
        elif name == "mailMerge":
            yield Fault("W7-source", "邮件合并")
        elif name in {"connectString", "query"}:
            yield Piece(attribute(element, "val"), "邮件合并", hidden=True)
        elif name == "trackRevisions" and attribute(element, "val") not in {"0", "false", "off"}:
            yield Fault("W9", "文档设置")
