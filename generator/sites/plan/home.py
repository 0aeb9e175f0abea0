"""The home page: the sections that the site's record asks for, and the way to everything else."""

from __future__ import annotations

from generator.model import Column, Record, Site
from generator.sites.listing import Listing
from generator.sites.plan.columns import PLATFORM
from generator.sites.plan.page import Page, PageType

__all__ = ["home_page"]

_LINES = 7
_HEADLINES = 5


def home_page(listing: Listing, site: Site) -> Page:
    """The home page of a site; without named sections it shows the columns marked for it."""
    names = site.home.get("sections", ())
    named = [site.column_by_id[name] for name in names if name in site.column_by_id]
    columns = named or [c for c in site.every_column() if c.show_on_home] or list(site.columns)
    sections = []
    for column in columns:
        if column.id == PLATFORM or column.url:
            continue
        records = listing.below(column)
        if records:
            sections.append({"column": column, "records": records[:_LINES]})
    pictured = _pictured(listing, columns)
    return Page(
        path="index.html",
        template="home.html",
        title=site.name,
        type=PageType.HOME,
        description=f"{site.name}，{site.host}主办。",
        context={
            "sections": sections,
            "pictured": pictured,
            "units": listing.corpus.hosted_by(site),
            "platform": None if _leads_to_platform(site) else listing.addresses.principal(site),
        },
    )


def _leads_to_platform(site: Site) -> bool:
    """Whether the site's own quick links already lead to its disclosure platform."""
    return any(f"/{PLATFORM}/" in link["url"] for link in site.home.get("quickLinks", ()))


def _pictured(listing: Listing, columns: list[Column]) -> list[Record]:
    """The newest items with a picture, over the home page's columns."""
    found: dict[Record, None] = {}
    for column in columns:
        for record in listing.below(column):
            if record.data.get("image"):
                found[record] = None
    newest = sorted(found, key=lambda r: str(r.data.get("publishedAt", "")), reverse=True)
    return newest[:_HEADLINES]
