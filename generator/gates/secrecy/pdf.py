"""A PDF file: its properties, notes, layers, scripts, what it carries, and what it once said."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdf

from generator.gates.secrecy.office import NOBODY

__all__ = ["pages"]

_END = b"%%EOF"
_NOTES = {"/Text", "/FreeText", "/Popup", "/Stamp", "/FileAttachment", "/Redact"}


def pages(data: bytes) -> Iterator[tuple[str, str, str]]:
    """What a PDF file hides: (rule, place, what was found)."""
    with pikepdf.open(io.BytesIO(data)) as file:
        author = str(file.docinfo.get("/Author", "")).strip()
        if author and not NOBODY.fullmatch(author):
            yield "F1", "文件属性", author
        for value in file.docinfo.values():
            yield "", "文件属性", str(value)
        if len(file.attachments):
            yield "F8", "", "、".join(file.attachments)
        for number, page in enumerate(file.pages, 1):
            for note in page.get("/Annots", []):
                if str(note.get("/Subtype", "")) in _NOTES:
                    yield "F2", f"第{number}页", ""
                    yield "", f"第{number}页批注", str(note.get("/Contents", ""))
        root = file.Root
        if "/OCProperties" in root and _off_layers(root):
            yield "F4", "", ""
        if any(_acts(item) for item in file.objects) or "/JavaScript" in root.get("/Names", {}):
            yield "F9", "", ""
    yield from _former(data)


def _off_layers(root: pikepdf.Object) -> list[object]:
    settings = root.OCProperties.get("/D")
    return list(settings.get("/OFF") or []) if settings is not None else []


def _acts(item: object) -> bool:
    if not isinstance(item, pikepdf.Dictionary):
        return False
    return str(item.get("/S", "")) in {"/JavaScript", "/Launch", "/SubmitForm"}


def _former(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Words of an earlier state of the file that its present state no longer shows."""
    ends = [match.end() for match in re.finditer(re.escape(_END), data)]
    if len(ends) < 2 or b"/Linearized" in data[:2048]:
        return
    now = _words(data)
    for end in ends[:-1]:
        gone = _words(data[:end] + b"\n") - now
        if gone:
            yield "F7", "", ""
            yield from (("", "修改前的文字", line) for line in sorted(gone))


def _words(data: bytes) -> set[str]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        lines = [line.strip() for page in reader.pages for line in page.extract_text().split("\n")]
    except Exception:  # a piece of a file need not be one
        return set()
    return set(filter(None, lines))
