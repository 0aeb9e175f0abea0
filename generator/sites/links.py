"""Links as one page sees them: relative within its site, absolute to another site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from generator.model import Column, Record, Site, Unit
from generator.sites.addresses import base_of, host_url
from generator.sites.listing import Listing, moment_of

__all__ = ["Entry", "Links"]

_PAGES = (".md", ".yml")

Entry = tuple[Record, str, str, str]  # a line of a list: record, way, title, day

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

    def entries(self, records: Iterable[Record]) -> list[Entry]:
        """Records as lines of a list: what is taken over from a record is shown as that record.

        Each is the record itself, the way to what it means and the title and day of that; where
        the public may not see what it means, the way is empty, and so is the title of another.
        """
        lines = []
        for record in records:
            meant = record
            if record.kind == "adoption":
                meant = self.corpus.records.get(record.data["record"], record)
            href = self.record(meant)
            title = meant.title if href or meant is record else ""
            lines.append((record, href, title, moment_of(record)[:10]))
        return lines

    def entries_named(self, ids: Iterable[str]) -> list[Entry]:
        """The records with those ids that the public may see, as lines of a list."""
        found = (self.corpus.records.get(name) for name in ids)
        return [line for line in self.entries(one for one in found if one) if line[1]]

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
