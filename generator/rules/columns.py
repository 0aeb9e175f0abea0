"""Column trees: each id once and free to use, each item where it fits.

Whether a column lists anything at all is asked in `blank_columns.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.load import KINDS, KINDS_BY_NAME
from generator.model import Column
from generator.rules.hosts import Hosts

__all__ = [
    "column_with_two_purposes",
    "dead_entrance",
    "duplicate_column",
    "item_in_unfit_column",
    "outlet_at_home",
    "reserved_column",
    "unknown_column_type",
]

# First parts of addresses that the build itself takes on every site.
RESERVED = frozenset(
    {"units", "assets", "search", "pagefind", "feeds", "api", "sitemap", "index", "404"}
    | {kind.folder for kind in KINDS if kind.of_unit and not kind.single}
)
_ENTRANCE = re.compile(r"/([a-z0-9-]+)/?")


def duplicate_column(corpus: Corpus) -> Iterator[Diagnostic]:
    """Two columns of one site with one id, which would be one address."""
    for site in corpus.sites.values():
        seen: dict[str, Column] = {}
        for column in site.every_column():
            first = seen.setdefault(column.id, column)
            if first is not column:
                yield site.finding(
                    "COL-001", *column.pointer, "id", id=column.id, first=first.title
                )


def reserved_column(corpus: Corpus) -> Iterator[Diagnostic]:
    """A column whose address the build needs for something else."""
    for site in corpus.sites.values():
        for column in site.every_column():
            if column.id in RESERVED:
                yield site.finding("COL-002", *column.pointer, "id", id=column.id)


def unknown_column_type(corpus: Corpus) -> Iterator[Diagnostic]:
    """A ColumnType that is neither a national one nor registered by the site."""
    national = corpus.words("column-types")
    for site in corpus.sites.values():
        known = {*national, *site.extra_column_types}
        for column in site.every_column():
            if column.type not in known:
                yield site.finding("COL-003", *column.pointer, "type", type=column.type)


def column_with_two_purposes(corpus: Corpus) -> Iterator[Diagnostic]:
    """A column that leads elsewhere, and yet collects records or has columns below it."""
    for site in corpus.sites.values():
        for column in site.every_column():
            if column.url and (column.collects or column.children):
                yield site.finding("COL-004", *column.pointer, "url", title=column.title)


def dead_entrance(corpus: Corpus) -> Iterator[Diagnostic]:
    """An entrance of a home page to a column that the site does not have."""
    for site in corpus.sites.values():
        for part in ("quickLinks", "specials"):
            for index, row in enumerate(site.home.get(part, ())):
                found = _ENTRANCE.fullmatch(urlsplit(row["url"]).path)
                if row["url"].startswith("/") and found is not None:
                    name = found[1]
                    if name not in site.column_by_id and name not in RESERVED:
                        yield site.finding("COL-005", "home", part, index, "url", id=name)


def item_in_unfit_column(corpus: Corpus) -> Iterator[Diagnostic]:
    """An item in a column that leads elsewhere, or that is kept for other kinds."""
    hosts = Hosts(corpus)
    for record in corpus.subjects.values():
        if not isinstance(record.data.get("column"), str):
            continue
        site = hosts[record.unit]
        column = site.column_by_id.get(record.data["column"]) if site else None
        if site is None or column is None:
            continue
        if column.url:
            yield record.finding("COL-006", "column", title=column.title, url=column.url)
        elif column.collects and record.kind not in column.collects:
            yield record.finding(
                "COL-007",
                "column",
                title=column.title,
                kind=_kind(record.kind),
                kinds=[_kind(kind) for kind in column.collects],
            )


def _kind(name: str) -> dict[str, str]:
    return {"zh": KINDS_BY_NAME[name].title, "en": name}


def outlet_at_home(corpus: Corpus) -> Iterator[Diagnostic]:
    """An outlet that names the site which shows the item anyway, or names one column twice."""
    hosts = Hosts(corpus)
    for record in corpus.subjects.values():
        outlets = record.data.get("outlets")
        if not outlets:
            continue
        site = hosts[record.unit]
        seen = {(site.unit, record.data.get("column"))} if site else set()
        for index, outlet in enumerate(outlets):
            place = (outlet["site"], outlet["column"])
            if place in seen:
                yield record.finding(
                    "COL-008", "outlets", index, site=outlet["site"], column=outlet["column"]
                )
            seen.add(place)
