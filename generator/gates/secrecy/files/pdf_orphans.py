"""Pages of a PDF file that were taken out of its list and are still in the file."""

from __future__ import annotations

import io

import pikepdf

from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.pdf_lines import plain
from generator.gates.secrecy.files.pdf_other import Other

__all__ = ["orphans"]

_PLACE = "已删去的页"


def orphans(file: pikepdf.Pdf) -> Found:
    """The text of pages that no reader turns to."""
    listed = {page.obj.objgen for page in file.pages}
    left = [
        item
        for item in file.objects
        if isinstance(item, pikepdf.Dictionary)
        and str(item.get("/Type", "")) == "/Page"
        and item.objgen not in listed
    ]
    if not left:
        return
    lines: list[str] = []
    with pikepdf.new() as apart:
        for item in left[: limit("pages")]:
            apart.pages.append(pikepdf.Page(apart.copy_foreign(item)))
        stream = io.BytesIO()
        apart.save(stream)
    with Other.of(stream.getvalue()) as other:
        for number in range(1, other.count + 1):
            lines += other.lines(number)
    if lines:
        yield Fault("F7", _PLACE, f"{len(left)}页")
    for line in lines:
        yield Piece(plain(line), _PLACE, hidden=True)
