"""Which records a column lists, and in which order, at a given moment.

Every order is reckoned once: the shown records of the group are put newest first, and each list is
a part of that one, or a union of such parts put back in order by rank.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice

from generator.clock import wall_time
from generator.corpus import Corpus
from generator.load import Pointer
from generator.model import Column, Item, Record, Site
from generator.sites.addresses import Addresses
from generator.sites.gathered import Gathered
from generator.sites.moments import moment_of, placed_in
from generator.sites.ranked import Ranked
from generator.sites.shapes import Shapes, shapes_of
from generator.sites.withheld import withheld_files

__all__ = ["Listing", "moment_of", "placed_in"]


@dataclass(frozen=True)
class Listing:
    """The lists of all sites of a corpus as they read at `now`, a wall time of the group.

    With a `focus` only that site is to be planned: what it lists of others has no page on it.
    """

    corpus: Corpus
    addresses: Addresses
    now: datetime
    focus: Site | None = None

    @classmethod
    def at(cls, corpus: Corpus, instant: datetime, focus: Site | None = None) -> Listing | None:
        """The lists at `instant`; None where the corpus lacks its group or its portal."""
        if corpus.group is None or corpus.portal is None:
            return None
        return cls(corpus, Addresses(corpus), wall_time(instant, corpus.group.time_zone), focus)

    @cached_property
    def _own(self) -> Collection[Record]:
        """The records of the units that the site in focus shows; without one, all."""
        subjects = self.corpus.subjects.values()
        if self.focus is None:
            return subjects
        site_of, focus = self.addresses.site_of, self.focus
        return [record for record in subjects if site_of(record.unit) is focus]

    def is_shown(self, record: Record) -> bool:
        """Whether the public may see the record: public, not taken back, in its time."""
        data = record.data
        if not self.addresses.is_public(record) or "withdrawn" in data:
            return False
        if "benefitList" in data and self.is_over(record):
            return False
        published = data.get("publishedAt")
        return not isinstance(published, str) or published <= self._now_text

    def is_current(self, record: Record) -> bool:
        """Whether a record speaks of now: a leader who has left does not."""
        left = record.data.get("leftAt")
        return not isinstance(left, str) or left > self._now_text[:10]

    def is_expired(self, record: Record) -> bool:
        """Whether the time is over for which an item says that it holds."""
        until = record.data.get("expiresAt")
        return isinstance(until, str) and until < self._now_text[:16]

    def is_over(self, record: Record) -> bool:
        """Whether the last day is gone on which a list of persons may be seen."""
        said = record.data.get("benefitList")
        until = said.get("expires") if isinstance(said, Mapping) else None
        return isinstance(until, str) and until[:10] < self._now_text[:10]

    @cached_property
    def _now_text(self) -> str:
        return self.now.strftime("%Y-%m-%d %H:%M:%S")

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The paths of files that stand on no site, because the public may not have them."""
        return withheld_files(self.corpus, self._own, self.is_shown)

    @cached_property
    def gathered(self) -> Gathered:
        """What is summed or copied over many records, under the site or unit it concerns."""
        return Gathered(self.corpus, self.addresses, self.withheld)

    @cached_property
    def shapes(self) -> Shapes:
        """The schemas as the lists and pages of one corpus walk them."""
        return shapes_of(self.corpus.schemas)

    @cached_property
    def shown(self) -> tuple[Record, ...]:
        """Every record that the public may see, in id order."""
        return tuple(record for record in self.corpus.subjects.values() if self.is_shown(record))

    @cached_property
    def _ranked(self) -> Ranked:
        return Ranked(self.corpus, self.addresses, self.shown)

    @cached_property
    def _pinned(self) -> frozenset[Record]:
        today = self._now_text[:10]
        pins = ((record, record.data.get("pinnedUntil")) for record in self.shown)
        return frozenset(record for record, until in pins if until and str(until) >= today)

    def newest_first(self, records: Iterable[Record]) -> list[Record]:
        """Shown records, newest first; equal times by id."""
        return self._ranked.in_order(records)

    def _as_listed(self, records: list[Record]) -> list[Record]:
        """A list newest first, with what is pinned today put on top."""
        if not self._pinned or self._pinned.isdisjoint(records):
            return records
        pinned = [record for record in records if record in self._pinned]
        return pinned + [record for record in records if record not in self._pinned]

    @cached_property
    def _by_unit(self) -> Mapping[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in self.shown:
            found.setdefault(record.unit, []).append(record)
        return found

    def of_unit(self, unit: str) -> list[Record]:
        """Every shown record of a unit, in id order."""
        return self._by_unit.get(unit, [])

    def of_kind(self, kind: str) -> list[Record]:
        """Every shown record of a kind, newest first."""
        return self._ranked.kinds.get(kind, [])

    def leaders_of(self, unit: str) -> list[Record]:
        """The leaders of a unit who are in office, in their order."""
        leaders = [one for one in self.of_unit(unit) if one.kind == "leader"]
        current = filter(self.is_current, self.newest_first(leaders))
        return sorted(current, key=lambda one: int(one.data["order"]))

    @cached_property
    def _columns(self) -> dict[tuple[str, Pointer], list[Record]]:
        return {}

    @cached_property
    def _branches(self) -> dict[tuple[str, Pointer], list[Record]]:
        return {}

    def in_column(self, column: Column) -> list[Record]:
        """What stands in a column itself, pinned items first, then newest first."""
        key = column.site, column.pointer
        if key not in self._columns:
            self._columns[key] = self._in_column(column)
        return self._columns[key]

    def _in_column(self, column: Column) -> list[Record]:
        parts = [self._ranked.columns.get((column.site, column.id), [])]
        for kind in column.collects:
            hosted = self._ranked.hosted.get((column.site, kind), [])
            parts.append(self.of_kind(kind) if column.from_group else hosted)
        return self._as_listed(self._union(parts))

    def below(self, column: Column) -> list[Record]:
        """What stands in a column or any column below it, pinned items first, then newest first."""
        if not column.children:
            return self.in_column(column)
        key = column.site, column.pointer
        if key not in self._branches:
            parts = [self.in_column(each) for each in column.walk()]
            self._branches[key] = self._as_listed(self._union(parts))
        return self._branches[key]

    def newest_items(self, site: Site, count: int) -> list[Item]:
        """The newest items of all columns of a site, without lists of persons who get help.

        What is pinned has no precedence here.
        """
        found: set[Item] = set()
        for column in site.every_column():
            items = (
                one
                for one in self.in_column(column)
                if isinstance(one, Item) and "benefitList" not in one.data
            )
            found.update(islice(items, count + len(self._pinned)))
        return [one for one in self.newest_first(found) if isinstance(one, Item)][:count]

    def _union(self, parts: list[list[Record]]) -> list[Record]:
        filled = [part for part in parts if part]
        if len(filled) < 2:
            return filled[0] if filled else []
        return self.newest_first({record for part in filled for record in part})

    @cached_property
    def _pages(self) -> Mapping[str, list[tuple[Record, str]]]:
        found: dict[str, list[tuple[Record, str]]] = {}
        for record in self._own:
            where = self.addresses.page(record)
            if where is not None:
                found.setdefault(where[0].unit, []).append((record, where[1]))
        return found

    def pages_on(self, site: Site) -> list[tuple[Record, str]]:
        """Every record with an address on `site`, shown or not, with its path, in id order."""
        return self._pages.get(site.unit, [])

    def shown_on(self, site: Site) -> Iterator[tuple[Record, str, str]]:
        """Every shown record with a page on `site`, with its path and moment, in id order."""
        moments = self._ranked.moments
        pages = self.pages_on(site)
        return ((one, path, moments[one]) for one, path in pages if one in moments)
