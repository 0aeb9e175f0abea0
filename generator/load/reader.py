"""A tree → documents: every record file of `content/`, read one way, with what was wrong in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.visible import visible
from generator.load.document import Document
from generator.load.kinds import Form, Located, locate
from generator.load.paths import path_faults
from generator.load.plain import read_plain
from generator.load.tables import Table, read_table
from generator.load.text import MAX_BYTES, Written, decoded, hidden_signs, parted
from generator.load.yaml_reader import Problem, read_yaml
from generator.tree import SYMLINK, Entry, Tree

__all__ = [
    "CONTENT",
    "Loaded",
    "Sorted",
    "Source",
    "load",
    "read_all",
    "read_document",
    "read_source",
    "record_files",
    "sort_out",
]

CONTENT = "content"
_IGNORED = frozenset({"content/README.md"})


class Source(NamedTuple):
    """The files of one record: its own, and for a table the CSV file beside it."""

    where: Located
    files: tuple[str, ...]

    @property
    def path(self) -> str:
        """The record's own file; the CSV file where it stands alone."""
        return self.files[-1]  # `.csv` comes before `.yml`


@dataclass(frozen=True, slots=True)
class Sorted:
    """What files are by their names alone: records, pictures and attachments, or faults."""

    sources: tuple[Source, ...]
    assets: Mapping[str, Entry]
    findings: tuple[Diagnostic, ...]


def sort_out(entries: Mapping[str, Entry]) -> Sorted:
    """The files below `content/`, in path order, by what their names and modes say."""
    known = {path: entry for path, entry in entries.items() if path not in _IGNORED}
    findings = list(path_faults(known.values()))
    sources: dict[str, Source] = {}
    assets: dict[str, Entry] = {}
    for path, entry in known.items():
        if entry.mode == SYMLINK or visible(path) != path:  # `path_faults` speaks of these
            continue
        where = locate(path)
        if where.asset:
            assets[path] = entry
        elif where.fault:
            findings.append(_misplaced(path, where))
        elif entry.size > MAX_BYTES:
            values = {"size": f"{entry.size / 1024:.0f}", "limit": MAX_BYTES // 1024}
            findings.append(Diagnostic("SRC-003", Place(path), values))
        else:
            beside = sources.get(where.id)
            sources[where.id] = Source(where, (*(beside.files if beside else ()), path))
    return Sorted(tuple(sources.values()), assets, tuple(findings))


def read_source(
    source: Source, contents: Mapping[str, bytes], written: Container[str]
) -> tuple[Document | None, list[Diagnostic]]:
    """The record in its files, or None where nothing can be read as one; and its findings.

    `written` names the ids that have a record file, whether or not it can be read.
    """
    document: Document | None = None
    table: Table | None = None
    findings: list[Diagnostic] = []
    for path in source.files:
        if path.endswith(".csv"):
            table, found = read_table(path, contents[path])
        else:
            document, found = read_document(path, contents[path], source.where)
        findings += found
    if table is None:
        return document, findings
    if document is None:
        if source.where.id not in written:
            values = {"record": table.path[:-4] + ".yml"}
            findings.append(Diagnostic("SRC-043", Place(table.path), values))
        return None, findings
    if "rows" in document.value:
        place = document.place(("rows",), key=True)
        findings.append(Diagnostic("SRC-044", place, {"table": table.path}))
    return _with(document, table), findings


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read of a tree: documents in path order, assets by path, and findings."""

    documents: tuple[Document, ...]
    assets: Mapping[str, Entry]
    findings: tuple[Diagnostic, ...]


def load(tree: Tree) -> Loaded:
    """Everything below `content/`; one bad file never hides another."""
    entries = tree.entries(CONTENT)
    known = sort_out(entries)
    written = record_files(entries)
    findings = list(known.findings)
    documents: list[Document] = []
    for source, contents in read_all(tree, known.sources):
        document, found = read_source(source, contents, written)
        findings += found
        if document is not None:
            documents.append(document)
    return Loaded(tuple(documents), known.assets, tuple(findings))


def record_files(entries: Iterable[str]) -> frozenset[str]:
    """The ids for which a `.yml` file stands there."""
    return frozenset(
        path.removeprefix("content/")[:-4] for path in entries if path.endswith(".yml")
    )


def read_all(tree: Tree, sources: Sequence[Source]) -> Iterator[tuple[Source, Mapping[str, bytes]]]:
    """Each source with the bytes of its files, each read when its turn comes."""
    paths = [path for source in sources for path in source.files]
    read = iter(tree.read(paths))
    for source in sources:
        yield source, dict(islice(read, len(source.files)))


def _misplaced(path: str, where: Located) -> Diagnostic:
    codes = {"unit": "SRC-030", "folder": "SRC-031", "year": "SRC-032", "ending": "SRC-033"}
    pattern = where.kind.pattern if where.kind else "content/units/<单位>/…"
    return Diagnostic(codes.get(where.fault, "SRC-034"), Place(path), {"pattern": pattern})


def read_document(
    path: str, data: bytes, where: Located
) -> tuple[Document | None, list[Diagnostic]]:
    """The document in `data`, or None where nothing can be read as one; and its findings."""
    text, undecodable = decoded(data)
    if undecodable is not None:
        return None, [undecodable.at(path)]
    findings = [problem.at(path) for problem in hidden_signs(text)]
    assert where.kind is not None  # `load` only asks for what `locate` gave a kind
    written = parted(text) if where.kind.form is Form.MARKDOWN else Written(text)
    if isinstance(written, Problem):
        return None, [*findings, written.at(path)]
    value: Any = read_plain(written.text)
    if value is None:
        parsed = read_yaml(written.text)
        value = parsed.value
        findings += [problem.at(path, written.text_line - 1) for problem in parsed.problems]
        if value is None and parsed.problems:
            return None, findings
    if not isinstance(value, dict):
        code = "SRC-007" if value is None else "SRC-008"
        return None, [*findings, Diagnostic(code, Place(path, written.text_line))]
    return Document(where.id, where.kind, where.unit, path, value, *written), findings


def _with(document: Document, table: Table) -> Document:
    rows = [dict(zip(table.header, row, strict=False)) for row in table.rows]
    return document.holding({**document.value, "rows": rows}, table)
