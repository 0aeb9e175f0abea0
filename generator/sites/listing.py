"""Which records a column lists, and in which order, at a given moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from generator.clock import wall_time
from generator.corpus import Corpus
from generator.model import Column, Item, Message, Record, Site
from generator.sites.addresses import Addresses
from generator.sites.withheld import withheld_files

__all__ = ["Listing", "moment_of", "newest_first", "placed_in"]

# The field that dates a record in lists, by kind; an item has its publication time.
_MOMENTS: Mapping[str, tuple[str, ...]] = {
    "adoption": ("adoptedAt",),
    "annual-report": ("publishedAt",),
    "attestation": ("attestedAt",),
    "error-report": ("publishedAt", "answeredAt", "receivedAt"),
    "finding": ("foundAt",),
    "leader": ("updatedAt",),
    "media-account": ("openedAt",),
    "meeting": ("heldAt",),
    "message": ("publishedAt", "answeredAt", "receivedAt"),
    "migration": ("migratedAt", "application.filedAt"),
    "partner": ("registeredAt",),
    "probe": ("to", "from"),
    "reward": ("publishedAt", "decidedAt"),
    "task": ("issuedAt",),
    "unit": ("updatedAt",),
}
_FALLBACKS = ("publishedAt", "sentAt", "updatedAt", "issuedAt", "filedAt", "syncedAt")
_LATE_ENOUGH = "9999"


def moment_of(record: Record) -> str:
    """The date or time that places a record in a list, as text that sorts; empty for none."""
    for name in (*_MOMENTS.get(record.kind, ()), *_FALLBACKS):
        value: object = record.data
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if isinstance(value, str):
            return value
    return ""


def placed_in(record: Record) -> str:
    """The column that a record names as its own place; empty where it names none."""
    return record.column if isinstance(record, (Item, Message)) else ""


@dataclass(frozen=True)
class Listing:
    """The lists of all sites of a corpus as they read at `now`, a wall time of the group."""

    corpus: Corpus
    addresses: Addresses
    now: datetime

    @classmethod
    def at(cls, corpus: Corpus, instant: datetime) -> Listing | None:
        """The lists at `instant`; None where the corpus lacks its group or its portal."""
        if corpus.group is None or corpus.portal is None:
            return None
        return cls(corpus, Addresses(corpus), wall_time(instant, corpus.group.time_zone))

    def is_shown(self, record: Record) -> bool:
        """Whether the public may see the record: public, not taken back, not before its time."""
        if not self.addresses.is_public(record) or "withdrawn" in record.data:
            return False
        published = record.data.get("publishedAt")
        return not isinstance(published, str) or published <= self._now_text

    def is_current(self, record: Record) -> bool:
        """Whether a record speaks of now: a leader who has left does not."""
        left = record.data.get("leftAt")
        return not isinstance(left, str) or left > self._now_text[:10]

    @cached_property
    def _now_text(self) -> str:
        return self.now.strftime("%Y-%m-%d %H:%M:%S")

    @cached_property
    def shown(self) -> tuple[Record, ...]:
        """Every record that the public may see, in id order."""
        return tuple(record for record in self.corpus.records.values() if self.is_shown(record))

    @cached_property
    def _by_column(self) -> Mapping[tuple[str, str], list[Record]]:
        found: dict[tuple[str, str], list[Record]] = {}
        for record in self.shown:
            places: dict[tuple[str, str], None] = {}
            site = self.corpus.site_of(record.unit)
            column = placed_in(record)
            if site is not None and column:
                places[site.unit, column] = None
            if isinstance(record, Item):
                for outlet in record.outlets:
                    places[outlet["site"], outlet["column"]] = None
            for place in places:
                found.setdefault(place, []).append(record)
        return found

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in self.shown:
            found.setdefault(record.kind, []).append(record)
        return found

    @cached_property
    def _by_unit(self) -> Mapping[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in self.shown:
            found.setdefault(record.unit, []).append(record)
        return found

    def of_unit(self, unit: str) -> list[Record]:
        """Every shown record of a unit, in id order."""
        return self._by_unit.get(unit, [])

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The paths of files that stand on no site, because the public may not have them."""
        return withheld_files(self.corpus, self.is_shown)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of which at least one record is shown."""
        return tuple(self._by_kind)

    def of_kind(self, kind: str) -> list[Record]:
        """Every shown record of a kind, newest first."""
        return newest_first(self._by_kind.get(kind, ()))

    def of_units(self, kind: str, units: Iterable[str]) -> list[Record]:
        """The shown records of a kind that belong to `units`, newest first."""
        wanted = frozenset(units)
        return [record for record in self.of_kind(kind) if record.unit in wanted]

    def leaders_of(self, unit: str) -> list[Record]:
        """The leaders of a unit who are in office, in their order."""
        leaders = self.of_units("leader", [unit])
        return sorted(filter(self.is_current, leaders), key=lambda one: int(one.data["order"]))

    @cached_property
    def _pages(self) -> Mapping[str, list[tuple[Record, str]]]:
        found: dict[str, list[tuple[Record, str]]] = {}
        for record in self.corpus.records.values():
            where = self.addresses.page(record)
            if where is not None:
                found.setdefault(where[0].unit, []).append((record, where[1]))
        return found

    def pages_on(self, site: Site) -> list[tuple[Record, str]]:
        """Every record with an address on `site`, shown or not, with its path, in id order."""
        return self._pages.get(site.unit, [])

    def in_column(self, column: Column) -> list[Record]:
        """What stands in a column itself, pinned items first, then newest first."""
        found = {record.id: record for record in self._by_column.get((column.site, column.id), ())}
        if column.collects:
            site = self.corpus.sites[column.site]
            hosted = None if column.from_group else self._hosted(site)
            for kind in column.collects:
                for record in self._by_kind.get(kind, ()):
                    if hosted is None or record.unit in hosted:
                        found[record.id] = record
        return newest_first(found.values(), self.now.strftime("%Y-%m-%d"))

    def below(self, column: Column) -> list[Record]:
        """What stands in a column or any column below it, newest first."""
        found = {record.id: record for each in column.walk() for record in self.in_column(each)}
        return newest_first(found.values(), self.now.strftime("%Y-%m-%d"))

    def _hosted(self, site: Site) -> frozenset[str]:
        return frozenset(unit.unit for unit in self.corpus.hosted_by(site))


def newest_first(records: Iterable[Record], today: str = _LATE_ENOUGH) -> list[Record]:
    """Newest first, pinned ones on top up to their day; equal times by id."""

    def order(record: Record) -> tuple[bool, str]:
        return str(record.data.get("pinnedUntil", "")) >= today, moment_of(record)

    by_id = sorted(records, key=lambda record: record.id)
    return sorted(by_id, key=order, reverse=True)
