"""Records of other parts, read when somebody looks one up, with a note of what was looked up.

A part is judged and a site is shown with its own records at hand. The few names that lead elsewhere
are followed one by one; what they led to then is written down, so that a later run can tell whether
the judgement still holds without making it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from generator.check.reading import Reading, well_formed
from generator.corpus import ids_by_folder
from generator.load import KINDS, Source, locate, read_all, read_source, sort_out
from generator.model import Record
from generator.shared import is_shared
from generator.tree import SYMLINK, UNITS, Entry

__all__ = ["Broken", "Elsewhere", "Files", "Looked", "Trace", "part_named"]

Trace = dict[str, str]  # id or path → the name of its bytes; empty where nothing stood there

_LISTINGS = 64  # parts whose listings a process keeps at hand
_FOUND = 8192
_ENDINGS = (".csv", ".md", ".yml")


@dataclass
class Elsewhere:
    """Any record or file of the tree by name, each read alone."""

    reading: Reading

    def __post_init__(self) -> None:
        self._found = lru_cache(_FOUND)(self._find)
        self._read = lru_cache(_FOUND)(self._open)
        self._misnamed = lru_cache(_LISTINGS)(self._faulty)

    def _find(self, name: str) -> tuple[Source, str] | None:
        """The files of the record of that id, and the names of their bytes."""
        files: dict[str, str] = {}
        where = None
        for ending in _ENDINGS:
            path = f"content/{name}{ending}"
            found = locate(path)
            if found.kind is None or found.fault or found.id != name:
                continue
            mode, blob = self.reading.tree.find(path)
            if blob and mode != SYMLINK:
                files[path], where = blob, found
        return (Source(where, tuple(files)), ":".join(files.values())) if where else None

    def _open(self, name: str, stamp: str) -> Record | None:
        found = self._found(name)
        assert found is not None and stamp  # asked for under the name of its bytes
        source, contents = next(read_all(self.reading.tree, [found[0]]))
        document, _ = read_source(source, contents, frozenset({name}))
        return well_formed(self.reading.schemas, document) if document is not None else None

    def _faulty(self, part: str) -> frozenset[str]:
        """The ids that files of a part would have if their names were right."""
        known = sort_out(self.reading.tree.part(part))
        return frozenset(_stem(finding.place.path) for finding in known.findings)

    def stamp(self, name: str) -> str:
        """What stands at the id of a record or the path of a file: its bytes' names, or nothing."""
        if name.startswith("content/"):
            if not locate(name).asset:
                return ""
            mode, blob = self.reading.tree.find(name)
            return blob if mode != SYMLINK else ""
        found = self._found(name)
        if found is not None:
            return found[1]
        return "misnamed" if name in self._misnamed(part_named(name)) else ""

    def record(self, name: str) -> Record | None:
        """The well-formed record of that id."""
        found = self._found(name)
        return self._read(name, found[1]) if found is not None else None

    def is_broken(self, name: str) -> bool:
        """Whether something stands there that is no record, or not yet."""
        if self._found(name) is not None:
            return self.record(name) is None
        return name in self._misnamed(part_named(name))

    def sources(self, part: str) -> Iterable[Source]:
        """The record files of a part."""
        return sort_out(self.reading.tree.part(part)).sources

    def shared_sources(self, unit: str) -> Iterable[Source]:
        """The record files of a unit that every part may ask for."""
        paths = [
            f"{UNITS}{unit}/{kind.folder}" for kind in KINDS if kind.of_unit and is_shared(kind)
        ]
        return sort_out(self.reading.tree.part(unit, paths)).sources

    def folders(self) -> Mapping[str, Sequence[str]]:
        """Every id of the tree, under its folder."""
        found: dict[str, list[str]] = {}
        for part in self.reading.tree.parts():
            found |= ids_by_folder(sorted(source.where.id for source in self.sources(part)))
        return found


def part_named(name: str) -> str:
    """The part in which the record of an id stands."""
    words = name.split("/", 2)
    return words[1] if words[0] == "units" and len(words) > 2 else ""


def _stem(path: str) -> str:
    return path.removeprefix("content/").rpartition(".")[0]


@dataclass
class Looked(Mapping[str, Record]):
    """Every record by id as one part sees it: its own, the shared ones, and those elsewhere."""

    own: Mapping[str, Record]
    shared: Mapping[str, Record]
    elsewhere: Elsewhere
    trace: Trace = field(default_factory=dict)
    walked: bool = False  # whether somebody asked for every id there is

    def __getitem__(self, name: str) -> Record:
        found: Record | None = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        found = self.own.get(name) or self.shared.get(name)
        if found is not None:
            return found
        self.trace[name] = self.elsewhere.stamp(name)
        found = self.elsewhere.record(name)
        return default if found is None else found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        raise TypeError("records are looked up, subjects are walked")

    def __len__(self) -> int:
        raise TypeError("records are looked up, subjects are counted")

    def parts(self) -> frozenset[str]:
        """The parts in which something was looked up."""
        return frozenset(part_named(name.removeprefix("content/")) for name in self.trace)

    def folders(self) -> Mapping[str, Sequence[str]]:
        """Every id of the tree, under its folder."""
        self.walked = True
        return self.elsewhere.folders()


@dataclass(frozen=True, slots=True)
class Files:
    """Whether a path is a picture or attachment of any unit."""

    own: Mapping[str, Entry]
    looked: Looked

    def __contains__(self, path: object) -> bool:
        if path in self.own:
            return True
        if not isinstance(path, str) or not path.startswith("content/units/"):
            return False
        self.looked.trace[path] = stamp = self.looked.elsewhere.stamp(path)
        return bool(stamp)


@dataclass(frozen=True, slots=True)
class Broken:
    """Whether an id names something that is there and is no record."""

    own: frozenset[str]
    looked: Looked

    def __contains__(self, name: object) -> bool:
        if name in self.own:
            return True
        if not isinstance(name, str):
            return False
        self.looked.trace[name] = self.looked.elsewhere.stamp(name)
        return self.looked.elsewhere.is_broken(name)
