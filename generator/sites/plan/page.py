"""What a plan is made of: pages, each with all its template needs, and the files beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.model import Column, Record, Site

__all__ = ["Crumb", "News", "NewsItem", "Page", "PageType", "SitePlan"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class PageType(StrEnum):
    """What a page is to the page tags (《网页设计规范》): which groups of tags it carries."""

    HOME = "home"
    COLUMN = "column"
    CONTENT = "content"
    OTHER = "other"  # 404, tombstones, redirects: site tags alone


class Crumb(NamedTuple):
    """One step of the way from the home page to a page; `path` is on the same site."""

    title: str
    path: str


class Page(NamedTuple):
    """One page of a site, before it is HTML; a tuple, since a group has a hundred thousand."""

    path: str
    template: str
    title: str
    type: PageType
    trail: tuple[Crumb, ...] = ()
    column: Column | None = None
    record: Record | None = None
    description: str = ""
    indexed: bool = True  # whether the sitemap names it and search engines may
    changed: str = ""  # the day of the last change, for the sitemap; empty where unknown
    context: Mapping[str, Any] = _NOTHING


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One item as a feed tells of it; its address is absolute, its time has its zone."""

    title: str
    address: str
    published: str
    summary: str
    author: str


@dataclass(frozen=True, slots=True)
class News:
    """What a site's feed holds, newest first, and when that last changed."""

    updated: str
    items: tuple[NewsItem, ...]


@dataclass(frozen=True, slots=True)
class SitePlan:
    """Everything a site will hold: pages and files by path, and what its server should know."""

    site: Site
    pages: Mapping[str, Page]
    files: Mapping[str, str]  # path on the site → path in the repository
    moved: Mapping[str, str]  # former path → where it is now: a path of the site, or an address
    gone: Mapping[str, str]  # former path → why it was taken back
    news: News
