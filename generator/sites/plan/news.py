"""What a site's feed tells: the newest items of its columns, wherever they stand."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from generator.model import Item, Site
from generator.sites.addresses import host_url
from generator.sites.listing import Listing, moment_of
from generator.sites.plan.page import News, NewsItem

__all__ = ["news_of"]

_COUNT = 20
_BEFORE_ALL = "1970-01-01"


def news_of(listing: Listing, site: Site) -> News:
    """The newest shown items of a site's columns, and the time of the newest.

    A site without items last changed when the unit did that it speaks for.
    """
    items = []
    for record in listing.newest_items(site, _COUNT):
        where = listing.addresses.page(record)
        if where is not None:
            items.append(_item(listing, record, host_url(*where)))
    unit = listing.addresses.principal(site)
    quiet = moment_of(unit) if unit is not None else ""
    updated = items[0].published if items else _zoned(listing, quiet or _BEFORE_ALL)
    return News(updated, tuple(items))


def _item(listing: Listing, record: Item, address: str) -> NewsItem:
    unit = listing.corpus.units.get(record.unit)
    return NewsItem(
        title=record.title,
        address=address,
        published=_zoned(listing, moment_of(record)),
        summary=record.summary,
        author=record.source or (unit.name if unit is not None else ""),
    )


def _zoned(listing: Listing, moment: str) -> str:
    """A wall time of the group with its offset, as RFC 3339 has it: `2026-11-20T09:30:00+08:00`."""
    group = listing.corpus.group
    assert group is not None  # there is no listing without one
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(group.time_zone)).isoformat()
