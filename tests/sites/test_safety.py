"""What no record may do to a site: bring markup, reach another folder, show what is not public."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import gongkai
from generator.schema import Schemas
from tests.support.groups import SmallGroup

SITE = "units/jyj/site.yml"
AGREEMENT = {"title": "合作协议", "signedAt": "2025-03-12", "file": "paper/agreement.pdf"}


def build(small: SmallGroup, out: Path, *more: str) -> int:
    arguments = ["build", "--root", str(small.root), "--out", str(out), "--force", *more]
    return CliRunner().invoke(gongkai, arguments).exit_code


def change_site(small: SmallGroup, old: str, new: str) -> None:
    text = (small.root / "content" / SITE).read_text("utf-8")
    assert old in text
    small.write(SITE, text.replace(old, new))


def example(small: SmallGroup, kind: str, **changes: object) -> str:
    """The schema's own example of a kind as YAML, with `changes` over it."""
    [first, *_] = Schemas.read(small.root / "schemas").of(kind)["examples"]
    return yaml.safe_dump({**first, **changes}, allow_unicode=True)


def test_words_of_a_site_are_text_in_its_frame(small: SmallGroup, tmp_path: Path) -> None:
    change_site(small, "address: 晋城市示例街1号", "address: '<script>alert(1)</script>街1号'")
    change_site(small, "title: 工作动态", "title: 工作<b>动态</b>")
    assert build(small, tmp_path / "out") == 0
    html = (tmp_path / "out" / "jyj" / "index.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;街1号" in html
    assert "<script>alert" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("address", ["/../../../escaped.html", "/a/../../../escaped.html"])
def test_no_former_address_leads_out_of_the_site(
    small: SmallGroup, tmp_path: Path, address: str
) -> None:
    small.article("units/jyj/articles/2026/0042.md", formerAddresses=f"[{address}]")
    change_site(small, "columns:", f"redirects: [{{from: {address}, to: /gzdt/}}]\ncolumns:")
    build(small, tmp_path / "a" / "b" / "out")
    assert not list(tmp_path.rglob("escaped.html"))


def test_a_file_named_outside_the_units_stops_no_build(small: SmallGroup, tmp_path: Path) -> None:
    image = "{file: ../../../../x.png, alt: 教学楼外景}"
    small.article("units/jyj/articles/2026/0042.md", image=image)
    assert build(small, tmp_path / "out") == 0
    assert (tmp_path / "out" / "jyj" / "articles" / "2026" / "0042.html").is_file()


def test_files_of_what_is_not_public_are_not_published(small: SmallGroup, tmp_path: Path) -> None:
    for name, public in (("open", True), ("closed", False)):
        attachments = [{"file": f"{name}/after.png", "title": "截图"}]
        text = example(small, "finding", public=public, attachments=attachments)
        small.write(f"units/jyj/findings/2026/{name}.yml", text)
        small.write(f"units/jyj/findings/2026/{name}/after.png", "x")
    small.write("units/jyj/partners/paper.yml", example(small, "partner", agreements=[AGREEMENT]))
    small.write("units/jyj/partners/paper/agreement.pdf", "x")
    small.write("units/jyj/articles/2026/0043.md", "没有字段")
    small.write("units/jyj/articles/2026/0043/broken.pdf", "x")
    assert build(small, tmp_path / "out") == 0
    out = tmp_path / "out" / "jyj"
    assert (out / "findings" / "2026" / "open" / "after.png").is_file()
    assert (out / "partners" / "paper.html").is_file()
    assert not (out / "findings" / "2026" / "closed").exists()
    assert not (out / "partners" / "paper").exists()
    assert not (out / "articles" / "2026" / "0043").exists()


def test_a_file_that_a_shown_record_names_is_kept(small: SmallGroup) -> None:
    small.write("units/jyj/articles/2026/0042/form.pdf", "%PDF-1.4")
    attachments = "[{file: 0042/form.pdf, title: 报名表}]"
    withdrawn = "{at: 2026-03-03 10:00, reason: 内容有误}"
    small.article("units/jyj/articles/2026/0042.md", attachments=attachments, withdrawn=withdrawn)
    small.article("units/jyj/articles/2026/0043.md", attachments=attachments)
    assert "articles/2026/0042/form.pdf" in small.plan("jyj").files


def test_former_addresses_above_one_another_stop_no_build(
    small: SmallGroup, tmp_path: Path
) -> None:
    rows = "{from: /old, to: /gzdt/}, {from: /old/1.asp, to: /zcwj/}, {from: /old/2.html, to: /}"
    change_site(small, "columns:", f"redirects: [{rows}]\ncolumns:")
    out = tmp_path / "out"
    assert build(small, out) == 0
    assert (out / "jyj" / "old" / "2.html").is_file()
    moved = (out / "jyj" / "_moved.map").read_text("utf-8")
    assert moved == "/old /gzdt/;\n/old/1.asp /zcwj/;\n/old/2.html /;\n"


def test_an_address_brings_no_directives_into_a_server_map(
    small: SmallGroup, tmp_path: Path
) -> None:
    to = "https://www.x.gov.cn/a;}$host'"
    change_site(small, "columns:", f'redirects: [{{from: /a.html, to: "{to}"}}]\ncolumns:')
    assert build(small, tmp_path / "out") == 0
    moved = (tmp_path / "out" / "jyj" / "_moved.map").read_text("utf-8")
    assert moved == "/a.html https://www.x.gov.cn/a%3B%7D%24host%27;\n"


def test_folders_that_no_build_made_are_left_alone(small: SmallGroup, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "photographs").mkdir(parents=True)
    assert build(small, out) == 0
    assert (out / "photographs").is_dir()


@pytest.mark.parametrize("inside", [".", "..", "content", "content/public"])
def test_output_never_goes_over_the_sources(small: SmallGroup, inside: str) -> None:
    assert build(small, small.root / inside) == 2
    assert (small.root / "content" / "group.yml").is_file()


def test_a_site_asked_for_twice_is_built_once(small: SmallGroup, tmp_path: Path) -> None:
    twice = ["--site", "jyj", "--site", "jyj", "--jobs", "2"]
    run = CliRunner().invoke(
        gongkai, ["build", "--root", str(small.root), "--out", str(tmp_path / "out"), *twice]
    )
    assert run.exit_code == 0, run.output
    assert "1 个网站" in run.output


def test_the_way_to_a_page_ends_at_the_page(small: SmallGroup, tmp_path: Path) -> None:
    assert build(small, tmp_path / "out") == 0
    page = (tmp_path / "out" / "jyj" / "zfxxgk" / "ysqgk" / "index.html").read_text("utf-8")
    last = '"name":"依申请公开","item":"https://jyj.jincheng-sample.gov.cn/zfxxgk/ysqgk/"'
    assert last in page


def test_the_title_of_what_is_not_shown_stands_nowhere(small: SmallGroup, tmp_path: Path) -> None:
    small.article(
        "units/jyj/articles/2026/0042.md",
        title="一篇不再公开的稿件",
        withdrawn="{at: 2026-03-03 10:00, reason: 内容有误}",
    )
    record = "units/jyj/articles/2026/0042"
    small.write(
        "units/portal/adoptions/2026/a.yml",
        f"record: {record}\nsite: portal\ncolumn: bmdt\n"
        "submittedAt: 2026-03-02 10:00\nadoptedAt: 2026-03-02 15:00\n"
        "form: full\nscore: 90\neditor: 陈某（示例）\n",
    )
    small.write(
        "units/jyj/error-reports/2026/a.yml",
        example(small, "error-report", public=True, unit="jyj", record=record, site="jyj"),
    )
    portal = "units/portal/site.yml"
    text = (small.root / "content" / portal).read_text("utf-8")
    columns = (
        "columns:\n  - {id: cytb, title: 采用通报, type: 工作动态, description: 通报采用的稿件。, "
    )
    small.write(
        portal, text.replace("columns:\n", columns + "keywords: [采用], collects: [adoption]}\n", 1)
    )
    assert build(small, tmp_path / "out") == 0
    assert (tmp_path / "out" / "jyj" / "error-reports" / "2026" / "a.html").is_file()
    assert "稿件未公开" in (tmp_path / "out" / "portal" / "cytb" / "index.html").read_text("utf-8")
    holding = [
        page.relative_to(tmp_path).as_posix()
        for page in (tmp_path / "out").rglob("*.html")
        if "一篇不再公开的稿件" in page.read_text("utf-8")
    ]
    assert holding == []


def test_a_site_whose_record_is_broken_keeps_its_last_output(
    small: SmallGroup, tmp_path: Path
) -> None:
    assert build(small, tmp_path / "out") == 0
    change_site(small, "title: 晋城市教育局", "title: []")
    assert build(small, tmp_path / "out") == 0
    assert build(small, tmp_path / "out") == 0
    assert (tmp_path / "out" / "jyj" / "index.html").is_file()
    (small.root / "content" / SITE).unlink()
    assert build(small, tmp_path / "out") == 0
    assert not (tmp_path / "out" / "jyj").exists()
    assert (tmp_path / "out" / "portal" / "index.html").is_file()
