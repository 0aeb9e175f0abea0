"""All passages of a file as one text without tricks, so that a pattern goes over it once.

Between two passages stands a sign that no text holds, in a line of its own; a hit that reaches
over it is none. Lines of one page of a PDF file are not parted: a number goes on in the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from generator.gates.passage import Kind, Passage
from generator.gates.secrecy.fold import folded

__all__ = ["BORDER", "Whole"]

BORDER = "\uffff"
_BETWEEN = f"\n{BORDER}\n"
_UNSPOKEN = re.compile(f"[\ud800-\udfff{BORDER}]")  # halves of signs, which escapes can write


@dataclass(frozen=True, slots=True)
class Whole:
    """The text, and where in it each passage begins."""

    text: str
    passages: tuple[Passage, ...]
    starts: list[int]
    texts: list[str]  # each passage's own, without tricks
    places: list[list[int] | None]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Whole:
        """The passages joined, in their order."""
        parts: list[str] = []
        starts: list[int] = []
        texts: list[str] = []
        places: list[list[int] | None] = []
        at = 0
        before: Passage | None = None
        for passage in passages:
            text, spots = folded(_UNSPOKEN.sub(" ", passage.text))
            if before is not None:
                between = "\n" if _goes_on(before, passage) else _BETWEEN
                parts.append(between)
                at += len(between)
            starts.append(at)
            parts.append(text)
            texts.append(text)
            places.append(spots)
            at += len(text)
            before = passage
        return cls("".join(parts), tuple(passages), starts, texts, places)

    def number(self, index: int) -> int:
        """Which passage a sign of the whole text is of."""
        return max(0, bisect_right(self.starts, index) - 1)

    def offset(self, index: int) -> int:
        """Where in the text of its passage, as it is written, a sign of the whole text stands."""
        number = self.number(index)
        inside, spots = index - self.starts[number], self.places[number]
        if spots is None:
            return inside
        return spots[min(inside, len(spots) - 1)] if spots else 0

    def bounds(self, number: int) -> tuple[int, int]:
        """Where a passage begins and ends in the whole text."""
        start = self.starts[number]
        return start, start + len(self.texts[number])


def _goes_on(before: Passage, passage: Passage) -> bool:
    return before.kind is passage.kind is Kind.PAGE and before.where == passage.where
