"""The plain part of YAML, read by lines: the value that `read_yaml` gives, or None for "not sure".

libyaml's events, taken one by one by Python, are most of what reading a record costs; nearly all
records are keys, words, quoted words and short lists, which one regular expression reads
four times as fast. Whatever is not certainly of that part (anchors, tags, escapes, comments, words
that two readers take differently, words over several lines) is left to the careful reader, which
alone says what is wrong. `tests/load/test_plain.py` holds both to the same values.
"""

from __future__ import annotations

import re
from typing import Any

from generator.load.plain_values import NotPlainError, plain_key, plain_lines, plain_value

__all__ = ["read_plain"]

# Every line is one match: indentation, dash, key, and the rest, which is a block of lines where it
# begins with a bar. A key has at most 61 signs: YAML ends one at 1024.
_LINES = re.compile(
    r"( *)(- )?(?:([A-Za-z][A-Za-z0-9_-]{0,60}):(?: |(?=\n)))?"
    r"(\|-?(?:\n\1 [^\n]*|\n(?=\n))*(?=\n)|[^\n]*)\n"
)
_MAX_DEPTH = 12  # of block containers; with what brackets may hold, far from the limit


def read_plain(text: str) -> dict[str, Any] | None:
    """The mapping that a YAML text holds if it is plain and without any fault; otherwise None.

    >>> read_plain("title: 通知\\nyear: 2026\\nkeywords: [民宿, 全市]\\n")
    {'title': '通知', 'year': 2026, 'keywords': ['民宿', '全市']}
    >>> read_plain("public: yes\\n") is None
    True
    """
    if not text.replace("\n", "").isprintable():
        return None
    if text[-1:] != "\n":
        if "|" in text:  # a block of lines that ends with the file keeps no line end
            return None
        text += "\n"
    try:
        return _mapping(text)
    except NotPlainError:
        return None


def _mapping(text: str) -> dict[str, Any] | None:
    root: dict[str, Any] = {}
    holder: Any = root
    level, listed = 0, False  # of the holder: its indentation, and whether it is a list
    above: list[tuple[int, Any]] = []
    awaited = ""  # the key whose block begins on the next line
    for indent, dash, key, rest in _LINES.findall(text):
        if not key and not rest:
            if indent or dash:
                raise NotPlainError
            continue
        width = len(indent)
        if awaited:
            if width < level or (width == level and not dash) or len(above) >= _MAX_DEPTH:
                raise NotPlainError
            above.append((level, holder))
            inner: Any = [] if dash else {}
            holder[awaited] = inner
            holder, level, listed, awaited = inner, width, dash != "", ""
        elif width != level or listed is not (dash != ""):
            level, holder = _outer(above, level, holder, width, dash)
            listed = dash != ""
        if dash:
            if not key:
                barred = rest[0] == "|"
                holder.append(plain_lines(rest, level) if barred else plain_value(rest))
                continue
            above.append((level, holder))
            inner = {}
            holder.append(inner)
            holder, level, listed = inner, width + 2, False
        if not key or key in holder:
            raise NotPlainError
        if rest:
            barred = rest[0] == "|"
            holder[plain_key(key)] = plain_lines(rest, level) if barred else plain_value(rest)
        else:
            awaited = plain_key(key)
    return None if awaited or not root else root


def _outer(
    above: list[tuple[int, Any]], level: int, holder: Any, width: int, dash: str
) -> tuple[int, Any]:
    """The container that a line of some width goes on with; those within it are complete."""
    while width < level:
        level, holder = above.pop()
    if type(holder) is list and not dash:  # a list may stand as deep as its key
        level, holder = above.pop()
    if width != level or (type(holder) is list) is not (dash != ""):
        raise NotPlainError
    return level, holder
