"""Writers of one ledger at once: real processes, clones of their own, one bare repository."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.keeper.book import open_book
from generator.tree.raw import Objects
from tests.support.city import City

SHIM = Path(__file__).parents[1] / "support" / "gongkai_at.py"
PAGES = [f"content/units/tax/articles/2026/000{number}.md" for number in (1, 2)]
# Both writers have read the ledger before either of them moves it.
WAIT = """#!/bin/sh
touch "arrived.$$"
tries=0
while [ "$(ls arrived.* | wc -l)" -lt 2 ] && [ $tries -lt 200 ]; do
  sleep 0.1; tries=$((tries + 1))
done
"""
# Somebody is always first.
FIRST = """#!/bin/sh
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
tip=$(git rev-parse refs/heads/ledger)
new=$(git -c user.name=x -c user.email=x@example.invalid commit-tree "$tip^{tree}" -p "$tip" -m x)
git update-ref refs/heads/ledger "$new"
"""
DECLINE = """#!/bin/sh
echo 'GH013: Repository rule violations found' >&2
exit 1
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory, keys):
    """A bare repository with a ledger that publishes two pages, and the city it came from."""
    place = tmp_path_factory.mktemp("published")
    city = City(place / "city", keys).begin()
    city.publish("tax", {page: f"# {page}\n" for page in PAGES})
    bare = place / "origin.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", bare], check=True)
    city.repository.git("push", "-q", str(bare), "main", "ledger")
    return city, bare


@pytest.fixture
def forge(published, tmp_path):
    """A copy of the bare repository; a hook is put into it by its text."""
    bare = tmp_path / "origin.git"
    shutil.copytree(published[1], bare)

    def hook(text):
        file = bare / "hooks" / "pre-receive"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)

    return bare, hook


def begun(published, bare, tmp_path, verb, page, office, *more):
    """A process that acts on a page, from a clone of its own."""
    city, _ = published
    clone = tmp_path / f"clone-{Path(page).stem}"
    if not clone.exists():
        subprocess.run(["git", "clone", "-q", str(bare), str(clone)], check=True)
    clock = tmp_path / "clock"
    clock.write_text(city.time.isoformat())
    words = [
        "ledger", verb, page, "--by", f"github:{city.account('tax', office)['id']}", *more,
        "--push", "origin", "--key", str(city.keys.file("gate")), "--root", str(clone),
    ]  # fmt: skip
    own = {"PYTHONPATH": str(SHIM.parents[2]), "GONGKAI_TEST_CLOCK": str(clock)}
    return subprocess.Popen(
        [sys.executable, "-P", SHIM, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, env={**os.environ, **own},
    )  # fmt: skip


def writer(published, bare, tmp_path, page):
    """A process that takes a page down."""
    return begun(published, bare, tmp_path, "takedown", page, 3, "--reason", "错误")


def told(process):
    said, _ = process.communicate(timeout=120)
    return process.returncode, said


def test_two_at_once_both_get_in_one_after_the_other(published, forge, tmp_path):
    bare, hook = forge
    hook(WAIT)
    before = open_book(Objects(bare)).state.size
    running = [writer(published, bare, tmp_path, page) for page in PAGES]
    ended = [told(process) for process in running]
    assert [code for code, _ in ended] == [0, 0], ended
    pushes = list(bare.glob("arrived.*"))
    assert len(pushes) == 3  # one of them came too late, read again and came once more
    book = open_book(Objects(bare))  # chain and signatures hold
    new = book.entries[before:]
    assert [entry.type for entry in new] == ["takedown", "takedown"]
    assert {row["path"] for entry in new for row in entry.body["paths"]} == set(PAGES)
    assert {book.state.paths[page].status for page in PAGES} == {"held"}


def test_one_who_is_never_first_gives_up_in_words(published, forge, tmp_path):
    bare, hook = forge
    hook(FIRST)
    before = open_book(Objects(bare)).state.size
    code, said = told(writer(published, bare, tmp_path, PAGES[0]))
    assert (code, said) == (4, "台账一直有别人在写，试了 8 次。请稍后再试。\n")
    assert open_book(Objects(bare)).state.size == before


def test_a_forge_that_declines_is_not_asked_again(published, forge, tmp_path):
    bare, hook = forge
    hook(DECLINE)
    code, said = told(writer(published, bare, tmp_path, PAGES[0]))
    assert code == 4
    assert said.startswith("没有做成：") and "GH013" in said
    assert "试了" not in said


def test_a_branch_here_that_lags_is_brought_up_before_it_is_written(published, forge, tmp_path):
    """What was pushed is never written twice because the branch of this clone was older."""
    bare, _ = forge
    first = writer(published, bare, tmp_path, PAGES[0])
    assert told(first)[0] == 0
    clone = tmp_path / "clone-0001"
    objects = Objects(clone)
    objects.said("update-ref", "refs/heads/ledger", f"{objects.ref('refs/heads/ledger')}~1")
    code, said = told(begun(published, bare, tmp_path, "ratify", PAGES[0], 4))
    assert code == 0, said
    book = open_book(Objects(bare))
    assert [entry.type for entry in book.entries[-2:]] == ["takedown", "ratify"]
    assert objects.ref("refs/heads/ledger") == book.tip
