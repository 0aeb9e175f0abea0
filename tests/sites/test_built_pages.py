"""Every page of the sample group, read as a stranger reads it: tags, footer, links."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.support.built import BuiltGroup, BuiltPage

SITE_TAGS = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN_TAGS = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
CONTENT_TAGS = {"ArticleTitle", "PubDate", "ContentSource"}
OPTIONAL_TAGS = {"Keywords", "Author", "Description", "Image", "Url"}
ALL_TAGS = SITE_TAGS | COLUMN_TAGS | CONTENT_TAGS | OPTIONAL_TAGS
WANTED = {
    "home": SITE_TAGS | COLUMN_TAGS,
    "column": SITE_TAGS | COLUMN_TAGS,
    "content": SITE_TAGS | COLUMN_TAGS | CONTENT_TAGS,
    "other": SITE_TAGS,
}
SITE_CODE = re.compile(r"[0-9]{10}|bm[0-9]{8}")
PUBLISHED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")
SHOWN = 20


def complain(faults: list[str]) -> None:
    assert not faults, f"{len(faults)} faults, the first:\n" + "\n".join(faults[:SHOWN])


def kind_of(page: BuiltPage) -> str:
    return page.tree.body.get("class", "").removeprefix("gk-")


def anchors_of(group: BuiltGroup, site: str, path: str) -> frozenset[str]:
    page = group.pages.get((site, path))
    return page.anchors if page else frozenset()


def test_the_group_is_as_large_as_asked(built_group: BuiltGroup) -> None:
    sites = Counter(site for site, _ in built_group.pages)
    assert len(sites) >= 26
    assert min(sites.values()) > 20


def test_every_page_carries_the_tags_of_its_scope(built_group: BuiltGroup) -> None:
    faults = []
    for page in built_group.pages.values():
        kind, names = kind_of(page), set(page.meta) & ALL_TAGS
        if missing := WANTED[kind] - names:
            faults.append(f"{page.site}/{page.path} ({kind}) lacks {sorted(missing)}")
        if kind in {"home", "column", "other"} and (extra := names & CONTENT_TAGS):
            faults.append(f"{page.site}/{page.path} ({kind}) carries {sorted(extra)}")
        for name in names:
            values = page.meta[name]
            if len(values) != 1 or not values[0].strip():
                faults.append(f"{page.site}/{page.path}: {name} is {values}")
        if not SITE_CODE.fullmatch(page.meta["SiteIDCode"][0]):
            faults.append(f"{page.site}/{page.path}: bad SiteIDCode")
        if kind == "content" and not PUBLISHED.fullmatch(page.meta.get("PubDate", [""])[0]):
            faults.append(f"{page.site}/{page.path}: bad PubDate {page.meta.get('PubDate')}")
        if kind == "home" and page.meta["ColumnType"] != ["首页"]:
            faults.append(f"{page.site}/{page.path}: the home page is no 首页")
    complain(faults)


def test_every_page_ends_with_the_eight_items(built_group: BuiltGroup) -> None:
    faults = []
    for page in built_group.pages.values():
        [footer] = page.tree.xpath("//footer")
        text = " ".join(footer.text_content().split())
        links = {str(href) for href in footer.xpath(".//a/@href")}
        pictures = {str(alt) for alt in footer.xpath(".//img/@alt")}
        items = {
            "党政机关网站标识": "党政机关网站标识" in pictures,
            "我为政府网站找错": "我为政府网站找错" in pictures
            and any(page.meta["SiteIDCode"][0] in href for href in links),
            "政府网站标识码": f"政府网站标识码：{page.meta['SiteIDCode'][0]}" in text,
            "主办单位": re.search(r"主办单位：\S+", text),
            "联系方式": re.search(r"联系电话：[0-9-]+", text),
            "ICP备案编号": re.search(r"[京晋]ICP备[0-9]+号", text),
            "公安机关备案": re.search(r"公网安备 ?[0-9]{14}号", text),
            "网站地图": any(href.endswith("sitemap.html") for href in links),
        }
        faults += [
            f"{page.site}/{page.path}: no {name}" for name, there in items.items() if not there
        ]
    complain(faults)


def test_no_internal_link_is_dead(built_group: BuiltGroup) -> None:
    faults = []
    for page in built_group.pages.values():
        if page.path == "404.html":
            continue  # shown under any address: its own base is held by a test of its own
        for target in page.targets:
            if not target.strip():
                faults.append(f"{page.site}/{page.path}: an empty link")
                continue
            found = built_group.resolve(page, target)
            if found is None:
                continue
            site, path, fragment = found
            if not (built_group.folder / site / path).is_file():
                faults.append(f"{page.site}/{page.path} → {target}")
            elif fragment and fragment not in anchors_of(built_group, site, path):
                faults.append(f"{page.site}/{page.path} → {target}: no such anchor")
    complain(faults)


def test_no_living_page_links_to_a_taken_back_one(built_group: BuiltGroup) -> None:
    gone = set()
    for site in built_group.hosts.values():
        for line in (built_group.folder / site / "_gone.map").read_text("utf-8").splitlines():
            gone.add((site, line.split(" ")[0].lstrip("/")))
    assert gone, "the sample holds at least one withdrawn page"
    faults = [
        f"{page.site}/{page.path} → {target}"
        for page in built_group.pages.values()
        for target in page.targets
        if (found := built_group.resolve(page, target)) and found[:2] in gone
        if (page.site, page.path) not in gone
    ]
    complain(faults)


def test_every_page_is_reached_from_its_home(built_group: BuiltGroup) -> None:
    faults = []
    for site in built_group.hosts.values():
        seen, waiting = {"index.html"}, ["index.html"]
        while waiting:
            page = built_group.pages[site, waiting.pop()]
            for target in page.targets:
                found = built_group.resolve(page, target)
                if found and found[0] == site and found[1] not in seen:
                    seen.add(found[1])
                    if (site, found[1]) in built_group.pages:
                        waiting.append(found[1])
        faults += [
            f"{site}/{path}"
            for at, path in built_group.pages
            if at == site and path not in seen and kind_of(built_group.pages[at, path]) != "other"
        ]
    complain(faults)


def test_every_page_has_the_bare_necessities(built_group: BuiltGroup) -> None:
    faults = []
    for page in built_group.pages.values():
        where, tree = f"{page.site}/{page.path}", page.tree
        if len(tree.xpath("//h1")) != 1:
            faults.append(f"{where}: {len(tree.xpath('//h1'))} h1")
        if tree.get("lang") != "zh-CN":
            faults.append(f"{where}: no language")
        if not (tree.findtext(".//title") or "").strip():
            faults.append(f"{where}: no title")
        if "%%gongkai" in page.file.read_text("utf-8"):
            faults.append(f"{where}: a hole was left")
        if [img for img in tree.xpath("//img") if img.get("alt") is None]:
            faults.append(f"{where}: a picture without alternative text")
        if page.site not in page.meta.get("SiteDomain", [""])[0] and page.site != "portal":
            faults.append(f"{where}: domain {page.meta.get('SiteDomain')}")
    complain(faults)


def test_the_sitemap_names_every_page_that_may_be_found(built_group: BuiltGroup) -> None:
    for site in built_group.hosts.values():
        named = (built_group.folder / site / "sitemap.xml").read_text("utf-8").count("<loc>")
        findable = [
            page
            for (at, _), page in built_group.pages.items()
            if at == site and page.meta.get("robots") != ["noindex"]
        ]
        assert named == len(findable)


@pytest.mark.parametrize("site", ["portal"])
def test_the_missing_page_works_under_any_address(built_group: BuiltGroup, site: str) -> None:
    page = built_group.pages[site, "404.html"]
    [base] = page.tree.xpath("//base/@href")
    assert base.startswith("https://")
    assert base.endswith("/")
