"""The one way to read content with all checks on: a tree → its corpus and every finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.corpus import Corpus, MissingReferenceError, Past
from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.catalogue import Severity, codes
from generator.load import CONTENT, Document, load, locate
from generator.rules import RULES
from generator.schema import Schemas, bound, shape_findings
from generator.tree import History, Tree

__all__ = ["Checked", "check", "read_corpus"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A corpus and what is wrong with it, in a stable order."""

    corpus: Corpus
    findings: tuple[Diagnostic, ...]

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """The findings that must be mended: errors and warnings, not notes."""
        return tuple(f for f in self.findings if codes()[f.code].severity is not Severity.NOTE)


def _silent(stage: str, done: int, total: int) -> None:
    """Reports nothing."""


def read_corpus(
    tree: Tree, schemas: Schemas, progress: Progress = _silent
) -> tuple[Corpus, list[Diagnostic]]:
    """The corpus of a tree, and what reading and the schemas found; no rule has run yet."""
    loaded = load(tree)
    findings = list(loaded.findings)
    unreadable = {finding.place.path for finding in findings}
    told = {finding.place for finding in findings}  # one slip, one finding: `yes` is no boolean
    torn = {_row(finding.place) for finding in findings if finding.code == "SRC-042"}
    good: list[Document] = []
    broken = set()
    for index, raw in enumerate(loaded.documents):
        progress("schema", index, len(loaded.documents))
        document, found = bound(raw, schemas)
        found += shape_findings(document, schemas)
        findings.extend(
            f
            for f in found
            if _row(f.place) not in torn and (f.code in _ABSENCES or f.place not in told)
        )
        if found:
            broken.add(document.id)
        else:
            good.append(document)
    broken.update(path.removeprefix("content/").rpartition(".")[0] for path in unreadable)
    broken.difference_update(document.id for document in good)
    history = tree.history(CONTENT)
    if not history.complete:
        findings.append(Diagnostic("SRC-050", Place(CONTENT)))
    past = _past_numbers(tree, history, schemas)
    corpus = Corpus.of(
        tree.commit,
        good,
        loaded.assets,
        history,
        frozenset(broken),
        schemas,
        past=past,
        contents=tree.read,
    )
    return corpus, findings


_ABSENCES = frozenset({"SCH-001", "SCH-010", "SCH-021"})  # what is missing has no place of its own


def _row(place: Place) -> tuple[str, int]:
    return place.path, place.line


_INDEX_NUMBER = re.compile(rb"^indexNumber:[ \t]*[\"']?([0-9A-Z-]+/[0-9]+-[0-9]+)", re.MULTILINE)


def _past_numbers(tree: Tree, history: History, schemas: Schemas) -> Past:
    """What index numbers stood in former versions of files, read when first asked for.

    Only kinds that hold an index number are read, and only that line of them: an old file need
    not be well formed to have used a number.
    """

    @cache
    def past() -> Mapping[str, frozenset[str]]:
        former = [gone for gone in history.replaced if _has_number(gone.path, schemas)]
        found: dict[str, set[str]] = {}
        blobs = tree.read_blobs(gone.blob for gone in former)
        for gone, (_, data) in zip(former, blobs, strict=True):
            for match in _INDEX_NUMBER.finditer(data):
                found.setdefault(match[1].decode(), set()).add(gone.path)
        return {number: frozenset(paths) for number, paths in found.items()}

    return past


def _has_number(path: str, schemas: Schemas) -> bool:
    kind = locate(path).kind
    return kind is not None and "indexNumber" in schemas.of(kind.name).get("properties", {})


def check(tree: Tree, schemas: Schemas, progress: Progress = _silent) -> Checked:
    """Everything that can be said about a tree."""
    corpus, findings = read_corpus(tree, schemas, progress)
    for index, rule in enumerate(RULES):
        progress("rules", index, len(RULES))
        try:
            findings.extend(rule(corpus))
        except MissingReferenceError as missing:
            values = {"name": missing.name, "file": missing.file}
            findings.append(Diagnostic("SRC-051", Place(missing.file), values))
    return Checked(corpus, _sorted(findings))


def _sorted(findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    unique = {(finding.order, finding.code): finding for finding in findings}
    return tuple(unique[key] for key in sorted(unique))
