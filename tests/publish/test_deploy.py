"""Where a release goes: a folder that is switched in one step, a mirror that gets trees only."""

import re
import subprocess

import pytest
from click.testing import CliRunner

from generator.cli import gongkai
from generator.publish import DeployError, Target, to_host
from generator.tree.mirror import push_tree
from generator.tree.repository import GitError

AT = "2026-11-20T09:00:00+08:00"


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "tax").mkdir(parents=True)
    (folder / "tax/index.html").write_text("一\n", "utf-8")
    (folder / "tax/old.html").write_text("旧\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "host", "folder"),
    [
        ("web@www.example:/srv/www/", "web@www.example", "/srv/www"),
        ("www.example:/srv/www", "www.example", "/srv/www"),
        ("/srv/www", "", "/srv/www"),
    ],
)
def test_a_target(text, host, folder):
    assert Target.of(text) == Target(host, folder)


@pytest.mark.parametrize(
    "text", ["", "www", "-oProxyCommand=x:/a", "h:/a b", "h:/a;rm", "h:a", "h:/a'", "$(x):/a"]
)
def test_what_is_no_target(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Target.of(text)


def test_a_release_is_switched_to_whole(site, tmp_path):
    target = Target("", str(tmp_path / "www"))
    to_host(site, target, "r1")
    shown = tmp_path / "www/current"
    assert shown.is_symlink()
    assert (shown / "tax/index.html").read_text("utf-8") == "一\n"
    (site / "tax/old.html").unlink()
    to_host(site, target, "r2")
    assert not (shown / "tax/old.html").exists()
    assert (tmp_path / "www/releases/r1/tax/old.html").exists()


def test_old_releases_are_dropped_but_for_a_few(site, tmp_path):
    target = Target("", str(tmp_path / "www"))
    for number in range(5):
        to_host(site, target, f"r{number}", keep=2)
    left = {path.name for path in (tmp_path / "www/releases").iterdir()}
    assert "r4" in left
    assert len(left) == 2


def test_a_copy_that_fails_leaves_what_readers_see(site, tmp_path):
    target = Target("", str(tmp_path / "www"))
    to_host(site, target, "r1")
    with pytest.raises(DeployError):
        to_host(tmp_path / "nowhere", target, "r2")
    assert (tmp_path / "www/current").resolve().name == "r1"


@pytest.mark.parametrize("name", ["..", "a/b", "", "x" * 65])
def test_a_release_has_a_plain_name(site, tmp_path, name):
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        to_host(site, Target("", str(tmp_path)), name)


@pytest.fixture
def mirror(tmp_path):
    folder = tmp_path / "mirror.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(folder)], check=True)
    return folder


def git(folder, *words):
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.split()


def test_a_mirror_gets_the_tree_and_its_own_workflow(site, mirror, tmp_path, root):
    extra = root / "generator/publish/mirror"
    first = push_tree(site, str(mirror), "main", "one", AT, extra)
    assert git(mirror, "ls-tree", "-r", "--name-only", "main") == [
        ".github/workflows/pages.yml",
        "tax/index.html",
        "tax/old.html",
    ]
    (site / "tax/old.html").unlink()
    push_tree(site, str(mirror), "main", "two", AT, extra)
    assert "tax/old.html" not in git(mirror, "ls-tree", "-r", "--name-only", "main")
    assert git(mirror, "rev-parse", "main^") == [first]


def test_a_mirror_that_is_not_there(site, tmp_path):
    with pytest.raises(GitError):
        push_tree(site, str(tmp_path / "no"), "main", "one", AT, site)


def test_the_verb_deploys_to_both(site, mirror, tmp_path):
    words = ["forge", "deploy", str(site)]
    done = CliRunner().invoke(
        gongkai, [*words, "--host", str(tmp_path / "www"), "--mirror", str(mirror)]
    )
    assert done.exit_code == 0, done.output
    assert (tmp_path / "www/current/tax/index.html").is_file()
    assert git(mirror, "rev-list", "--count", "main") == ["1"]
    assert CliRunner().invoke(gongkai, words).exit_code == 2
    assert CliRunner().invoke(gongkai, [*words, "--host", "a b"]).exit_code == 2
    assert CliRunner().invoke(gongkai, [*words, "--mirror", str(tmp_path / "no")]).exit_code == 4
