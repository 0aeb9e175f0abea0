"""Record pages: one for each record that is shown, of the site's own unit and of those it hosts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model import Column, Item, Record, Site, Unit
from generator.sites.listing import Listing, placed_in
from generator.sites.plan.columns import column_trail
from generator.sites.plan.page import Crumb, Page, PageType

__all__ = ["record_pages", "unit_pages"]

_TEMPLATES: Mapping[str, str] = {
    "annual-report": "page/annual-report.html",
    "article": "page/article.html",
    "consultation": "page/consultation.html",
    "disclosure": "page/disclosure.html",
    "error-report": "page/message.html",
    "fee": "page/table.html",
    "guide": "page/guide.html",
    "institution": "page/article.html",
    "interpretation": "page/interpretation.html",
    "interview": "page/interview.html",
    "leader": "page/leader.html",
    "message": "page/message.html",
    "policy": "page/policy.html",
    "power": "page/table.html",
    "probe": "page/table.html",
    "service": "page/service.html",
    "service-statistics": "page/service-statistics.html",
    "unit": "page/unit.html",
}
_ITEMS_ON_UNIT = 8
_ON_PLATFORM = frozenset({"annual-report", "disclosure", "guide", "institution", "policy", "unit"})
# What a unit's front page does not list by kind: its items stand there as news, and it is itself.
_NOT_BY_KIND = frozenset({"article", "unit"})


_Place = tuple[Column | None, tuple[Crumb, ...]]


@dataclass(frozen=True)
class _Places:
    """Where the records of one site stand: their column, and the way there, reckoned once each."""

    listing: Listing
    site: Site
    _collecting: dict[str, Column | None] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], _Place] = field(default_factory=dict)

    def of(self, record: Record, unit: Unit) -> _Place:
        """The column that a record names, or the first that collects its kind, and its trail."""
        key = record.unit, record.kind, placed_in(record)
        place = self._known.get(key)
        if place is None:
            column = self.site.column_by_id.get(key[2]) or self.collecting(record.kind)
            place = self._known[key] = column, self._trail(unit, column)
        return place

    def collecting(self, kind: str) -> Column | None:
        """The column in which records of a kind stand without naming one."""
        if kind not in self._collecting:
            columns = self.site.every_column()
            self._collecting[kind] = next((c for c in columns if kind in c.collects), None)
        return self._collecting[kind]

    def _trail(self, unit: Unit, column: Column | None) -> tuple[Crumb, ...]:
        trail = column_trail(self.listing, column) if column else ()
        if unit.unit != self.site.unit:
            return (Crumb(unit.name, f"units/{unit.unit}/index.html"), *trail[-1:])
        return trail or (Crumb(unit.name, "unit.html"),)

    def is_listed(self, record: Record) -> bool:
        """Whether a column of the site or the disclosure platform lists a record."""
        named = placed_in(record) in self.site.column_by_id or record.kind in _ON_PLATFORM
        return named or self.collecting(record.kind) is not None


def record_pages(listing: Listing, site: Site) -> Iterator[Page]:
    """The pages of every shown record whose unit `site` shows."""
    places = _Places(listing, site)
    contexts = {unit.unit: _contexts(unit) for unit in listing.corpus.hosted_by(site)}
    for record, path, moment in listing.shown_on(site):
        found = contexts.get(record.unit)
        if found is None:
            continue
        data = record.data
        context = found["expiresAt" in data and listing.is_expired(record)]
        column, trail = places.of(record, context["unit"])
        summary = data.get("summary", "")
        yield Page(
            path=path,
            template=_TEMPLATES.get(record.kind, "page/record.html"),
            title=record.title,
            type=PageType.CONTENT,
            trail=trail,
            column=column,
            record=record,
            description=summary if isinstance(summary, str) else "",
            changed=moment[:10],
            indexed="benefitList" not in data,
            context=_of_unit(places, record) if isinstance(record, Unit) else context,
        )


def _contexts(unit: Unit) -> tuple[dict[str, Any], dict[str, Any]]:
    """What pages of a unit's records show besides, of those in force and of those expired."""
    return {"unit": unit, "expired": False}, {"unit": unit, "expired": True}


def _of_unit(places: _Places, unit: Unit) -> dict[str, Any]:
    """What a unit's own page shows besides its record."""
    return {
        "unit": unit,
        "leaders": places.listing.leaders_of(unit.unit),
        "others": _unlisted(places, unit),
    }


def _unlisted(places: _Places, unit: Unit) -> dict[str, list[Record]]:
    """What a unit publishes that no column of the site and no platform lists, by kind."""
    groups: dict[str, list[Record]] = {}
    for record in _published(places.listing, unit):
        if not places.is_listed(record):
            groups.setdefault(record.kind, []).append(record)
    return groups


def _published(listing: Listing, unit: Unit) -> list[Record]:
    """The shown records of a unit that have a page."""
    return [r for r in listing.of_unit(unit.unit) if listing.addresses.page(r) is not None]


def unit_pages(listing: Listing, site: Site) -> Iterator[Page]:
    """A front page for each unit that has no site of its own: all it publishes in one place."""
    for unit in listing.corpus.hosted_by(site):
        if unit.unit == site.unit:
            continue
        own = _published(listing, unit)
        groups: dict[str, list[Record]] = {}
        for record in own:
            if record.kind not in _NOT_BY_KIND:
                groups.setdefault(record.kind, []).append(record)
        newest = listing.newest_first(record for record in own if isinstance(record, Item))
        yield Page(
            path=f"units/{unit.unit}/index.html",
            template="list/unit.html",
            title=unit.name,
            type=PageType.COLUMN,
            trail=(Crumb(unit.name, f"units/{unit.unit}/index.html"),),
            description=f"{unit.name}的机构职能、政府信息公开和最新信息。",
            context={"unit": unit, "groups": groups, "newest": newest[:_ITEMS_ON_UNIT]},
        )
