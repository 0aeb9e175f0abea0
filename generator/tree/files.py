"""What a tree of files is: its entries, its history, and the questions every source answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

__all__ = ["SYMLINK", "Entry", "Histories", "History", "NotARevisionError", "Replaced", "Tree"]

SYMLINK = "120000"


class NotARevisionError(ValueError):
    """The name given for a commit names none here."""


class Entry(NamedTuple):
    """One file of a tree: its git mode, its size in bytes, and git's name for what it holds.

    For a file that git holds to be unchanged, `blob` is the name in git's index: where attributes
    ask for it, that of the text with its line ends made `\\n`.
    """

    path: str
    mode: str
    size: int
    blob: str = ""


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


class Histories(Protocol):
    """The history of everything below `content/`, part by part."""

    @property
    def complete(self) -> bool:
        """As in `History`."""

    @property
    def unsettled(self) -> frozenset[str]:
        """Parts with files that no commit holds as they are: their history tells the time."""

    def of(self, part: str) -> History:
        """The history of one part's paths."""

    def key(self, part: str) -> str:
        """A digest of what `of(part)` would answer."""

    def replaced(self) -> tuple[Replaced, ...]:
        """What was replaced in all parts, newest first within a part."""


class Tree(Protocol):
    """A set of files at one moment."""

    @property
    def commit(self) -> str:
        """The commit's full name; for a working tree that of HEAD with `+`, or empty."""

    def parts(self) -> Mapping[str, str]:
        """Digests of what is listed in each part of `content/`, by the part's name."""

    def part(self, name: str, only: Iterable[str] | None = None) -> dict[str, Entry]:
        """The files of a part, by path, in path order; none for a part that is not there.

        only: files and folders of the part; then what is at or below them, in their order
        """

    def find(self, path: str) -> tuple[str, str]:
        """Mode and object name of a file; both empty where there is none."""

    def weight(self, part: str) -> int:
        """About how many files a part has."""

    def histories(self) -> Histories:
        """The history of all parts."""

    def entries(self, under: str) -> dict[str, Entry]:
        """The file or the files below the folder `under`, by path, in path order."""

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of `paths`, in the order asked."""

    def history(self, under: str) -> History:
        """The history of the files below `under`."""

    def read_blobs(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Bytes by object name, for what `History.replaced` names."""
