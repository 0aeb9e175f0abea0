"""How much the streams of a PDF file unpack to, asked before any library unpacks them.

Libraries unpack a page's own drawing, a font or a table of objects whole, without a limit. So every
stream is unpacked here first, piece by piece, and nothing of it is kept.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

import pikepdf
from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder

from generator.gates.secrecy.files.found import TooMuchError
from generator.gates.secrecy.files.pack import limit

__all__ = ["measure", "measure_others"]

_STREAM = re.compile(rb"(?<!end)stream[ \t]*\r?\n?")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_SIDE = {side: re.compile(rb"/" + side + rb"\s+(\d{1,6})\b") for side in (b"Width", b"Height")}
_ABOUT = 2000  # bytes before a stream in which its dictionary stands
_DEPTH = 4  # bytes that a point of a picture takes at most, as a rule
_PIECE = 1 << 20
_WHY = "解开后太大"
_WRITTEN: Mapping[str, Callable[[bytes], bytes]] = {
    "/ASCII85Decode": ascii85decode,
    "/ASCIIHexDecode": asciihexdecode,
}
_GROWING = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"}


class _Sum:
    """What all streams but pictures unpack to."""

    def __init__(self) -> None:
        self.bytes = 0

    def add(self, sizes: Iterator[tuple[int, int]], free: int = 0) -> None:
        """Counts one stream by its pieces, each with what of it was read by then.

        A picture has `free` bytes, whatever their ratio: white paper shrinks to nothing.
        Errors: TooMuchError.
        """
        size = 0
        for grown, read in sizes:
            size += grown
            swollen = size > limit("ratio_from") and size > limit("ratio") * read
            if size > free and (swollen or self.bytes + size - free > limit("bytes")):
                raise TooMuchError(_WHY)
        self.bytes += max(0, size - free)


def measure(data: bytes) -> None:
    """Unpacks every stream that stands in the bytes of a file. Errors: TooMuchError."""
    total = _Sum()
    view = memoryview(data)
    for match in _STREAM.finditer(data):
        start = match.end()
        if start < len(data) and data[start] & 0x0F == 8:  # how packed data begins
            total.add(_inflated(view[start:]), _free(data, match.start()))


def measure_others(file: pikepdf.Pdf) -> None:
    """Unpacks the streams that are packed in another way, or twice. Errors: TooMuchError."""
    total = _Sum()
    for item in file.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        names = _filters(item)
        growing = [name for name in names if name in _GROWING]
        if not growing or names == ["/FlateDecode"]:
            continue
        if len(growing) > 1:
            raise TooMuchError("压缩了不止一次")
        data = bytes(item.read_raw_bytes())
        for name in names[: names.index(growing[0])]:
            data = _WRITTEN[name](data) if name in _WRITTEN else data
        total.add(_SIZES[growing[0]](memoryview(data)), limit("pixels") * _is_picture(item))


def _filters(item: pikepdf.Stream) -> list[str]:
    found = item.get("/Filter")
    return [str(one) for one in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _is_picture(item: pikepdf.Stream) -> bool:
    return str(item.get("/Subtype", "")) == "/Image"


def _free(data: bytes, end: int) -> int:
    """What a stream may unpack to as the picture that its dictionary says it is."""
    about = data[max(0, end - _ABOUT) : end]
    about = about[about.rfind(b" obj") + 1 :]
    if not _PICTURE.search(about):
        return 0
    sides = [found for side in _SIDE.values() if (found := side.search(about))]
    if len(sides) < len(_SIDE):
        return 0
    wide, high = (int(found[1]) for found in sides)
    return min(wide * high, limit("pixels")) * _DEPTH


def _inflated(data: memoryview) -> Iterator[tuple[int, int]]:
    """The sizes of the pieces that packed data unpacks to, as far as it is whole."""
    unpacker = zlib.decompressobj()
    at, left = 0, b""
    try:
        while not unpacker.eof and (left or at < len(data)):
            if not left:
                left = bytes(data[at : at + _PIECE])
                at += len(left)
            grown = len(unpacker.decompress(left, _PIECE))
            left = unpacker.unconsumed_tail
            yield grown, at - len(left) - len(unpacker.unused_data)
    except zlib.error:
        return


def _of_words(data: memoryview) -> Iterator[tuple[int, int]]:
    stream = BytesIO(data)
    for piece in LZWDecoder(stream).run():
        yield len(piece), stream.tell()


def _of_runs(data: memoryview) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(data) and data[at] != 128:
        if data[at] < 128:
            grown, at = data[at] + 1, at + data[at] + 2
        else:
            grown, at = 257 - data[at], at + 2
        yield grown, at


_SIZES: Mapping[str, Callable[[memoryview], Iterator[tuple[int, int]]]] = {
    "/FlateDecode": _inflated,
    "/LZWDecode": _of_words,
    "/RunLengthDecode": _of_runs,
}
