"""Links as one page sees them: relative within its site, absolute to another site."""

from __future__ import annotations

import re
from urllib.parse import unquote

from generator.model import Column, Record, Site, Unit
from generator.sites.addresses import base_of, host_url
from generator.sites.listing import Listing

__all__ = ["Links"]

_PAGES = (".md", ".yml")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Links:
    """The way from the page at `path` on `site` to anything else."""

    __slots__ = ("addresses", "base", "corpus", "listing", "path", "site")

    def __init__(self, listing: Listing, site: Site, path: str) -> None:
        self.listing = listing
        self.site = site
        self.path = path
        self.corpus = listing.corpus
        self.addresses = listing.addresses
        self.base = base_of(path)  # the way to the root of the site

    def to(self, site: Site, path: str) -> str:
        """The way to a page of any site."""
        if site is not self.site:
            return host_url(site, path)
        return self.base + path.removesuffix("index.html")

    def here(self, path: str) -> str:
        """The way to a path of the same site."""
        return self.base + path.removesuffix("index.html")

    def record(self, record: Record) -> str:
        """The way to a record's page; empty where the public may not see it, or not yet."""
        page = self.addresses.page(record)
        return self.to(*page) if page is not None and self.listing.is_shown(record) else ""

    def named(self, record_id: str) -> str:
        """The way to the record with that id; empty where there is none to see."""
        record = self.corpus.records.get(record_id)
        return self.record(record) if record else ""

    def column(self, column: Column, number: int = 1) -> str:
        """The way to a column, or to its page `number`."""
        if column.url:
            return column.url
        site = self.corpus.sites[column.site]
        return self.to(site, self.addresses.column(column, number))

    def unit(self, unit: Unit) -> str:
        """The way to a unit: its own site, or its page on the site that shows it."""
        site = self.addresses.site_of(unit.unit)
        if site is None:
            return ""
        return self.to(
            site, "index.html" if site.unit == unit.unit else f"units/{unit.unit}/index.html"
        )

    def platform(self, unit: Unit, entry: str = "") -> str:
        """The way to a unit's disclosure platform, or to an entry of it."""
        where = self.addresses.platform(unit)
        return self.to(where[0], f"{where[1]}{entry}index.html") if where else ""

    def file(self, record: Record, name: str) -> str:
        """The way to a file that a record names relative to itself."""
        where = self.addresses.asset(record.beside(name))
        return self.to(*where) if where else ""

    def in_body(self, record: Record, target: str) -> str:
        """The way to what a body's link names; a web address stays, any other scheme is dropped."""
        if not target or target.startswith(("#", "http:", "https:", "mailto:", "tel:")):
            return target
        if _SCHEME.match(target):
            return ""
        name, mark, fragment = target.partition("#")
        path = record.beside(unquote(name))
        if not path.endswith(_PAGES):
            where = self.addresses.asset(path)
            return self.to(*where) if where else target
        found = self.corpus.records.get(path.removeprefix("content/").rpartition(".")[0])
        return (self.record(found) if found else "") + mark + fragment
