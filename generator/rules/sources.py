"""Relayed items: who is named as their source, and whether the address is that source's own.

Registered are the sources of `content/group.yml`, by name or alias, and the partners, by name,
short name or the reference of the item. An address belongs to a domain or to one below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Article, Partner

__all__ = [
    "address_of_another_source",
    "original_with_a_foreign_address",
    "relayed_after_the_agreement",
    "unregistered_source",
]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where items may be relayed from: a name for people, and the domains it publishes on."""

    name: str
    domains: tuple[str, ...]


def _registered(corpus: Corpus) -> dict[str, _Source]:
    """Every registered source, by each name that it goes by; partners also by their id."""
    found: dict[str, _Source] = {}
    for row in corpus.group.sources if corpus.group else ():
        source = _Source(row["name"], tuple(row["domains"]))
        for name in (row["name"], *row.get("aliases", ())):
            found.setdefault(name, source)
    for partner in corpus.common(Partner):
        source = _Source(partner.title, tuple(partner.data["domains"]))
        for name in (partner.id, partner.title, str(partner.data.get("shortName", ""))):
            found.setdefault(name, source)
    found.pop("", None)
    return found


def _relayed(corpus: Corpus) -> Iterator[Article]:
    return (one for one in corpus.every(Article) if one.data["origin"] == "relayed")


def unregistered_source(corpus: Corpus) -> Iterator[Diagnostic]:
    """An item relayed from a source that nobody has registered."""
    sources = _registered(corpus)
    for article in _relayed(corpus):
        if article.partner not in sources and article.source not in sources:
            yield article.finding("RLY-001", "source", source=article.source)


def address_of_another_source(corpus: Corpus) -> Iterator[Diagnostic]:
    """A relayed item whose address does not lie on a domain of its source."""
    sources = _registered(corpus)
    for article in _relayed(corpus):
        source = sources.get(article.partner) or sources.get(article.source)
        host = _host(article.source_url)
        if source and not _lies_on(host, source.domains):
            yield article.finding(
                "RLY-002", "sourceUrl", host=host, source=source.name, domains=source.domains
            )


def original_with_a_foreign_address(corpus: Corpus) -> Iterator[Diagnostic]:
    """An item called original that names an address outside the group as where it comes from."""
    own = tuple(_host(site.url) for site in corpus.sites.values())
    for article in corpus.every(Article):
        if article.data.get("sourceUrl") and article.origin == "original":
            host = _host(article.source_url)
            if not _lies_on(host, own):
                yield article.finding("RLY-003", "sourceUrl", host=host)


def relayed_after_the_agreement(corpus: Corpus) -> Iterator[Diagnostic]:
    """An item relayed from a partner after the cooperation had ended."""
    for article in _relayed(corpus):
        partner = corpus.records.get(article.partner)
        if isinstance(partner, Partner) and partner.data["state"] == "ended":
            ended = partner.data["endedAt"]
            if article.data["publishedAt"][:10] > ended:
                values = {"partner": partner.title, "ended": ended}
                yield article.finding("RLY-004", "partner", **values)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:  # brackets that are no IPv6 address
        return ""


def _lies_on(host: str, domains: tuple[str, ...]) -> bool:
    """Whether `host` is one of `domains`, or lies below one.

    >>> _lies_on("sx.news.cn", ("news.cn",)), _lies_on("fakenews.cn", ("news.cn",))
    (True, False)
    """
    return any(host == domain or host.endswith("." + domain) for domain in domains if domain)
