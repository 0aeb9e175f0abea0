"""Plain text that an archive carries: its coding is told by its bytes, its lines are passages."""

from __future__ import annotations

import csv
import io
import re

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Found, Piece
from generator.gates.secrecy.files.members import tree_of
from generator.gates.secrecy.files.walk import Walk

__all__ = ["decoded", "is_text", "label", "plain", "runs", "table", "xml"]

_RUN = re.compile("[\\x20-\\x7e\\u3000-\\u9fff\\uff00-\\uffef]{6,}")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decoded(data: bytes) -> str:
    """Text in the coding that its bytes show. Errors: UnicodeDecodeError."""
    for mark, coding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(coding)
    half = max(len(data) // 2, 1)
    if data[1::2].count(0) * 10 > half * 3:  # every second byte: two bytes a sign, without a mark
        return data.decode("utf-16-le")
    if data[::2].count(0) * 10 > half * 3:
        return data.decode("utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def label(raw: bytes) -> str:
    """A short text of no known coding, a name or a remark: in the first that takes it."""
    for coding in ("utf-8", "gb18030"):
        try:
            return raw.decode(coding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def is_text(data: bytes) -> bool:
    """Whether bytes of no known form are text: all of it, without marks that no text has."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(sign < " " and sign not in "\t\n\r\f" for sign in text)


def runs(data: bytes) -> Found:
    """The runs of signs in bytes of no known form, as UTF-8 and with two bytes a sign."""
    for coding in ("utf-8", "utf-16-le"):
        for text in _RUN.findall(data.decode(coding, "ignore")):
            yield Piece(text)


def plain(data: bytes, walk: Walk) -> Found:
    """The lines of a text."""
    for number, line in enumerate(decoded(data).splitlines(), 1):
        yield Piece(line, f"第{number}行", Kind.PARAGRAPH)


def table(data: bytes, walk: Walk) -> Found:
    """The cells of a CSV file."""
    for row, cells in enumerate(csv.reader(io.StringIO(decoded(data))), 1):
        for column, text in enumerate(cells, 1):
            if text.strip():
                yield Piece(text, f"第{row}行第{column}列", Kind.CELL, (1, row, column))


def xml(data: bytes, walk: Walk) -> Found:
    """The texts of an XML file."""
    for text in tree_of(data).itertext():
        if str(text).strip():
            yield Piece(str(text).strip(), "正文")
