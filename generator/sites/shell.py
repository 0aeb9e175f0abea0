"""A shell: the frame of a page with named holes, cut once and filled often."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Shell"]

_HOLE = re.compile(r"%%gongkai:([a-z0-9-]+)%%")


@dataclass(frozen=True, slots=True)
class Shell:
    """Literal parts and the names of the holes between them: part, hole, part, hole, …, part."""

    parts: tuple[str, ...]
    holes: tuple[str, ...]

    @classmethod
    def of(cls, html: str) -> Shell:
        """The shell of a rendered page in which holes are written `%%gongkai:name%%`."""
        pieces = _HOLE.split(html)
        return cls(tuple(pieces[0::2]), tuple(pieces[1::2]))

    def fill(self, values: Mapping[str, str]) -> str:
        """The page with its holes filled; a hole that `values` does not name stays empty.

        >>> Shell.of("<p>%%gongkai:main%%</p>").fill({"main": "好"})
        '<p>好</p>'
        """
        pieces = [self.parts[0]]
        for hole, part in zip(self.holes, self.parts[1:], strict=True):
            pieces.append(values.get(hole, ""))
            pieces.append(part)
        return "".join(pieces)
