"""The files on disk, whether committed or not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import git

from generator.tree.files import SYMLINK, Entry, History
from generator.tree.repository import Repository

__all__ = ["WorkingTree"]

_EXECUTABLE = "100755"
_PLAIN = "100644"


class WorkingTree:
    """The files on disk, as they are at `taken_at`, whether committed or not."""

    def __init__(self, root: Path, taken_at: datetime) -> None:
        self._root = root
        self._taken_at = taken_at
        self._git: Repository | None
        try:
            self._git = Repository(root)
        except (git.InvalidGitRepositoryError, git.NoSuchPathError):
            self._git = None
        self._head = self._git.repo.head if self._git else None

    @property
    def commit(self) -> str:
        if self._head is None or not self._head.is_valid():
            return ""
        return self._head.commit.hexsha + "+"

    def entries(self, under: str) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for path in sorted(self._names(under)):
            try:
                status = os.lstat(self._root / path)
            except FileNotFoundError:
                continue  # deleted on disk, still in the index
            if stat.S_ISLNK(status.st_mode):
                mode = SYMLINK
            elif not stat.S_ISREG(status.st_mode):
                continue
            else:
                mode = _EXECUTABLE if status.st_mode & stat.S_IXUSR else _PLAIN
            found[path] = Entry(path, mode, status.st_size)
        return found

    def _names(self, under: str) -> Iterator[str]:
        if self._git is not None:
            listing = self._git.out("ls-files", "-co", "--exclude-standard", "-z", "--", under)
            for name in {name for name in listing.split(b"\0") if name}:
                yield name.decode("utf-8", "surrogateescape")
            return
        top = self._root / under
        for folder, _, files in os.walk(top):
            for file in files:
                yield (Path(folder) / file).relative_to(self._root).as_posix()

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((path, (self._root / path).read_bytes()) for path in paths)

    def history(self, under: str) -> History:
        if self._git is None or self._head is None or not self._head.is_valid():
            return History()
        edited = dict.fromkeys(self._edited(self._git, under), self._taken_at)
        return self._git.history("HEAD", under, edited)

    @staticmethod
    def _edited(repository: Repository, under: str) -> Iterator[str]:
        untracked = repository.out("ls-files", "-o", "--exclude-standard", "-z", "--", under)
        against_head = repository.out(
            "diff", "--name-only", "--no-renames", "-z", "HEAD", "--", under
        )
        for name in (untracked + against_head).split(b"\0"):
            if name:
                yield name.decode("utf-8", "surrogateescape")

    def read_blobs(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        if self._git is None:
            return iter(())
        names = list(blobs)
        return zip(names, self._git.blobs(names), strict=True)
