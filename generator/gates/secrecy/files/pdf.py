"""A PDF file: its properties, notes, layers, scripts, what it carries, and what it once said."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdf

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.properties import is_somebody
from generator.gates.secrecy.files.walk import Walk

__all__ = ["pdf"]

_END = b"%%EOF"
_NOTES = {"/Text", "/FreeText", "/Popup", "/Stamp", "/FileAttachment", "/Redact"}


def pdf(data: bytes, walk: Walk) -> Found:
    """What a PDF file holds."""
    for number, words in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
        for line in words.extract_text().split("\n"):
            yield Piece(line, f"第{number}页", Kind.PAGE)
    with pikepdf.open(io.BytesIO(data)) as file:
        author = str(file.docinfo.get("/Author", "")).strip()
        if is_somebody(author):
            yield Fault("F1", "文件属性", author)
        for value in file.docinfo.values():
            yield Piece(str(value), "文件属性")
        if len(file.attachments):
            yield Fault("F8", "附件", "、".join(file.attachments))
        for number, page in enumerate(file.pages, 1):
            for note in page.get("/Annots", []):
                if str(note.get("/Subtype", "")) in _NOTES:
                    yield Fault("F2", f"第{number}页")
                    yield Piece(str(note.get("/Contents", "")), f"第{number}页批注", hidden=True)
        root = file.Root
        if "/OCProperties" in root and _off_layers(root):
            yield Fault("F4")
        if any(_acts(item) for item in file.objects) or "/JavaScript" in root.get("/Names", {}):
            yield Fault("F9")
    yield from _former(data)


def _off_layers(root: pikepdf.Object) -> list[object]:
    settings = root.OCProperties.get("/D")
    return list(settings.get("/OFF") or []) if settings is not None else []


def _acts(item: object) -> bool:
    if not isinstance(item, pikepdf.Dictionary):
        return False
    return str(item.get("/S", "")) in {"/JavaScript", "/Launch", "/SubmitForm"}


def _former(data: bytes) -> Found:
    """Words of an earlier state of the file that its present state no longer shows."""
    ends = [match.end() for match in re.finditer(re.escape(_END), data)]
    if len(ends) < 2 or b"/Linearized" in data[:2048]:
        return
    now = _words(data)
    for end in ends[:-1]:
        gone = _words(data[:end] + b"\n") - now
        if gone:
            yield Fault("F7")
            yield from (Piece(line, "修改前的文字", hidden=True) for line in sorted(gone))


def _words(data: bytes) -> set[str]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        lines = [line.strip() for page in reader.pages for line in page.extract_text().split("\n")]
    except Exception:  # a piece of a file need not be one
        return set()
    return set(filter(None, lines))
