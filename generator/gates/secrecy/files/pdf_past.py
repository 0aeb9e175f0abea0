"""What a PDF file said in an earlier state, which its later states were only added to."""

from __future__ import annotations

import re

from pypdfium2 import PdfiumError  # type: ignore[import-untyped]

from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.pdf_lines import plain
from generator.gates.secrecy.files.pdf_other import Other

__all__ = ["former"]

_END = re.compile(rb"%%EOF\s{0,2}")


def former(data: bytes) -> Found:
    """Lines of earlier states that the present one no longer has."""
    ends = [match.end() for match in _END.finditer(data)]
    if b"/Linearized" in data[:2048]:  # the first end is of the first page's table
        ends = ends[1:]
    if len(ends) < 2:
        return
    now = "".join(_lines(data))
    told: set[str] = set()
    for end in ends[-2::-1][: limit("revisions")]:
        for line in _lines(data[:end]):
            if line not in now and line not in told:
                told.add(line)
                yield Piece(line, "修改前的文字", hidden=True)
    if told:
        yield Fault("F7", "修改前的文字")
    if len(ends) - 1 > limit("revisions"):
        yield Fault("A1", "修改前的文字", why=f"改存超过 {limit('revisions')} 次")


def _lines(data: bytes) -> list[str]:
    try:
        with Other.of(data) as file:
            return [
                plain(line) for number in range(1, file.count + 1) for line in file.lines(number)
            ]
    except PdfiumError:  # a piece of a file need not be one
        return []
