"""The files on disk, whether committed or not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from sys import intern

from generator.tree.disk import OnDisk, look, walk
from generator.tree.files import Entry, Histories, History
from generator.tree.histories import GitHistories, NoHistories
from generator.tree.log import history
from generator.tree.names import BlobNames, read_file
from generator.tree.parts import TOP, part_of
from generator.tree.repository import Repository

__all__ = ["WorkingTree"]


class WorkingTree:
    """The files on disk, as they are at `taken_at`, whether committed or not.

    Once `parts` was asked, all answers are of the listing it took; sizes and bytes are read when
    they are asked for. `memo` is a folder that remembers the history, and the object names of what
    git does not keep.
    """

    def __init__(self, root: Path, taken_at: datetime, memo: Path | None = None) -> None:
        self._root = root
        self._taken_at = taken_at
        self._memo = memo
        self._git = Repository.at(root)
        self._taken: OnDisk | None = None

    @cached_property
    def commit(self) -> str:
        head = self._taken.head if self._taken else self._git.head() if self._git else ""
        return head and head + "+"

    def parts(self) -> Mapping[str, str]:
        if self._taken is None:
            names = self._names()
            self._taken = self._look(names, TOP)
            names.keep()
        return self._taken.listing.digests

    def part(self, name: str, only: Iterable[str] | None = None) -> dict[str, Entry]:
        self.parts()
        assert self._taken is not None
        return self._entries(self._taken.listing.part(name, only))

    def entries(self, under: str) -> dict[str, Entry]:
        return self._entries(self._at(under).listing.below(under))

    def _at(self, under: str) -> OnDisk:
        if self._taken is not None and f"{under}/".startswith(f"{TOP}/"):
            return self._taken
        return self._look(self._names(), under)

    def _look(self, names: BlobNames, under: str) -> OnDisk:
        if self._git is None:
            return OnDisk("", walk(self._root, names, under), frozenset())
        return look(self._git, names, under)

    def _names(self) -> BlobNames:
        algorithm = self._git.algorithm if self._git else "sha1"
        names = self._memo / "here" / "names" if self._memo is not None else None
        return BlobNames(self._root, algorithm, names)

    def _entries(self, rows: Iterable[tuple[str, str, str]]) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        root = f"{self._root}{os.sep}"
        for mode, blob, path in rows:
            try:
                size = os.lstat(root + path).st_size
            except (FileNotFoundError, NotADirectoryError):
                continue  # deleted since
            found[path] = Entry(path, intern(mode), size, blob)
        return found

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        root = f"{self._root}{os.sep}"
        return ((path, read_file(root + path)) for path in paths)

    def history(self, under: str) -> History:
        if self._git is None or not self.commit:
            return History()
        edited = sorted(p for p in self._at(under).edited if f"{p}/".startswith(f"{under}/"))
        return history(self._git, self.commit[:-1], under, edited, self._taken_at)

    def histories(self) -> Histories:
        self.parts()
        assert self._taken is not None
        if self._git is None or not self._taken.head:
            return NoHistories()
        memo = self._memo / "history" / "disk" if self._memo is not None else None
        edited: dict[str, list[str]] = {}
        for path in sorted(self._taken.edited):
            edited.setdefault(self._taken.listing.name(part_of(path)), []).append(path)
        return GitHistories(self._git, self._taken.head, memo, edited, self._taken_at)

    def find(self, path: str) -> tuple[str, str]:
        self.parts()
        assert self._taken is not None
        return self._taken.listing.find(path)

    def weight(self, part: str) -> int:
        self.parts()
        assert self._taken is not None
        return self._taken.listing.weight(part)

    def read_blobs(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        if self._git is None:
            return iter(())
        names = list(blobs)
        return zip(names, self._git.blobs(names), strict=True)
