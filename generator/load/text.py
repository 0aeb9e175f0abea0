"""Bytes → text: UTF-8 only, no sign that a reviewer cannot see, and fields parted from the body."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.load.signs import HIDDEN, named
from generator.load.yaml_reader import Problem

__all__ = ["MAX_BYTES", "Written", "decoded", "hidden_signs", "parted"]

MAX_BYTES = 1024 * 1024
_SHOWN_PER_FILE = 20
_FENCE = "---"
_CLOSING = re.compile(r"\n---[^\S\n]*(?:\n|\Z)")


class Written(NamedTuple):
    """A record's text in its two parts, each with the line of the file on which it begins."""

    text: str  # YAML
    text_line: int = 1
    body: str = ""
    body_line: int = 1


def decoded(data: bytes) -> tuple[str, Problem | None]:
    """The text of a file with its line ends made `\\n`, or the first place that is not UTF-8.

    A byte-order mark at the very beginning, which Windows' Notepad writes, is dropped in silence.
    """
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    try:
        text = str(data, "utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        return "", Problem("SRC-002", line, column, {"encoding": _guess(data)})
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, None


def _guess(data: bytes) -> dict[str, str]:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return {"zh": "无法识别的编码", "en": "an unknown encoding"}
    return {"zh": "GBK 编码（中文 Windows 的旧编码）", "en": "GBK, the old encoding of Windows"}


def hidden_signs(text: str) -> Iterator[Problem]:
    """Signs that are not seen on screen, at most twenty a file."""
    if HIDDEN.search(text) is None:
        return
    for count, match in enumerate(HIDDEN.finditer(text)):
        if count == _SHOWN_PER_FILE:
            return
        offset = match.start()
        line = text.count("\n", 0, offset) + 1
        column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        yield Problem("SRC-004", line, column, named(match[0]))


def parted(text: str) -> Written | Problem:
    """Front matter and body of a Markdown record; what follows the dashes of a fence is blank."""
    end = text.find("\n")
    end = len(text) if end < 0 else end
    if text[:end].rstrip() != _FENCE:
        return Problem("SRC-005", 1, 1)
    closing = _CLOSING.search(text, end)
    if closing is None:
        return Problem("SRC-006", text.count("\n") + 1, 1)
    front = text[end + 1 : closing.start() + 1] or "\n"
    return Written(front, 2, text[closing.end() :], text.count("\n", 0, closing.start()) + 3)
