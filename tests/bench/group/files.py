"""Files that go with records: folders made once, pictures and PDF files built from nothing."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["Sink", "front_matter", "pdf", "picture"]

_WIDTH, _HEIGHT, _BARS = 640, 360, 8


class Sink:
    """Writes below one folder; a folder is asked for only once."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._made: set[str] = set()
        self.files = 0

    def write(self, path: str, data: str | bytes) -> None:
        """Puts a file at `path`, which is relative and has forward slashes."""
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            Path(self._root, folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        with open(f"{self._root}/{path}", "wb") as file:  # noqa: PTH123 -- a Path each costs time
            file.write(data.encode() if isinstance(data, str) else data)
        self.files += 1


def front_matter(fields: Mapping[str, Any]) -> str:
    """Fields as YAML, a line each; what stands in quotes or brackets is JSON, which YAML reads."""
    return "".join(
        [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()]
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)


@cache
def picture(variant: int) -> bytes:
    """A bar chart as a PNG file of about a kilobyte."""
    heights = Random(variant).sample(range(60, _HEIGHT - 40), _BARS)
    step = _WIDTH // _BARS
    rows = bytearray()
    for y in range(_HEIGHT):
        row = bytearray(_WIDTH)
        for bar, height in enumerate(heights):
            if y >= _HEIGHT - height:
                row[bar * step + 12 : (bar + 1) * step - 12] = b"\1" * (step - 24)
        rows += b"\0" + row
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 3, 0, 0, 0)
    palette = bytes((255, 255, 255, 20 + variant * 7 % 120, 90, 150))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", zlib.compress(bytes(rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def pdf(lines: tuple[str, ...]) -> bytes:
    """A PDF file of one page with these lines, in a font that every reader has for Chinese."""
    shown = "".join([f"<{line.encode('utf-16-be').hex()}> Tj T* " for line in lines])
    page = f"BT /F1 14 Tf 20 TL 60 780 Td {shown}ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
            b" /DescendantFonts [6 0 R] >>"
        ),
        (
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
            b" << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>"
        ),
        (
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox"
            b" [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /StemV 93 >>"
        ),
    )
    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join([b"%010d 00000 n \n" % offset for offset in offsets])
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(data)
