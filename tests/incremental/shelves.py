"""A small group with its sites and its cache, put back to the start as often as it is wanted."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.incremental.builds import build
from tests.incremental.edits import NOW
from tests.incremental.group import write_group

__all__ = ["Shelf"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Always the same places, so that a process compiles the templates that stand there once."""

    top: Path

    @classmethod
    def at(cls, top: Path) -> Shelf:
        """A shelf in the empty folder `top`."""
        shelf = cls(top)
        shelf.root.mkdir()
        write_group(shelf.root)
        build(shelf.root, shelf.out, NOW, shelf.cache)
        for place in (shelf.root, shelf.out, shelf.cache):
            shutil.copytree(place, top / "start" / place.name)
        return shelf

    @property
    def root(self) -> Path:
        return self.top / "group"

    @property
    def out(self) -> Path:
        return self.top / "out"

    @property
    def cache(self) -> Path:
        return self.top / "cache"

    @property
    def other(self) -> Path:
        """Another cache, empty at first."""
        return self.top / "other"

    @property
    def nothing(self) -> Path:
        """Where it is built from nothing."""
        return self.top / "nothing"

    def restore(self) -> None:
        """Puts group, sites and cache back as they were at the start."""
        for place in (self.root, self.out, self.cache, self.other, self.nothing):
            shutil.rmtree(place, ignore_errors=True)
            start = self.top / "start" / place.name
            if start.exists():
                shutil.copytree(start, place)
