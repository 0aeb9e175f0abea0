"""A shell: the frame of a page with named holes, cut once and filled often."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["THEME", "Frame", "Shell", "ThemeFile"]

_HOLE = re.compile(r"%%gongkai:([a-z0-9-]+)%%")
THEME = "theme"  # where a file of the group's own theme folder comes from


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

    def closed(self, values: Mapping[str, str], left: frozenset[str]) -> Shell:
        """The shell with every hole filled for good but those in `left`."""
        parts, holes = [self.parts[0]], []
        for hole, part in zip(self.holes, self.parts[1:], strict=True):
            if hole in left:
                holes.append(hole)
                parts.append(part)
            else:
                parts[-1] += values.get(hole, "") + part
        return Shell(tuple(parts), tuple(holes))


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A file that a theme brings: the package it is part of (or `THEME`), and its path there."""

    origin: str
    path: str

    def on_disk(self, theme: Path) -> Path:
        """Where it stands, given the group's own theme folder."""
        if self.origin == THEME:
            return theme / self.path
        package = find_spec(self.origin)
        assert package is not None  # it was found there when the frame was rendered
        assert package.origin is not None
        return Path(package.origin).parent / self.path


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of a site share: a shell for each depth, and the theme's files by path."""

    shells: tuple[Shell, ...]
    files: Mapping[str, ThemeFile]

    def at(self, path: str) -> Shell:
        """The shell for a page, by how deep it lies."""
        return self.shells[path.count("/")]

    def as_json(self) -> dict[str, Any]:
        """The frame as plain data, to be kept for the next build."""
        return {
            "shells": [[*shell.parts, *shell.holes] for shell in self.shells],
            "files": {path: [file.origin, file.path] for path, file in self.files.items()},
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Frame:
        """The frame that `as_json` gave."""
        shells = ((row[: len(row) // 2 + 1], row[len(row) // 2 + 1 :]) for row in data["shells"])
        return cls(
            tuple(Shell(tuple(parts), tuple(holes)) for parts, holes in shells),
            {path: ThemeFile(*where) for path, where in data["files"].items()},
        )
