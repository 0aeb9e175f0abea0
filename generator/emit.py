"""Values → YAML as an editor would write it: block style, quotes only where they are needed.

The inverse of `load`. A text stands plain only where `read_yaml` gives exactly that text back, so
`007`, `yes` and a text with ` #` in it are quoted, and a day such as 2026-11-20 is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from generator.load import Pointer, read_yaml

__all__ = ["to_markdown", "to_yaml"]

_INDENT = "  "
_COMMENTS: Mapping[Pointer, str] = {}


def to_yaml(value: Mapping[str, object], comments: Mapping[Pointer, str] = _COMMENTS) -> str:
    """The mapping as YAML; a comment follows the line on which its pointer's value begins.

    >>> print(to_yaml({"code": "007", "day": "2026-11-20", "tags": ["甲: 乙", "no"]}), end="")
    code: "007"
    day: 2026-11-20
    tags:
      - "甲: 乙"
      - "no"
    """
    return "".join(line + "\n" for line in _mapping(value, "", (), comments))


def to_markdown(front: Mapping[str, object], body: str) -> str:
    """A Markdown record: the fields between two fences, an empty line, the body."""
    return f"---\n{to_yaml(front)}---\n\n{body.strip()}\n"


def _mapping(
    value: Mapping[str, object], indent: str, at: Pointer, comments: Mapping[Pointer, str]
) -> Iterator[str]:
    for key, inner in value.items():
        here = (*at, key)
        yield from _entry(f"{indent}{_key(key)}:", inner, indent, here, comments)


def _entry(
    head: str, value: object, indent: str, at: Pointer, comments: Mapping[Pointer, str]
) -> Iterator[str]:
    """One `key: value`, or one `-` of a list: `head` is what stands before the value."""
    note = f"  # {comments[at]}" if at in comments else ""
    if isinstance(value, Mapping) and value:
        yield head + note
        yield from _mapping(value, indent + _INDENT, at, comments)
    elif isinstance(value, list) and value:
        yield head + note
        for index, item in enumerate(value):
            yield from _item(item, indent + _INDENT, (*at, index), comments)
    else:
        first, *more = _scalar(value).split("\n")  # more than one line: a block of them
        yield f"{head} {first}{note}"
        yield from (indent + _INDENT + line if line else "" for line in more)


def _item(
    value: object, indent: str, at: Pointer, comments: Mapping[Pointer, str]
) -> Iterator[str]:
    """An item: a mapping's first key stands on the line of the dash."""
    if isinstance(value, Mapping) and value:
        lines = _mapping(value, indent + _INDENT, at, comments)
        yield f"{indent}- {next(lines).removeprefix(indent + _INDENT)}"
        yield from lines
    elif isinstance(value, list) and value:
        yield f"{indent}-"
        for index, inner in enumerate(value):
            yield from _item(inner, indent + _INDENT, (*at, index), comments)
    else:
        yield from _entry(f"{indent}-", value, indent, at, comments)


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    plain = _reads_as(f"{text}: 1\n", {text: 1})
    return text if plain else json.dumps(text, ensure_ascii=False)


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return "null"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, (bool, int)):
        return json.dumps(value)
    if isinstance(value, (Mapping, list)):  # empty: the others are written in block style
        return "{}" if isinstance(value, Mapping) else "[]"
    raise TypeError(f"no YAML for {type(value).__name__}")


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    """A text plain, as a block of lines, or in double quotes: the first that reads back as it."""
    for form in (text, "|\n" + text, "|-\n" + text):
        if ("\n" in form) != ("\n" in text):
            continue
        if _reads_as("- " + form.replace("\n", "\n  "), [text]) and _reads_as(
            "a: " + form.replace("\n", "\n  ") + "\n", {"a": text}
        ):
            return form.removesuffix("\n")
    return json.dumps(text, ensure_ascii=False)


def _reads_as(source: str, value: object) -> bool:
    parsed = read_yaml(source)
    return not parsed.problems and parsed.value == value
