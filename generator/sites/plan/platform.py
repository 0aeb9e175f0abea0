"""The disclosure platform (政府信息公开专栏): four entries, the same for every unit.

Source: 国办公开办函〔2019〕61号: exactly 指南, 制度, 法定主动公开内容, 年报;
statutory content only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import Site, Unit
from generator.sites.listing import Listing
from generator.sites.plan.columns import PLATFORM
from generator.sites.plan.page import Crumb, Page, PageType
from generator.sites.plan.statutory import Group, Statutory

__all__ = ["ENTRIES", "platform_pages"]

ENTRIES = (
    ("zfxxgkzn/", "政府信息公开指南", "guide"),
    ("zfxxgkzd/", "政府信息公开制度", "institution"),
    ("fdzdgknr/", "法定主动公开内容", "disclosure"),
    ("zfxxgknb/", "政府信息公开年报", "annual-report"),
)
_STATUTORY = "fdzdgknr/"
_PREVIEW = 6
_UNDER_ITEM = 4


def platform_pages(listing: Listing, site: Site) -> Iterator[Page]:
    """The platform of every unit that `site` shows."""
    statutory = Statutory.of(listing.corpus)
    for unit in listing.corpus.hosted_by(site):
        where = listing.addresses.platform(unit)
        if where is not None:
            yield from _of_unit(listing, site, unit, where[1], statutory)


def _of_unit(
    listing: Listing, site: Site, unit: Unit, folder: str, statutory: Statutory
) -> Iterator[Page]:
    column = site.column_by_id.get(PLATFORM)
    own = listing.newest_first(listing.of_unit(unit.unit))
    groups = statutory.groups(own)
    root = Crumb("政府信息公开", f"{folder}index.html")
    trail: tuple[Crumb, ...] = (root,)
    if not folder.startswith(PLATFORM):
        home = "unit.html" if unit.unit == site.unit else f"units/{unit.unit}/index.html"
        trail = (Crumb(unit.name, home), root)
    shared: dict[str, Any] = {
        "unit": unit,
        "entries": [
            {"path": f"{folder}{path}index.html", "title": title, "kind": kind}
            for path, title, kind in ENTRIES
        ],
        "items": [_item(folder, group) for group in groups],
    }

    def page(path: str, title: str, template: str, *more: Crumb, **context: Any) -> Page:
        return Page(
            path=f"{folder}{path}index.html",
            template=template,
            title=title,
            type=PageType.COLUMN,
            trail=(*trail, *more),
            column=column,
            description=f"{unit.name}{title}。",
            context={**shared, "current": path, **context},
        )

    newest = listing.newest_first(record for _, records in groups for record in records)
    units = listing.corpus.hosted_by(site) if column and len(trail) == 1 else ()
    others = _elsewhere(listing, site) if folder == f"{PLATFORM}/" else []
    yield page(
        "", "政府信息公开", "platform/index.html",
        newest=newest[:_PREVIEW], units=units, others=others,
    )  # fmt: skip
    for path, title, kind in ENTRIES:
        crumb = Crumb(title, f"{folder}{path}index.html")
        if path == _STATUTORY:
            first = [records[:_UNDER_ITEM] for _, records in groups]
            yield page(path, title, "platform/statutory.html", crumb, first=first)
            for row, records in groups:
                inner = f"{path}{row['id']}/"
                name = row["shortTitle"]
                last = Crumb(name, f"{folder}{inner}index.html")
                yield page(
                    inner, name, "platform/group.html", crumb, last, row=row, records=records
                )
        else:
            records = [record for record in own if record.kind == kind]
            yield page(path, title, "platform/entry.html", crumb, records=records, kind=kind)


def _item(folder: str, group: Group) -> tuple[str, str, int]:
    """An item as the platform's menu shows it: its title, its folder and how much it holds."""
    row, records = group
    return row["shortTitle"], f"{folder}{_STATUTORY}{row['id']}/", len(records)


def _elsewhere(listing: Listing, site: Site) -> list[Unit]:
    """The units with sites of their own, to whose platforms the portal's leads."""
    if site.role != "portal":
        return []
    corpus = listing.corpus
    return [u for u in corpus.units.values() if u.unit in corpus.sites and u.unit != site.unit]
