"""What a reader of attachments finds: pieces of text with their place, and faults of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from generator.gates.passage import Kind

__all__ = ["Fault", "Found", "Piece", "TooMuchError", "within"]


class TooMuchError(Exception):
    """A limit of the pack was reached; the text is what a clerk is told."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a file, to be judged by the rules for text."""

    text: str
    place: str = ""  # Chinese words: "第3段", "工作表“汇总”B4"
    kind: Kind = Kind.FIELD
    cell: tuple[int, int, int] | None = None  # table of the file, row, column; each from 1
    title: bool = False  # whether it names a file
    hidden: bool = False  # whether readers of the file do not see it


@dataclass(frozen=True, slots=True)
class Fault:
    """Something amiss with the file itself, by the `name` of its row in files.yml."""

    name: str
    place: str = ""
    text: str = ""  # what was found
    why: str = ""  # what a clerk should know besides, in Chinese


Found: TypeAlias = Iterator[Piece | Fault]


def within(found: Found, place: str, hidden: bool = False) -> Found:
    """What was found in a part of something, with the place of the whole before its own."""
    for one in found:
        there = f"{place}{one.place}"
        if isinstance(one, Piece):
            yield replace(one, place=there, hidden=one.hidden or hidden)
        else:
            yield replace(one, place=there)
