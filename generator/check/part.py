"""What is known of one part of the content: its records, what is wrong in each, what it claims.

A part is what is read and judged by itself: a unit's folder, or what belongs to the group. All that
follows from a file and the reference data alone stands in the file's own row, under the name of its
bytes, so that an edit costs one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from generator.check.rows import Row
from generator.corpus import Claim
from generator.load import KINDS_BY_NAME
from generator.shared import is_shared
from generator.store import Store, digest_of

__all__ = [
    "AssetRow",
    "Index",
    "Part",
    "RecordRow",
    "chunk_of",
    "chunk_of_kind",
    "folder_of",
    "keep",
    "kept_index",
    "offered",
    "part_place",
]


@dataclass(slots=True)
class RecordRow:
    """One record file: its bytes' names, its values where it is well formed, what is wrong."""

    stamp: str  # the name of its bytes, and of those of the table beside it
    id: str
    kind: str
    files: list[str]
    header: list[str]  # of the table beside it, as the values name its columns
    value: Mapping[str, Any] | None  # None: broken, its own findings say why
    links: list[list[Any]]
    findings: list[Row]

    def plain(self) -> list[Any]:
        """The row as JSON."""
        return [
            self.stamp, self.id, self.kind, self.files, self.header, self.value, self.links,
            self.findings,
        ]  # fmt: skip


@dataclass(slots=True)
class AssetRow:
    """One picture or attachment: the name of its bytes, its size, what is wrong with it."""

    stamp: str
    size: int
    findings: list[Row]


@dataclass(slots=True)
class Index:
    """What others need to know of a part without opening its records."""

    name: str
    digest: str  # of its listing
    reference: str  # of the reference data and schemas that it was read with
    findings: list[Row] = field(default_factory=list)
    loose: list[Row] = field(default_factory=list)  # of no file: reference data that was missing
    broken: list[str] = field(default_factory=list)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    shared: dict[str, list[Any]] = field(default_factory=dict)  # path → row, of shared kinds
    kinds: dict[str, list[Any]] = field(default_factory=dict)  # kind → how many, their digest
    outlets: dict[str, dict[str, str]] = field(default_factory=dict)  # site → id → stamp
    chunks: dict[str, str] = field(default_factory=dict)  # chunk → the mark it was kept with

    @property
    def count(self) -> int:
        """How many records it holds."""
        return sum(int(number) for number, _ in self.kinds.values())

    def plain(self) -> list[Any]:
        """The index as JSON."""
        return [
            self.name, self.digest, self.reference, self.findings, self.loose, self.broken,
            self.claims, self.shared, self.kinds, self.outlets, self.chunks,
        ]  # fmt: skip


@dataclass(slots=True)
class Part:
    """A part with every row at hand, by path."""

    name: str
    records: dict[str, RecordRow] = field(default_factory=dict)
    assets: dict[str, AssetRow] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)  # chunk → the mark it was kept with

    @classmethod
    def kept(cls, store: Store, index: Index, only: frozenset[str] | None = None) -> Part | None:
        """The part as the store has it, or the chunks `only` of it; None where one is missing."""
        part = cls(index.name, marks=index.chunks)
        for chunk, mark in index.chunks.items():
            if chunk not in only if only is not None else chunk.startswith(_OFFERED):
                continue
            kept = store.get(part_place(index.name, chunk))
            if kept is None or kept[0] != mark:
                return None
            rows = kept[1]
            if chunk == _FILES:
                part.assets = {path: AssetRow(*row) for path, row in rows.items()}
            else:
                part.records |= {path: RecordRow(*row) for path, row in rows.items()}
        return part

    def chunks(self) -> dict[str, dict[str, list[Any]]]:
        """The rows as the store keeps them: a chunk for a folder of records, one for files."""
        found: dict[str, dict[str, list[Any]]] = {}
        for path, row in self.records.items():
            found.setdefault(chunk_of(path), {})[path] = row.plain()
        for path, row in self.records.items():
            for outlet in (row.value or {}).get("outlets") or ():
                found.setdefault(offered(outlet["site"]), {})[path] = row.plain()
        if self.assets:
            found[_FILES] = {
                path: [row.stamp, row.size, row.findings] for path, row in self.assets.items()
            }
        return found

    def good(self) -> Iterator[RecordRow]:
        """The rows of well-formed records, in path order."""
        return (row for row in self.records.values() if row.value is not None)

    def summed_up(self, index: Index) -> None:
        """Fills in what an index says of the rows."""
        kinds: dict[str, list[str]] = {}
        for path, row in self.records.items():
            index.findings += row.findings
            if row.value is None:
                continue
            kinds.setdefault(row.kind, []).append(f"{row.id}\0{row.stamp}")
            if is_shared(KINDS_BY_NAME[row.kind]):
                index.shared[path] = row.plain()
            for outlet in row.value.get("outlets") or ():
                index.outlets.setdefault(outlet["site"], {})[row.id] = row.stamp
        for asset in self.assets.values():
            index.findings += asset.findings
        index.kinds = {kind: [len(rows), digest_of(*rows)] for kind, rows in kinds.items()}


_FILES = "files"
_OFFERED = "offered-"


def offered(site: str) -> str:
    """The chunk that holds once more what a part offers to another unit's site.

    A portal lists thousands of items of others: it opens these rows, and not all there are.
    """
    return _OFFERED + site


def chunk_of(path: str) -> str:
    """The chunk that keeps a record's row: one for each folder of records.

    >>> chunk_of("content/units/tax/articles/2026/0001.md"), chunk_of("content/units/tax/unit.yml")
    ('articles-2026', 'unit')
    """
    if not path.startswith("content/units/"):
        return "group"
    inner = path.split("/")[3:-1]
    return "-".join(inner) or "unit"


def chunk_of_kind(kind: str) -> str:
    """The chunk, without its year, that keeps a kind's rows."""
    known = KINDS_BY_NAME[kind]
    return "unit" if known.single else known.folder


def folder_of(chunk: str) -> str:
    """The folder of records that a chunk keeps, without its year."""
    folder, dash, year = chunk.rpartition("-")
    return folder if dash and year.isdecimal() else chunk


def part_place(part: str, chunk: str) -> str:
    return f"parts/{part or '_group'}/{chunk}"


def keep(store: Store, part: Part, before: Part | None, index: Index) -> None:
    """Puts into the store what differs from what it held."""
    chunks = part.chunks()
    former = before.chunks() if before is not None else {}
    marks = {}
    for chunk, rows in chunks.items():
        if before is not None and former.get(chunk) == rows:
            marks[chunk] = before.marks[chunk]
        else:
            marks[chunk] = token_hex(8)
            store.put(part_place(part.name, chunk), [marks[chunk], rows])
    for chunk in former.keys() - chunks.keys():
        store.drop(part_place(part.name, chunk))
    index.chunks = marks
    store.put(part_place(part.name, "index"), index.plain())


def kept_index(store: Store, name: str) -> Index | None:
    """What the store knows of a part."""
    row = store.get(part_place(name, "index"))
    return Index(*row) if row is not None else None
