"""The files of one commit, read from the object store alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.tree.files import Entry, History
from generator.tree.repository import repository_at

__all__ = ["CommitTree"]


class CommitTree:
    """The files of one commit, read from the object store alone."""

    def __init__(self, root: Path, revision: str) -> None:
        self._git, self.commit = repository_at(root, revision)
        self._blobs: dict[str, str] = {}

    def entries(self, under: str) -> dict[str, Entry]:
        listing = self._git.out(
            "ls-tree", "-r", "-l", "-z", "--full-tree", self.commit, "--", under
        )
        found: dict[str, Entry] = {}
        for row in listing.split(b"\0"):
            if not row:
                continue
            head, _, name = row.partition(b"\t")
            mode, kind, blob, size = head.decode().split()
            path = name.decode("utf-8", "surrogateescape")
            if kind == "blob":
                self._blobs[path] = blob
                found[path] = Entry(path, mode, int(size))
        return dict(sorted(found.items()))

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        wanted = list(paths)
        names = [self._blobs[path] for path in wanted]
        return zip(wanted, self._git.blobs(names), strict=True)

    def history(self, under: str) -> History:
        return self._git.history(self.commit, under, {})

    def read_blobs(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        names = list(blobs)
        return zip(names, self._git.blobs(names), strict=True)
