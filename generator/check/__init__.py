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
from generator.check.elsewhere import Elsewhere, Looked
from generator.check.judging import Commons, Judged
from generator.check.part import Index, RecordRow, kept_index, part_place
from generator.check.past import everywhere, past_numbers
from generator.check.reading import Reading, restored, run
from generator.check.rows import as_findings
from generator.corpus import Claim, Corpus
from generator.crew import Crew, Task
from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.catalogue import Severity, codes
from generator.load import CONTENT
from generator.model import Record
from generator.rules import GROUP_RULES, JOINED_RULES, Rule
from generator.schema import Schemas
from generator.shared import Shared, is_shared
from generator.store import NoStore, Store, digest_of
from generator.tree import GROUP, Entry, Tree

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
_REFERENCE = "content/reference/"


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


@dataclass(frozen=True)
class Survey:
    """A tree before its parts are looked into: what they share, and what is known of each."""

    desk: Desk
    digests: Mapping[str, str]
    fresh: Mapping[str, Index]  # what was known of each part as it stands
    base: str  # a digest of what is shared

    def errand(self, name: str) -> Errand:
        """What is to be found out about a part."""
        digest = self.digests[name]
        return Errand(name, digest, digest_of(digest, self.base, self.desk.histories.key(name)))

    def group(self, indexes: Mapping[str, Index]) -> Corpus:
        """The group as a whole: what is shared, and what these parts claim."""
        return _group(self.desk, indexes)


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


def survey(
    tree: Tree,
    schemas: Schemas,
    store: Store,
    known: Mapping[str, Index] | None = None,
    memory: Memory | None = None,
) -> Survey:
    """What all parts share, read first; `known` stands for what the store would know of parts."""
    desk = _desk(tree, schemas, store, memory)
    digests = tree.parts()
    fresh = dict(known or {})
    for name, digest in digests.items():
        if name not in fresh and (index := _fresh(desk, name, digest)) is not None:
            fresh[name] = index
    units = {name: fresh.get(name) for name in digests if name != GROUP}
    stamps = _share(desk, units)
    base = digest_of(desk.reading.reference, *(f"{k}\0{v}" for k, v in sorted(stamps.items())))
    return Survey(desk, digests, fresh, base)


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
    if not desk.histories.complete:
        findings.append(Diagnostic("SRC-050", Place(CONTENT)))
    return Checked(desk, indexes, surveyed.base, group, _sorted(findings))


def reference_of(tree: Tree) -> str:
    """A digest of the reference data that every part is read with."""
    own = tree.part(GROUP)
    return digest_of(*(f"{p}\0{e.blob}" for p, e in own.items() if p.startswith(_REFERENCE)))


def _desk(tree: Tree, schemas: Schemas, store: Store, memory: Memory | None = None) -> Desk:
    """The desk with the group's own part read, and nothing of any unit yet."""
    reference = reference_of(tree)
    bare = Reading(tree, schemas, Shared(), reference)
    desk = Desk(bare, store, tree.histories(), Commons.of({}), Elsewhere(bare), memory or Memory())
    own_part = desk.at_hand(GROUP, tree.parts()[GROUP])
    desk.reading = Reading(tree, schemas, Shared(tuple(own_part.records.values())), reference)
    desk.elsewhere = Elsewhere(desk.reading)
    return desk


def _fresh(desk: Desk, name: str, digest: str) -> Index | None:
    """What the store knows of a part, if the part and the reference data are as they were."""
    index = kept_index(desk.store, name)
    if index is None or index.digest != digest or index.reference != desk.reading.reference:
        return None
    return index


def _share(desk: Desk, fresh: Mapping[str, Index | None]) -> dict[str, str]:
    """Puts every shared record on the desk; the names of their bytes, by id."""
    own = desk.memory.held[GROUP]
    records, stamps = dict(own.records), dict(own.stamps)
    for name, index in fresh.items():
        for id_, stamp, record in _shared_of(desk, name, index):
            records[id_], stamps[id_] = record, stamp
    desk.shared = Commons.of(records)
    return stamps


def _shared_of(desk: Desk, name: str, index: Index | None) -> Iterable[tuple[str, str, Record]]:
    if index is not None:
        for plain in index.shared.values():
            row = RecordRow(*plain)
            yield row.id, row.stamp, restored(row, desk.reading.tree)
        return
    for source in desk.elsewhere.sources(name):
        kind = source.where.kind
        if kind is not None and is_shared(kind):
            record = desk.elsewhere.record(source.where.id)
            if record is not None:
                yield record.id, desk.elsewhere.stamp(record.id), record


def _group(desk: Desk, indexes: Mapping[str, Index]) -> Corpus:
    """The group seen as a whole: what is shared, and what the parts claim."""
    claims: dict[str, list[Claim]] = {}
    for index in indexes.values():
        for rule, rows in index.claims.items():
            claims.setdefault(rule, []).extend(tuple(row) for row in rows)
    broken = frozenset(name for index in indexes.values() for name in index.broken)
    looked = Looked(desk.shared.by_id, {}, desk.elsewhere)
    reading = desk.reading
    return Corpus(
        reading.tree.commit, desk.shared.by_id, {}, everywhere(desk.histories), broken,
        reading.schemas,
        records=looked,
        shared=desk.shared.shared,
        files=(),
        broken_anywhere=broken,
        folders=looked.folders,
        claims={rule: sorted(rows) for rule, rows in claims.items()},
        past=past_numbers(reading.tree, desk.histories, reading.schemas),
    )  # fmt: skip


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
    desk = _desk(tree, schemas, NoStore())
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
