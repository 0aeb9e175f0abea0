"""A listing: mode, object name and path of every file, kept as git writes it, part by part.

A hundred thousand files are some megabytes of bytes, sorted by path, so that a part is a slice of
them; they become objects only for the folder that is asked for.
A row is `<mode> <blob>\\t<path>\\0`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from itertools import chain

from generator.tree.parts import GROUP, TOP, UNITS, folded, folder_of, part_of

__all__ = ["Listing", "path_at", "row"]

_UNITS = UNITS.encode()
_ROW = 100  # bytes, about


def row(mode: str, blob: str, path: bytes) -> bytes:
    """A file as a listing tells of it."""
    return f"{mode} {blob}\t".encode() + path + b"\0"


class Listing:
    """The rows of each part, in path order."""

    def __init__(self, rows: bytes, changes: Mapping[bytes, bytes | None] | None = None) -> None:
        """`rows` in path order, then `changes`: by path the row that counts, None for no file."""
        folders = _folders(rows)
        for folder, changed in _by_folder(changes or {}).items():
            folders[folder] = _changed(folders.get(folder, b""), changed)
        self._names: dict[str, str] = {}
        gathered: dict[str, list[bytes]] = {}
        for folder in sorted(folders, key=lambda folder: folder and folder + b"/"):
            if folders[folder] or not folder:
                written = folder.decode("utf-8", "surrogateescape")
                name = self._names.setdefault(folded(written), written)
                gathered.setdefault(name, []).append(folders[folder])
        self._rows = {name: b"".join(slices) for name, slices in gathered.items()}

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """A digest of the rows of each part; equal exactly where the rows are."""
        return {
            name: blake2b(rows, digest_size=20).hexdigest() for name, rows in self._rows.items()
        }

    def part(self, name: str, only: Iterable[str] | None = None) -> Iterator[tuple[str, str, str]]:
        """Mode, object name and path of the files of a part, in path order.

        only: files and folders of the part; then what is at or below them, in their order
        """
        if only is None:
            return _parsed(self._rows.get(self.name(name), b""))
        return chain.from_iterable(self.below(path) for path in only)

    def below(self, under: str) -> Iterable[tuple[str, str, str]]:
        """The same for the path `under` and all that stands below it."""
        if under.startswith(UNITS) and "/" in under[len(UNITS) :]:  # within one part
            own = self._rows.get(self.name(part_of(under)), b"")
            folder = under.encode("utf-8", "surrogateescape")
            return [*self._row(own, under), *_parsed(_slice(own, folder))]
        if under in ("", ".", TOP, UNITS.rstrip("/")):
            names = list(self._rows)
        else:
            names = [self.name(part_of(path)) for path in {under, under + "/"}]
        rows = chain.from_iterable(_parsed(self._rows.get(name, b"")) for name in set(names))
        inside = "" if under in ("", ".") else under + "/"
        found = (row for row in rows if row[2].startswith(inside) or row[2] == under)
        return sorted(found, key=_by_path)

    def find(self, path: str) -> tuple[str, str]:
        """Mode and object name of a file; both empty where there is none."""
        rows = self._rows.get(self.name(part_of(path)), b"")
        return next(((mode, blob) for mode, blob, _ in self._row(rows, path)), ("", ""))

    def _row(self, rows: bytes, path: str) -> Iterator[tuple[str, str, str]]:
        """The row of a file, if there is one."""
        at = rows.find(b"\t" + path.encode("utf-8", "surrogateescape") + b"\0")
        if at >= 0:
            mode, _, blob = rows[rows.rfind(b"\0", 0, at) + 1 : at].decode().partition(" ")
            yield mode, blob, path

    def weight(self, part: str) -> int:
        """About how many files a part has."""
        return len(self._rows.get(self.name(part), b"")) // _ROW

    def name(self, folder: str) -> str:
        """The name of the part that a unit folder belongs to, whichever way it is written."""
        return self._names.get(folded(folder), folder)


def _by_path(row: tuple[str, str, str]) -> str:
    return row[2]


def _parsed(rows: bytes) -> Iterator[tuple[str, str, str]]:
    """The rows as text; Python's order of paths that are no UTF-8 is not git's."""
    try:
        text, odd = rows.decode(), False
    except UnicodeDecodeError:
        text, odd = rows.decode("utf-8", "surrogateescape"), True
    lines = text.split("\0")
    lines.pop()
    tab = text.find("\t")
    found = ((line[:6], line[7:tab], line[tab + 1 :]) for line in lines)
    return iter(sorted(found, key=_by_path)) if odd else found


def _folders(rows: bytes) -> dict[bytes, bytes]:
    """The rows by unit folder; under the empty name those that stand in none."""
    first, last = _seek(rows, _UNITS), _seek(rows, _UNITS[:-1] + b"0")
    loose = [rows[:first]]
    found: dict[bytes, bytes] = {}
    while first < last:
        folder = folder_of(path_at(rows, first))
        if folder:
            end = _seek(rows, _UNITS + folder + b"0")
            found[folder] = rows[first:end]
        else:
            end = rows.index(b"\0", first) + 1
            loose.append(rows[first:end])
        first = end
    found[GROUP.encode()] = b"".join([*loose, rows[last:]])
    return found


def _slice(rows: bytes, folder: bytes) -> bytes:
    """The rows of what stands below a folder; `0` is the sign after `/`."""
    return rows[_seek(rows, folder + b"/") : _seek(rows, folder + b"0")]


def path_at(rows: bytes, start: int) -> bytes:
    """The path of the row that begins at `start`."""
    tab = rows.index(b"\t", start)
    return rows[tab + 1 : rows.index(b"\0", tab)]


def _seek(rows: bytes, path: bytes) -> int:
    """Where the first row begins whose path is not before `path`."""
    low, high = 0, len(rows)
    while low < high:
        start = rows.rfind(b"\0", low, (low + high) // 2) + 1 or low
        if path_at(rows, start) < path:
            low = rows.index(b"\0", start) + 1
        else:
            high = start
    return low


def _by_folder(changes: Mapping[bytes, bytes | None]) -> dict[bytes, dict[bytes, bytes | None]]:
    found: dict[bytes, dict[bytes, bytes | None]] = {}
    for path, changed in changes.items():
        found.setdefault(folder_of(path), {})[path] = changed
    return found


def _changed(rows: bytes, changes: Mapping[bytes, bytes | None]) -> bytes:
    """Rows with changes made in them."""
    kept: dict[bytes, bytes | None] = {
        line.partition(b"\t")[2]: line + b"\0" for line in rows.split(b"\0") if line
    }
    kept.update(changes)
    return b"".join(_present(kept[path] for path in sorted(kept)))


def _present(rows: Iterable[bytes | None]) -> Iterator[bytes]:
    return (one for one in rows if one is not None)
