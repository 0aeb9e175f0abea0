"""Files and their history, from a commit or from the working tree: the only user of git.

Both sources answer the same three questions (which files, which bytes, since when), so nothing
above can tell whether it reads a commit or the files as they lie on an editor's disk. Replace
refs are off: the bytes are the ones the object names say.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import git

__all__ = [
    "Change",
    "CommitTree",
    "Entry",
    "History",
    "NotARevisionError",
    "Replaced",
    "Tree",
    "WorkingTree",
    "change_since",
    "open_tree",
]

SYMLINK = "120000"
_EXECUTABLE = "100755"
_PLAIN = "100644"


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


class _Git:
    """The repository behind a source: porcelain-free calls through GitPython."""

    def __init__(self, root: Path) -> None:
        self.repo = git.Repo(root, search_parent_directories=False)
        self.repo.git.update_environment(GIT_NO_REPLACE_OBJECTS="1", LC_ALL="C")

    def out(self, *arguments: str) -> bytes:
        """Standard output of one git command, as bytes."""
        result: bytes = self.repo.git.execute(
            ["git", "-c", "core.quotepath=off", *arguments], stdout_as_string=False
        )
        return result

    def blobs(self, names: Iterable[str]) -> Iterator[bytes]:
        """The bytes of objects, read through one `git cat-file --batch`."""
        process = self.repo.git.cat_file("--batch", istream=-1, as_process=True)
        try:
            for name in names:
                process.stdin.write(name.encode() + b"\n")
                process.stdin.flush()
                head = process.stdout.readline().split()
                size = int(head[2])
                yield process.stdout.read(size)
                process.stdout.read(1)
        finally:
            process.stdin.close()
            process.wait()

    def history(self, rev: str, under: str, brought_later: Mapping[str, datetime]) -> History:
        """One pass over the main line up to `rev`, newest first."""
        brought: dict[str, datetime] = {}
        changed: dict[str, datetime] = {}
        replaced: dict[Replaced, None] = {}
        fields = self.out(
            "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--raw",
            "--no-abbrev", "-z", "--format=%x01%ct", rev, "--", under,
        ).split(b"\0")  # fmt: skip
        at = datetime.fromtimestamp(0, UTC)
        words = iter(fields)
        for word in words:
            head = word.lstrip(b"\n")
            if head.startswith(b"\x01"):
                at = datetime.fromtimestamp(int(head[1:].split(b"\n")[0]), UTC)
                _, _, head = head.partition(b"\n")
                head = head.lstrip(b"\n")
            if not head.startswith(b":"):
                continue
            _, _, old, _, status = head.decode().split(" ")
            path = next(words).decode("utf-8", "surrogateescape")
            if status != "A":
                replaced[Replaced(path, old)] = None
            if status != "D":
                brought[path] = at
                changed.setdefault(path, at)
        for path, moment in brought_later.items():
            brought.setdefault(path, moment)
            changed[path] = moment
        shallow = self.out("rev-parse", "--is-shallow-repository").strip() == b"true"
        return History(brought, changed, tuple(replaced), complete=not shallow)


def _at(root: Path, revision: str) -> tuple[_Git, str]:
    """The repository at `root` and the full name of a commit in it. Errors: NotARevisionError."""
    try:
        repository = _Git(root)
        wanted = f"{revision}^{{commit}}" if revision else ""  # `^{commit}` alone would be HEAD
        name = repository.out("rev-parse", "--verify", "--end-of-options", wanted)
    except (git.GitCommandError, git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
        raise NotARevisionError(revision) from error
    return repository, name.decode().strip()


class CommitTree:
    """The files of one commit, read from the object store alone."""

    def __init__(self, root: Path, revision: str) -> None:
        self._git, self.commit = _at(root, revision)
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


class WorkingTree:
    """The files on disk, as they are at `taken_at`, whether committed or not."""

    def __init__(self, root: Path, taken_at: datetime) -> None:
        self._root = root
        self._taken_at = taken_at
        self._git: _Git | None
        try:
            self._git = _Git(root)
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
    def _edited(repository: _Git, under: str) -> Iterator[str]:
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


def open_tree(root: Path, revision: str | None, now: datetime) -> Tree:
    """The files of `revision`, or where it is None those on disk, taken at `now`."""
    return CommitTree(root, revision) if revision else WorkingTree(root, now)


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between the fork point `base` and a later state; both names of a rename."""

    base: str
    paths: frozenset[str]


def change_since(root: Path, since: str, until: str | None, under: str) -> Change:
    """The change below `under` from the fork point of `since` and `until` up to `until`.

    `until` None means the files on disk, untracked ones included.
    Errors: NotARevisionError where `since` or `until` names no commit, or they share none.
    """
    repository, start = _at(root, since)
    _, end = _at(root, "HEAD" if until is None else until)
    try:
        base = repository.out("merge-base", start, end).decode().strip()
    except git.GitCommandError as error:
        raise NotARevisionError(since) from error
    ends = [base] if until is None else [base, end]
    listing = repository.out("diff", "--name-only", "--no-renames", "-z", *ends, "--", under)
    if until is None:
        listing += repository.out("ls-files", "-o", "--exclude-standard", "-z", "--", under)
    names = (name.decode("utf-8", "surrogateescape") for name in listing.split(b"\0") if name)
    return Change(base, frozenset(names))
