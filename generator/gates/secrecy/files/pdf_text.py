"""The text of a PDF file's pages, line by line, and what of it nobody sees."""

from __future__ import annotations

import io
import logging

import pypdf
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Fault, Found, Piece, TooMuchError
from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.pdf_canvas import Canvas, Paint, Sign, draw, layers_off
from generator.gates.secrecy.files.pdf_lines import lines_of, paragraphs, plain
from generator.gates.secrecy.files.walk import guarded

__all__ = ["pages"]

# What the libraries say of faulty fonts is nothing that a clerk could act on.
for _library in ("pdfminer", "pypdf"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)
_FAULTS = {"被盖住": "F5", "看不见": "F6", "图层关闭": "F4"}


def pages(data: bytes) -> Found:
    """Every page: what it shows, then what it hides."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    manager = PDFResourceManager()
    off = layers_off(document.catalog)
    other = pypdf.PdfReader(io.BytesIO(data))
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > limit("pages"):
            raise TooMuchError("页数太多")
        place = f"第{number}页"
        yield from guarded(_page(draw(page, off, manager), other, number), place)


def _page(canvas: Canvas, other: pypdf.PdfReader, number: int) -> Found:
    place = f"第{number}页"
    apart = _Apart(canvas)
    shown: list[Sign] = []
    hidden: dict[str, list[Sign]] = {}
    for sign in canvas.signs:
        why = apart.why(sign)
        (hidden.setdefault(why, []) if why else shown).append(sign)
    for text in paragraphs(lines_of(shown)):
        yield Piece(text, place, Kind.PAGE)
    for why, signs in hidden.items():
        said = paragraphs(lines_of(signs))
        for text in said:
            yield Piece(text, f"{place}（{why}）", Kind.PAGE, hidden=True)
        if any(sign.text.strip() for sign in signs):
            yield Fault(_FAULTS[why], f"{place}（{why}）", " ".join(said))
    if any(paint.layer_off for paint in canvas.paints):
        yield Fault("F4", f"{place}（图层关闭）")
    whole = _squeezed("".join(sign.text for sign in canvas.signs))
    for text in canvas.replaced:
        if _squeezed(text) not in whole:
            yield Fault("F11", f"{place}替换文字")
            yield Piece(text, f"{place}替换文字", hidden=True)
    for text in _read_by(other, number):
        if _squeezed(text) not in whole:
            yield Piece(plain(text), f"{place}（另读）", Kind.PAGE)


class _Apart:
    """Tells why a sign is not seen. What is painted is looked for by its height on the page."""

    def __init__(self, canvas: Canvas) -> None:
        self.box = canvas.box
        left, bottom, right, top = canvas.box
        area = max((right - left) * (top - bottom), 1.0)
        self.paints = [one for one in canvas.paints if not one.layer_off]
        self.covers = [one for one in self.paints if self._covers(one, area)]
        self.is_scan = any(
            one.picture and 100 * _area(one) >= limit("scan_share") * area for one in self.paints
        )

    @staticmethod
    def _covers(paint: Paint, area: float) -> bool:
        """Whether a thing that is painted can hide text: not a background, not a clear picture."""
        high = paint.box[3] - paint.box[1]
        if high >= limit("cover_height") or 100 * _area(paint) > limit("cover_share") * area:
            return False
        return not (paint.picture and paint.white)

    def why(self, sign: Sign) -> str:
        """Why nobody sees a sign; empty if it is seen."""
        if not sign.text.strip():
            return ""
        if sign.layer_off:
            return "图层关闭"
        x, y = sign.centre
        left, bottom, right, top = self.box
        outside = not (left <= x <= right and bottom <= y <= top)
        if outside or sign.size < limit("tiny_points"):
            return "看不见"
        if sign.invisible:
            return "" if self.is_scan else "看不见"  # the words that were read off a scan
        if self.covers and any(one.order > sign.order and _holds(one, x, y) for one in self.covers):
            return "被盖住"
        if sign.white and not any(
            one.order < sign.order and not (one.white and not one.picture) and _holds(one, x, y)
            for one in self.paints
        ):
            return "看不见"
        return ""


def _area(paint: Paint) -> float:
    left, bottom, right, top = paint.box
    return (right - left) * (top - bottom)


def _holds(paint: Paint, x: float, y: float) -> bool:
    left, bottom, right, top = paint.box
    return left <= x <= right and bottom <= y <= top


def _squeezed(text: str) -> str:
    return "".join(sign for sign in plain(text) if sign.isalnum())


def _read_by(other: pypdf.PdfReader, number: int) -> list[str]:
    """The lines that a second library reads on a page, for what the first cannot."""
    try:
        return other.pages[number - 1].extract_text().split("\n")
    except Exception:  # the first library's word stands
        return []
