"""The one way to read content with all checks on: a tree → its parts, its corpus, every finding.

Parts are read and judged side by side, each by itself; what only the whole group can show is judged
from what the parts claim. What was found before is found again in the store as long as nothing it
followed from has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.check import desk as at_work
from generator.check.desk import Desk, Errand, Memory, look_into
from generator.check.governance import refused_by_the_gate
from generator.check.judging import Judged
from generator.check.part import Index, part_place
from generator.check.past import past_numbers
from generator.check.reading import run
from generator.check.rows import as_findings
from generator.check.survey import Survey, desk_of, reference_of, survey
from generator.corpus import Corpus
from generator.crew import Crew, Task
from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.catalogue import Severity, codes
from generator.load import CONTENT
from generator.model import Record
from generator.rules import GROUP_RULES, JOINED_RULES, Rule
from generator.schema import Schemas
from generator.store import NoStore, Store
from generator.tree import Entry, Tree

__all__ = [
    "Checked",
    "Progress",
    "Survey",
    "check",
    "conclude",
    "found_in",
    "look",
    "read_corpus",
    "reference_of",
    "silent",
    "survey",
]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Checked:
    """The parts of a tree, what all of them share, and what is wrong, in a stable order."""

    desk: Desk
    indexes: Mapping[str, Index]
    base: str  # a digest of what is shared
    group: Corpus  # the shared records as subjects
    findings: tuple[Diagnostic, ...]

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """The findings that must be mended: errors and warnings, not notes."""
        return tuple(f for f in self.findings if codes()[f.code].severity is not Severity.NOTE)

    @property
    def count(self) -> int:
        """How many well-formed records there are."""
        return sum(index.count for index in self.indexes.values())

    @cached_property
    def corpus(self) -> Corpus:
        """Every record at once: for what needs a whole, not for what a unit can answer."""
        return _whole(self.desk, self.indexes)


def silent(stage: str, done: int, total: int) -> None:
    """Reports nothing."""


def check(
    tree: Tree,
    schemas: Schemas,
    progress: Progress = silent,
    *,
    store: Store | None = None,
    crew: Crew | None = None,
    memory: Memory | None = None,
) -> Checked:
    """Everything that can be said about a tree; `memory` is what this process has read before."""
    surveyed = survey(tree, schemas, store or NoStore(), memory=memory)
    indexes, judged = look(surveyed, surveyed.digests, crew or Crew(1), progress)
    return conclude(surveyed, indexes, judged, progress)


def look(
    surveyed: Survey, names: Iterable[str], crew: Crew, progress: Progress = silent
) -> tuple[dict[str, Index], dict[str, Judged]]:
    """What is known of these parts and what is found in each; looked into where that is new."""
    desk, digests = surveyed.desk, surveyed.digests
    indexes: dict[str, Index] = {}
    judged: dict[str, Judged] = {}
    errands: list[Errand] = []
    for name in names:
        index, errand = surveyed.fresh.get(name), surveyed.errand(name)
        known = desk.store.get(part_place(name, "judged")) if index is not None else None
        before = Judged(*known) if known is not None else None
        settled = name not in desk.histories.unsettled
        if index and before and settled and before.holds(errand.key, digests, desk.elsewhere):
            indexes[name], judged[name] = index, before
        else:
            errands.append(errand)
    at_work.desk = desk
    weight = desk.reading.tree.weight
    tasks = [Task(errand, 1 + weight(errand.part), errand.part) for errand in errands]
    for done, (index, found) in enumerate(crew.each(look_into, tasks)):
        progress("parts", done, len(tasks))
        indexes[index.name], judged[index.name] = index, found
    return dict(sorted(indexes.items())), judged


def found_in(indexes: Mapping[str, Index], judged: Mapping[str, Judged]) -> tuple[Diagnostic, ...]:
    """What was found in parts, in a stable order."""
    findings = [f for index in indexes.values() for f in as_findings(index.findings + index.loose)]
    findings += (f for part in judged.values() for f in as_findings(part.findings))
    return _sorted(findings)


def conclude(
    surveyed: Survey,
    indexes: Mapping[str, Index],
    judged: Mapping[str, Judged],
    progress: Progress = silent,
) -> Checked:
    """What was found in all parts, and what only all of them together show."""
    desk = surveyed.desk
    findings = list(found_in(indexes, judged))
    group = surveyed.group(indexes)
    rules: tuple[Rule, ...] = (*JOINED_RULES, *GROUP_RULES)
    for number, rule in enumerate(rules):
        progress("rules", number, len(rules))
        findings += run([rule], group)
    findings += refused_by_the_gate(desk.reading.tree, desk.store, findings)
    if not desk.histories.complete:
        findings.append(Diagnostic("SRC-050", Place(CONTENT)))
    return Checked(desk, indexes, surveyed.base, group, _sorted(findings))


def _whole(desk: Desk, indexes: Mapping[str, Index]) -> Corpus:
    records: dict[str, Record] = {}
    assets: dict[str, Entry] = {}
    broken: set[str] = set()
    for name, index in indexes.items():
        held = desk.at_hand(name, index.digest)
        records |= held.records
        assets |= held.assets
        broken |= held.broken
    tree = desk.reading.tree
    return Corpus.whole(
        tree.commit,
        records,
        assets,
        tree.history(CONTENT),
        frozenset(broken),
        desk.reading.schemas,
        past=past_numbers(tree, desk.histories, desk.reading.schemas),
        contents=tree.read,
    )


def read_corpus(tree: Tree, schemas: Schemas) -> tuple[Corpus, list[Diagnostic]]:
    """The corpus of a tree, and what reading and the schemas found; no rule has run."""
    desk = desk_of(tree, schemas, NoStore())
    indexes = {}
    for name, digest in tree.parts().items():
        indexes[name], _ = desk.part(name, digest, rules=False)
    findings = [f for index in indexes.values() for f in as_findings(index.findings)]
    if not desk.histories.complete:
        findings.append(Diagnostic("SRC-050", Place(CONTENT)))
    return _whole(desk, indexes), findings


def _sorted(findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    unique = {(finding.order, finding.code): finding for finding in findings}
    return tuple(unique[key] for key in sorted(unique))
