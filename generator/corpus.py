"""The corpus: the records of a tree, typed, immutable, and true to their schemas.

`Corpus.of` takes only documents that the schemas found nothing wrong with; the others are known by
id as `broken`, so that a reference to one is not called dangling. A record's id is its path under
`content/`, so two cannot share one.

A corpus is a whole tree, or one part of it seen from within: what is judged or shown there are its
`subjects`, and `records` answers for every id of the tree. Rules and plans walk subjects and look
names up in records, so they read the same over a whole and over a part.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from generator.clock import WorkCalendar, wall_time
from generator.model import (
    Group,
    Record,
    Roles,
    Site,
    Threshold,
    Unit,
    Vocabulary,
)
from generator.schema import Schemas
from generator.shared import MissingReferenceError, Shared, by_class, is_shared, of_class
from generator.tree import Entry, History

__all__ = [
    "Claim",
    "Contents",
    "Corpus",
    "MissingReferenceError",
    "Past",
    "ids_by_folder",
]

R = TypeVar("R", bound=Record)

# The index numbers (索引号) that stood in files before, each with the paths it stood in.
Past = Callable[[], Mapping[str, frozenset[str]]]

# The bytes of files by path, in the order asked, each read when its turn comes.
Contents = Callable[[Iterable[str]], Iterator[tuple[str, bytes]]]

# What a record has to say in a matter that concerns the whole group: its id, then plain values.
Claim = tuple[str, ...]


def _nothing() -> Mapping[str, frozenset[str]]:
    return {}


def _no_bytes(paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    return ((path, b"") for path in paths)


@dataclass(frozen=True)
class Corpus:
    """Records in id order, with the files and the history they were read with.

    `past` and `contents` are each asked by one family of rules and read much, so they are
    questions, not values. `claims` are those of all parts, by rule, where the group is judged.
    """

    commit: str
    subjects: Mapping[str, Record]
    assets: Mapping[str, Entry]  # the files of the subjects' units
    history: History
    broken: frozenset[str]  # ids beside the subjects that could not be read as records
    schemas: Schemas
    records: Mapping[str, Record]  # any record of the tree by id; not to be walked
    shared: Shared  # what every part may ask for
    files: Container[str]  # whether a path is a picture or attachment of any unit
    broken_anywhere: Container[str]
    folders: Callable[[], Mapping[str, Sequence[str]]]  # the ids below each folder of the tree
    claims: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    past: Past = _nothing
    contents: Contents = _no_bytes
    sites_noted: Mapping[str, Site] | None = None  # the sites, where their use is written down

    @classmethod
    def whole(
        cls,
        commit: str,
        records: Mapping[str, Record],
        assets: Mapping[str, Entry],
        history: History,
        broken: frozenset[str],
        schemas: Schemas,
        *,
        past: Past = _nothing,
        contents: Contents = _no_bytes,
    ) -> Corpus:
        """The whole corpus of records: each is a subject, and none stands elsewhere."""
        ordered = MappingProxyType(dict(sorted(records.items())))
        return cls(
            commit, ordered, assets, history, broken, schemas,
            records=ordered,
            shared=Shared(tuple(r for r in ordered.values() if is_shared(r.document.kind))),
            files=assets,
            broken_anywhere=broken,
            folders=lambda: ids_by_folder(ordered),
            past=past,
            contents=contents,
        )  # fmt: skip

    @cached_property
    def _by_class(self) -> Mapping[type[Record], list[Record]]:
        return by_class(self.subjects.values())

    def every(self, kind: type[R]) -> Iterator[R]:
        """The subjects of one kind, or of a family of kinds: `corpus.every(ErrorReport)`."""
        return of_class(self._by_class, kind)

    def common(self, kind: type[R]) -> Iterator[R]:
        """The records of a shared kind, of the whole tree: `corpus.common(Partner)`."""
        return self.shared.common(kind)

    @property
    def group(self) -> Group | None:
        """The description of the group, or None where it is missing or broken."""
        return self.shared.group

    @property
    def units(self) -> Mapping[str, Unit]:
        """Units by unit id."""
        return self.shared.units

    @property
    def sites(self) -> Mapping[str, Site]:
        """Sites by site id, which is the id of the unit that opened it."""
        return self.shared.sites if self.sites_noted is None else self.sites_noted

    @property
    def portal(self) -> Site | None:
        """The portal of the group."""
        return self.shared.portal

    def site_of(self, unit: str) -> Site | None:
        """The site that shows a unit: its own, that of the nearest unit above, or the portal."""
        return self.shared.site_of(unit)

    def hosted_by(self, site: Site) -> tuple[Unit, ...]:
        """The units whose pages stand on `site`, its own unit first, then in their order."""
        return self.shared.hosted_by(site)

    @property
    def roles(self) -> Roles | None:
        """People and appointments, or None where the file is missing or broken."""
        return self.shared.roles

    @property
    def calendar(self) -> WorkCalendar:
        """The workdays of every year that `content/reference/workdays/` holds."""
        return self.shared.calendar

    @property
    def thresholds(self) -> Mapping[str, Threshold]:
        """Limits by id, each with its article and confidence."""
        return self.shared.thresholds

    def threshold(self, name: str) -> float:
        """The limit `name`. Errors: MissingReferenceError."""
        return self.shared.threshold(name)

    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """Word lists by the stem of their file."""
        return self.shared.vocabularies

    def words(self, name: str) -> tuple[str, ...]:
        """The words of the list `name`. Errors: MissingReferenceError."""
        return self.shared.words(name)

    def brought(self, record: Record) -> datetime | None:
        """The wall time at which the record's file first came to the main line; None if unknown."""
        return self._wall(self.history.brought.get(record.path))

    def changed(self, record: Record) -> datetime | None:
        """The wall time of the last change of the record's file; None if unknown."""
        return self._wall(self.history.changed.get(record.path))

    def _wall(self, instant: datetime | None) -> datetime | None:
        if instant is None or self.group is None:
            return None
        return wall_time(instant, self.group.time_zone)

    def day_after(self, start: date, workdays: int) -> date:
        """The last day of a term of workdays. Errors: MissingYearError."""
        return self.calendar.after(start, workdays)

    def label(self, record: Record, *pointer: str | int) -> str:
        """The Chinese word for a coded value of a record; the value itself where it has none."""
        value: Any = record.data
        for part in pointer:
            value = value[part]
        labels = self.schemas.at(record.kind, pointer).get("x-labels", {})
        return str(labels.get(value, value))


def ids_by_folder(ids: Iterable[str]) -> dict[str, list[str]]:
    """Ids under the folder that each stands in."""
    found: dict[str, list[str]] = {}
    for name in ids:
        found.setdefault(name.rpartition("/")[0], []).append(name)
    return found
