"""After any edits, a build with what is kept gives the bytes that a build from nothing gives."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from generator.diagnostics import Diagnostic
from tests.incremental.builds import (
    USUAL,
    Built,
    Way,
    build,
    build_from_nothing,
    files_of,
    no_cache,
    work_with,
)
from tests.incremental.edits import NOW, Editor
from tests.incremental.group import with_field
from tests.incremental.shelves import Shelf

# More of them, where somebody has the time: GONGKAI_SEEDS=1000-5000.
FIRST, _, LAST = os.environ.get("GONGKAI_SEEDS", "0-300").partition("-")


def said(findings: Iterable[Diagnostic]) -> list[str]:
    return [repr(finding) for finding in findings]


def differences(left: dict[str, bytes], right: dict[str, bytes]) -> list[str]:
    rows = [f"only here: {path}" for path in sorted(left.keys() - right.keys())]
    rows += [f"only from nothing: {path}" for path in sorted(right.keys() - left.keys())]
    both = sorted(left.keys() & right.keys())
    return rows + [f"otherwise: {path}" for path in both if left[path] != right[path]]


def unequal(shelf: Shelf, editor: Editor, way: Way, built: Built) -> list[str]:
    """What differs from a build from nothing, in what is said and in what is built."""
    shutil.rmtree(shelf.nothing, ignore_errors=True)
    anew = build_from_nothing(shelf.root, shelf.nothing, editor.now, way)
    old, new = said(built.findings), said(anew.findings)
    rows = [f"said no more: {row}" for row in old if row not in new]
    rows += [f"not said: {row}" for row in new if row not in old]
    rows += [] if rows or old == new else ["the findings stand in another order"]
    rows += [] if built.failed == anew.failed else [f"failed: {built.failed}, {anew.failed}"]
    kept = built.broken | built.failed  # these keep their last good output
    if not (built.complete and anew.complete):
        return rows
    if way.sites:
        for name in set(way.sites) - kept:
            rows += differences(files_of(shelf.out / name), files_of(shelf.nothing / name))
        return rows
    without = [*kept, *(["sites.json"] if kept else [])]
    return rows + differences(files_of(shelf.out, without), files_of(shelf.nothing, without))


def a_way(random: Random, editor: Editor) -> Way:
    """A random way to build: mostly the usual one."""
    sites = ("zezhou",) if random.random() < 0.07 else ()
    revision = "HEAD" if editor.git is not None and random.random() < 0.1 else None
    torn = random.random() < 0.2
    jobs = 2 if random.random() < (0.3 if torn else 0.03) else 1
    return Way(jobs, sites, revision, torn)


@pytest.mark.parametrize("seed", range(int(FIRST), int(LAST)))
def test_a_build_after_edits_equals_one_from_nothing(seed: int, shelf: Shelf) -> None:
    random = Random(seed)
    shelf.restore()
    git = random.random() < 0.3
    editor = Editor(shelf.root, shelf.out, shelf.cache, random, git=git)
    work = work_with(shelf.cache) if random.random() < 0.25 else None
    print("one process for all" if work else "a process for each build")
    for _ in range(random.randint(1, 4)):
        for _ in range(random.choice([1, 1, 2, 3])):
            print(*editor.one())
        way = a_way(random, editor)
        print(way)
        editor.remember_cache()
        if random.random() < 0.06:
            beside = random.choice(["another cache", "no cache"])
            if beside == "no cache":
                no_cache(shelf.root, shelf.out, editor.now)
            else:
                build(shelf.root, shelf.out, editor.now, shelf.other)
            print(f"a build with {beside}, then", *editor.one())
        built = build(shelf.root, shelf.out, editor.now, shelf.cache, way, work)
        print(built.written)
    assert unequal(shelf, editor, way, built) == []


# What once went wrong

ONE, OTHER = "units/chengqu/articles/2026/0002", "units/zezhou/articles/2026/0002"
WITHDRAWN = "{at: 2026-11-02 10:00, reason: 内容有误"


class Story:
    """A group that is edited step by step, and built after each."""

    def __init__(self, shelf: Shelf) -> None:
        shelf.restore()
        self.shelf = shelf
        self.editor = Editor(shelf.root, shelf.out, shelf.cache, Random(0), git=False)
        self.wrong: list[str] = []

    def file(self, name: str) -> Path:
        return self.shelf.root / "content" / f"{name}.md"

    def put(self, name: str, **fields: str | None) -> None:
        file = self.file(name)
        text = file.read_text("utf-8")
        for key, value in fields.items():
            text = with_field(text, key, value)
        file.write_text(text, "utf-8")

    def add(self, name: str, text: str) -> None:
        file = self.file(name)
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    def build(self, way: Way = USUAL) -> None:
        shelf = self.shelf
        built = build(shelf.root, shelf.out, self.editor.now, shelf.cache, way)
        self.wrong += unequal(shelf, self.editor, way, built)

    def later(self, **step: float) -> None:
        self.editor.now += timedelta(**step)


def a_linked_record_of_another_site_is_deleted(story: Story) -> None:
    story.build()
    story.file(OTHER).unlink()


def an_item_is_over_within_the_day(story: Story) -> None:
    story.put("units/city/articles/2026/9004", expiresAt="2026-11-24 12:30")
    story.build()
    story.later(minutes=30)  # its last minute
    story.build()
    story.later(minutes=1)


def the_last_day_of_a_list_of_persons_is_over(story: Story) -> None:
    name = "units/city/articles/2026/9004"
    story.put(name, benefitList="{of: other, expires: 2026-11-24}", expiresAt=None)
    story.build()
    story.later(hours=13)


def what_replaces_a_withdrawn_item_on_another_site_is_withdrawn(story: Story) -> None:
    replaced = f"{WITHDRAWN}, replacedBy: units/zezhou/articles/2024/0001}}"
    story.put("units/chengqu/articles/2026/9000", withdrawn=replaced)
    story.build()
    story.put("units/zezhou/articles/2024/0001", withdrawn=WITHDRAWN + "}")


def what_replaces_a_withdrawn_item_on_another_site_is_held_back(story: Story) -> None:
    replaced = f"{WITHDRAWN}, replacedBy: units/zezhou/articles/2024/0001}}"
    story.put("units/chengqu/articles/2026/9000", withdrawn=replaced)
    later = {"publishedAt": "2026-11-24 18:30", "embargo": "true"}
    story.put("units/zezhou/articles/2024/0001", **later)
    story.later(hours=6)
    story.build()
    story.later(hours=1)


def a_build_without_cache_came_between(story: Story) -> None:
    policy = max((story.shelf.root / "content/units/chengqu/policies").rglob("*.md"))
    before = policy.read_text("utf-8")
    story.build()
    policy.write_text(with_field(before, "title", "另一个名称的办法"), "utf-8")
    no_cache(story.shelf.root, story.shelf.out, NOW)
    policy.write_text(before, "utf-8")


def a_build_with_another_cache_came_between(story: Story) -> None:
    policy = max((story.shelf.root / "content/units/chengqu/policies").rglob("*.md"))
    before = policy.read_text("utf-8")
    story.build()
    policy.write_text(with_field(before, "title", "另一个名称的办法"), "utf-8")
    build(story.shelf.root, story.shelf.out, NOW, story.shelf.other)
    policy.write_text(before, "utf-8")


def a_former_address_becomes_a_folder_and_a_file_again(story: Story) -> None:
    for address in ("/a.html", "/a.html/b.html", "/a.html/", "/a.html"):
        story.put(OTHER, formerAddresses=f"[{address}]")
        story.build()


def one_share_is_made_whole_and_the_other_is_not(story: Story) -> None:
    """Five files more or less differ, which is much for one share and little for the other."""
    articles = sorted(story.shelf.root.glob("content/units/*/articles/*/*.md"))
    random = Random(53)
    for _ in range(6):
        for file in random.sample(articles, random.randint(1, 6)):
            file.write_text(file.read_text("utf-8") + "\n多一句。\n", "utf-8")
        story.build(Way(jobs=2, torn=True))


def the_clock_is_put_back(story: Story) -> None:
    story.later(hours=3)
    story.build()
    story.later(hours=-3)


STORIES: tuple[Callable[[Story], None], ...] = (
    a_linked_record_of_another_site_is_deleted,
    an_item_is_over_within_the_day,
    the_last_day_of_a_list_of_persons_is_over,
    what_replaces_a_withdrawn_item_on_another_site_is_withdrawn,
    what_replaces_a_withdrawn_item_on_another_site_is_held_back,
    a_build_without_cache_came_between,
    a_build_with_another_cache_came_between,
    a_former_address_becomes_a_folder_and_a_file_again,
    one_share_is_made_whole_and_the_other_is_not,
    the_clock_is_put_back,
)


@pytest.mark.parametrize("happens", STORIES, ids=lambda happens: happens.__name__)
def test_equal_also_where(happens: Callable[[Story], None], shelf: Shelf) -> None:
    story = Story(shelf)
    happens(story)
    story.build()
    assert story.wrong == []
