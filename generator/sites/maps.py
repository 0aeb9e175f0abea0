"""What machines read of a site: its map and its feed, and former addresses for its server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import quote

from generator.sites.addresses import host_url
from generator.sites.feed import FEED, feed
from generator.sites.plan import SitePlan

__all__ = ["for_machines"]

# The signs of an address that stay as they are in a server map: those that no server interprets.
_PLAIN = "!#%&+,-./:=?@[]_~"


def for_machines(plan: SitePlan) -> Iterator[tuple[str, bytes]]:
    """The files for machines of a site, by path."""
    yield "sitemap.xml", _sitemap(plan).encode()
    yield FEED, feed(plan).encode()
    yield "robots.txt", f"User-agent: *\nSitemap: {host_url(plan.site, 'sitemap.xml')}\n".encode()
    yield "_moved.map", _map(plan.moved).encode()
    yield "_gone.map", _map(dict.fromkeys(plan.gone, "410")).encode()


def _map(rows: Mapping[str, str]) -> str:
    """Former addresses in the form of an nginx `map` file: one `from to;` a line.

    Signs that mean something to the server are written in escapes: a target is content.
    """
    return "".join(f"/{path} {quote(to, safe=_PLAIN)};\n" for path, to in sorted(rows.items()))


def _sitemap(plan: SitePlan) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for page in sorted(plan.pages.values(), key=lambda page: page.path):
        if page.indexed:
            changed = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
            address = escape(host_url(plan.site, page.path), quote=False)
            lines.append(f"<url><loc>{address}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""])
