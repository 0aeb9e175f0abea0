"""A site as it is planned and drawn: its records, what it gathers, and what its pages look up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from generator.check.desk import Desk
from generator.check.elsewhere import Looked, Trace, part_named
from generator.check.judging import Held, part_corpus
from generator.model import Record, Site
from generator.sites.listing import Listing
from generator.tree import Entry, History

__all__ = ["Gather", "Scene", "is_mark", "scene_of"]


@dataclass(frozen=True, slots=True)
class Gather:
    """What a site lists of a part that it does not show: whole kinds, and single records."""

    part: str
    digest: str
    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    stamp: str = ""  # a digest of just these records


class _Seen(Looked):
    """Look-ups while pages are drawn: those of the site's own records are written down, too."""

    def get(self, name: str, default: Any = None) -> Any:
        if name in self.own:
            self.trace[name] = ""
            return self.own[name]
        return super().get(name, default)


@dataclass(frozen=True, slots=True)
class _Noted(Mapping[str, Site]):
    """The sites of the group; what is asked of another one than `own` is written down."""

    sites: Mapping[str, Site]
    own: str
    trace: Trace

    def __getitem__(self, name: str) -> Site:
        site = self.sites[name]
        if name != self.own:
            self.trace[site.id] = ""
        return site

    def __iter__(self) -> Iterator[str]:
        return iter(self.sites)

    def __len__(self) -> int:
        return len(self.sites)


@dataclass
class Scene:
    """One site with all that its pages may show."""

    desk: Desk
    listing: Listing
    site: Site
    stamps: Mapping[str, str]  # the names of the bytes of the site's records and gathered ones
    context: str  # what every page follows from beside its records: frame, units, sites
    looked: Looked = field(repr=False)

    def mark(self, record: Record) -> str:
        """What a page follows from that shows a record: its bytes, and whether it is seen."""
        known = self._marks.get(record)
        if known is None:
            stamp = self.stamps.get(record.id) or self.desk.elsewhere.stamp(record.id)
            seen = self.listing.is_shown(record)
            known = self._marks[record] = f"{record.id}:{stamp}{'+' if seen else '-'}"
            if not seen:
                self._times.append(str(record.data.get("publishedAt", "")))
        return known

    @cached_property
    def _times(self) -> list[str]:
        return []

    @cached_property
    def _marks(self) -> dict[Record, str]:
        return {}

    def asset_stamp(self, path: str) -> str:
        """The name of the bytes of a file of the site's units."""
        return self.listing.corpus.assets[path].blob

    def mark_of(self, name: str) -> str:
        """The mark of what a page looked up by id; of nothing where nothing stands there."""
        record = self.looked.own.get(name) or self.looked.shared.get(name)
        record = record or self.desk.elsewhere.record(name)
        return self.mark(record) if record is not None else self.desk.elsewhere.stamp(name)

    def trace(self) -> Trace | None:
        """What was looked up since the last call, with its marks; None for nothing."""
        if not self.looked.trace:
            return None
        names = list(self.looked.trace)
        found = {name: self.mark_of(name) for name in names}
        self.looked.trace.clear()
        return found

    def foreign(self, traces: Iterable[Trace]) -> Trace:
        """What pages looked up that is neither the site's own nor shared by all."""
        return {
            name: mark
            for trace in traces
            for name, mark in trace.items()
            if name not in self.looked.own and name not in self.looked.shared
        }

    def digests(self, trace: Trace) -> dict[str, str]:
        """The digests of the parts in which something was looked up."""
        known = self.desk.reading.tree.parts()
        return {part: known.get(part, "") for part in {part_named(name) for name in trace}}

    def same(self, name: str, mark: str) -> bool:
        """Whether what stands at an id is what it was, if no item's time has come since."""
        found = self.looked.own.get(name) or self.looked.shared.get(name)
        if found is not None:
            return self.mark(found)[:-1] == mark[:-1]
        return is_mark(mark, name, self.desk.elsewhere.stamp(name))

    @property
    def now(self) -> str:
        """The wall time at which the site is planned, to the second."""
        return f"{self.listing.now:%Y-%m-%d %H:%M:%S}"

    def until(self) -> str:
        """The wall time from which the plan may read otherwise: an item's time, or midnight."""
        midnight = f"{self.listing.now + timedelta(days=1):%Y-%m-%d}"
        now = self.now
        times = [time for time in self._times if time > now]
        for record in self.looked.own.values():
            published, expires = record.data.get("publishedAt"), record.data.get("expiresAt")
            if published is not None and published > now:
                times.append(published)
            if expires is not None and f"{expires:.16}:60" > now:  # over when its minute is
                times.append(f"{expires:.16}:60")
        return min([midnight, *times])


def is_mark(mark: str, name: str, stamp: str) -> bool:
    """Whether a mark is that of a record under the name of its bytes, whether seen or not."""
    return mark in {f"{name}:{stamp}+", f"{name}:{stamp}-", stamp}


def scene_of(
    desk: Desk,
    site: str,
    parts: Mapping[str, str],
    gathers: tuple[Gather, ...],
    instant: datetime,
    context: str,
) -> Scene:
    """The scene of a site that shows `parts` (name → digest) at `instant`."""
    records: dict[str, Record] = {}
    stamps: dict[str, str] = {}
    assets: dict[str, Entry] = {}
    broken: set[str] = set()
    for name, digest in parts.items():
        held = desk.at_hand(name, digest)
        records |= held.records
        stamps |= held.stamps
        assets |= held.assets
        broken |= held.broken
    for gather in gathers:
        found, names = desk.given(
            gather.part, gather.digest, site, gather.kinds, gather.ids, gather.stamp
        )
        records |= found
        stamps |= names
    everything = Held("", dict(sorted(records.items())), stamps, assets, frozenset(broken))
    corpus, looked = part_corpus(
        desk.reading, desk.elsewhere, desk.shared, everything, History(), _Seen
    )
    own = corpus.sites[site]
    noted = replace(corpus, sites_noted=_Noted(corpus.sites, site, looked.trace))
    listing = Listing.at(noted, instant, own)
    assert listing is not None  # no site is built of a group without a portal
    return Scene(desk, listing, own, stamps, context, looked)
