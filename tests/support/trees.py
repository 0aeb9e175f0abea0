"""Folders of content for tests: files from a mapping, and the findings that reading them gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.load import Loaded, load
from generator.tree import Entry, History, WorkingTree
from generator.tree.histories import NoHistories
from generator.tree.listing import Listing, row

__all__ = ["TAKEN", "MemoryTree", "loaded", "spoken", "write"]

TAKEN = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes the files, by path below `folder`; text as UTF-8 with the line ends it has."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def loaded(folder: Path, files: Mapping[str, str | bytes]) -> Loaded:
    """What `load` reads from a folder that holds just these files."""
    return load(WorkingTree(write(folder, files), TAKEN))


def spoken(findings: tuple[Diagnostic, ...] | list[Diagnostic]) -> list[str]:
    """Findings as `path:line:column CODE`, sorted."""
    return [
        f"{found.place.path}:{found.place.line}:{found.place.column} {found.code}"
        for found in sorted(findings, key=lambda found: found.order)
    ]


class MemoryTree:
    """A tree of files that stand nowhere on a disk; it has no history."""

    commit = ""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(sorted(files.items()))
        names = {path: sha1(data).hexdigest() for path, data in self._files.items()}
        rows = ((path.encode("utf-8", "surrogateescape"), blob) for path, blob in names.items())
        self._listing = Listing(b"".join(row("100644", blob, path) for path, blob in sorted(rows)))

    def parts(self) -> Mapping[str, str]:
        """Digests of the parts."""
        return self._listing.digests

    def part(self, name: str, only: Iterable[str] | None = None) -> dict[str, Entry]:
        """The files of a part."""
        return self._entries(self._listing.part(name, only))

    def entries(self, under: str) -> dict[str, Entry]:
        """The files below a folder."""
        return self._entries(self._listing.below(under))

    def _entries(self, rows: Iterable[tuple[str, str, str]]) -> dict[str, Entry]:
        found = ((mode, blob, path, len(self._files[path])) for mode, blob, path in rows)
        return {path: Entry(path, mode, size, blob) for mode, blob, path, size in found}

    def find(self, path: str) -> tuple[str, str]:
        """Mode and name of a file."""
        return self._listing.find(path)

    def weight(self, part: str) -> int:
        """About how many files a part has."""
        return self._listing.weight(part)

    def histories(self) -> NoHistories:
        """No history."""
        return NoHistories()

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of files."""
        return ((path, self._files[path]) for path in paths)

    def history(self, under: str) -> History:
        """No history."""
        return History()

    def read_blobs(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Nothing: without a history nothing is asked for."""
        return iter(())
