"""Building: the same bytes however it is run, whole or not at all, and nothing left behind."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import gongkai
from generator.sites.shell import Shell
from tests.support.groups import SmallGroup


def build(small: SmallGroup, out: Path, *more: str) -> Result:
    return CliRunner().invoke(
        gongkai, ["build", "--root", str(small.root), "--out", str(out), *more]
    )


def digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".gongkai" not in file.parts
    }


def test_holes_are_filled_once_and_missing_values_stay_empty() -> None:
    shell = Shell.of("<a%%gongkai:nav-x%%>%%gongkai:main%%</a>")
    assert shell.fill({"main": "%%gongkai:nav-x%%"}) == "<a>%%gongkai:nav-x%%</a>"


def test_one_process_and_two_give_the_same_bytes(small: SmallGroup, tmp_path: Path) -> None:
    one, two = (
        build(small, tmp_path / "1", "--jobs", "1"),
        build(small, tmp_path / "2", "--jobs", "2"),
    )
    assert (one.exit_code, two.exit_code) == (0, 0), one.output + two.output
    assert digests(tmp_path / "1") == digests(tmp_path / "2")


def test_faulty_content_is_not_built(small: SmallGroup, tmp_path: Path) -> None:
    small.article("units/jyj/articles/2026/0042.md", title="短")
    small.write("units/jyj/articles/2026/0043.md", "没有字段")
    run = build(small, tmp_path / "out")
    assert run.exit_code == 1
    assert "0043.md:1:1" in run.output
    assert not (tmp_path / "out").exists()


def test_by_force_the_rest_is_built(small: SmallGroup, tmp_path: Path) -> None:
    small.write("units/jyj/articles/2026/0043.md", "没有字段")
    assert build(small, tmp_path / "out", "--force").exit_code == 0
    assert (tmp_path / "out" / "jyj" / "index.html").is_file()
    assert not (tmp_path / "out" / "jyj" / "articles" / "2026" / "0043.html").exists()


def test_a_failed_site_names_its_record_and_keeps_its_last_output(
    small: SmallGroup, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    small.article("units/jyj/articles/2026/0042.md")
    assert build(small, out).exit_code == 0
    before = digests(out / "jyj")
    theme = small.root / "theme"
    project = theme.resolve()
    theme.unlink()
    shutil.copytree(project, theme)
    (theme / "fragments" / "page" / "article.html").write_text("{{ d.noSuchField }}")
    run = build(small, out, "--site", "jyj")
    assert run.exit_code == 1
    assert "content/units/jyj/articles/" in run.output
    assert digests(out / "jyj") == before
    assert [path.name for path in out.glob(".*")] == [".gongkai"]


def test_a_page_no_longer_planned_is_gone(small: SmallGroup, tmp_path: Path) -> None:
    out = tmp_path / "out"
    small.article("units/jyj/articles/2026/0042.md")
    build(small, out)
    (small.root / "content/units/jyj/articles/2026/0042.md").unlink()
    build(small, out)
    assert not (out / "jyj" / "articles" / "2026" / "0042.html").exists()


def test_one_site_alone(small: SmallGroup, tmp_path: Path) -> None:
    run = build(small, tmp_path / "out", "--site", "jyj")
    assert run.exit_code == 0
    folders = [path.name for path in (tmp_path / "out").iterdir() if path.is_dir()]
    assert sorted(folders) == [".gongkai", "jyj"]
    assert build(small, tmp_path / "out", "--site", "nowhere").exit_code == 2


def test_raw_html_and_scripts_do_not_pass(small: SmallGroup, tmp_path: Path) -> None:
    small.article(
        "units/jyj/articles/2026/0042.md",
        body="<script>alert(1)</script><p onclick='x()'>文字</p>\n\n[点](javascript:alert(1))",
        title='"<script>alert(2)</script>标题"',
        summary='"</script><script>alert(3)</script>摘要"',
    )
    assert build(small, tmp_path / "out", "--force").exit_code == 0
    html = (tmp_path / "out/jyj/articles/2026/0042.html").read_text("utf-8")
    assert "alert(1)" not in html
    assert "<script>alert" not in html
    assert "onclick" not in html
    assert "javascript:" not in html


def test_a_link_to_another_record_becomes_its_address(small: SmallGroup, tmp_path: Path) -> None:
    small.article("units/kjj/articles/2026/0050.md", title="被链接的稿件", column="bmdt")
    small.article(
        "units/jyj/articles/2026/0042.md",
        body="见[说明](../../../kjj/articles/2026/0050.md#一)与[本单位](0043.md)。",
    )
    small.article("units/jyj/articles/2026/0043.md", title="另一篇稿件")
    assert build(small, tmp_path / "out", "--force").exit_code == 0
    html = (tmp_path / "out/jyj/articles/2026/0042.html").read_text("utf-8")
    portal = "https://www.jincheng-sample.gov.cn/units/kjj/articles/2026/0050.html#"
    assert f'href="{portal}' in html
    assert 'href="../../articles/2026/0043.html"' in html


def test_a_site_carries_only_what_its_pages_use(small: SmallGroup, tmp_path: Path) -> None:
    build(small, tmp_path / "out", "--site", "jyj")
    assets = tmp_path / "out" / "jyj" / "assets"
    home = (tmp_path / "out" / "jyj" / "index.html").read_text("utf-8")
    files = [file.relative_to(assets.parent).as_posix() for file in assets.rglob("*.*")]
    assert files
    assert [file for file in files if file not in home] == []


def test_a_build_that_was_ended_midway_loses_nothing(small: SmallGroup, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(small, out).exit_code == 0
    before = digests(out / "jyj")
    (out / "jyj").rename(out / ".jyj.old")  # as if killed after the first of the two renames
    theme = small.root / "theme"
    project = theme.resolve()
    theme.unlink()
    shutil.copytree(project, theme)
    (theme / "fragments" / "page" / "article.html").write_text("{{ d.noSuchField }}")
    assert build(small, out, "--site", "jyj").exit_code == 1
    assert digests(out / "jyj") == before


def test_the_home_page_shows_its_banner_and_styles(small: SmallGroup, tmp_path: Path) -> None:
    site = small.root / "content" / "units" / "jyj" / "site.yml"
    home = (
        "home:\n  banner:\n    - image: {file: home/campus.png, alt: 校园}\n"
        "      title: 开学第一课\n      url: /gzdt/\n  sections: [gzdt]\n"
    )
    text = site.read_text("utf-8").replace("home: {sections: [gzdt, zcwj]}\n", home)
    site.write_text(text, "utf-8")
    small.write("units/jyj/home/campus.png", "not looked at by force")
    assert build(small, tmp_path / "out", "--force").exit_code == 0
    html = (tmp_path / "out" / "jyj" / "index.html").read_text("utf-8")
    assert '<img src="./home/campus.png" alt="校园">' in html
    assert '<a href="./gzdt/"><img' in html
    assert "开学第一课" in html
