"""A PDF file: its pages, what it says of itself, its objects, its pictures, its earlier states."""

from __future__ import annotations

import io

import pikepdf

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.pdf_about import about
from generator.gates.secrecy.files.pdf_objects import objects
from generator.gates.secrecy.files.pdf_orphans import orphans
from generator.gates.secrecy.files.pdf_past import former
from generator.gates.secrecy.files.pdf_pictures import pictures
from generator.gates.secrecy.files.pdf_size import measure, measure_others
from generator.gates.secrecy.files.pdf_text import pages
from generator.gates.secrecy.files.walk import Walk, guarded

__all__ = ["pdf"]


def pdf(data: bytes, walk: Walk) -> Found:
    """What a PDF file holds. Errors: TooMuchError, before anything of it is unpacked whole."""
    measure(data)
    try:
        file = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        yield Fault("A0", why="有密码")
        return
    with file:
        if file.is_encrypted:
            yield Fault("F12-locked")
            data = _unlocked(file)
            measure(data)
        measure_others(file)
        yield from guarded(pages(data), "文字")
        yield from guarded(about(file, walk), "文件属性")
        yield from guarded(objects(file, walk), "部件")
        yield from guarded(orphans(file), "已删去的页")
        yield from guarded(pictures(file, data, walk), "图片")
    yield from guarded(former(data), "修改前的文字")


def _unlocked(file: pikepdf.Pdf) -> bytes:
    """The same file for libraries that cannot read locked ones."""
    stream = io.BytesIO()
    file.save(stream, encryption=False)
    return stream.getvalue()
