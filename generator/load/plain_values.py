"""What stands after a key or a dash in plain YAML: a word, a quoted word, a list or a group.

Every function gives the value that libyaml's events give, or refuses what it is not sure of.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from generator.load.scalars import Meaning, is_no_key, meaning

__all__ = ["NotPlainError", "plain_key", "plain_lines", "plain_value"]

_INITIALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/(_.+~")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?)?")
_NEGATIVE = re.compile(r"-[0-9]+(?:\.[0-9]+)?")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}")
_FLOW_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,60}): ")
_FLOW_WORD = re.compile(r"[^,\[\]{}?#\"'&*!|>%@`\\]+")
_NO_WORD = re.compile(r"[\[\]{}?#\"'&*!|>%@`\\]")
_FLOW_DEPTH = 8
_CLOSING = {"[": "]", "{": "}"}


class NotPlainError(Exception):
    """Something that the plain part does not hold, or a fault: both are the careful reader's."""


@lru_cache(maxsize=1024)
def plain_key(key: str) -> str:
    """A key, the same object for all records; none that is a number or a truth value to some."""
    if _KEY.fullmatch(key) is None or is_no_key(key):
        raise NotPlainError
    return key


def plain_value(written: str) -> Any:
    """What the rest of a line means."""
    first = written[0]
    if first > "~":  # beyond ASCII nothing has a meaning of its own
        if ": " in written or " #" in written or written[-1] in " :":
            raise NotPlainError
        return written
    if first in _INITIALS:
        if written[4:5] == "-" and _MOMENT.fullmatch(written):
            return written
        return _word(written)
    if first in {'"', "'"}:
        inner = written[1:-1]
        if len(written) < 2 or written[-1] != first or first in inner or "\\" in inner:
            raise NotPlainError
        return inner
    if first in _CLOSING:
        value, end = _flow(written, 0, 0)
        if end != len(written):
            raise NotPlainError
        return value
    if _NEGATIVE.fullmatch(written) is None:
        raise NotPlainError
    return _word(written)


@lru_cache(maxsize=4096)  # choices, columns, codes of units: a few words make most records
def _word(written: str) -> Meaning:
    if ": " in written or " #" in written or written[-1] in " :":
        raise NotPlainError
    value, fault = meaning(written)
    if fault:
        raise NotPlainError
    return value


def plain_lines(written: str, level: int) -> str:
    """A block of lines as they stand; all deeper than the container, at the first one's depth."""
    head, *lines = written.split("\n")
    while lines and not lines[-1]:
        lines.pop()
    first = lines[0] if lines else ""
    depth = len(first) - len(first.lstrip(" "))
    margin = " " * depth
    if depth <= level or any(
        line and (line[:depth] != margin or not line.strip(" ")) for line in lines
    ):
        raise NotPlainError
    text = "\n".join(line[depth:] for line in lines)
    return text + "\n" if head == "|" else text


def _flow(text: str, at: int, depth: int) -> tuple[Any, int]:
    """What begins at an offset within brackets, and the offset behind it."""
    first = text[at : at + 1]
    if first == '"':
        end = text.find('"', at + 1)
        if end < 0 or "\\" in text[at:end]:
            raise NotPlainError
        return text[at + 1 : end], end + 1
    if first not in _CLOSING:
        word = _FLOW_WORD.match(text, at)
        if word is None:
            raise NotPlainError
        return _item(word[0]), word.end()
    end = text.find(_CLOSING[first], at)
    inner = text[at + 1 : end]
    if end > 0 and _NO_WORD.search(inner) is None:  # words alone: nearly always
        return (_words(inner) if first == "[" else _pairs(inner)), end + 1
    if depth == _FLOW_DEPTH:
        raise NotPlainError
    return _list(text, at + 1, depth) if first == "[" else _group(text, at + 1, depth)


def _words(inner: str) -> list[Any]:
    return [_item(word) for word in inner.split(", ")] if inner else []


def _pairs(inner: str) -> dict[str, Any]:
    group: dict[str, Any] = {}
    for pair in inner.split(", ") if inner else ():
        key, _, value = pair.partition(": ")
        if key in group:
            raise NotPlainError
        group[plain_key(key)] = _item(value)
    return group


def _list(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    while True:
        value, at = _flow(text, at, depth + 1)
        items.append(value)
        if text[at : at + 1] == "]":
            return items, at + 1
        if text[at : at + 2] != ", ":
            raise NotPlainError
        at += 2


def _group(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    group: dict[str, Any] = {}
    while True:
        key = _FLOW_KEY.match(text, at)
        if key is None or key[1] in group:
            raise NotPlainError
        group[plain_key(key[1])], at = _flow(text, key.end(), depth + 1)
        if text[at : at + 1] == "}":
            return group, at + 1
        if text[at : at + 2] != ", ":
            raise NotPlainError
        at += 2


def _item(written: str) -> Any:
    """A word within brackets; only in a day or an hour may it hold a colon."""
    if not written or written[-1] == " " or "," in written:
        raise NotPlainError
    if ":" in written:
        if _MOMENT.fullmatch(written) is None:
            raise NotPlainError
        return written
    first = written[0]
    if first > "~":
        return written
    if first not in _INITIALS:
        raise NotPlainError
    return _word(written)
