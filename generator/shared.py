"""What every part may ask for: the group, its units and sites, people, reference data.

These records are few beside the items, and everything refers to them; so they are at hand wherever
a part is judged or shown, and what follows from them alone is reckoned once a process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from generator.clock import WorkCalendar
from generator.load import Kind
from generator.model import (
    Group,
    Record,
    Roles,
    Site,
    Threshold,
    Thresholds,
    Unit,
    Vocabulary,
    Workdays,
)

__all__ = ["MissingReferenceError", "Shared", "by_class", "is_shared", "of_class"]

R = TypeVar("R", bound=Record)

# The kinds of a unit's folder that every part may ask for; all that stands in no unit may be, too.
_SHARED = frozenset({"partner", "site", "unit"})


def is_shared(kind: Kind) -> bool:
    """Whether records of a kind are at hand wherever any part is judged or shown."""
    return not kind.of_unit or kind.name in _SHARED


class MissingReferenceError(LookupError):
    """Reference data that a rule reads is not there: `name`, which `file` should hold."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name)
        self.name = name
        self.file = file


@dataclass(frozen=True)
class Shared:
    """The shared records of a tree, in id order."""

    records: tuple[Record, ...] = ()

    @cached_property
    def _by_class(self) -> Mapping[type[Record], list[Record]]:
        return by_class(self.records)

    def common(self, kind: type[R]) -> Iterator[R]:
        """The records of a shared kind, of the whole tree: `shared.common(Partner)`."""
        return of_class(self._by_class, kind)

    @cached_property
    def group(self) -> Group | None:
        """The description of the group, or None where it is missing or broken."""
        return next(self.common(Group), None)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Units by unit id."""
        return {unit.unit: unit for unit in self.common(Unit)}

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """Sites by site id, which is the id of the unit that opened it."""
        return {site.unit: site for site in self.common(Site)}

    @cached_property
    def portal(self) -> Site | None:
        """The portal of the group."""
        return self.sites.get(self.group.portal) if self.group else None

    def site_of(self, unit: str) -> Site | None:
        """The site that shows a unit: its own, that of the nearest unit above, or the portal."""
        seen: set[str] = set()
        while unit and unit not in seen:
            if unit in self.sites:
                return self.sites[unit]
            seen.add(unit)
            unit = self.units[unit].parent if unit in self.units else ""
        return self.portal

    @cached_property
    def _hosted(self) -> Mapping[str, tuple[Unit, ...]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            if (site := self.site_of(unit.unit)) is not None:
                found.setdefault(site.unit, []).append(unit)
        return {
            name: tuple(sorted(units, key=lambda unit: (unit.unit != name, unit.order, unit.id)))
            for name, units in found.items()
        }

    def hosted_by(self, site: Site) -> tuple[Unit, ...]:
        """The units whose pages stand on `site`, its own unit first, then in their order."""
        return self._hosted.get(site.unit, ())

    @cached_property
    def roles(self) -> Roles | None:
        """People and appointments, or None where the file is missing or broken."""
        return next(self.common(Roles), None)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The workdays of every year that `content/reference/workdays/` holds."""
        return WorkCalendar.of(table.row for table in self.common(Workdays))

    @cached_property
    def thresholds(self) -> Mapping[str, Threshold]:
        """Limits by id, each with its article and confidence."""
        return {row.id: row for table in self.common(Thresholds) for row in table.rows}

    def threshold(self, name: str) -> float:
        """The limit `name`. Errors: MissingReferenceError."""
        if name not in self.thresholds:
            raise MissingReferenceError(name, "content/reference/thresholds.yml")
        return self.thresholds[name].value

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """Word lists by the stem of their file."""
        return {words.stem: words for words in self.common(Vocabulary)}

    def words(self, name: str) -> tuple[str, ...]:
        """The words of the list `name`. Errors: MissingReferenceError."""
        if name not in self.vocabularies:
            raise MissingReferenceError(name, f"content/reference/vocabularies/{name}.yml")
        return self.vocabularies[name].words


def by_class(records: Iterable[Record]) -> dict[type[Record], list[Record]]:
    """Records under their class."""
    found: dict[type[Record], list[Record]] = {}
    for record in records:
        found.setdefault(type(record), []).append(record)
    return found


def of_class(known: Mapping[type[Record], list[Record]], kind: type[R]) -> Iterator[R]:
    """The records of a class, or of the classes below it."""
    for cls, records in known.items():
        if issubclass(cls, kind):
            yield from cast("list[R]", records)
