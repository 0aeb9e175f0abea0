"""Shapes of DrawingML, which all Office files share: their words, what stands for them, crops."""

from __future__ import annotations

import posixpath

from lxml import etree

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.package import Package, attribute, local

__all__ = ["A", "crops", "drawing_words", "paragraphs"]

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def paragraphs(element: etree._Element) -> list[str]:
    """The paragraphs of a shape's text."""
    found = []
    for paragraph in element.iter(f"{A}p"):
        signs = [
            one.text or "" if local(one) == "t" else "\n"
            for one in paragraph.iter(f"{A}t", f"{A}br")
        ]
        found.append("".join(signs))
    return found


def drawing_words(element: etree._Element, place: str, seen: set[str]) -> Found:
    """The words of a drawing and those that stand for it, each once."""
    for text in paragraphs(element):
        if text.strip() and text not in seen:
            seen.add(text)
            yield Piece(text, f"{place}文本框")
    for one in element.iter():
        if local(one) in {"docPr", "cNvPr", "shape", "imagedata"}:
            for name in ("descr", "title", "alt"):
                text = attribute(one, name)
                if text.strip() and text not in seen:
                    seen.add(text)
                    yield Piece(text, f"{place}替代文字", Kind.ALT)
        elif local(one) == "textpath":  # a watermark
            text = attribute(one, "string")
            if text and text not in seen:
                seen.add(text)
                yield Piece(text, f"{place}水印", Kind.EDGE)


def crops(package: Package, part: str) -> Found:
    """The pictures of a part that are shown in part only."""
    if part not in package.members:
        return
    links = package.links(part)
    for crop in package.members.tree(part).iter(f"{A}srcRect"):
        if not any(int(attribute(crop, side) or 0) > 0 for side in "ltrb"):
            continue
        above = crop.getparent()
        blip = None if above is None else above.find(f"{A}blip")
        link = links.get("" if blip is None else attribute(blip, "embed"))
        if link is not None and not link.outside:
            yield Fault("W8-crop", f"图片 {posixpath.basename(link.target)}")
