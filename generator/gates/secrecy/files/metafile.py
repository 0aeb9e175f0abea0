"""Windows metafiles, as Office files hold them for drawings and formulas: their texts."""

from __future__ import annotations

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Found, Piece
from generator.gates.secrecy.files.walk import Walk

__all__ = ["emf", "wmf"]

_TEXT_W, _TEXT_A = 84, 83  # EMR_EXTTEXTOUTW, EMR_EXTTEXTOUTA
_OUT, _OUT_AT = 0x0521, 0x0A32  # META_TEXTOUT, META_EXTTEXTOUT
_PLACEABLE = b"\xd7\xcd\xc6\x9a"


def emf(data: bytes, walk: Walk) -> Found:
    """The texts of an enhanced metafile: each record is type, size, content."""
    at, found = 0, []
    while at + 8 <= len(data):
        kind, size = (int.from_bytes(data[at + x : at + x + 4], "little") for x in (0, 4))
        if size < 8:
            break
        if kind in {_TEXT_W, _TEXT_A}:
            count, start = (int.from_bytes(data[at + x : at + x + 4], "little") for x in (44, 48))
            wide = 2 if kind == _TEXT_W else 1
            raw = data[at + start : at + start + count * wide]
            found.append(raw.decode("utf-16-le" if wide == 2 else "gb18030", "ignore"))
        at += size
    yield Piece("".join(found), "图中文字", Kind.PARAGRAPH)


def wmf(data: bytes, walk: Walk) -> Found:
    """The texts of an old metafile: each record is size in words, type, content."""
    at, found = (22 if data.startswith(_PLACEABLE) else 0) + 18, []
    while at + 6 <= len(data):
        size = 2 * int.from_bytes(data[at : at + 4], "little")
        kind = int.from_bytes(data[at + 4 : at + 6], "little")
        if size < 6:
            break
        if kind == _OUT:
            count = int.from_bytes(data[at + 6 : at + 8], "little")
            found.append(data[at + 8 : at + 8 + count].decode("gb18030", "ignore"))
        elif kind == _OUT_AT:
            count, options = (int.from_bytes(data[at + x : at + x + 2], "little") for x in (10, 12))
            start = at + (22 if options & 6 else 14)
            found.append(data[start : start + count].decode("gb18030", "ignore"))
        at += size
    yield Piece("".join(found), "图中文字", Kind.PARAGRAPH)
