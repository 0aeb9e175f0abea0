"""What one process works with, and the work on one part: read it, judge it, keep it at hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.check.elsewhere import Elsewhere
from generator.check.judging import Commons, Held, Judged, judge_part
from generator.check.part import (
    Index,
    Part,
    chunk_of_kind,
    folder_of,
    keep,
    kept_index,
    offered,
    part_place,
)
from generator.check.reading import Reading, read_part, restored
from generator.model import Record
from generator.store import Store
from generator.tree import Histories

__all__ = ["Desk", "Errand", "Memory", "look_into"]

_AT_HAND = 150_000  # records that a process keeps, some 5 KiB each


@dataclass(frozen=True, slots=True)
class Errand:
    """A part to be looked into: the digest of its listing, the key of its judgement."""

    part: str
    digest: str
    key: str


Given = tuple[dict[str, Record], dict[str, str]]  # records by id, and the names of their bytes


@dataclass
class Memory:
    """What a process has read: parts, and what parts gave to other sites, by a digest of it."""

    held: dict[str, Held] = field(default_factory=dict)
    given: dict[tuple[str, str], tuple[str, Given]] = field(default_factory=dict)


@dataclass
class Desk:
    """The things at hand; forked workers inherit them, and each then keeps what it reads."""

    reading: Reading
    store: Store
    histories: Histories
    shared: Commons
    elsewhere: Elsewhere
    memory: Memory = field(default_factory=Memory)

    def part(self, name: str, digest: str, *, rules: bool = True) -> tuple[Index, Held]:
        """A part read as it stands, from the store as far as that goes."""
        index = kept_index(self.store, name)
        before = None
        if index is not None and index.reference == self.reading.reference:
            before = Part.kept(self.store, index)
        if index is not None and before is not None and index.digest == digest:
            records = {row.id: restored(row, self.reading.tree) for row in before.good()}
            held = Held.of(before, index, dict(sorted(records.items())))
        else:
            loose = index.loose if index is not None and before is not None else ()
            index, part, found = read_part(self.reading, name, digest, before, loose, rules=rules)
            keep(self.store, part, before, index)
            held = Held.of(part, index, found)
        self.hold(name, held)
        return index, held

    def given(
        self,
        name: str,
        digest: str,
        site: str,
        kinds: frozenset[str],
        ids: frozenset[str],
        stamp: str,
    ) -> Given:
        """What a part gives to `site`: its records of `kinds`, and the `ids` that it offers there.

        `stamp` is a digest of just these. Of a part that is not at hand only the chunks are opened
        in which they can stand.
        """
        known = self.memory.given.get((name, site))
        if known is None or known[0] != stamp:
            known = stamp, self._given(name, digest, site, kinds, ids)
            self.memory.given[name, site] = known
        return known[1]

    def _given(
        self, name: str, digest: str, site: str, kinds: frozenset[str], ids: frozenset[str]
    ) -> Given:
        held = self.memory.held.get(name)
        if held is not None and held.digest != digest:
            held = None
        if held is None and (index := kept_index(self.store, name)) and index.digest == digest:
            folders = {chunk_of_kind(kind) for kind in kinds}
            wanted = {chunk for chunk in index.chunks if folder_of(chunk) in folders}
            wanted |= {offered(site)} if ids else set()
            part = Part.kept(self.store, index, frozenset(wanted))
            if part is not None:
                rows = [row for row in part.good() if row.kind in kinds or row.id in ids]
                tree = self.reading.tree
                return {r.id: restored(r, tree) for r in rows}, {r.id: r.stamp for r in rows}
        held = held or self.at_hand(name, digest)
        found = {
            id_: record
            for id_, record in held.records.items()
            if record.kind in kinds or id_ in ids
        }
        return found, {id_: held.stamps[id_] for id_ in found}

    def at_hand(self, name: str, digest: str) -> Held:
        """A part as it stands, read only where this process does not hold it yet."""
        held = self.memory.held.get(name)
        return held if held is not None and held.digest == digest else self.part(name, digest)[1]

    def hold(self, name: str, held: Held) -> None:
        """Keeps a part at hand, in place of those that came first where there are too many."""
        self.memory.held[name] = held
        while (
            len(self.memory.held) > 1
            and sum(len(h.records) for h in self.memory.held.values()) > _AT_HAND
        ):
            self.memory.held.pop(next(iter(self.memory.held)))


desk: Desk | None = None  # what a worker inherits from its parent when it is forked


def look_into(errand: Errand) -> tuple[Index, Judged]:
    """What is known of a part and what is found in it, also put into the store."""
    assert desk is not None  # set before any worker starts
    index, held = desk.part(errand.part, errand.digest)
    history = desk.histories.of(errand.part)
    judged = judge_part(desk.reading, desk.elsewhere, desk.shared, held, history, errand.key)
    desk.store.put(part_place(errand.part, "judged"), judged.plain())
    return index, judged
