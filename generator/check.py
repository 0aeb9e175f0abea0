"""The one way to read content with all checks on: a tree → its corpus and every finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.catalogue import Severity, codes
from generator.load import CONTENT, Document, load
from generator.rules import RULES
from generator.schema import Schemas, bound, shape_findings
from generator.tree import Tree

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
    good: list[Document] = []
    broken = set()
    for index, raw in enumerate(loaded.documents):
        progress("schema", index, len(loaded.documents))
        document, found = bound(raw, schemas)
        found += shape_findings(document, schemas)
        findings.extend(found)
        if found:
            broken.add(document.id)
        else:
            good.append(document)
    broken.update(path.removeprefix("content/").rpartition(".")[0] for path in unreadable)
    broken.difference_update(document.id for document in good)
    history = tree.history(CONTENT)
    if not history.complete:
        findings.append(Diagnostic("SRC-050", Place(CONTENT)))
    corpus = Corpus.of(tree.commit, good, loaded.assets, history, frozenset(broken), schemas)
    return corpus, findings


def check(tree: Tree, schemas: Schemas, progress: Progress = _silent) -> Checked:
    """Everything that can be said about a tree."""
    corpus, findings = read_corpus(tree, schemas, progress)
    for index, rule in enumerate(RULES):
        progress("rules", index, len(RULES))
        findings.extend(rule(corpus))
    return Checked(corpus, _sorted(findings))


def _sorted(findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    unique = {(finding.order, finding.code): finding for finding in findings}
    return tuple(unique[key] for key in sorted(unique))
