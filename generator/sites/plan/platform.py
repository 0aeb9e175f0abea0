"""The disclosure platform (政府信息公开专栏): four entries, the same for every unit.

Source: 国办公开办函〔2019〕61号: exactly 指南, 制度, 法定主动公开内容, 年报;
statutory content only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import Article20, Disclosure, Policy, Record, Site, Unit
from generator.sites.listing import Listing, newest_first
from generator.sites.plan.columns import PLATFORM
from generator.sites.plan.page import Crumb, Page, PageType

__all__ = ["ENTRIES", "platform_pages"]

ENTRIES = (
    ("zfxxgkzn/", "政府信息公开指南", "guide"),
    ("zfxxgkzd/", "政府信息公开制度", "institution"),
    ("fdzdgknr/", "法定主动公开内容", "disclosure"),
    ("zfxxgknb/", "政府信息公开年报", "annual-report"),
)
_STATUTORY = "fdzdgknr/"
_PREVIEW = 6


def platform_pages(listing: Listing, site: Site) -> Iterator[Page]:
    """The platform of every unit that `site` shows."""
    for unit in listing.corpus.hosted_by(site):
        where = listing.addresses.platform(unit)
        if where is not None:
            yield from _of_unit(listing, site, unit, where[1])


def _of_unit(listing: Listing, site: Site, unit: Unit, folder: str) -> Iterator[Page]:
    column = site.column_by_id.get(PLATFORM)
    own = listing.of_unit(unit.unit)
    groups = _groups(listing, own)
    root = Crumb("政府信息公开", f"{folder}index.html")
    trail: tuple[Crumb, ...] = (root,)
    if not folder.startswith(PLATFORM):
        home = "unit.html" if unit.unit == site.unit else f"units/{unit.unit}/index.html"
        trail = (Crumb(unit.name, home), root)
    entries = [
        {"path": f"{folder}{path}index.html", "title": title, "kind": kind}
        for path, title, kind in ENTRIES
    ]
    shared: dict[str, Any] = {
        "unit": unit,
        "entries": entries,
        "groups": groups,
        "folder": folder,
        "units": listing.corpus.hosted_by(site) if column and len(trail) == 1 else (),
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

    newest = newest_first(record for _, records in groups for record in records)
    by_kind = {kind: [r for r in own if r.kind == kind] for _, _, kind in ENTRIES}
    yield page("", "政府信息公开", "platform/index.html", newest=newest[:_PREVIEW])
    for path, title, kind in ENTRIES:
        crumb = Crumb(title, f"{folder}{path}index.html")
        if path == _STATUTORY:
            yield page(path, title, "platform/statutory.html", crumb, records=newest)
            for row, records in groups:
                inner = f"{path}{row['id']}/"
                name = row["shortTitle"]
                last = Crumb(name, f"{folder}{inner}index.html")
                yield page(
                    inner, name, "platform/group.html", crumb, last, row=row, records=records
                )
        else:
            records = newest_first(by_kind[kind])
            yield page(path, title, "platform/entry.html", crumb, records=records, kind=kind)


def _groups(listing: Listing, own: list[Record]) -> list[tuple[dict[str, Any], list[Record]]]:
    """The fifteen items of article 20 and, where the unit has any, those of article 21."""
    table = next(listing.corpus.every(Article20), None)
    if table is None:
        return []
    groups = []
    for row in table.rows:
        records = [record for record in own if _falls_under(record, dict(row))]
        if row["article"] == "20" or records:
            groups.append((dict(row), newest_first(records)))
    return groups


def _falls_under(record: Record, row: dict[str, Any]) -> bool:
    if isinstance(record, (Policy, Disclosure)):
        if row["article"] == "20":
            return bool(record.article20 == row["number"])
        return bool(record.data.get("article21Item") == row["id"])
    return row["article"] == "20" and record.kind in row.get("kinds", ())
