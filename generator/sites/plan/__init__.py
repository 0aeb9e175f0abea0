"""Corpus → what every site will hold. Pure: no disk is touched, and the time is given."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from generator.model import Site
from generator.sites.addresses import folders_above
from generator.sites.listing import Listing
from generator.sites.plan.columns import PLATFORM, column_pages
from generator.sites.plan.former import former_addresses
from generator.sites.plan.home import home_page
from generator.sites.plan.news import news_of
from generator.sites.plan.page import Crumb, News, NewsItem, Page, PageType, SitePlan
from generator.sites.plan.platform import platform_pages
from generator.sites.plan.records import record_pages, unit_pages

__all__ = ["Crumb", "News", "NewsItem", "Page", "PageType", "SitePlan", "plan_site"]

# What a plain host shows as a page. Any other former address is the server's to answer, from its
# maps: a file of such a name would be handed out as a download, or stand where a folder should.
_HTML = (".html", ".htm")


def plan_site(listing: Listing, site: Site) -> SitePlan:
    """Everything `site` will hold at the moment of `listing`; of two pages at a path the first."""
    pages: dict[str, Page] = {}
    sources = (
        (home_page(listing, site),),
        column_pages(listing, site),
        platform_pages(listing, site),
        unit_pages(listing, site),
        record_pages(listing, site),
        (_site_map(listing, site), _requests(listing, site), _not_found(site)),
    )
    for source in sources:
        for page in source:
            pages.setdefault(page.path, page)
    moved, gone = former_addresses(listing, site)
    moved = {path: to for path, to in moved.items() if path not in pages}
    gone = {path: why for path, why in gone.items() if path not in pages and path not in moved}
    files = listing.gathered.files_of(site)
    former = {path: _moved(path, to) for path, to in moved.items()}
    former |= {path: _gone(path, why) for path, why in gone.items()}
    pages |= _standing({p: page for p, page in former.items() if p.endswith(_HTML)}, pages, files)
    return SitePlan(site, pages, files, moved, gone, news_of(listing, site))


def _standing(
    former: Mapping[str, Page], pages: Collection[str], files: Collection[str]
) -> dict[str, Page]:
    """Pages at former addresses that have a place: none where a folder must stand, or below a file.

    The others are the server's to answer, from its maps, like addresses that are no pages.
    """
    found: dict[str, Page] = {}
    if former:
        taken = {*pages, *files}
        folders = {folder for path in taken for folder in folders_above(path)}
        for path, page in sorted(former.items()):
            if path not in folders and taken.isdisjoint(folders_above(path)):
                found[path] = page
                taken.add(path)
                folders |= folders_above(path)
    return found


def _site_map(listing: Listing, site: Site) -> Page:
    return Page(
        path="sitemap.html",
        template="sitemap.html",
        title="网站地图",
        type=PageType.COLUMN,
        trail=(Crumb("网站地图", "sitemap.html"),),
        description=f"{site.name}的全部栏目和单位。",
        context={"units": listing.corpus.hosted_by(site), "sites": _others(listing, site)},
    )


def _others(listing: Listing, site: Site) -> list[Site]:
    """The other sites of the group, which the portal's map names."""
    if site.role != "portal":
        return []
    return [other for other in listing.corpus.sites.values() if other is not site]


def _requests(listing: Listing, site: Site) -> Page:
    path = f"{PLATFORM}/ysqgk/index.html"
    units = [unit.unit for unit in listing.corpus.hosted_by(site)]
    return Page(
        path=path,
        template="platform/requests.html",
        title="依申请公开",
        type=PageType.COLUMN,
        trail=(Crumb("政府信息公开", f"{PLATFORM}/index.html"), Crumb("依申请公开", path)),
        column=site.column_by_id.get(PLATFORM),
        description="政府信息公开申请的办理流程和办理统计。",
        context={
            "unit": listing.addresses.principal(site),
            "requests": listing.gathered.requests_to(units),
        },
    )


def _not_found(site: Site) -> Page:
    return Page("404.html", "404.html", "页面不存在", PageType.OTHER, indexed=False)


def _moved(path: str, to: str) -> Page:
    context = {"to": to}
    return Page(path, "moved.html", "页面已移动", PageType.OTHER, indexed=False, context=context)


def _gone(path: str, why: str) -> Page:
    context = {"why": why}
    return Page(path, "gone.html", "内容已撤下", PageType.OTHER, indexed=False, context=context)
