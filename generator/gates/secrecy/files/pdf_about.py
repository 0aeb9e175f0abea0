"""What a PDF file says of itself: properties, and XMP in the file, its pages and its pictures."""

from __future__ import annotations

import pikepdf
from lxml import etree

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.members import tree_of
from generator.gates.secrecy.files.pack import words
from generator.gates.secrecy.files.package import local
from generator.gates.secrecy.files.pdf_objects import text_of, unpacked
from generator.gates.secrecy.files.properties import is_somebody, property_of
from generator.gates.secrecy.files.walk import Walk, guarded

__all__ = ["about", "xmp"]

_PROGRAMS = {"/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"}
_PERSONS = {"creator", "Author", "author", "Authors", "lastModifiedBy", "Manager", "owner"}


def about(file: pikepdf.Pdf, walk: Walk) -> Found:
    """Properties, each told once though they stand in two places."""
    told: set[str] = set()
    for key, value in file.docinfo.items():
        text = text_of(value).strip()
        if not text or text in told:
            continue
        told.add(text)
        kinds = words().properties
        if kinds["level"].search(key) and not kinds["public"].fullmatch(text):
            yield Fault("F1-mark", "文件属性", f"{key.lstrip('/')}：{text}")
        elif key not in _PROGRAMS or not is_somebody(text) or words().marks.search(text):
            yield from property_of(text, "文件属性", "F1", key.lstrip("/") in _PERSONS)
    for item in file.objects:
        if isinstance(item, pikepdf.Stream) and str(item.get("/Type", "")) == "/Metadata":
            yield from guarded(_stream(item, walk, told), "文件属性")


def _stream(item: pikepdf.Stream, walk: Walk, told: set[str]) -> Found:
    yield from xmp(unpacked(item, walk.budget), "文件属性", "F1", told)


def xmp(data: bytes, place: str, family: str, told: set[str]) -> Found:
    """What XMP tells: the texts of its elements, and attributes that stand for elements."""
    start = data.find(b"<")
    tree = tree_of(data[max(start, 0) :].strip(b"\0 \r\n\t"), mended=True)
    for element in tree.iter():
        for name, text in _values(element):
            if text and text not in told:
                told.add(text)
                yield from property_of(text, place, family, name in _PERSONS)


def _values(element: etree._Element) -> list[tuple[str, str]]:
    """Names and texts of an element; an entry of a list bears the name of the list."""
    name = local(element)
    if name == "li":
        above = element.getparent()
        holder = None if above is None else above.getparent()
        name = name if holder is None else local(holder)
    found = [(name, (element.text or "").strip())]
    for key, value in element.items():
        short = str(key).rpartition("}")[2]
        if short not in {"lang", "about", "parseType"}:
            found.append((short, str(value)))
    return found
