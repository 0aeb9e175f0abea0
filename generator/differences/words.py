"""Two texts word by word: Chinese by signs, Latin and numbers by words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

__all__ = ["Piece", "pieces"]

_TOKEN = re.compile(r"[A-Za-z]+|[0-9]+(?:[.,][0-9]+)*|\s+|.", re.DOTALL)
_MOST = 4_000  # tokens of a paragraph that are compared; longer ones are told whole
_ISLAND = 1  # an equal run this short between two changes is read as changed, too


class Piece(NamedTuple):
    """A run of text: `same`, `gone` or `new`."""

    kind: str
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """The runs that lead from one text to the other.

    >>> pieces("3月1日起", "3月4日起")
    [Piece(kind='same', text='3月'), Piece(kind='gone', text='1'), Piece(kind='new', text='4'), \
Piece(kind='same', text='日起')]
    """
    if old == new:
        return [Piece("same", old)] if old else []
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) > _MOST or len(after) > _MOST:
        return [piece for piece in (Piece("gone", old), Piece("new", new)) if piece.text]
    return list(_runs(before, after))


def _runs(before: list[str], after: list[str]) -> Iterator[Piece]:
    gone: list[str] = []
    new: list[str] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    codes = matcher.get_opcodes()
    for at, (tag, start, end, first, last) in enumerate(codes):
        if tag != "equal":
            gone += before[start:end]
            new += after[first:last]
            continue
        inside = 0 < at < len(codes) - 1
        if inside and end - start <= _ISLAND and gone and new and _is_word(before[start]):
            gone += before[start:end]
            new += after[first:last]
            continue
        yield from _both(gone, new)
        gone, new = [], []
        yield Piece("same", "".join(before[start:end]))
    yield from _both(gone, new)


def _is_word(token: str) -> bool:
    """Whether a token between two changes belongs to them: a sign of the language, no mark."""
    return token.isalpha()


def _both(gone: list[str], new: list[str]) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", "".join(gone))
    if new:
        yield Piece("new", "".join(new))
