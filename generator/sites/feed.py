"""A site's feed: its news as an Atom document.

Source: RFC 4287.
"""

from __future__ import annotations

import re
from html import escape

from generator.sites.addresses import host_url
from generator.sites.plan import NewsItem, SitePlan

__all__ = ["FEED", "feed"]

FEED = "feed.xml"  # its path on the site
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(plan: SitePlan) -> str:
    """The feed of a site, to stand at `FEED`; an item is known by its address."""
    site, home = plan.site, host_url(plan.site, "index.html")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        _element("id", home),
        _element("title", site.name),
        _element("updated", plan.news.updated),
        _author(site.host or site.name),
        f'<link rel="self" type="application/atom+xml" href={_attribute(host_url(site, FEED))}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(home)}/>',
    ]
    for item in plan.news.items:
        lines += _entry(item)
    return "\n".join([*lines, "</feed>", ""])


def _entry(item: NewsItem) -> list[str]:
    return [
        "<entry>",
        _element("id", item.address),
        _element("title", item.title),
        _element("updated", item.published),
        _element("published", item.published),
        *([_element("summary", item.summary)] if item.summary else []),
        f'<link rel="alternate" type="text/html" href={_attribute(item.address)}/>',
        *([_author(item.author)] if item.author else []),
        "</entry>",
    ]


def _author(name: str) -> str:
    return f"<author>{_element('name', name)}</author>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_NO_XML.sub('', text), quote=False)}</{name}>"


def _attribute(text: str) -> str:
    return f'"{escape(_NO_XML.sub("", text))}"'
