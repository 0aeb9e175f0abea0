"""A part's files → its rows and records: what follows from each file and the reference data alone.

Rows of files that have not changed are taken over as they are; the others are read, held against
their schema and against the rules that look at nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.check.part import AssetRow, Index, Part, RecordRow
from generator.check.rows import Row, as_rows
from generator.corpus import Corpus, MissingReferenceError
from generator.diagnostics import Diagnostic, Place
from generator.load import (
    KINDS_BY_NAME,
    Document,
    Source,
    read_all,
    read_source,
    record_files,
    sort_out,
)
from generator.markup import Link
from generator.model import Record, read
from generator.rules import JOINED_RULES, LOCAL_RULES, Rule
from generator.schema import Schemas, bound, shape_findings
from generator.shared import Shared
from generator.tree import Entry, History, Tree

__all__ = ["Reading", "read_part", "restored", "run", "well_formed"]

_ABSENCES = frozenset({"SCH-001", "SCH-010", "SCH-021"})  # what is missing has no place of its own


@dataclass(frozen=True, slots=True)
class Reading:
    """What every part is read with: the tree, the schemas, the reference data."""

    tree: Tree
    schemas: Schemas
    shared: Shared  # the group's own records; none while these are read
    reference: str  # their digest

    def over(
        self, subjects: Mapping[str, Record], assets: Mapping[str, Entry], shared: Shared
    ) -> Corpus:
        """Some records, seen alone."""
        return Corpus(
            self.tree.commit, subjects, assets, History(), frozenset(), self.schemas,
            records=subjects,
            shared=shared,
            files=assets,
            broken_anywhere=frozenset(),
            folders=dict,
            contents=self.tree.read,
        )  # fmt: skip


def read_part(
    reading: Reading,
    name: str,
    digest: str,
    before: Part | None,
    loose: Iterable[Row] = (),
    *,
    rules: bool = True,
) -> tuple[Index, Part, dict[str, Record]]:
    """The part as it stands: what others need to know, its rows, its records by id.

    `before` holds rows of an earlier reading with the same reference data, `loose` what that
    reading found to be missing there.
    """
    entries = reading.tree.part(name)
    known = sort_out(entries)
    index = Index(name, digest, reading.reference, loose=list(loose))
    part = Part(name)
    records: dict[str, Record] = {}
    new: dict[str, Record] = {}
    stale: list[Source] = []
    stamps: dict[str, str] = {}
    for source in known.sources:
        stamp = ":".join(entries[path].blob for path in source.files)
        row = before.records.get(source.path) if before is not None else None
        if row is None or row.stamp != stamp or row.files != [*source.files]:
            stale.append(source)
            stamps[source.path] = stamp
        else:
            part.records[source.path] = row
            if row.value is not None:
                records[row.id] = restored(row, reading.tree)
    written = record_files(entries)
    for source, contents in read_all(reading.tree, stale):
        document, found = read_source(source, contents, written)
        row, record = _judged(reading.schemas, source, stamps[source.path], document, found)
        part.records[source.path] = row
        if record is not None:
            records[row.id] = new[row.id] = record
    files = _take_over(known.assets, before, part)
    part.records = dict(sorted(part.records.items()))
    part.assets = dict(sorted(part.assets.items()))
    if rules and (new or files):
        _look_alone(reading, records, new, files, part, index)
    part.summed_up(index)
    index.findings += as_rows(known.findings)
    index.broken = _broken(known.findings, part)
    everything = dict(sorted(records.items()))
    if rules:
        seen = reading.over(everything, known.assets, reading.shared)
        for rule in JOINED_RULES:
            if claims := sorted(rule.claims(seen)):
                index.claims[rule.name] = claims
    return index, part, everything


def _take_over(assets: Mapping[str, Entry], before: Part | None, part: Part) -> dict[str, Entry]:
    """Rows for all pictures and attachments; those that are to be looked into."""
    stale = {}
    for path, entry in assets.items():
        kept = before.assets.get(path) if before is not None else None
        if kept is None or kept.stamp != entry.blob:
            kept = AssetRow(entry.blob, entry.size, [])
            stale[path] = entry
        part.assets[path] = kept
    return stale


def _judged(
    schemas: Schemas,
    source: Source,
    stamp: str,
    raw: Document | None,
    found: Sequence[Diagnostic],
) -> tuple[RecordRow, Record | None]:
    """The row of one record just read, and the record where it is well formed.

    One slip is told once: `yes` is no boolean, and a torn line of a table says nothing more.
    """
    findings, record, links = list(found), None, []
    if raw is not None:
        document, shape = bound(raw, schemas)
        shape += shape_findings(document, schemas)
        findings += _untold(shape, found)
        if not shape:
            record = read(document)
            links = [[x.target, x.text, x.image, x.line, x.column] for x in record.links]
    kind = source.where.kind
    assert kind is not None  # `sort_out` only takes what has one
    value = record.data if record is not None else None
    files = [*source.files]
    table = record.document.table if record is not None else None
    header = [*table.header] if table is not None else []
    id_, rows = source.where.id, as_rows(findings)
    return RecordRow(stamp, id_, kind.name, files, header, value, links, rows), record


def _untold(shape: Sequence[Diagnostic], found: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
    """What the schema finds fault with where reading has not told of the same slip."""
    if not shape or not found:
        return shape
    told = {finding.place for finding in found}
    torn = {_line(finding.place) for finding in found if finding.code == "SRC-042"}
    return [
        finding
        for finding in shape
        if _line(finding.place) not in torn
        and (finding.code in _ABSENCES or finding.place not in told)
    ]


def well_formed(schemas: Schemas, raw: Document) -> Record | None:
    """The record of a document; None where its schema finds fault with it."""
    document, found = bound(raw, schemas)
    if found or not schemas.is_valid(document.kind.name, document.value):
        return None
    return read(document)


def _line(place: Place) -> tuple[str, int]:
    return place.path, place.line


def _look_alone(
    reading: Reading,
    everything: Mapping[str, Record],
    new: Mapping[str, Record],
    files: Mapping[str, Entry],
    part: Part,
    index: Index,
) -> None:
    """Runs the rules that look at one file alone over those just read, into their rows."""
    shared = reading.shared if reading.shared.records else Shared(tuple(everything.values()))
    seen = reading.over(dict(sorted(new.items())), files, shared)
    rows: dict[str, list[Row]] = {path: asset.findings for path, asset in part.assets.items()}
    for row in part.records.values():
        rows.update(dict.fromkeys(row.files, row.findings))
    for finding in run(LOCAL_RULES, seen):
        said = rows.get(finding.place.path, index.loose)
        said += (row for row in as_rows([finding]) if row not in said)


def run(rules: Iterable[Rule], corpus: Corpus) -> Iterable[Diagnostic]:
    """What the rules find; reference data that one of them lacks is a finding, too."""
    for rule in rules:
        try:
            yield from rule(corpus)
        except MissingReferenceError as error:
            yield missing(error)


def missing(error: MissingReferenceError) -> Diagnostic:
    """The finding that stands for reference data which is not there."""
    return Diagnostic("SRC-051", Place(error.file), {"name": error.name, "file": error.file})


def _broken(misnamed: Iterable[Diagnostic], part: Part) -> list[str]:
    """The ids of what is there and is no record, or not yet."""
    named = {finding.place.path for finding in misnamed}
    ids = {path.removeprefix("content/").rpartition(".")[0] for path in named}
    ids |= {row.id for row in part.records.values() if row.value is None}
    return sorted(ids - {row.id for row in part.good()})


def restored(row: RecordRow, tree: Tree) -> Record:
    """The record of a row; its text is read again only where somebody asks for it."""
    assert row.value is not None  # only well-formed rows are restored
    unit = row.id.split("/", 2)[1] if row.id.startswith("units/") else ""
    make = partial(_document, row, unit, tree)
    record = Record.classes[row.kind].restored(row.id, unit, row.files[-1], row.value, make)
    record.links = tuple(Link(*link) for link in row.links) if row.links else ()
    return record


def _document(row: RecordRow, unit: str, tree: Tree) -> Document:
    def source(path: str) -> bytes:
        return next(iter(tree.read([path])))[1]

    assert row.value is not None  # as above
    kind = KINDS_BY_NAME[row.kind]
    return Document.restored(row.id, kind, unit, row.files, row.value, source, header=row.header)
