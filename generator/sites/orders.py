"""What each site is made of: the parts it shows, what it gathers from others, and the key of all.

Reckoned from the indexes of the parts and the shared records alone: no item is opened to find out
that a site is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.check import Checked
from generator.check.part import Index
from generator.corpus import Corpus
from generator.model import Site
from generator.shared import Shared
from generator.sites.scene import Gather
from generator.store import digest_of

__all__ = ["Order", "orders", "parts_shown"]


@dataclass(frozen=True, slots=True)
class Order:
    """One site to be built, with all that a process needs to know beside its desk."""

    site: str
    parts: tuple[tuple[str, str], ...]  # each part it shows, with the digest of its listing
    gathers: tuple[Gather, ...]
    context: str
    key: str
    weight: int


_LISTED = 4  # records that cost, where they are only listed, what one costs that is shown


def orders(checked: Checked, theme: str) -> Iterator[Order]:
    """An order for every site of the group, in id order."""
    corpus = checked.group
    stamps = _shared_stamps(checked)
    faces = _faces(corpus)
    group = digest_of(theme, checked.desk.reading.reference, faces, stamps.get("group", ""))
    for site in corpus.sites.values():
        hosted = [unit.unit for unit in corpus.hosted_by(site)]
        shown = parts_shown(corpus.shared, site) & checked.indexes.keys()
        parts = tuple((name, checked.indexes[name].digest) for name in sorted(shown))
        gathers = tuple(_gathers(checked, site, shown))
        own = (f"{name}\0{stamps.get(name, '')}" for name in _records_of(site, hosted))
        context = digest_of(group, *own)
        key = digest_of(
            context, checked.base, repr(parts), *(repr(_plain(gather)) for gather in gathers)
        )
        weight = sum(checked.indexes[name].count for name in shown)
        weight += sum(len(gather.ids) for gather in gathers) // _LISTED
        yield Order(site.unit, parts, gathers, context, key, weight)


def parts_shown(shared: Shared, site: Site) -> set[str]:
    """The names of the parts that a site shows, of those that are there."""
    return {site.unit, *(unit.unit for unit in shared.hosted_by(site))}


def _records_of(site: Site, hosted: list[str]) -> list[str]:
    return [site.id, *(f"units/{unit}/unit" for unit in hosted)]


def _shared_stamps(checked: Checked) -> Mapping[str, str]:
    return {row[1]: row[0] for index in checked.indexes.values() for row in index.shared.values()}


def _faces(corpus: Corpus) -> str:
    """A digest of what any page may say of any unit or site, and of where they stand."""
    units = (
        repr([unit.unit, unit.name, unit.short_name, unit.type, unit.parent, unit.order])
        for unit in corpus.units.values()
    )
    sites = (
        repr([site.unit, site.name, site.url, site.role, site.data.get("status")])
        for site in corpus.sites.values()
    )
    return digest_of(*units, *sites)


def _gathers(checked: Checked, site: Site, shown: set[str]) -> Iterator[Gather]:
    """What a site lists of parts that it does not show."""
    columns = [column for column in site.every_column() if column.from_group]
    kinds = {kind for column in columns for kind in column.collects}
    for name, index in checked.indexes.items():
        if name in shown:
            continue
        wanted = frozenset(kinds & index.kinds.keys())
        ids = frozenset(index.outlets.get(site.unit, ()))
        if wanted or ids:
            yield Gather(name, index.digest, wanted, ids, _stamp(index, site.unit, wanted))


def _stamp(index: Index, site: str, kinds: frozenset[str]) -> str:
    """A digest of the records gathered, so that others of their part may change unnoticed."""
    outlets = index.outlets.get(site, {})
    return digest_of(
        *(index.kinds[kind][1] for kind in sorted(kinds)), repr(sorted(outlets.items()))
    )


def _plain(gather: Gather) -> list[Any]:
    return [gather.part, sorted(gather.kinds), sorted(gather.ids), gather.stamp]
