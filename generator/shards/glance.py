"""What a shard's sites list of parts that another shard judges.

Where no cache tells what such a part holds, only the records that these sites can list are read:
those of the kinds they collect from the whole group, and those that name one of them as an outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from generator.check import Survey
from generator.check import desk as at_work
from generator.check.desk import Desk
from generator.check.judging import Held
from generator.check.part import Index, Part, RecordRow
from generator.check.reading import read_part, restored
from generator.crew import Crew, Task
from generator.load import KINDS_BY_NAME, Source, sort_out
from generator.model import Site
from generator.shared import is_shared
from generator.store import digest_of
from generator.tree import Entry, Tree

__all__ = ["glance_at"]

_ESCAPE = b"\\"  # with which a key can be written otherwise
_OUTLETS = b"outlets"

Glimpse = tuple[list[Any], dict[str, list[Any]]]  # an index and rows, as JSON


@dataclass(frozen=True, slots=True)
class _Errand:
    """A part to be looked through for what `sites` can list of it."""

    part: str
    digest: str
    kinds: frozenset[str]
    sites: frozenset[str]

    @property
    def key(self) -> str:
        return digest_of(self.digest, *sorted(self.kinds), "", *sorted(self.sites))


@dataclass(frozen=True, slots=True)
class _Some:
    """A tree of which only some files of a part are seen."""

    tree: Tree
    seen: Mapping[str, Entry]

    def part(self, _: str) -> dict[str, Entry]:
        return dict(self.seen)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.tree, name)


def glance_at(
    surveyed: Survey, parts: Iterable[str], sites: Iterable[Site], jobs: int
) -> dict[str, Index]:
    """What `sites` have to know of parts; their records are then at hand on the survey's desk.

    An index made here tells of no other kinds or outlets, and of nothing that is wrong.
    """
    wanted = list(sites)
    columns = [column for site in wanted for column in site.every_column() if column.from_group]
    kinds = frozenset(kind for column in columns for kind in column.collects)
    names = frozenset(site.unit for site in wanted)
    found: dict[str, Index] = {}
    errands = []
    for name in parts if wanted else ():
        index = surveyed.fresh.get(name)
        if index is not None:
            found[name] = index
        else:
            errands.append(_Errand(name, surveyed.digests[name], kinds, names))
    desk = at_work.desk = surveyed.desk
    weight = desk.reading.tree.weight
    tasks = [Task(errand, 1 + weight(errand.part) // _LIGHTER) for errand in errands]
    with Crew(jobs) as crew:
        for plain, rows in crew.each(_glance, tasks):
            index = found[str(plain[0])] = Index(*plain)
            part = Part(index.name, {path: RecordRow(*row) for path, row in rows.items()})
            records = {row.id: restored(row, desk.reading.tree) for row in part.good()}
            desk.hold(index.name, Held.of(part, index, dict(sorted(records.items()))))
    return found


_LIGHTER = 8  # how much sooner a file is looked through than judged


def _glance(errand: _Errand) -> Glimpse:
    desk = at_work.desk
    assert desk is not None  # set before any worker starts
    place, key = f"glances/{errand.part}", digest_of(errand.key, desk.reading.reference)
    kept = desk.store.get(place)
    if kept is not None and kept[0] == key:
        return kept[1], kept[2]
    entries = desk.reading.tree.part(errand.part)
    wanted = {path for source in _wanted(desk, errand, entries) for path in source.files}
    some = _Some(desk.reading.tree, {path: entries[path] for path in sorted(wanted)})
    reading = replace(desk.reading, tree=cast(Tree, some))
    index, part, _ = read_part(reading, errand.part, errand.digest, None, rules=False)
    plain, rows = index.plain(), {path: row.plain() for path, row in part.records.items()}
    desk.store.put(place, [key, plain, rows])
    return plain, rows


def _wanted(desk: Desk, errand: _Errand, entries: Mapping[str, Entry]) -> Iterator[Source]:
    """The records of a part that are shared, of a kind asked for, or may name a site."""
    unsure: dict[str, Source] = {}
    for source in sort_out(entries).sources:
        kind = source.where.kind
        assert kind is not None  # `sort_out` only takes what has one
        if kind.name in errand.kinds or is_shared(KINDS_BY_NAME[kind.name]):
            yield source
        elif "outlets" in desk.reading.schemas.of(kind.name).get("properties", {}):
            unsure[source.path] = source
    names = [name.encode() for name in errand.sites]
    for path, data in desk.reading.tree.read(unsure):
        if _ESCAPE in data or (_OUTLETS in data and any(name in data for name in names)):
            yield unsure[path]
