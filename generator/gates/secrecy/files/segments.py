"""A picture's bytes → the blocks that its format is made of, and what stands after its end."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

__all__ = ["png_texts", "segments", "tail"]

_PNG_HEAD = 8
_ALONE = {0x01, *range(0xD0, 0xD9)}  # marks of JPEG without a length
_MOST_TEXT = 10_000_000


def segments(data: bytes, form: str) -> Iterator[tuple[str, bytes]]:
    """The named blocks of a picture: "APP1", "tEXt", "XMP "."""
    if form == "JPEG":
        for mark, start, end in _jpeg(data):
            if 0xE0 <= mark <= 0xEF:
                yield f"APP{mark - 0xE0}", data[start:end]
            elif mark == 0xFE:
                yield "COM", data[start:end]
    elif form == "PNG":
        for name, start, end in _png(data):
            yield name, data[start:end]
    elif form == "WEBP":
        at = 12
        while at + 8 <= len(data):
            size = int.from_bytes(data[at + 4 : at + 8], "little")
            yield data[at : at + 4].decode("latin-1"), data[at + 8 : at + 8 + size]
            at += 8 + size + size % 2


def tail(data: bytes, form: str) -> bytes:
    """The bytes after a picture's end."""
    end = len(data)
    if form == "JPEG":
        end = max((stop for mark, _, stop in _jpeg(data) if mark == 0xD9), default=end)
    elif form == "PNG":
        end = max((stop + 4 for name, _, stop in _png(data) if name == "IEND"), default=end)
    elif form == "WEBP":
        end = 8 + int.from_bytes(data[4:8], "little")
    elif form == "GIF":
        end = data.rfind(b"\x3b") + 1 or end
    return data[end:].strip(b"\0\r\n ")


def _jpeg(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marks of a JPEG up to its end, each with where its content starts and ends."""
    at = 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:  # within the pixels
            at = data.find(b"\xff", at)
            if at < 0:
                return
            continue
        mark = data[at + 1]
        at += 2
        if mark == 0xFF:
            at -= 1
        elif mark == 0xD9:
            yield mark, at, at
            return
        elif mark and mark not in _ALONE:
            size = int.from_bytes(data[at : at + 2], "big")
            yield mark, at + 2, at + size
            at += max(size, 2)


def _png(data: bytes) -> Iterator[tuple[str, int, int]]:
    at = _PNG_HEAD
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8].decode("latin-1")
        yield name, at + 8, at + 8 + size
        if name == "IEND":
            return
        at += 12 + size


def png_texts(name: str, block: bytes) -> tuple[str, str]:
    """The keyword and the text of a block of text; empty for any other block."""
    if name not in {"tEXt", "zTXt", "iTXt"}:
        return "", ""
    key, _, rest = block.partition(b"\0")
    coding = "latin-1"
    if name == "zTXt":
        rest = _inflated(rest[1:])
    elif name == "iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        _, _, rest = rest.partition(b"\0")
        _, _, rest = rest.partition(b"\0")
        rest, coding = (_inflated(rest) if packed else rest), "utf-8"
    text = rest.decode(coding, "replace")
    if coding == "latin-1" and not text.isascii():  # written by programs that know no better
        text = rest.decode("utf-8", "ignore") or text
    return key.decode("latin-1"), text


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _MOST_TEXT)
