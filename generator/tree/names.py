"""Git's names for the bytes of files on disk, remembered as long as a file's stamps stand still.

A name is remembered for a file whose stamps were at least two seconds old when its reading began,
by the file system's own time: whatever was written to it later has moved them. (A younger file can
be written again within the same tick.) The change time counts too, and no program can set it back.
"""

from __future__ import annotations

import os
import stat
from hashlib import new
from pathlib import Path

from generator.tree.files import SYMLINK
from generator.tree.memo import recall, remember, stamp

__all__ = ["BlobNames", "read_file"]

_FORM = "gongkai-blobs-1"
_EXECUTABLE = "100755"
_PLAIN = "100644"
_SETTLED = 2_000_000_000

# Time of change of the bytes and of the inode, size, inode, and the name.
_Known = tuple[int, int, int, int, str]


class BlobNames:
    """The modes and object names of files below `root`."""

    def __init__(self, root: Path, algorithm: str, memo: Path | None) -> None:
        self._root = f"{root}{os.sep}"
        self._algorithm = algorithm
        self._memo = memo
        self._former: dict[str, _Known] | None = None
        self._found: dict[str, _Known] = {}
        self._old_enough = 0

    def of(self, path: str) -> tuple[str, str] | None:
        """Mode and object name of a file or a link; None where neither stands."""
        full = self._root + path
        try:
            status = os.lstat(full)
            if stat.S_ISLNK(status.st_mode):
                return SYMLINK, self._named(os.fsencode(Path(full).readlink()))
            if not stat.S_ISREG(status.st_mode):
                return None
            mode = _EXECUTABLE if status.st_mode & stat.S_IXUSR else _PLAIN
            return mode, self._of_file(path, full, status)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _of_file(self, path: str, full: str, status: os.stat_result) -> str:
        if self._memo is None:
            return self._named(read_file(full))
        known = self._recalled(self._memo).get(path)
        if known is None or known[:4] != _stamps(status):
            known = (*_stamps(status), self._named(read_file(full)))
            if _stamps(os.lstat(full)) != known[:4]:  # written to while it was read
                return known[4]
        if max(known[0], known[1]) < self._old_enough:
            self._found[path] = known
        return known[4]

    def _recalled(self, memo: Path) -> dict[str, _Known]:
        if self._former is None:
            self._old_enough = stamp(memo.parent) - _SETTLED
            found = recall(memo, f"{_FORM}-{self._algorithm}")
            rows = found.items() if isinstance(found, dict) else ()
            self._former = {path: tuple(row) for path, row in rows}
        return self._former

    def _named(self, data: bytes) -> str:
        digest = new(self._algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
        digest.update(data)
        return digest.hexdigest()

    def keep(self) -> None:
        """Remembers the names of the files asked for, and of no others."""
        if self._memo is not None and self._former not in (None, self._found):
            remember(self._memo, f"{_FORM}-{self._algorithm}", self._found)


def _stamps(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def read_file(path: str) -> bytes:
    """The bytes of a file: for a small one, three calls of the system."""
    handle = os.open(path, _READ)
    try:
        data = os.read(handle, _SMALL)
        if len(data) < _SMALL:  # a file gives less than was asked for only where it ends
            return data
        pieces = [data]
        while data := os.read(handle, 1 << 20):
            pieces.append(data)
        return b"".join(pieces)
    finally:
        os.close(handle)


_READ = os.O_RDONLY | os.O_CLOEXEC
_SMALL = 1 << 15
