"""Record pages: one for each record that is shown, of the site's own unit and of those it hosts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Column, Item, Record, Site, Unit
from generator.sites.listing import Listing, moment_of, placed_in
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


def _collecting(site: Site, kind: str) -> Column | None:
    """The column of a site in which records of a kind stand without naming one."""
    return next((c for c in site.every_column() if kind in c.collects), None)


def record_pages(listing: Listing, site: Site) -> Iterator[Page]:
    """The pages of every shown record whose unit `site` shows."""
    hosted = {unit.unit: unit for unit in listing.corpus.hosted_by(site)}
    collecting = {kind: _collecting(site, kind) for kind in listing.kinds}
    for record, path in listing.pages_on(site):
        unit = hosted.get(record.unit)
        if unit is not None and listing.is_shown(record):
            column = site.column_by_id.get(placed_in(record)) or collecting.get(record.kind)
            yield _page(listing, site, unit, record, path, column)


def _page(
    listing: Listing, site: Site, unit: Unit, record: Record, path: str, column: Column | None
) -> Page:
    trail = column_trail(listing, column) if column else ()
    if unit.unit != site.unit:
        trail = (Crumb(unit.name, f"units/{unit.unit}/index.html"), *trail[-1:])
    elif not trail:
        trail = (Crumb(unit.name, "unit.html"),)
    summary = record.data.get("summary", "")
    context: dict[str, object] = {"unit": unit}
    if isinstance(record, Unit):
        context["others"] = _unlisted(listing, site, record)
    return Page(
        path=path,
        template=_TEMPLATES.get(record.kind, "page/record.html"),
        title=record.title,
        type=PageType.CONTENT,
        trail=trail,
        column=column,
        record=record,
        description=summary if isinstance(summary, str) else "",
        changed=moment_of(record)[:10],
        context=context,
    )


def _unlisted(listing: Listing, site: Site, unit: Unit) -> dict[str, list[Record]]:
    """What a unit publishes that no column of the site and no platform lists, by kind."""
    groups: dict[str, list[Record]] = {}
    for record in _published(listing, unit):
        named = placed_in(record) in site.column_by_id or record.kind in _ON_PLATFORM
        if not named and _collecting(site, record.kind) is None:
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
            groups.setdefault(record.kind, []).append(record)
        items = [record for record in own if isinstance(record, Item)]
        newest = sorted(items, key=moment_of, reverse=True)
        yield Page(
            path=f"units/{unit.unit}/index.html",
            template="list/unit.html",
            title=unit.name,
            type=PageType.COLUMN,
            trail=(Crumb(unit.name, f"units/{unit.unit}/index.html"),),
            description=f"{unit.name}的机构职能、政府信息公开和最新信息。",
            context={"unit": unit, "groups": groups, "newest": newest[:_ITEMS_ON_UNIT]},
        )
