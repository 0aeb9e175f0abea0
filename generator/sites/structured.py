"""A page as schema.org data: what it is, where it stands, who published it and when."""

from __future__ import annotations

import json
from json.encoder import encode_basestring

from generator.model import Item, Site
from generator.sites.addresses import host_url
from generator.sites.plan import Crumb, Page, PageType

__all__ = ["Structured"]

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(value: object) -> str:
    """A value as JSON that no `<` can end."""
    text = encode_basestring(value) if isinstance(value, str) else _encoded(value)
    return text.replace("<", "\\u003c") if "<" in text else text


class Structured:
    """The structured data of the pages of one site; a way down is written once for all its pages.

    It is put together as text, since a page of structured data is five words of its own between
    others' that never change.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._trails: dict[tuple[Crumb, ...], str] = {}

    def of(self, page: Page, address: str, source: str, moment: str) -> str:
        """The script element of a page; `moment` is when a content page was published."""
        own = self._own(page, source, moment)
        trail = self._breadcrumb(page.trail) if page.trail else ""
        return (
            '<script type="application/ld+json">{"@context":"https://schema.org","url":'
            f'{_json(address)},"name":{own}{trail}}}</script>'
        )

    def _own(self, page: Page, source: str, moment: str) -> str:
        """The page's name, type and publication."""
        if page.type is PageType.HOME:
            return f'{_json(self._site.host)},"@type":"GovernmentOrganization"'
        title = _json(page.title)
        if page.type is not PageType.CONTENT or page.record is None:
            return f'{title},"@type":"CollectionPage"'
        kind = "Article" if isinstance(page.record, Item) else "WebPage"
        published = f',"datePublished":"{moment.replace(" ", "T")}+08:00"' if moment else ""
        return (
            f'{title},"@type":"{kind}","headline":{title}{published},'
            f'"publisher":{{"@type":"GovernmentOrganization","name":{_json(source)}}}'
        )

    def _breadcrumb(self, trail: tuple[Crumb, ...]) -> str:
        if trail not in self._trails:
            steps = [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": crumb.title,
                    "item": host_url(self._site, crumb.path),
                }
                for position, crumb in enumerate(trail, 1)
            ]
            whole = _json({"@type": "BreadcrumbList", "itemListElement": steps})
            self._trails[trail] = f',"breadcrumb":{whole}'
        return self._trails[trail]
