"""Addresses that moved or went: each points on once, to somewhere, and hides no living page.

A record's address follows from its path, as the build computes it: below the site for the site's
own unit, below `units/<unit>/` for one that the site shows besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.load import Pointer
from generator.model import Record, Site

__all__ = ["former_address_in_use", "former_address_twice", "redirect_in_circle"]


@dataclass(slots=True)
class _Claims:
    """What one site says of its former addresses, and where it says so."""

    site: Site
    former: list[tuple[str, Record, Pointer]] = field(default_factory=list)
    living: dict[str, str] = field(default_factory=dict)


def _path(address: str) -> str:
    """An address as a path of the site; a folder is its index page."""
    path = address.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def _claims(corpus: Corpus) -> Mapping[str, _Claims]:
    """Per site: former addresses of redirects, tombstones and records, and living ones."""
    claims = {site.unit: _Claims(site) for site in corpus.sites.values()}
    for site in corpus.sites.values():
        mine = claims[site.unit]
        for key in ("redirects", "tombstones"):
            for index, row in enumerate(site.data.get(key, ())):
                mine.former.append((_path(row["from"]), site, (key, index, "from")))
        mine.living["index.html"] = site.name
        for column in site.every_column():
            mine.living[f"{column.id}/index.html"] = column.title
    shown_on: dict[str, Site | None] = {}
    for record in corpus.records.values():
        if not record.unit:
            continue
        if record.unit not in shown_on:
            shown_on[record.unit] = corpus.site_of(record.unit)
        where = shown_on[record.unit]
        if where is None:
            continue
        mine = claims[where.unit]
        inner = record.path.split("/", 3)[3].rpartition(".")[0] + ".html"
        folder = "" if record.unit == where.unit else f"units/{record.unit}/"
        if "withdrawn" not in record.data:
            mine.living[folder + inner] = record.title
        for index, address in enumerate(record.data.get("formerAddresses", ())):
            mine.former.append((_path(address), record, ("formerAddresses", index)))
    return claims


def former_address_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """A former address of a site that two places claim."""
    for claims in _claims(corpus).values():
        seen: dict[str, Record] = {}
        for path, record, pointer in claims.former:
            if path in seen:
                yield record.finding("SIT-015", *pointer, address="/" + path, file=seen[path].path)
            seen.setdefault(path, record)


def former_address_in_use(corpus: Corpus) -> Iterator[Diagnostic]:
    """A former address at which a page still stands."""
    for claims in _claims(corpus).values():
        for path, record, pointer in claims.former:
            if path in claims.living:
                yield record.finding(
                    "SIT-016", *pointer, address="/" + path, title=claims.living[path]
                )


def redirect_in_circle(corpus: Corpus) -> Iterator[Diagnostic]:
    """A redirect whose way leads back to where it began."""
    for site in corpus.sites.values():
        home = site.url.rstrip("/")
        steps = {
            _path(row["from"]): _path(str(row["to"]).removeprefix(home)) for row in site.redirects
        }
        for index, row in enumerate(site.redirects):
            start = _path(row["from"])
            seen, at = {start}, steps[start]
            while at in steps and at not in seen:
                seen.add(at)
                at = steps[at]
            if at == start:
                yield site.finding("SIT-017", "redirects", index, "to", address="/" + start)
