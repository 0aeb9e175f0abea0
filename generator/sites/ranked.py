"""Shown records in the one order of all lists, newest first, under each place that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.corpus import Corpus
from generator.model import Item, Record
from generator.sites.addresses import Addresses
from generator.sites.moments import moment_of, placed_in

__all__ = ["Ranked"]


class Ranked:
    """The records of a corpus that the public may see, each found by where it is listed.

    `columns` are those that items name as their own or as an outlet, by site and id; `hosted` are
    the records of known units by the site that shows them and by kind.
    """

    def __init__(self, corpus: Corpus, addresses: Addresses, shown: Sequence[Record]) -> None:
        self.moments = {record: moment_of(record) for record in shown}
        self.newest = sorted(shown, key=self.moments.__getitem__, reverse=True)
        self.rank = {record: rank for rank, record in enumerate(self.newest)}
        self.columns: dict[tuple[str, str], list[Record]] = {}
        self.hosted: dict[tuple[str, str], list[Record]] = {}
        self.kinds: dict[str, list[Record]] = {}
        sites = {}
        for record in self.newest:
            unit = record.unit
            if unit not in sites:
                site = addresses.site_of(unit)
                sites[unit] = site.unit if site is not None else ""
            site_id, kind = sites[unit], record.kind
            self.kinds.setdefault(kind, []).append(record)
            if site_id and unit in corpus.units:
                self.hosted.setdefault((site_id, kind), []).append(record)
            self._place(record, site_id)

    def _place(self, record: Record, site: str) -> None:
        """Puts a record under the columns that it names."""
        column = placed_in(record)
        if "outlets" not in record.data or not isinstance(record, Item):
            if site and column:
                self.columns.setdefault((site, column), []).append(record)
            return
        places = [(site, column)] if site and column else []
        places += [(outlet["site"], outlet["column"]) for outlet in record.outlets]
        for place in dict.fromkeys(places):
            self.columns.setdefault(place, []).append(record)

    def in_order(self, records: Iterable[Record]) -> list[Record]:
        """Some of the records, newest first; equal times by id."""
        return sorted(records, key=self.rank.__getitem__)
