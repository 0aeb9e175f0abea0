"""What a site will hold: addresses, columns, pages that come and go, and what is never shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from generator.load import KINDS_BY_NAME, Document
from generator.model import read
from generator.schema import Schemas
from generator.sites.addresses import PAGED, base_of
from generator.sites.links import Links
from generator.sites.listing import moment_of
from generator.sites.plan import PageType
from tests.support.groups import NOW, SmallGroup


@pytest.mark.parametrize(
    ("path", "base"),
    [
        pytest.param("index.html", "./", id="home"),
        pytest.param("gzdt/index.html", "../", id="column"),
        pytest.param("units/kjj/articles/2026/0001.html", "../../../../", id="hosted item"),
    ],
)
def test_base_of(path: str, base: str) -> None:
    assert base_of(path) == base


def test_a_unit_with_a_site_has_its_items_there_and_only_there(small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0042.md")
    assert "articles/2026/0042.html" in small.plan("jyj").pages
    assert not [path for path in small.plan("portal").pages if "0042" in path]


def test_a_unit_without_a_site_is_shown_by_the_portal(small: SmallGroup) -> None:
    small.article("units/kjj/articles/2026/0042.md", column="bmdt")
    pages = small.plan("portal").pages
    page = pages["units/kjj/articles/2026/0042.html"]
    assert [crumb.title for crumb in page.trail] == ["晋城市科学技术局", "部门动态"]
    assert "units/kjj/index.html" in pages
    assert "units/kjj/zfxxgk/index.html" in pages


def test_an_outlet_lists_the_item_under_its_one_address(small: SmallGroup) -> None:
    outlets = "[{site: portal, column: bmdt}]"
    small.article("units/jyj/articles/2026/0042.md", outlets=outlets)
    plan = small.plan("portal")
    [record] = [r for r in plan.pages["bmdt/index.html"].context["records"] if r.stem == "0042"]
    listing = small.listing()
    links = Links(listing, plan.site, "bmdt/index.html")
    assert links.record(record) == "https://jyj.jincheng-sample.gov.cn/articles/2026/0042.html"


def test_an_item_is_not_shown_before_its_time(small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0042.md", publishedAt="2026-11-24 12:30", embargo="true")
    path = "articles/2026/0042.html"
    assert path not in small.plan("jyj", NOW).pages  # 12:00 on the wall
    assert path in small.plan("jyj", NOW + timedelta(minutes=30)).pages


def test_a_withdrawn_item_leaves_lists_and_files_and_says_why(small: SmallGroup) -> None:
    small.write("units/jyj/articles/2026/0042/form.pdf", "%PDF-1.4")
    small.article(
        "units/jyj/articles/2026/0042.md",
        attachments="[{file: 0042/form.pdf, title: 报名表}]",
        withdrawn="{at: 2026-03-03 10:00, reason: 内容有误}",
    )
    plan = small.plan("jyj")
    assert plan.gone == {"articles/2026/0042.html": "内容有误"}
    assert plan.pages["articles/2026/0042.html"].template == "gone.html"
    assert not plan.pages["articles/2026/0042.html"].indexed
    assert "articles/2026/0042/form.pdf" not in plan.files
    listed = [r.stem for page in plan.pages.values() for r in page.context.get("records", ())]
    assert "0042" not in listed


def test_a_list_of_persons_is_gone_after_its_last_day(small: SmallGroup) -> None:
    small.write("units/jyj/articles/2026/0042/list.pdf", "%PDF-1.4")
    small.article(
        "units/jyj/articles/2026/0042.md",
        attachments="[{file: 0042/list.pdf, title: 名单}]",
        benefitList="{of: student-aid, expires: 2026-11-24}",
    )
    path, file = "articles/2026/0042.html", "articles/2026/0042/list.pdf"
    until = small.plan("jyj", NOW)
    assert until.pages[path].record is not None
    assert not until.pages[path].indexed
    assert file in until.files
    after = small.plan("jyj", NOW + timedelta(hours=12))
    assert after.gone == {path: "公示期满，名单已经撤下"}
    assert after.pages[path].template == "gone.html"
    assert file not in after.files


def test_a_withdrawn_item_with_a_successor_leads_there(small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0043.md", title="新通知")
    small.article(
        "units/jyj/articles/2026/0042.md",
        formerAddresses="[/old/1.html]",
        withdrawn="{at: 2026-03-03 10:00, reason: 已有新通知, "
        "replacedBy: units/jyj/articles/2026/0043}",
    )
    plan = small.plan("jyj")
    assert plan.moved == {
        "articles/2026/0042.html": "/articles/2026/0043.html",
        "old/1.html": "/articles/2026/0043.html",
    }


def test_a_former_address_leads_to_the_present_one(small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0042.md", formerAddresses="[/content/2018/]")
    assert small.plan("jyj").moved == {"content/2018/index.html": "/articles/2026/0042.html"}


def test_a_former_address_never_stands_where_a_folder_must(small: SmallGroup) -> None:
    former = "[/a.html, /a.html/b.html, /gzdt/index.html/c.html]"
    small.article("units/jyj/articles/2026/0042.md", formerAddresses=former)
    plan = small.plan("jyj")
    assert {path for path in plan.moved if path.startswith(("a.html", "gzdt"))} == {
        "a.html",
        "a.html/b.html",
        "gzdt/index.html/c.html",
    }
    assert "a.html" in plan.pages
    assert not {"a.html/b.html", "gzdt/index.html/c.html"} & plan.pages.keys()


def test_a_long_column_is_cut_into_pages(small: SmallGroup) -> None:
    for number in range(100, 145):
        small.article(
            f"units/jyj/articles/2026/0{number}.md",
            title=f"第{number}号测试稿件",
            publishedAt=f"2026-03-02 09:{number - 100:02}",
        )
    pages = small.plan("jyj").pages
    first, third = pages["gzdt/index.html"].context, pages["gzdt/3.html"].context
    assert first["records"][0].stem == "0144"
    assert len(first["records"]) == 20
    assert first["count"] == 3
    assert third["number"] == 3
    assert "gzdt/4.html" not in pages


def test_a_pinned_item_stands_first_until_its_day(small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0901.md", title="新稿件", publishedAt="2026-11-01 09:00")
    small.article("units/jyj/articles/2026/0900.md", title="置顶稿件", pinnedUntil="2026-11-24")
    first = small.plan("jyj").pages["gzdt/index.html"].context["records"][0]
    assert first.stem == "0900"
    later = small.plan("jyj", NOW + timedelta(days=1)).pages["gzdt/index.html"].context["records"]
    assert later[0].stem == "0901"


def test_the_platform_has_its_four_entries_and_fifteen_groups(small: SmallGroup) -> None:
    pages = small.plan("jyj").pages
    for entry in ("zfxxgkzn", "zfxxgkzd", "fdzdgknr", "zfxxgknb"):
        assert pages[f"zfxxgk/{entry}/index.html"].type is PageType.COLUMN
    groups = [
        path for path in pages if path.startswith("zfxxgk/fdzdgknr/") and path.count("/") == 3
    ]
    assert len(groups) == 15


def test_the_portal_speaks_for_the_city(small: SmallGroup) -> None:
    page = small.plan("portal").pages["zfxxgk/index.html"]
    assert page.context["unit"].unit == "city"


def test_a_link_to_what_is_not_shown_yet_leads_nowhere(small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0042.md", publishedAt="2026-11-24 12:30", embargo="true")
    for now, href in ((NOW, ""), (NOW + timedelta(hours=1), "./articles/2026/0042.html")):
        listing = small.listing(now)
        links = Links(listing, listing.corpus.sites["jyj"], "index.html")
        assert links.named("units/jyj/articles/2026/0042") == href


def test_a_leader_who_has_left_is_no_longer_listed(small: SmallGroup) -> None:
    for name, left in (("zhang", ""), ("li", "leftAt: 2026-11-23\n")):
        small.write(
            f"units/jyj/leaders/{name}.yml",
            f"name: {name}某（示例）\npost: 局长\norder: 1\nportfolio: [主持全面工作]\n"
            f"resume: [{{period: 2020.01—今, text: 任局长}}]\nupdatedAt: 2026-01-05\n{left}",
        )
    listing = small.listing()
    shown = [leader.stem for leader in listing.of_kind("leader") if listing.is_current(leader)]
    assert shown == ["zhang"]


def test_every_kind_with_a_page_knows_its_time(root: Path) -> None:
    schemas = Schemas.read(root / "schemas")
    undated = []
    for kind in sorted(PAGED):
        [example, *_] = schemas.of(kind)["examples"]
        document = Document("units/a/x", KINDS_BY_NAME[kind], "a", "content/x", example, "", 1)
        if not moment_of(read(document)):
            undated.append(kind)
    assert undated == []


def test_what_the_portal_took_over_is_listed_but_has_no_page(small: SmallGroup) -> None:
    small.article("units/jyj/articles/2026/0042.md")
    small.write(
        "units/portal/adoptions/2026/a.yml",
        "record: units/jyj/articles/2026/0042\nsite: portal\ncolumn: bmdt\n"
        "submittedAt: 2026-03-02 10:00\nadoptedAt: 2026-03-02 15:00\n"
        "form: full\nscore: 90\neditor: 陈某（示例）\n",
    )
    listing = small.listing()
    plan = small.plan("portal")
    assert [record.kind for record in listing.of_kind("adoption")] == ["adoption"]
    assert not [path for path in plan.pages if path.startswith("adoptions/")]
    assert "adoption" not in {r.kind for r in plan.pages["bmdt/index.html"].context["records"]}
