"""What an edit costs: only what shows the change is written again, and nothing else is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from generator.check import desk as desks
from generator.check import reading as readings
from generator.check.desk import Desk
from tests.incremental.builds import Built, build
from tests.incremental.edits import NOW
from tests.incremental.group import with_field
from tests.incremental.shelves import Shelf

ARTICLE = "content/units/chengqu/articles/2024/0001.md"  # the portal lists it, too


@pytest.fixture
def changed(shelf: Shelf) -> Iterator[Callable[[], set[str]]]:
    """Builds again, and tells which files were written or removed since the last time."""
    shelf.restore()

    def stamps() -> dict[str, tuple[int, int]]:
        files = (file for file in shelf.out.rglob("*") if file.is_file())
        rows = ((file.relative_to(shelf.out).as_posix(), file.stat()) for file in files)
        return {
            path: (row.st_mtime_ns, row.st_ino)
            for path, row in rows
            if not path.startswith(".gongkai") and path not in {"index.html", "sites.json"}
        }

    build(shelf.root, shelf.out, NOW, shelf.cache)
    before = stamps()

    def again() -> set[str]:
        nonlocal before
        build(shelf.root, shelf.out, NOW, shelf.cache)
        former, before = before, stamps()
        return {path for path, _ in former.items() ^ before.items()}

    yield again


def put(shelf: Shelf, path: str, **fields: str) -> None:
    file = shelf.root / path
    text = file.read_text("utf-8")
    for name, value in fields.items():
        text = with_field(text, name, value)
    file.write_text(text, "utf-8")


def add(shelf: Shelf, path: str, more: str) -> None:
    file = shelf.root / path
    file.write_text(file.read_text("utf-8") + more, "utf-8")


def test_an_unchanged_group_is_not_touched(changed: Callable[[], set[str]]) -> None:
    assert changed() == set()


def test_an_unchanged_group_opens_no_item(shelf: Shelf) -> None:
    shelf.restore()
    build(shelf.root, shelf.out, NOW, shelf.cache)
    opened: list[str] = []

    def noting(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def noted(*arguments: object, **named: object) -> object:
            opened.append(name)
            return real(*arguments, **named)

        return noted

    with (
        mock.patch.object(readings, "read_source", noting("read", readings.read_source)),
        mock.patch.object(desks, "read_part", noting("part", desks.read_part)),
        mock.patch.object(Desk, "given", noting("gathered", Desk.given)),
        mock.patch.object(desks, "judge_part", noting("judged", desks.judge_part)),
    ):
        built: Built = build(shelf.root, shelf.out, NOW, shelf.cache)
    assert opened == []
    assert set(built.written.values()) == {0}


def test_another_title_is_written_where_it_is_read(
    shelf: Shelf, changed: Callable[[], set[str]]
) -> None:
    put(shelf, ARTICLE, title="一个以前没有的标题")
    shown = {
        path.relative_to(shelf.out).as_posix()
        for path in shelf.out.rglob("*")
        if path.is_file() and path.suffix in {".html", ".xml"}
    }
    written = changed()
    texts = {path: (shelf.out / path).read_text("utf-8") for path in shown}
    bearing = {path for path, text in texts.items() if "一个以前没有的标题" in text}
    assert written == bearing
    assert "chengqu/articles/2024/0001.html" in written
    assert {"chengqu/gzdt/index.html", "chengqu/index.html"} <= written


def test_another_body_is_written_where_the_article_stands(
    shelf: Shelf, changed: Callable[[], set[str]]
) -> None:
    add(shelf, ARTICLE, "\n有关情况将继续公布。\n")
    assert changed() == {
        "chengqu/articles/2024/0001.html",
        "chengqu/gzdt/index.html",
        "chengqu/index.html",
        "portal/xqdt/index.html",
    }


def test_a_policy_is_written_on_the_pages_that_show_it(
    shelf: Shelf, changed: Callable[[], set[str]]
) -> None:
    policy = max((shelf.root / "content/units/chengqu/policies").rglob("*.md"))
    path = policy.relative_to(shelf.root).as_posix()
    add(shelf, path, "\n有关情况将继续公布。\n")
    written = changed()
    page = path.removeprefix("content/units/").replace(".md", ".html")
    assert page in written
    assert page.replace("policies", "interpretations") in written
    assert "portal/zcwj/index.html" in written
    assert len(written) < 20
    assert not any("/articles/" in path and "chengqu" in path for path in written)


def test_a_column_renamed_on_one_site_is_no_matter_of_others(
    shelf: Shelf, changed: Callable[[], set[str]]
) -> None:
    site = shelf.root / "content/units/chengqu/site.yml"
    text = site.read_text("utf-8")
    site.write_text(text.replace("title: 通知公告", "title: 公告栏目", 1), "utf-8")
    elsewhere = {path for path in changed() if not path.startswith("chengqu/")}
    assert elsewhere == {"portal/sitemap.html"}  # which names every site


def test_a_person_changed_is_no_matter_of_any_site(
    shelf: Shelf, changed: Callable[[], set[str]]
) -> None:
    roles: Path = shelf.root / "content/governance/roles.yml"
    roles.write_text(roles.read_text("utf-8").replace("王某", "赵某", 1), "utf-8")
    assert changed() == set()


def test_a_picture_is_copied_again_alone(shelf: Shelf, changed: Callable[[], set[str]]) -> None:
    picture = min((shelf.root / "content/units").rglob("articles/**/*.png"))
    picture.write_bytes(picture.read_bytes() + b"\n")
    assert {Path(path).name for path in changed()} == {picture.name}


def test_a_day_later_only_what_tells_the_day_is_written(shelf: Shelf) -> None:
    shelf.restore()
    build(shelf.root, shelf.out, NOW + timedelta(days=60), shelf.cache)
    built = build(shelf.root, shelf.out, NOW + timedelta(days=61), shelf.cache)
    assert sum(built.written.values()) < 40
