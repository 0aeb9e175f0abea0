"""Bytes of a content file → the text that readers see, passage by passage, and its record.

What cannot be read is not passed over: it is a fault with its place, and a gate that meets one
does not pass.
"""

from __future__ import annotations

from bisect import bisect_right
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.gates.body import body_passages
from generator.gates.fields import cell_passages, field_passages
from generator.gates.passage import GAP, Kind, Passage
from generator.load import Pointer, read_yaml
from generator.load.kinds import locate
from generator.load.text import decoded, parted
from generator.load.yaml_reader import Problem

__all__ = ["GAP", "TEXT_ENDINGS", "Fault", "Kind", "Passage", "TextFile", "read_text"]

TEXT_ENDINGS = (".md", ".yml", ".yaml", ".csv")
_WIDE = 20  # of so many bytes one is zero in UTF-16 that holds numbers
_DAYS = ("writtenDate", "formedDate", "publishedAt", "updatedAt")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file, or a part of it, could not be read; line and column count from 1."""

    line: int
    column: int
    reason: str  # a Chinese sentence for a clerk


@dataclass(frozen=True, slots=True)
class TextFile:
    """A content file as its readers see it."""

    path: str
    text: str  # the file's own text, line ends made `\\n`
    passages: tuple[Passage, ...]
    faults: tuple[Fault, ...] = ()
    kind: str = ""  # of the record: "policy"; empty where the path names none
    unit: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)  # of the record; of a table, its rows not
    body: int = 0  # the offset at which a Markdown body begins
    lines: tuple[int, ...] = (0,)

    def at(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset of the file."""
        line = bisect_right(self.lines, max(offset, 0))
        return line, offset - self.lines[line - 1] + 1

    def place(self, passage: Passage, index: int) -> tuple[int, int]:
        """The line and column of one sign of a passage."""
        return self.at(passage.source(index))

    def line(self, number: int) -> str:
        """One line of the file, counted from 1."""
        start = self.lines[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)]

    @property
    def day(self) -> date | None:
        """The day that the text is of: written, formed, published, updated; None if unknown."""
        for key in _DAYS:
            value = self.data.get(key)
            if isinstance(value, str):
                try:
                    return date.fromisoformat(value[:10])
                except ValueError:
                    continue
        return None

    @property
    def title(self) -> str:
        """What the record is called; empty where it has no name."""
        for key in ("title", "taskName", "name"):
            if isinstance(value := self.data.get(key), str):
                return value
        return ""


def read_text(path: str, data: bytes) -> TextFile:
    """The passages of a file, in reading order, by the ending of its name; never raises."""
    text, problem = decoded(data)
    where = locate(path)
    kind = where.kind.name if where.kind else ""
    faults: tuple[Fault, ...] = ()
    if problem is not None or _is_wide(data):  # no text for a page, but perhaps for a gate
        place = (problem.line, problem.column) if problem else (1, 1)
        text = _otherwise_decoded(data)
        faults = (Fault(*place, "这里不是 UTF-8 编码，读不出文字"),)
    lines = _line_starts(text)
    if path.endswith(".csv"):
        cells = tuple(cell_passages(text))
        return TextFile(path, text, cells, faults, kind, where.unit, lines=lines)
    if faults and not text:
        return TextFile(path, "", (), faults, kind, where.unit)
    front, front_line, body = text, 1, len(text)
    if path.endswith(".md"):
        written = parted(text)
        if isinstance(written, Problem):
            reason = "开头两行“---”之间的字段不完整，读不出来"
            if kind:  # a page about the content is Markdown without fields
                faults = (
                    *faults,
                    Fault(written.line, written.column, reason),
                )
            front, body = "", 0
        else:
            front, front_line, _, body_line = written
            body = lines[body_line - 1] if body_line <= len(lines) else len(text)
    parsed = read_yaml(front, positions=True)
    if parsed.value is None and parsed.problems:
        first = parsed.problems[0]
        reason = "这里不符合 YAML 的写法，字段读不出来"
        faults = (*faults, Fault(first.line + front_line - 1, first.column, reason))
    offsets: dict[Pointer, int] = {
        pointer: _offset(lines, line + front_line - 1, column, len(text))
        for pointer, (line, column) in parsed.spots.items()
    }
    passages = list(field_passages(text, parsed.value, offsets))
    if path.endswith(".md"):
        passages += sorted(body_passages(text, body), key=lambda passage: passage.spots[:1])
    value = parsed.value if isinstance(parsed.value, Mapping) else {}
    return TextFile(path, text, tuple(passages), faults, kind, where.unit, value, body, lines)


def _zeros(data: bytes) -> tuple[int, int]:
    return data[0::2].count(0), data[1::2].count(0)


def _is_wide(data: bytes) -> bool:
    """Whether every second byte of many is zero, as in UTF-16; a list of digits is UTF-8, too."""
    return max(_zeros(data)) * _WIDE > len(data)


def _otherwise_decoded(data: bytes) -> str:
    """The text of bytes that are no UTF-8: UTF-16 by its mark or its zeros, GB 18030; else none."""
    even, odd = _zeros(data)
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encoding = "utf-16"
    elif _is_wide(data):
        encoding = "utf-16-le" if odd > even else "utf-16-be"
    else:
        encoding = "gb18030"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    found = text.find("\n")
    while found >= 0:
        starts.append(found + 1)
        found = text.find("\n", found + 1)
    return tuple(starts)


def _offset(lines: tuple[int, ...], line: int, column: int, length: int) -> int:
    return min(lines[min(line, len(lines)) - 1] + column - 1, length)
