"""What a rival is given: the records of a group that have a public page, as the build reads it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.check import read_corpus
from generator.model import Article, Column, Item, Record, Site
from generator.schema import Schemas
from generator.sites.addresses import host_url
from generator.sites.listing import Listing, moment_of, placed_in
from generator.tree import WorkingTree

__all__ = [
    "Entry",
    "entries_of",
    "files_of",
    "folder_of",
    "quiet_articles",
    "read_group",
    "relinked",
    "submitted_article",
]

_LINK = re.compile(r"\]\(([^)\s#]+)(#[^)\s]*)?\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with a page: its address on our site, and the column in which it stands."""

    record: Record
    site: Site
    path: str
    column: Column | None

    @property
    def name(self) -> str:
        """A file name that no other record of the site has."""
        return self.path.removesuffix(".html").replace("/", "-")

    @property
    def place(self) -> str:
        """Where a rival keeps it, without an ending: in its column, or beside the columns."""
        return f"{folder_of(self.column) if self.column else self.site.unit}/{self.name}"


def folder_of(column: Column) -> str:
    """The folder in which a rival keeps a column: below its site, and the columns above it."""
    return "/".join((column.site, *(each.id for each in column.trail)))


def read_group(root: Path) -> Listing:
    """The lists of the group in `root` as they read now. No rule runs: the build has checked it."""
    now = datetime.now(UTC)
    corpus, findings = read_corpus(WorkingTree(root, now), Schemas.read(root / "schemas"))
    listing = Listing.at(corpus, now)
    if listing is None:
        raise ValueError(f"{root} has no group or no portal: {findings[:3]}")
    return listing


def entries_of(listing: Listing, site: Site, articles_only: bool) -> Iterator[Entry]:
    """The pages that `site` has for records, each in its column as our build places it."""
    collecting = {
        kind: column for column in reversed([*site.every_column()]) for kind in column.collects
    }
    for record, path in listing.pages_on(site):
        if listing.is_shown(record) and not (articles_only and record.kind != Article.kind):
            column = site.column_by_id.get(placed_in(record)) or collecting.get(record.kind)
            yield Entry(record, site, path, column)


def files_of(listing: Listing, site: Site) -> Iterator[tuple[str, str]]:
    """The public files of `site`: path in the repository and path on the site."""
    for path in listing.corpus.assets:
        where = listing.addresses.asset(path)
        if where is not None and where[0] is site and path not in listing.withheld:
            yield path, where[1]


def relinked(listing: Listing, entry: Entry, address: Callable[[str], str | None]) -> str:
    """The body with its relative links as the rival has them.

    `address` tells where a rival keeps a record or a file, by its path in the repository; what it
    does not keep is linked where our build publishes it.
    """
    record = entry.record

    def link(match: re.Match[str]) -> str:
        if "://" in match[1] or match[1].startswith(("mailto:", "/")):
            return match[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(record.path), match[1]))
        return f"]({address(path) or _published(listing, path)}{match[2] or ''})"

    return _LINK.sub(link, record.document.body)


def _published(listing: Listing, path: str) -> str:
    named = listing.corpus.records.get(path.removeprefix("content/").rpartition(".")[0])
    where = listing.addresses.page(named) if named else listing.addresses.asset(path)
    return host_url(*where) if where else "/"


def quiet_articles(listing: Listing) -> list[Entry]:
    """Articles of sub-sites that no other record names and that stand in one column, newest first.

    One of these can be changed, moved or deleted, and nothing else becomes wrong by it.
    """
    named = set(_named(listing.corpus.records))
    sites = [site for site in listing.corpus.sites.values() if site is not listing.corpus.portal]
    found = [
        entry
        for site in sites or listing.corpus.sites.values()
        for entry in entries_of(listing, site, articles_only=True)
        if entry.record.unit == site.unit
        and entry.column is not None
        and entry.record.id not in named
        and not entry.record.data.keys()
        & {"attachments", "image", "outlets", "sourceUrl", "submission"}
        and "](" not in entry.record.document.body
    ]
    return sorted(found, key=lambda entry: (moment_of(entry.record), entry.path), reverse=True)


def submitted_article(listing: Listing) -> str:
    """The path of an article that a unit submitted to the portal; empty where there is none."""
    portal = listing.corpus.portal
    named = (
        article.path
        for article in listing.corpus.every(Article)
        if portal and article.outlets and article.outlets[0]["site"] == portal.unit
    )
    return next(named, "")


def _named(records: Mapping[str, Record]) -> Iterator[str]:
    """The ids of the records that others name, in a field or by a link."""
    for record in records.values():
        yield from (text for _, text in record.strings() if text in records)
        if isinstance(record, Item):
            for match in _LINK.finditer(record.body):
                path = posixpath.join(posixpath.dirname(record.path), match[1])
                yield posixpath.normpath(path).removeprefix("content/").rpartition(".")[0]
