"""A site's feed: an Atom document of its newest items, and a link to it on every page."""

from __future__ import annotations

import lxml.etree
import pytest

from generator.sites.feed import feed
from tests.support.built import BuiltGroup
from tests.support.groups import SmallGroup

ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(small: SmallGroup, site: str = "jyj") -> lxml.etree._Element:
    return lxml.etree.fromstring(feed(small.plan(site)).encode())


def texts(element: lxml.etree._Element, name: str) -> list[str]:
    return [str(found.text) for found in element.findall(ATOM + name)]


def test_an_entry_tells_what_who_and_when(small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0042.md", title="甲 & <乙>", summary="这是一段摘要。")
    [entry] = [
        e for e in parsed(small).findall(ATOM + "entry") if texts(e, "title") == ["甲 & <乙>"]
    ]
    address = "https://jyj.jincheng-sample.gov.cn/articles/2026/0042.html"
    assert texts(entry, "id") == [address]
    assert texts(entry, "published") == texts(entry, "updated") == ["2026-03-02T09:00:00+08:00"]
    assert texts(entry, "summary") == ["这是一段摘要。"]
    assert entry.findall(ATOM + "link")[0].get("href") == address
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "晋城市教育局"


def test_a_feed_names_itself_and_its_site(small: SmallGroup) -> None:
    root = parsed(small)
    links = {link.get("rel"): link.get("href") for link in root.findall(ATOM + "link")}
    home = "https://jyj.jincheng-sample.gov.cn/"
    assert links == {"self": f"{home}feed.xml", "alternate": home}
    assert texts(root, "id") == [home]


def test_a_feed_holds_the_twenty_newest_in_order_of_time(small: SmallGroup) -> None:
    for day in range(1, 26):
        pinned = {"pinnedUntil": "2026-12-31"} if day == 1 else {}
        path = f"units/jyj/articles/2026/09{day:02}.md"
        small.article(path, title=f"第{day}号", publishedAt=f"2026-10-{day:02} 09:00", **pinned)
    root = parsed(small)
    titles = [texts(entry, "title")[0] for entry in root.findall(ATOM + "entry")]
    assert titles == [f"第{day}号" for day in range(25, 5, -1)]
    assert texts(root, "updated") == ["2026-10-25T09:00:00+08:00"]


def test_what_is_listed_from_elsewhere_keeps_its_address(small: SmallGroup) -> None:
    outlets = "[{site: portal, column: bmdt}]"
    small.article("units/jyj/articles/2026/0042.md", outlets=outlets)
    ids = [texts(entry, "id")[0] for entry in parsed(small, "portal").findall(ATOM + "entry")]
    assert "https://jyj.jincheng-sample.gov.cn/articles/2026/0042.html" in ids


@pytest.mark.parametrize("field", ["withdrawn", "embargo", "benefitList"])
def test_what_is_not_for_everyone_is_not_told(small: SmallGroup, field: str) -> None:
    fields = {
        "withdrawn": {"withdrawn": "{at: 2026-03-03 10:00, reason: 内容有误}"},
        "embargo": {"embargo": "true", "publishedAt": "2026-11-25 09:00"},
        "benefitList": {"benefitList": "{of: student-aid, expires: 2027-03-31}"},
    }[field]
    small.article("units/jyj/articles/2026/0042.md", title="看不见的稿件", **fields)
    assert "看不见的稿件" not in feed(small.plan("jyj"))


def test_every_site_has_a_feed_and_every_page_leads_there(built_group: BuiltGroup) -> None:
    for site in built_group.hosts.values():
        root = lxml.etree.parse(built_group.folder / site / "feed.xml").getroot()
        assert root.tag == f"{ATOM}feed"
        assert root.findtext(f"{ATOM}updated")
        for entry in root.findall(ATOM + "entry"):
            missing = [n for n in ("id", "title", "updated") if not entry.findtext(ATOM + n)]
            assert missing == [], f"{site}: {entry.findtext(ATOM + 'id')}"
    for page in built_group.pages.values():
        assert page.tree.xpath("//head/link[@type='application/atom+xml']/@href"), page.path
