"""One part → what the rules find in it, and what they looked up to say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.check.elsewhere import Broken, Elsewhere, Files, Looked, Trace, part_named
from generator.check.part import Index, Part
from generator.check.reading import Reading, run
from generator.check.rows import Row, as_rows
from generator.corpus import Corpus
from generator.model import Record
from generator.rules import PART_RULES
from generator.shared import Shared
from generator.tree import Entry, History

__all__ = ["Commons", "Held", "Judged", "judge_part", "part_corpus"]


@dataclass(frozen=True, slots=True)
class Commons:
    """The shared records, by id and by what they are."""

    by_id: Mapping[str, Record]
    shared: Shared

    @classmethod
    def of(cls, records: Mapping[str, Record]) -> Commons:
        """The shared records in id order."""
        ordered = dict(sorted(records.items()))
        return cls(ordered, Shared(tuple(ordered.values())))


@dataclass(frozen=True, slots=True)
class Held:
    """A part at hand in one process: its records by id, the names of their bytes, its files."""

    digest: str
    records: Mapping[str, Record]
    stamps: Mapping[str, str]
    assets: Mapping[str, Entry]
    broken: frozenset[str]

    @classmethod
    def of(cls, part: Part, index: Index, records: Mapping[str, Record]) -> Held:
        """What a process keeps of a part it has read."""
        assets = {
            path: Entry(path, "100644", row.size, row.stamp) for path, row in part.assets.items()
        }
        stamps = {row.id: row.stamp for row in part.good()}
        return cls(index.digest, records, stamps, assets, frozenset(index.broken))


@dataclass(slots=True)
class Judged:
    """What was found in a part, under the key of all it follows from but what was looked up."""

    key: str
    findings: list[Row]
    trace: Trace
    parts: dict[str, str]  # the digests, then, of the parts in which something was looked up
    settled: bool  # whether the same is found as long as key and trace hold

    def plain(self) -> list[Any]:
        """As JSON."""
        return [self.key, self.findings, self.trace, self.parts, self.settled]

    def holds(self, key: str, digests: Mapping[str, str], elsewhere: Elsewhere) -> bool:
        """Whether the same would be found now."""
        if not self.settled or self.key != key:
            return False
        changed = {part for part, digest in self.parts.items() if digests.get(part, "") != digest}
        return not changed or all(
            elsewhere.stamp(name) == stamp
            for name, stamp in self.trace.items()
            if part_named(name.removeprefix("content/")) in changed
        )


def part_corpus(
    reading: Reading,
    elsewhere: Elsewhere,
    shared: Commons,
    held: Held,
    history: History,
    look: type[Looked] = Looked,
) -> tuple[Corpus, Looked]:
    """A part seen from within: its records are the subjects, any other can be looked up."""
    looked = look(held.records, shared.by_id, elsewhere)
    corpus = Corpus(
        reading.tree.commit, held.records, held.assets, history, held.broken, reading.schemas,
        records=looked,
        shared=shared.shared,
        files=Files(held.assets, looked),
        broken_anywhere=Broken(held.broken, looked),
        folders=looked.folders,
        contents=reading.tree.read,
    )  # fmt: skip
    return corpus, looked


def judge_part(
    reading: Reading,
    elsewhere: Elsewhere,
    shared: Commons,
    held: Held,
    history: History,
    key: str,
) -> Judged:
    """What the rules that look at one part find in it."""
    corpus, looked = part_corpus(reading, elsewhere, shared, held, history)
    findings = as_rows(run(PART_RULES, corpus))
    digests = reading.tree.parts()
    parts = {part: digests.get(part, "") for part in looked.parts()}
    return Judged(key, findings, looked.trace, parts, settled=not looked.walked)
