"""A tree before its parts are looked into: what they share, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.check.desk import Desk, Errand, Memory
from generator.check.elsewhere import Elsewhere, Looked
from generator.check.judging import Commons
from generator.check.part import Index, RecordRow, kept_index
from generator.check.past import everywhere, past_numbers
from generator.check.reading import Reading, restored
from generator.corpus import Claim, Corpus
from generator.model import Record
from generator.schema import Schemas
from generator.shared import Shared
from generator.store import Store, digest_of
from generator.tree import GROUP, Tree

__all__ = ["Survey", "desk_of", "reference_of", "survey"]

_REFERENCE = "content/reference/"


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


def survey(
    tree: Tree,
    schemas: Schemas,
    store: Store,
    known: Mapping[str, Index] | None = None,
    memory: Memory | None = None,
) -> Survey:
    """What all parts share, read first; `known` stands for what the store would know of parts."""
    desk = desk_of(tree, schemas, store, memory)
    digests = tree.parts()
    fresh = dict(known or {})
    for name, digest in digests.items():
        if name not in fresh and (index := _fresh(desk, name, digest)) is not None:
            fresh[name] = index
    units = {name: fresh.get(name) for name in digests if name != GROUP}
    stamps = _share(desk, units)
    base = digest_of(desk.reading.reference, *(f"{k}\0{v}" for k, v in sorted(stamps.items())))
    return Survey(desk, digests, fresh, base)


def reference_of(tree: Tree) -> str:
    """A digest of the reference data that every part is read with."""
    own = tree.part(GROUP)
    return digest_of(*(f"{p}\0{e.blob}" for p, e in own.items() if p.startswith(_REFERENCE)))


def desk_of(tree: Tree, schemas: Schemas, store: Store, memory: Memory | None = None) -> Desk:
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
    for source in desk.elsewhere.shared_sources(name):
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
