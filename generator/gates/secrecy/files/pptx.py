"""Slides, part by part: what they show and hide, their notes, their comments, their masters."""

from __future__ import annotations

import re
from functools import partial

from lxml import etree

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.package import Package, local
from generator.gates.secrecy.files.pptx_shapes import Canvas, Shape, shapes
from generator.gates.secrecy.files.properties import is_somebody
from generator.gates.secrecy.files.shapes import A, crops, paragraphs
from generator.gates.secrecy.files.walk import Walk

__all__ = ["slides"]

_EDGES = {"ftr", "hdr", "dt", "sldNum"}
_WIDE = (9_144_000, 6_858_000)


def slides(data: bytes, walk: Walk) -> Found:
    """What a file of slides holds."""
    package = Package.of(data, walk)
    main = package.main("ppt/presentation.xml")
    tree = package.members.tree(main)
    package.done.add(main)
    size = next((one for one in tree.iter() if local(one) == "sldSz"), None)
    wide = _WIDE if size is None else (int(size.get("cx", 0)), int(size.get("cy", 0)))
    links = package.links(main)
    tables = [0]
    parts = [links[one].target for one in _ids(tree) if one in links]
    for number, part in enumerate(parts, 1):
        place = f"第{number}张幻灯片"
        yield from package.read(
            part, place, partial(_slide, place=place, canvas=Canvas(*wide), tables=tables)
        )
        yield from crops(package, part)
        for link in package.links(part).values():
            if link.kind == "notesSlide" and link.target in package.members:
                yield from package.read(link.target, f"{place}备注", partial(_notes, place=place))
            elif link.kind == "comments" and link.target in package.members:
                yield from package.read(link.target, f"{place}批注", partial(_remarks, place=place))
    for pattern, place in (
        (r"ppt/slides/[^/]+\.xml", "没有用上的幻灯片"),
        (r"ppt/notesSlides/[^/]+\.xml", "没有用上的备注"),
    ):
        for part in package.parts(pattern):
            if part not in package.done:
                yield Fault("Q1", place)
                yield from package.read(part, place, partial(_said, place=place, hidden=True))
    for pattern, place in (
        (r"ppt/slideMasters/[^/]+\.xml", "母版"),
        (r"ppt/slideLayouts/[^/]+\.xml", "版式"),
        (r"ppt/(?:notesMasters|handoutMasters)/[^/]+\.xml", "备注母版"),
    ):
        for part in package.parts(pattern):
            yield from package.read(part, place, partial(_said, place=place))
    for part in package.parts(r"ppt/(?:commentAuthors|authors)\.xml"):
        yield from package.read(part, "批注人", _authors)
    yield from package.rest()


def _ids(tree: etree._Element) -> list[str]:
    """The relations of the slides, in the order in which they are shown."""
    found = []
    for one in tree.iter():
        if local(one) == "sldId":
            found += [str(value) for key, value in one.items() if str(key).startswith("{")]
    return found


def _slide(tree: etree._Element, place: str, canvas: Canvas, tables: list[int]) -> Found:
    hidden = tree.get("show") in {"0", "false"}
    if hidden:
        yield Fault("Q1", f"{place}（隐藏）")
    for shape in shapes(tree, canvas):
        there = f"{place}（隐藏）" if hidden else place
        if shape.unseen:
            there = f"{there}（{shape.unseen}）"
        texts = [text for text in paragraphs(shape.element) if text.strip()]
        if shape.unseen and texts:
            yield Fault("Q2", there)
        unseen = hidden or bool(shape.unseen)
        if shape.table is not None:
            tables[0] += 1
            yield from _table(shape.table, there, tables[0], unseen)
            continue
        yield from _shape(shape, texts, there, unseen)


def _shape(shape: Shape, texts: list[str], place: str, unseen: bool) -> Found:
    kind = Kind.EDGE if shape.placeholder in _EDGES else Kind.PARAGRAPH
    if shape.placeholder in {"title", "ctrTitle"}:
        kind = Kind.HEADING
    for text in texts:
        yield Piece(text, place, kind, hidden=unseen)
    for text in shape.words:
        yield Piece(text, f"{place}替代文字", Kind.ALT, hidden=unseen)


def _table(table: etree._Element, place: str, number: int, unseen: bool) -> Found:
    for row, cells in enumerate(table.iter(f"{A}tr"), 1):
        for column, cell in enumerate(cells.iter(f"{A}tc"), 1):
            text = "\n".join(paragraphs(cell)).strip()
            there = f"{place}表{number}第{row}行第{column}列"
            yield Piece(text, there, Kind.CELL, (number, row, column), hidden=unseen)


def _notes(tree: etree._Element, place: str) -> Found:
    """The notes of a slide: what stands in all but the fields for number, date and edges."""
    for shape in shapes(tree, None):
        if shape.placeholder in {*_EDGES, "sldImg"}:
            continue
        for text in paragraphs(shape.element):
            if text.strip():
                yield Fault("Q1", f"{place}备注")
                yield Piece(text, f"{place}备注", Kind.NOTE, hidden=True)


def _remarks(tree: etree._Element, place: str) -> Found:
    for element in tree.iter():
        if local(element) in {"text", "t"} and (element.text or "").strip():
            yield Fault("Q1", f"{place}批注")
            yield Piece(element.text or "", f"{place}批注", Kind.NOTE, hidden=True)


def _said(tree: etree._Element, place: str, hidden: bool = False) -> Found:
    for shape in shapes(tree, None):
        for text in [*paragraphs(shape.element), *shape.words]:
            if text.strip():
                yield Piece(re.sub(r"\s+", " ", text), place, Kind.EDGE, hidden=hidden)


def _authors(tree: etree._Element) -> Found:
    for element in tree:
        if is_somebody(element.get("name", "")):
            yield Fault("W3-people", "批注人", element.get("name", ""))
