"""A release is built from what the ledger names, says where each file comes from, or is refused."""

from io import BytesIO

import pikepdf
import pytest
from click.testing import CliRunner

from generator.cli import gongkai
from tests.support.approved import approved_group, copy_of

ARTICLE = "content/units/jyj/articles/2026/0001.md"
TEXT = """---
title: 停水通知
column: gzdt
publishedAt: 2026-03-02 09:00
source: 晋城市教育局
origin: original
---

11月25日8时至18时停水。
"""
MOMENT = "2026-11-24T12:00:00+08:00"


def run(*words):
    """The exit code and the output of `gongkai`."""
    done = CliRunner().invoke(gongkai, [*map(str, words)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def approved(tmp_path_factory, keys):
    return approved_group(tmp_path_factory.mktemp("approved") / "city", keys)


@pytest.fixture
def city(approved, tmp_path):
    return copy_of(approved, tmp_path / "city")


def release(city, *words):
    out = city.folder.parent / "public"
    at = ("--moment", MOMENT) if "--holds" not in words else ()
    code, said = run(
        "build", "--release", "--root", city.folder, "--out", out, "--key",
        city.keys.file("gate"), *at, *words,
    )  # fmt: skip
    return code, said, out


def test_the_whole_story(city):
    city.publish("jyj", {ARTICLE: TEXT})
    code, said, out = release(city)
    assert code == 0, said
    page = out / "jyj/articles/2026/0001.html"
    assert "停水" in page.read_text()
    trust = ("--trust-first-use", "--root", city.folder)
    assert run("ledger", "verify", "--page", ARTICLE, *trust)[0] == 0
    assert run("ledger", "verify", "--site", out, *trust)[0] == 0
    seq = city.book.state.size
    assert run("ledger", "verify", "--release", seq, *trust)[0] == 0
    page.write_text("forged")
    assert run("ledger", "verify", "--site", out, *trust)[0] == 11


def pdf_page():
    """An empty page as a PDF."""
    document = pikepdf.new()
    document.add_blank_page()
    stream = BytesIO()
    document.save(stream, static_id=True)
    return stream.getvalue()


def files_of(out):
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def take_down(city, *words, by="github:105"):
    return run(
        "ledger", "takedown", *words, "--by", by, "--key", city.keys.file("gate"),
        "--root", city.folder,
    )  # fmt: skip


def test_a_page_taken_down_is_gone_with_all_that_names_it(city):
    picture = "content/units/jyj/articles/2026/0001/plan.pdf"
    pdf = pdf_page()
    body = TEXT + "\n[附件](0001/plan.pdf)\n"
    city.publish("jyj", {ARTICLE: body, picture: pdf})
    code, said, out = release(city)
    assert code == 0, said
    before = files_of(out)
    assert {"jyj/articles/2026/0001.html", "jyj/articles/2026/0001/plan.pdf"} <= before
    code, said = take_down(city, ARTICLE, "--reason", "泄密")
    assert code == 0, said
    assert picture in said
    # drift does not hold a takedown up, and nothing new comes with it
    city.repository.commit({"theme/main.html": "changed by an administrator\n"})
    code, said, out = release(city, "--holds")
    assert code == 0, said
    page = (out / "jyj/articles/2026/0001.html").read_text()
    assert "内容已撤下" in page and "停水" not in page
    assert files_of(out) == before - {"jyj/articles/2026/0001/plan.pdf"}
    gone = (out / "jyj/_gone.map").read_text()
    assert "/articles/2026/0001.html 410;" in gone
    assert "/articles/2026/0001/plan.pdf 410;" in gone
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name not in ("0001.html", "_gone.map"):
            data = path.read_bytes()
            assert b"articles/2026/0001" not in data or "2026/0001.html" not in path.as_posix()
            if path.is_relative_to(out / "jyj"):
                assert "停水通知".encode() not in data, path
    trust = ("--trust-first-use", "--root", city.folder)
    assert run("ledger", "verify", "--page", ARTICLE, *trust)[0] == 15
    assert run("ledger", "verify", "--site", out, *trust)[0] == 0
    # and the tombstone stands in the release after that, too
    code, said, out = release(city, "--holds")
    assert code == 0, said
    assert "内容已撤下" in (out / "jyj/articles/2026/0001.html").read_text()
    assert "plan.pdf 410;" in (out / "jyj/_gone.map").read_text()


def test_the_site_in_place_is_known_to_hold_what_is_down_by_now(city):
    city.publish("jyj", {ARTICLE: TEXT})
    _, _, out = release(city)
    assert take_down(city, ARTICLE, "--reason", "错误")[0] == 0
    found = run("ledger", "verify", "--site", out, "--trust-first-use", "--root", city.folder)
    assert found[0] == 15


def test_a_full_release_leaves_out_what_is_down_and_forgives_links_to_it(city):
    other = ARTICLE.replace("0001", "0002")
    linking = TEXT.replace("停水通知", "另一篇") + "\n[见此](0001.md)\n"
    city.publish("jyj", {ARTICLE: TEXT, other: linking})
    code, said, out = release(city)
    assert code == 0, said
    assert take_down(city, ARTICLE, "--reason", "过期", "--tombstone", "expired")[0] == 0
    code, said, out = release(city)
    assert code == 0, said
    assert "本页面内容已过期" in (out / "jyj/articles/2026/0001.html").read_text()
    assert (out / "jyj/articles/2026/0002.html").is_file()


def test_two_releases_of_one_moment_are_equal(city):
    city.publish("jyj", {ARTICLE: TEXT})
    first = release(city)[2]
    files = {path: (first / path).read_bytes() for path in files_of(first)}
    second = release(city)[2]
    assert {path: (second / path).read_bytes() for path in files_of(second)} == files


def test_an_embargoed_page_waits_for_its_time(city):
    city.publish("jyj", {ARTICLE: TEXT.replace("2026-03-02 09:00", "2026-12-01 09:00")})
    code, said, out = release(city)
    assert code == 0, said
    assert "jyj/articles/2026/0001.html" not in files_of(out)


def test_an_older_ledger_than_this_builder_has_seen(city):
    noted = city.book
    assert release(city)[0] == 0
    city.repository.git("update-ref", "refs/heads/ledger", "ledger~1")
    code, said, _ = release(city)
    assert (code, "〔ledger_rolled_back〕" in said) == (3, True)
    (city.folder / ".git/gongkai/ledger-seen").unlink()
    since = f"{noted.state.size + 1}:{'0' * 64}"
    code, said, _ = release(city, "--since", since)
    assert (code, "〔ledger_rolled_back〕" in said) == (3, True)


def test_a_release_needs_a_key_and_no_other_wish(city):
    assert run("build", "--release", "--root", city.folder)[0] == 2
    assert run("build", "--release", "--preview", "--root", city.folder)[0] == 2
    assert run("build", "--holds", "--root", city.folder)[0] == 2
    assert run("build", "--release", "--site", "jyj", "--root", city.folder)[0] == 2


def test_holds_without_a_release_before(city):
    code, said, _ = release(city, "--holds")
    assert (code, "〔ledger_missing〕" in said) == (3, True)


def test_a_preview_says_on_every_page_that_nobody_approved_it(city):
    city.repository.git("update-ref", "-d", "refs/heads/ledger")
    out = city.folder.parent / "preview"
    words = ("build", "--preview", "--root", city.folder, "--out", out, "--moment", MOMENT)
    code, said = run(*words)
    assert code == 0, said
    pages = sorted(out.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        text = page.read_text()
        assert "未经审核" in text, page
        assert 'name="robots" content="noindex' in text, page
    assert not list(out.rglob("sitemap.xml"))
    assert (out / "jyj/robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
