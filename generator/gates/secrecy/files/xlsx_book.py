"""What a workbook holds behind its sheets: names, links, caches, revisions, who worked on it."""

from __future__ import annotations

import re
from functools import partial

from lxml import etree

from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.pack import words
from generator.gates.secrecy.files.package import Package, local
from generator.gates.secrecy.files.properties import is_somebody
from generator.gates.secrecy.files.shapes import crops, drawing_words

__all__ = ["behind", "names_of"]


def names_of(tree: etree._Element) -> Found:
    """The names that a workbook gives to cells and values, and who saved it where."""
    for element in tree.iter():
        name, text = local(element), element.text or ""
        if name == "definedName":
            if words().path.search(text):
                yield Fault("X7", f"名称“{element.get('name', '')}”", text)
            for value in re.findall(r'"((?:[^"]|"")*)"', text):
                yield Piece(value, f"名称“{element.get('name', '')}”", hidden=True)
        elif name == "fileSharing" and is_somebody(element.get("userName", "")):
            yield Fault("X11", "共享设置", element.get("userName", ""))
        elif name == "absPath" and words().path.search(element.get("url", "")):
            yield Fault("X11", "保存位置", element.get("url", ""))


def behind(package: Package) -> Found:
    """Parts that belong to no sheet alone."""
    for part in package.parts(r"xl/externalLinks/[^/]+\.xml"):
        yield from package.read(part, "外部链接的缓存", _cached)
    for part in package.parts(r"xl/(?:connections|queryTables/[^/]+)\.xml"):
        yield from package.read(part, "数据连接", _connected)
    for part in package.parts(r"xl/pivotCache/[^/]+\.xml"):
        yield from package.read(part, "数据透视表缓存", _pivoted)
    for part in package.parts(r"xl/persons/[^/]+\.xml"):
        yield from package.read(part, "批注人", _persons)
    for part in package.parts(r"xl/drawings/drawing[^/]*\.xml"):
        place = f"图形{''.join(re.findall(r'[0-9]+', part)[-1:])}"
        yield from package.read(part, place, partial(_drawn, place=place))
        yield from crops(package, part)
    for part in package.parts(r"xl/drawings/vmlDrawing[^/]*\.vml"):
        package.done.add(part)  # the frames of comments, whose words stand in their own part
    revised = list(package.parts(r"xl/revisions/[^/]+\.xml"))
    if revised:
        yield Fault("X10", "修订记录")
    for part in revised:
        yield from package.read(part, "修订记录", partial(_words, place="修订记录"))
    for part in package.parts(r"xl/(?:tables|slicers|slicerCaches|metadata)[^/]*/?[^/]*\.xml"):
        yield from package.read(part, "表格", partial(_words, place="表格"))


def _words(tree: etree._Element, place: str) -> Found:
    for element in tree.iter():
        for text in (element.text, element.get("name"), element.get("v")):
            if text and text.strip():
                yield Piece(text, place, hidden=True)


def _cached(tree: etree._Element) -> Found:
    place = "外部链接的缓存"
    yield Fault("X7-cells", place)
    for element in tree.iter():
        if local(element) == "v" and element.text:
            yield Piece(element.text, place, hidden=True)


def _connected(tree: etree._Element) -> Found:
    yield Fault("X7", "数据连接")
    for element in tree.iter():
        for value in element.values():
            if len(value) > 3:
                yield Piece(str(value), "数据连接", hidden=True)


def _pivoted(tree: etree._Element) -> Found:
    place = "数据透视表缓存"
    yield Fault("X8", place)
    for element in tree.iter():
        if local(element) in {"s", "n", "d", "worksheetSource", "cacheField"}:
            text = element.get("v") or element.get("name") or ""
            if text:
                yield Piece(text, place, hidden=True)


def _persons(tree: etree._Element) -> Found:
    for element in tree:
        if is_somebody(element.get("displayName", "")):
            yield Fault("W3-people", "批注人", element.get("displayName", ""))


def _drawn(tree: etree._Element, place: str) -> Found:
    yield Fault("X9", place)
    yield from drawing_words(tree, place, set())
