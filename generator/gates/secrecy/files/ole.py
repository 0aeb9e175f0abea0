"""Old binary forms (OLE2): refused until converted, though what can be read of them is read."""

from __future__ import annotations

import io
from typing import Any

import olefile

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.kinds import kind_of
from generator.gates.secrecy.files.plain import label
from generator.gates.secrecy.files.properties import property_of
from generator.gates.secrecy.files.walk import Walk, guarded

__all__ = ["ole"]

_PERSONS = ("author", "last_saved_by", "manager")
_WORDS = ("title", "subject", "keywords", "comments", "category", "company")
_MACROS = {"vba", "macros", "_vba_project_cur"}
_DOCUMENTS = {"worddocument", "workbook", "book", "powerpoint document"}
_CARRIED = {"package", "contents", "\x01ole10native"}


def ole(data: bytes, walk: Walk) -> Found:
    """What an old file holds."""
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        streams = file.listdir(streams=True, storages=False)
        names = {part.lower() for stream in streams for part in stream}
        if "encryptedpackage" in names:
            yield Fault("W11", "文件")
            return
        carried = [stream for stream in streams if stream[-1].lower() in _CARRIED]
        if names & _MACROS:
            yield Fault("Z3", "文件", why="里面有宏")
        elif walk.depth == 0 or names & _DOCUMENTS:  # an old formula in a new file is none
            yield Fault("Z3", "文件")
        yield from guarded(_about(file), "文件属性")
        for stream in carried:
            content = file.openstream(stream).read()
            walk.budget.take(len(content))
            yield from _inside(content, walk)


def _about(file: Any) -> Found:
    about = file.get_metadata()
    for name in (*_PERSONS, *_WORDS):
        value = getattr(about, name, None)
        text = label(value) if isinstance(value, bytes) else str(value or "")
        yield from property_of(text, "文件属性", "W1", name in _PERSONS)


def _inside(content: bytes, walk: Walk) -> Found:
    """A file in a stream, after a head of names that is of no fixed length."""
    starts = [
        at
        for mark in (b"PK\x03\x04", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")
        if 0 <= (at := content.find(mark)) < 2048
    ]
    if starts and kind_of("", content[min(starts) :]):
        yield from walk.inner("", content[min(starts) :], "对象：", hidden=True)
