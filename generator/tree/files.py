"""What a tree of files is: its entries, its history, and the questions every source answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

__all__ = ["SYMLINK", "Entry", "History", "NotARevisionError", "Replaced", "Tree"]

SYMLINK = "120000"


class NotARevisionError(ValueError):
    """The name given for a commit names none here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree: its git mode, its size in bytes."""

    path: str
    mode: str
    size: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """Bytes that a path once held and no longer holds."""

    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class History:
    """When paths came and last changed on the main line, in UTC; empty where git knows nothing.

    A path that no commit holds yet counts as brought at the time the working tree was taken.
    `complete` is false for a shallow clone or a folder without git: dates can then not be held
    against the history, and a check that would must say so instead of passing.
    """

    brought: Mapping[str, datetime] = field(default_factory=dict)
    changed: Mapping[str, datetime] = field(default_factory=dict)
    replaced: tuple[Replaced, ...] = ()
    complete: bool = False


class Tree(Protocol):
    """A set of files at one moment."""

    @property
    def commit(self) -> str:
        """The commit's full name; for a working tree that of HEAD with `+`, or empty."""

    def entries(self, under: str) -> dict[str, Entry]:
        """Files below the folder `under`, by path, in path order."""

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of `paths`, in the order asked."""

    def history(self, under: str) -> History:
        """The history of the files below `under`."""

    def read_blobs(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Bytes by object name, for what `History.replaced` names."""
