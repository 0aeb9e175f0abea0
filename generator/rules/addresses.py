"""Addresses that moved or went: each points on once, to somewhere, and hides no living page.

A record's address follows from its path, as the build computes it: below the site for the site's
own unit, below `units/<unit>/` for one that the site shows besides. So what stands at an address
is found by turning it back into an id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.corpus import Claim, Corpus
from generator.diagnostics import Diagnostic
from generator.load import Pointer
from generator.model import Record, Site
from generator.rules.hosts import Hosts
from generator.rules.joined import Joined

__all__ = ["former_address_in_use", "former_address_twice", "redirect_in_circle"]


@dataclass(frozen=True, slots=True)
class _Former:
    """A former address of a site: its path, and the record and place that say so."""

    path: str
    record: str  # the id
    pointer: Pointer


def _path(address: str) -> str:
    """An address as a path of the site; a folder is its index page."""
    path = address.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def _claims(corpus: Corpus) -> Iterator[Claim]:
    for record in corpus.subjects.values():
        if record.unit and (former := record.data.get("formerAddresses")):
            yield record.id, *former


def _by_site(corpus: Corpus, claims: Sequence[Claim]) -> Mapping[str, list[_Former]]:
    """The former addresses of each site: of its redirects, its tombstones, then of records."""
    hosts = Hosts(corpus)
    found: dict[str, list[_Former]] = {}
    for site in corpus.sites.values():
        found[site.unit] = [
            _Former(_path(row["from"]), site.id, (key, index, "from"))
            for key in ("redirects", "tombstones")
            for index, row in enumerate(site.data.get(key, ()))
        ]
    for name, *addresses in claims:
        shown_on = hosts[name.split("/")[1]]
        if shown_on is not None:
            found[shown_on.unit] += (
                _Former(_path(address), name, ("formerAddresses", index))
                for index, address in enumerate(addresses)
            )
    return found


def _twice(corpus: Corpus, claims: Sequence[Claim]) -> Iterator[Diagnostic]:
    for formers in _by_site(corpus, claims).values():
        seen: dict[str, str] = {}
        for former in formers:
            first = seen.get(former.path)
            if first is not None:
                record, other = corpus.records[former.record], corpus.records[first]
                address = "/" + former.path
                yield record.finding("SIT-015", *former.pointer, address=address, file=other.path)
            seen.setdefault(former.path, former.record)


def _in_use(corpus: Corpus, claims: Sequence[Claim]) -> Iterator[Diagnostic]:
    hosts = Hosts(corpus)
    for name, formers in _by_site(corpus, claims).items():
        site = corpus.sites[name]
        for former in formers:
            title = _living(corpus, hosts, site, former.path)
            if title is not None:
                record = corpus.records[former.record]
                address = "/" + former.path
                yield record.finding("SIT-016", *former.pointer, address=address, title=title)


def _living(corpus: Corpus, hosts: Hosts, site: Site, path: str) -> str | None:
    """The title of the page that stands at a path of a site; None where none does."""
    found = _record_at(corpus, hosts, site, path)
    if found is not None and "withdrawn" not in found.data:
        return found.title
    folder, _, page = path.rpartition("/")
    if page != "index.html":
        return None
    if not folder:
        return site.name
    column = {column.id: column for column in site.every_column()}.get(folder)
    return None if column is None else column.title


def _record_at(corpus: Corpus, hosts: Hosts, site: Site, path: str) -> Record | None:
    """The record whose address on a site would be `path`."""
    name, dot, ending = path.rpartition(".")
    if not dot or ending != "html":
        return None
    if name.startswith("units/"):
        unit = name.split("/")[1]
        own = unit != site.unit and hosts[unit] is site
        return corpus.records.get(name) if own else None
    return corpus.records.get(f"units/{site.unit}/{name}")


# A former address of a site that two places claim.
former_address_twice = Joined("former_address_twice", _claims, _twice)
# A former address at which a page still stands.
former_address_in_use = Joined("former_address_in_use", _claims, _in_use)


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
