"""The page tags of 《网页设计规范》 (annex of 国办发〔2017〕47号), in their right scope.

Site tags stand on every page, column tags on column pages and on the content of a column, content
tags on content. The home page is a column of type 首页. Names are case sensitive.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import escape

from generator.model import Item, Record, Site
from generator.sites.addresses import host_url
from generator.sites.links import Links
from generator.sites.listing import moment_of
from generator.sites.plan import Page, PageType

__all__ = ["head", "page_tags"]

_DESCRIBED = 120
_DAY = len("2026-01-01")


def page_tags(page: Page, site: Site, links: Links, source: str) -> Iterator[tuple[str, str]]:
    """The (name, content) pairs of a page, in the order of the standard.

    `source` is what a content page without a source of its own was published by.
    """
    yield "SiteName", site.name
    yield "SiteDomain", site.url.partition("://")[2].partition("/")[0]
    yield "SiteIDCode", site.code
    column = page.column
    if page.type is PageType.HOME:
        yield from _column("首页", page.description, [site.name], "首页")
    elif page.type in {PageType.COLUMN, PageType.CONTENT}:
        if column is not None:
            yield from _column(column.title, column.description, column.keywords, column.type)
        elif page.type is PageType.COLUMN:
            yield from _column(page.title, page.description or page.title, [page.title], "概况信息")
        elif page.trail:
            last = page.trail[-1].title
            yield from _column(last, f"{site.name}{last}栏目", [last], "信息公开目录")
    if page.type is PageType.CONTENT and page.record is not None:
        yield from _content(page, page.record, site, links, source)


def _column(
    name: str, description: str, keywords: list[str] | tuple[str, ...], kind: str
) -> Iterator[tuple[str, str]]:
    yield "ColumnName", name
    yield "ColumnDescription", description
    yield "ColumnKeywords", ",".join(keywords) or name
    yield "ColumnType", kind


def _content(
    page: Page, record: Record, site: Site, links: Links, source: str
) -> Iterator[tuple[str, str]]:
    yield "ArticleTitle", record.title
    yield "PubDate", _time(record)
    yield "ContentSource", str(record.data.get("source") or source)
    keywords = record.data.get("keywords")
    if isinstance(keywords, list):
        yield "Keywords", ",".join(keywords)
    author = record.data.get("author") or record.data.get("editor")
    if isinstance(author, str):
        yield "Author", author
    if page.description:
        yield "Description", page.description
    if isinstance(record, Item) and record.image:
        where = links.addresses.asset(record.beside(record.image["file"]))
        if where is not None:
            yield "Image", host_url(*where)
    yield "Url", host_url(site, page.path)


def _time(record: Record) -> str:
    """`YYYY-MM-DD HH:MM`; a record that only knows its day counts from the day's beginning."""
    moment = moment_of(record)
    return f"{moment} 00:00" if len(moment) == _DAY else moment[:16]


def head(page: Page, site: Site, links: Links, source: str) -> str:
    """What a page adds to the frame's `<head>`: tags, canonical address, structured data."""
    lines = [
        f'<meta name="{name}" content="{escape(content)}">'
        for name, content in page_tags(page, site, links, source)
        if content
    ]
    if page.description:
        described = page.description[:_DESCRIBED]
        lines.append(f'<meta name="description" content="{escape(described)}">')
    if not page.indexed:
        lines.append('<meta name="robots" content="noindex">')
        lines.extend(_elsewhere(page, site, links))
        return "\n".join(lines)
    address = host_url(site, page.path)
    lines.append(f'<link rel="canonical" href="{escape(address)}">')
    kind = "article" if page.type is PageType.CONTENT else "website"
    for name, content in (
        ("og:type", kind),
        ("og:title", page.title),
        ("og:site_name", site.name),
        ("og:url", address),
        ("og:locale", "zh_CN"),
    ):
        lines.append(f'<meta property="{name}" content="{escape(content)}">')
    lines.append(_structured(page, site, address, source))
    return "\n".join(lines)


def _elsewhere(page: Page, site: Site, links: Links) -> Iterator[str]:
    """What a page needs that is shown under another address than its own, or sends readers on."""
    if page.path == "404.html":
        yield f'<base href="{escape(host_url(site, "index.html"))}">'
    to = page.context.get("to")
    if isinstance(to, str):
        target = links.here(to.lstrip("/")) if to.startswith("/") else to
        yield f'<meta http-equiv="refresh" content="0; url={escape(target)}">'


def _structured(page: Page, site: Site, address: str, source: str) -> str:
    """The page as schema.org data."""
    data: dict[str, object] = {"@context": "https://schema.org", "url": address, "name": page.title}
    if page.type is PageType.HOME:
        data["@type"] = "GovernmentOrganization"
        data["name"] = site.host
    elif page.type is PageType.CONTENT and page.record is not None:
        data["@type"] = "Article" if isinstance(page.record, Item) else "WebPage"
        data["headline"] = page.title
        published = _time(page.record)
        if published:
            data["datePublished"] = published.replace(" ", "T") + "+08:00"
        data["publisher"] = {"@type": "GovernmentOrganization", "name": source}
    else:
        data["@type"] = "CollectionPage"
    if page.trail:
        data["breadcrumb"] = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": crumb.title,
                    "item": host_url(site, crumb.path),
                }
                for position, crumb in enumerate(page.trail, 1)
            ],
        }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
