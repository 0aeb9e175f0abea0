"""The text of a PDF file's pages, line by line, and what of it nobody sees."""

from __future__ import annotations

import io
import logging
from operator import attrgetter

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Fault, Found, Piece, TooMuchError
from generator.gates.secrecy.files.pack import limit, words
from generator.gates.secrecy.files.pdf_canvas import Canvas, draw, layers_off
from generator.gates.secrecy.files.pdf_lines import lines_of, paragraphs, plain
from generator.gates.secrecy.files.pdf_other import Other
from generator.gates.secrecy.files.pdf_seen import PARTLY, parted
from generator.gates.secrecy.files.walk import guarded

__all__ = ["pages"]

# What the library says of faulty fonts is nothing that a clerk could act on.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
_FAULTS = {"被盖住": "F5", "看不见": "F6", "图层关闭": "F4", PARTLY: "F6-edge"}


def pages(data: bytes) -> Found:
    """Every page: what it shows, then what it hides."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    manager = PDFResourceManager()
    off = layers_off(document.catalog)
    with Other.of(data) as other:
        for number, page in enumerate(PDFPage.create_pages(document), 1):
            if number > limit("pages"):
                raise TooMuchError("页数太多")
            place = f"第{number}页"
            yield from guarded(_page(draw(page, off, manager), other, number), place)


def _page(canvas: Canvas, other: Other, number: int) -> Found:
    place = f"第{number}页"
    shown, hidden = parted(canvas)
    seen = paragraphs(lines_of(shown))
    for text in seen:
        yield Piece(text, place, Kind.PAGE)
    for why, signs in hidden.items():
        whole = signs if why != PARTLY else sorted([*shown, *signs], key=attrgetter("order"))
        said = [text for text in paragraphs(lines_of(whole)) if why != PARTLY or text not in seen]
        for text in said:
            yield Piece(text, f"{place}（{why}）", Kind.PAGE, hidden=True)
        weight = sum((1 + (sign.text >= "\u2e80")) * sign.text.isalnum() for sign in signs)
        if weight >= limit("hidden_signs"):
            slips = why == "看不见" and all(map(words().slips.fullmatch, said))
            name = "F6-slip" if slips else _FAULTS[why]
            yield Fault(name, f"{place}（{why}）", " ".join(said))
    if any(paint.layer_off for paint in canvas.paints):
        yield Fault("F4", f"{place}（图层关闭）")
    drawn = _squeezed("".join(sign.text for sign in canvas.signs))
    for text in canvas.replaced:
        if _squeezed(text) not in drawn:
            yield Fault("F11", f"{place}替换文字")
            yield Piece(text, f"{place}替换文字", hidden=True)
    for text in other.lines(number):
        if _squeezed(text) not in drawn:
            yield Piece(plain(text), f"{place}（另读）", Kind.PAGE)


def _squeezed(text: str) -> str:
    return "".join(sign for sign in plain(text) if sign.isalnum())
