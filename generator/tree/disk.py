"""What lies on disk: git's index, and where the files differ from it.

Git knows of most files that they are as in its index; only the others are read and named here.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.tree.listing import Listing, path_at, row
from generator.tree.names import BlobNames
from generator.tree.repository import GitError, Repository

__all__ = ["OnDisk", "look", "walk"]

# Lines are told from one another by the NUL before them; a path holds none.
_LINE = re.compile(rb"\0([0-9]{6} [0-9a-f]+) 0\t")
_ODD = re.compile(rb"\0(?!100644 |100755 |120000 )([^\0]+)")
_INDEXED = re.compile(rb"(?:[^0-9] )?([0-9]+) ([0-9a-f]+)(?: 0)?\t(.*)", re.DOTALL)
_GITLINK = "160000"
_NOTHING = "000000"
_TRIES = 3
_SLOW = 1.0  # seconds after which it is asked why
_SAMPLES = 40

_File = tuple[str, str]  # mode and object name


@dataclass(frozen=True, slots=True)
class OnDisk:
    """The files, the commit they are compared with, and which of them differ from it."""

    head: str
    listing: Listing
    edited: frozenset[str]


@dataclass(slots=True)
class _Told:
    """What git tells of a path: its file in HEAD, its mode on disk if it is tracked."""

    in_head: _File | None
    mode: str = ""
    untracked: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether nothing stands there, though a path through a link may lead to something."""
        return self.mode == _NOTHING and not self.untracked


def look(repository: Repository, names: BlobNames, under: str) -> OnDisk:
    """The files below `under`, of which git leaves out what it is told to ignore."""
    begun = time.perf_counter()
    rows, odd, status = _consistent(repository, [] if under in ("", ".") else ["--", under])
    head, told = _told(status)
    if time.perf_counter() - begun > _SLOW:
        _note_what_was_compared(repository, rows, told)
    for line in odd:
        indexed = _INDEXED.fullmatch(line)
        if indexed is not None:
            path = indexed[3].decode("utf-8", "surrogateescape")
            there = names.of(path) is not None  # what git was told to leave out is not deleted
            as_indexed = (indexed[1].decode(), indexed[2].decode())
            told.setdefault(indexed[3], _Told(as_indexed if there else None, as_indexed[0]))
    changes: dict[bytes, bytes | None] = {}
    edited: set[str] = set()
    for name, known in told.items():
        path = name.decode("utf-8", "surrogateescape")
        found = None if known.is_gone else names.of(path)
        if found is not None and found[0].startswith("100"):
            found = (_trusted(repository, known.mode, found[0]), found[1])
        changes[name] = None if found is None else row(*found, name)
        if found != known.in_head or (known.untracked and found is not None):
            edited.add(path)
    return OnDisk(head, Listing(rows, changes), frozenset(edited))


def _consistent(repository: Repository, pathspec: list[str]) -> tuple[bytes, list[bytes], bytes]:
    """The index and the state of the files, of one and the same index."""
    for _ in range(_TRIES):
        before = _stamp(repository.index)
        with (
            repository.running("ls-files", "-s", "-v", "-z", *pathspec) as listing,
            repository.running(
                "status", "--porcelain=v2", "--branch", "--no-ahead-behind", "-z", "-uall",
                "--no-renames", "--ignore-submodules=all", *pathspec,
            ) as state,
        ):  # fmt: skip
            rows, odd = _rows(listing.read())
            status = state.read()
        if _stamp(repository.index) == before:
            break
    return rows, odd, status


def _note_what_was_compared(repository: Repository, rows: bytes, told: Container[bytes]) -> None:
    """Has git take note of the stamps of files, where it must now read most of them to know them.

    So it is after a folder was copied: each look would cost as much as the first.
    """
    step = max(1, len(rows) // _SAMPLES)
    starts = {rows.rfind(b"\0", 0, at) + 1 for at in range(0, len(rows), step)}
    paths = {path for start in starts if (path := path_at(rows, start)) not in told}
    if not paths:
        return
    unknown = repository.out("diff-files", "--name-only", "-z", "--", *map(os.fsdecode, paths))
    if 2 * unknown.count(b"\0") > len(paths):
        with suppress(GitError):  # its exit tells that some file differs, or another git is at work
            repository.out("update-index", "-q", "--refresh")


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _rows(listing: bytes) -> tuple[bytes, list[bytes]]:
    """`H <mode> <blob> 0\\t<path>\\0` as rows of a listing, and the lines that are not so.

    Those are of conflicts, of submodules, and of files that git was told not to look at.
    """
    files = listing.count(b"\0H 100") + listing.startswith(b"H 100")
    if files and files == listing.count(b"\0") == listing.count(b" 0\t"):  # nearly always
        return listing[2:].replace(b"\0H ", b"\0").replace(b" 0\t", b"\t"), []
    lines = (b"\0" + listing).replace(b"\0H ", b"\0")[:-1]
    rows = _LINE.sub(rb"\0\1\t", lines)
    return rows[1:] + b"\0" if rows else b"", _ODD.findall(lines)


def _told(status: bytes) -> tuple[str, dict[bytes, _Told]]:
    """HEAD, and every path that git says something of."""
    head = ""
    told: dict[bytes, _Told] = {}
    for line in filter(None, status.split(b"\0")):
        match line[:1]:
            case b"#" if line.startswith(b"# branch.oid ") and not line.endswith(b"(initial)"):
                head = line.rpartition(b" ")[2].decode()
            case b"1":
                *words, name = line.split(b" ", 8)
                told[name] = _Told(_in_head(words[3], words[6]), words[5].decode())
            case b"u":
                *words, name = line.split(b" ", 10)
                told[name] = _Told(_in_head(words[4], words[8]), words[6].decode())
            case b"?":
                told.setdefault(line[2:], _Told(None)).untracked = True
    return head, told


def _in_head(mode: bytes, blob: bytes) -> _File | None:
    written = mode.decode()
    return None if written in (_NOTHING, _GITLINK) else (written, blob.decode())


def _trusted(repository: Repository, told: str, found: str) -> str:
    """The mode of a plain file; some file systems call every file executable, and git knows it."""
    if told.startswith("100") or found == "100644":
        return told if told.startswith("100") else found
    try:
        trusted = repository.out("config", "--type=bool", "core.fileMode").strip() != b"false"
    except GitError:
        trusted = True
    return found if trusted else "100644"


def walk(root: Path, names: BlobNames, under: str) -> Listing:
    """The files below `under`, where no git keeps a list of them."""
    found: dict[bytes, bytes | None] = {}
    for path in _files(f"{root}{os.sep}", under):
        state = names.of(path)
        if state is not None:
            name = path.encode("utf-8", "surrogateescape")
            found[name] = row(*state, name)
    return Listing(b"", found)


def _files(root: str, folder: str) -> Iterator[str]:
    try:
        rows = list(os.scandir(root + folder))
    except NotADirectoryError:
        yield folder
    except OSError:
        return
    else:
        for entry in rows:
            path = f"{folder}/{entry.name}" if folder not in ("", ".") else entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _files(root, path)
            else:
                yield path
