"""The files of one commit, read from the object store alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from sys import intern

from generator.tree.files import Entry, Histories, History
from generator.tree.histories import GitHistories
from generator.tree.listing import Listing
from generator.tree.log import history
from generator.tree.parts import TOP
from generator.tree.repository import commit_at

__all__ = ["CommitTree"]

_BLOB = re.compile(rb"([0-9]{6}) blob ([0-9a-f]+\t[^\0]*\0)")
_ROW = re.compile(rb"([0-9]{6}) ([a-z]+) ([0-9a-f]+) +([0-9]+|-)\t([^\0]*)\0")


class CommitTree:
    """The files of one commit, read from the object store alone."""

    def __init__(self, root: Path, revision: str, memo: Path | None = None) -> None:
        self._git, self.commit = commit_at(root, revision)
        self._memo = memo
        self._blobs: dict[str, str] = {}

    @cached_property
    def _listing(self) -> Listing:
        rows = self._git.out("ls-tree", "-r", "-z", "--full-tree", self.commit, "--", TOP)
        if rows.count(b" blob ") == rows.count(b"\0") and b" commit " not in rows:
            return Listing(rows.replace(b" blob ", b" "))
        return Listing(b"".join(mode + b" " + rest for mode, rest in _BLOB.findall(rows)))

    def parts(self) -> Mapping[str, str]:
        return self._listing.digests

    def part(self, name: str, only: Iterable[str] | None = None) -> dict[str, Entry]:
        rows = list(self._listing.part(name, only))
        sizes = self._git.sizes([blob for _, blob, _ in rows])
        return {
            path: Entry(path, intern(mode), size, blob)
            for (mode, blob, path), size in zip(rows, sizes, strict=True)
        }

    def entries(self, under: str) -> dict[str, Entry]:
        pathspec = [] if under in ("", ".") else ["--", under]
        listing = self._git.out("ls-tree", "-r", "-l", "-z", "--full-tree", self.commit, *pathspec)
        found: dict[str, Entry] = {}
        for mode, kind, blob, size, name in _ROW.findall(listing):
            if kind == b"blob":
                path = name.decode("utf-8", "surrogateescape")
                self._blobs[path] = blob.decode()
                found[path] = Entry(path, intern(mode.decode()), int(size), self._blobs[path])
        return dict(sorted(found.items()))

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        wanted = list(paths)
        names = [self._blobs.get(path) or self._listing.find(path)[1] for path in wanted]
        if "" in names:
            raise KeyError(wanted[names.index("")])
        return zip(wanted, self._git.blobs(names), strict=True)

    def history(self, under: str) -> History:
        return history(self._git, self.commit, under)

    def histories(self) -> Histories:
        memo = self._memo / "history" / "commit" if self._memo is not None else None
        return GitHistories(self._git, self.commit, memo=memo)

    def find(self, path: str) -> tuple[str, str]:
        return self._listing.find(path)

    def weight(self, part: str) -> int:
        return self._listing.weight(part)

    def read_blobs(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        names = list(blobs)
        return zip(names, self._git.blobs(names), strict=True)
