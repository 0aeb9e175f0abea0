"""Parts and entries say of a working tree and of a commit what a plain walk would say."""

import os
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from hashlib import blake2b, sha1
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.tree import CommitTree, Entry, WorkingTree, disk
from generator.tree.parts import folded, part_of
from generator.tree.repository import GitError
from tests.support.repositories import Repository
from tests.support.trees import write

ROOT = Path(__file__).resolve().parents[2]
TAKEN = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
A, TAX, LAW = "content/a.md", "content/units/tax/unit.yml", "content/units/law/unit.yml"
ODD = os.fsdecode(b"content/units/tax/\xce\xc4 0\t.md")
FILES = {
    A: "a",
    TAX: "tax",
    LAW: "law",
    "content/units/law/0042/plan 1.pdf": b"%PDF",
    "content/units/README.md": "no unit's",
    "content/units.md": "before the folder",
    "content/units0.md": "after the folder",
    "content/名称.md": "n",
    "elsewhere/a.md": "not asked for",
}


@pytest.fixture
def repository(tmp_path):
    """A repository with two units."""
    repository = Repository(tmp_path / "repository")
    repository.commit({**FILES, ".gitignore": "*.bak\n"})
    return repository


def named(data):
    """Git's name for bytes."""
    return sha1(b"blob %d\0" % len(data) + data).hexdigest()


def walked(root):
    """The entries a plain walk finds, links not followed."""
    found = {}
    for folder, folders, files in os.walk(root / "content"):
        for full in (Path(folder) / name for name in [*files, *folders]):
            status = full.lstat()
            path = full.relative_to(root).as_posix()
            if stat.S_ISLNK(status.st_mode):
                data, mode = os.fsencode(full.readlink()), "120000"
            elif stat.S_ISREG(status.st_mode):
                data = full.read_bytes()
                mode = "100755" if status.st_mode & stat.S_IXUSR else "100644"
            else:
                continue
            found[path] = Entry(path, mode, len(data), named(data))
    return dict(sorted(found.items()))


def digests(entries):
    """The digests of the parts of entries."""
    by_part = {"": []}
    names = {}
    for entry in sorted(entries.values(), key=lambda entry: os.fsencode(entry.path)):
        part = part_of(entry.path)
        name = names.setdefault(folded(part), part)
        row = f"{entry.mode} {entry.blob}\t".encode() + os.fsencode(entry.path) + b"\0"
        by_part.setdefault(name, []).append(row)
    return {
        part: blake2b(b"".join(rows), digest_size=20).hexdigest() for part, rows in by_part.items()
    }


def agree(tree, expected):
    """The tree lists what is expected, asked in every way, before and after its parts."""
    assert tree.entries("content") == expected
    assert dict(tree.parts()) == digests(expected)
    assert tree.entries("content") == expected
    assert list(tree.entries("content")) == list(expected)
    joined = {path: entry for part in tree.parts() for path, entry in tree.part(part).items()}
    assert joined == expected
    assert tree.entries("content/units/tax") == {
        path: entry
        for path, entry in expected.items()
        if f"{path}/".startswith("content/units/tax/")
    }


def check(repository):
    """The working tree is as a walk finds it, and so is its commit."""
    expected = {p: e for p, e in walked(repository.folder).items() if not p.endswith(".bak")}
    agree(WorkingTree(repository.folder, TAKEN), expected)
    repository.commit()
    agree(WorkingTree(repository.folder, TAKEN), expected)
    agree(CommitTree(repository.folder, "HEAD"), expected)


EDITS = {
    "nothing": lambda r, f: None,
    "modified": lambda r, f: (f / TAX).write_text("other"),
    "modified, of the same size": lambda r, f: (f / TAX).write_text("tAx"),
    "staged": lambda r, f: ((f / TAX).write_text("s"), r.git("add", "-A")),
    "staged and modified": lambda r, f: (
        (f / TAX).write_text("s"),
        r.git("add", "-A"),
        (f / TAX).write_text("t"),
    ),
    "staged and put back": lambda r, f: (
        (f / TAX).write_text("s"),
        r.git("add", "-A"),
        (f / TAX).write_text("tax"),
    ),
    "deleted": lambda r, f: (f / TAX).unlink(),
    "deleted and staged": lambda r, f: r.git("rm", "-q", TAX),
    "no longer tracked": lambda r, f: r.git("rm", "-q", "--cached", TAX),
    "staged and deleted": lambda r, f: (
        write(f, {"content/new.md": "n"}),
        r.git("add", "-A"),
        (f / "content/new.md").unlink(),
    ),
    "untracked": lambda r, f: write(f, {"content/units/new/a.md": "n", "content/units/b.md": ""}),
    "ignored": lambda r, f: write(f, {"content/units/tax/a.bak": "n", A: "b"}),
    "renamed": lambda r, f: r.git("mv", TAX, "content/units/tax/z.yml"),
    "renamed to another unit": lambda r, f: r.git("mv", TAX, "content/units/law/z.yml"),
    "renamed by hand": lambda r, f: (f / TAX).rename(f / "content/units/tax.yml"),
    "executable": lambda r, f: (f / TAX).chmod(0o755),
    "a link": lambda r, f: (f / "content/units/tax/l.yml").symlink_to("unit.yml"),
    "a link to a folder": lambda r, f: (f / "content/units/link").symlink_to("tax"),
    "a link for a file": lambda r, f: ((f / TAX).unlink(), (f / TAX).symlink_to("nowhere")),
    "a link for a folder": lambda r, f: (
        (f / TAX).unlink(),
        (f / TAX).parent.rmdir(),
        (f / "content/units/tax").symlink_to("law"),
    ),
    "a folder for a file": lambda r, f: ((f / TAX).unlink(), write(f, {TAX + "/a.md": "a"})),
    "a file for a folder": lambda r, f: (
        (f / TAX).unlink(),
        (f / TAX).parent.rmdir(),
        write(f, {"content/units/tax": "file"}),
    ),
    "a pipe": lambda r, f: os.mkfifo(f / "content/pipe"),
    "intent to add": lambda r, f: (
        write(f, {"content/units/tax/n.md": "n", "content/units/tax/e.md": ""}),
        r.git("add", "-N", "content"),
    ),
    "intent to add, deleted": lambda r, f: (
        write(f, {"content/n.md": "n"}),
        r.git("add", "-N", "content"),
        (f / "content/n.md").unlink(),
    ),
    "odd names": lambda r, f: write(f, {ODD: "o", "content/a\nb.md": "", "content/ 0\t.md": "x"}),
    "odd names, staged": lambda r, f: (
        write(f, {ODD: "o", "content/a blob b.md": "", "content/a commit b": "x"}),
        r.git("add", "-A"),
    ),
    "names that sort otherwise as text": lambda r, f: write(
        f, {os.fsdecode(b"content/\xff.md"): "1", "content/\uffee.md": "2", "content/𠀀.md": "3"}
    ),
    "names that differ in case": lambda r, f: write(
        f, {"content/units/Tax/a.md": "1", "content/units/law-/a.md": "2"}
    ),
    "names that differ in form": lambda r, f: write(
        f, {"content/units/caf\u00e9/a.md": "1", "content/units/cafe\u0301/a.md": "2"}
    ),
    "not looked at": lambda r, f: (
        r.git("update-index", "--assume-unchanged", TAX),
        (f / TAX).write_text("changed"),
        r.git("update-index", "--no-assume-unchanged", TAX),
        r.git("update-index", "--skip-worktree", LAW),
        r.git("update-index", "--no-skip-worktree", LAW),
    ),
    "no units": lambda r, f: r.git("rm", "-q", "-r", "content/units"),
    "no content": lambda r, f: r.git("rm", "-q", "-r", "content"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_what_is_listed(repository, edit):
    edit(repository, repository.folder)
    check(repository)


@pytest.mark.parametrize("bit", ["--assume-unchanged", "--skip-worktree"])
def test_files_that_git_was_told_not_to_look_at(repository, bit):
    repository.git("update-index", bit, TAX, LAW, A)
    (repository.folder / TAX).write_text("changed")
    (repository.folder / LAW).unlink()
    expected = walked(repository.folder)
    agree(WorkingTree(repository.folder, TAKEN), expected)


def test_a_pipe_for_a_file(repository):
    (repository.folder / TAX).unlink()
    os.mkfifo(repository.folder / TAX)
    agree(WorkingTree(repository.folder, TAKEN), walked(repository.folder))


def test_a_conflict(repository):
    repository.git("switch", "-q", "-c", "draft")
    repository.commit({TAX: "2"}, LAW)
    repository.git("switch", "-q", "main")
    repository.commit({TAX: "3", LAW: "4", ODD: "a path that looks like the end of a row"})
    with pytest.raises(subprocess.CalledProcessError):
        repository.merge("draft")
    check(repository)


def test_a_submodule_and_a_repository_inside_are_no_files(repository):
    expected = walked(repository.folder)
    name = repository.git("rev-parse", "HEAD")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{name},content/units/tax/sub")
    repository.git("commit", "-q", "-m", "sub")
    (repository.folder / "content/units/tax/sub").mkdir()
    Repository(repository.folder / "content/units/inner").commit({"a.md": "a"})
    agree(WorkingTree(repository.folder, TAKEN), expected)
    agree(CommitTree(repository.folder, "HEAD"), expected)
    (repository.folder / "content/units/tax/sub").rmdir()
    write(repository.folder, {"content/units/tax/sub": "a file after all"})
    found = WorkingTree(repository.folder, TAKEN).part("tax")
    assert found["content/units/tax/sub"].blob == named(b"a file after all")


def test_before_the_first_commit(tmp_path):
    repository = Repository(tmp_path)
    write(repository.folder, FILES)
    repository.git("add", LAW)
    check(repository)


def test_a_file_system_that_calls_every_file_executable(repository):
    repository.git("config", "core.fileMode", "false")
    expected = dict(WorkingTree(repository.folder, TAKEN).parts())
    for path in (TAX, LAW):
        (repository.folder / path).chmod(0o755)
    (repository.folder / TAX).write_text("changed")
    (repository.folder / "content/new.md").touch(0o755)
    tree = WorkingTree(repository.folder, TAKEN)
    assert {entry.mode for entry in tree.entries("content").values()} == {"100644"}
    assert tree.parts()["law"] == expected["law"]


def test_a_repository_whose_names_are_longer(tmp_path):
    repository = Repository(tmp_path / "long")
    subprocess.run(["rm", "-rf", ".git"], cwd=repository.folder, check=True)
    repository.git("init", "-q", "-b", "main", "--object-format=sha256")
    repository.commit(FILES)
    write(repository.folder, {TAX: "changed", "content/new.md": "n"})
    of_disk = WorkingTree(repository.folder, TAKEN)
    of_disk.parts()
    repository.commit()
    of_commit = CommitTree(repository.folder, "HEAD")
    assert of_disk.parts() == of_commit.parts()
    assert of_disk.entries("content") == of_commit.entries("content")
    assert len(of_disk.entries("content")[TAX].blob) == 64


def test_a_linked_working_tree_and_a_hook_of_another_repository(repository, tmp_path, monkeypatch):
    repository.git("worktree", "add", "-q", str(tmp_path / "linked"))
    other = Repository(tmp_path / "other")
    other.commit({A: "other"})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.folder / ".git/index"))
    for folder in (repository.folder, tmp_path / "linked"):
        agree(WorkingTree(folder, TAKEN), walked(repository.folder))
        agree(CommitTree(folder, "HEAD"), walked(repository.folder))


def test_one_part_changes_and_no_other(repository):
    before = dict(WorkingTree(repository.folder, TAKEN).parts())
    (repository.folder / TAX).write_text("changed")
    after = dict(WorkingTree(repository.folder, TAKEN).parts())
    assert {part for part in before if before[part] != after[part]} == {"tax"}
    (repository.folder / TAX).write_text("tax")
    assert dict(WorkingTree(repository.folder, TAKEN).parts()) == before


def test_a_touched_file_is_the_same(repository):
    before = dict(WorkingTree(repository.folder, TAKEN).parts())
    os.utime(repository.folder / TAX, (1, 1))
    assert dict(WorkingTree(repository.folder, TAKEN).parts()) == before


def test_a_tree_that_told_its_parts_stays_as_it_was(repository):
    tree = WorkingTree(repository.folder, TAKEN)
    before = dict(tree.parts())
    write(repository.folder, {"content/units/tax/new.md": "n"})
    (repository.folder / LAW).unlink()
    assert tree.parts() == before
    assert "content/units/tax/new.md" not in tree.part("tax")
    assert LAW not in tree.part("law")
    assert tree.part("nowhere") == {}


def test_a_single_file_and_folders_elsewhere(repository):
    for tree in (WorkingTree(repository.folder, TAKEN), CommitTree(repository.folder, "HEAD")):
        for _ in range(2):
            assert list(tree.entries(TAX)) == [TAX]
            assert list(tree.entries("content/units/README.md")) == ["content/units/README.md"]
            assert list(tree.entries("elsewhere")) == ["elsewhere/a.md"]
            assert set(tree.entries(".")) == {*FILES, ".gitignore"}
            assert tree.entries("content/units/ta") == tree.entries("content/*") == {}
            tree.parts()


def test_workers_that_were_forked_can_ask(repository):
    for tree in (WorkingTree(repository.folder, TAKEN), CommitTree(repository.folder, "HEAD")):
        parts = sorted(tree.parts())
        inherited.append(tree)
        with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
            found = list(pool.map(asked, parts * 5))
        assert found == [asked(part) for part in parts] * 5


inherited = []


def asked(part):
    """The entries and bytes of a part, of the tree that a worker has from its parent."""
    entries = inherited[-1].part(part)
    return entries, list(inherited[-1].read(entries))


class TestWithoutGit:
    """A folder that is no repository is walked, and what was read once is remembered."""

    @pytest.fixture
    def folder(self, tmp_path):
        return write(tmp_path / "folder", {**FILES, ODD: "o", "content/units/Tax/b.md": "b"})

    def test_what_is_listed(self, folder, tmp_path):
        (folder / "content/link").symlink_to("units")
        (folder / LAW).chmod(0o755)
        os.mkfifo(folder / "content/pipe")
        for memo in (None, tmp_path / "memo", tmp_path / "memo"):
            agree(WorkingTree(folder, TAKEN, memo), walked(folder))
        assert WorkingTree(folder, TAKEN).entries(TAX)[TAX].size == 3
        assert WorkingTree(folder, TAKEN).entries("nowhere") == {}

    def test_it_is_read_once(self, folder, tmp_path, monkeypatch):
        memo = tmp_path / "deep" / "memo"
        settle(monkeypatch)
        before = WorkingTree(folder, TAKEN, memo).parts()
        reads = counted(monkeypatch)
        assert WorkingTree(folder, TAKEN, memo).parts() == before
        assert reads == []
        (folder / TAX).write_text("tAx")
        assert WorkingTree(folder, TAKEN, memo).parts() == digests(walked(folder))
        assert reads == [TAX]
        written = (memo / "here" / "names").stat().st_mtime_ns
        WorkingTree(folder, TAKEN, memo).parts()
        assert (memo / "here" / "names").stat().st_mtime_ns == written

    def test_young_files_are_read_again(self, folder, tmp_path, monkeypatch):
        WorkingTree(folder, TAKEN, tmp_path / "memo").parts()
        reads = counted(monkeypatch)
        WorkingTree(folder, TAKEN, tmp_path / "memo").parts()
        assert len(reads) == len(walked(folder))

    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: b"",
            lambda data: data[:-1],
            lambda data: data.replace(b"tax", b"law"),
            lambda data: data.replace(b"-1-", b"-0-"),
            lambda data: b"\xff" + data,
        ],
    )
    def test_a_damaged_memo_is_none(self, folder, tmp_path, monkeypatch, damage):
        memo = tmp_path / "memo"
        settle(monkeypatch)
        before = WorkingTree(folder, TAKEN, memo).parts()
        names = memo / "here" / "names"
        names.write_bytes(damage(names.read_bytes()))
        reads = counted(monkeypatch)
        assert WorkingTree(folder, TAKEN, memo).parts() == before
        assert len(reads) == len(walked(folder))

    def test_a_memo_that_cannot_be_written_is_not_missed(self, folder, tmp_path):
        (tmp_path / "file").touch()
        tree = WorkingTree(folder, TAKEN, tmp_path / "file" / "memo")
        assert tree.parts() == digests(walked(folder))


def test_what_git_does_not_keep_is_remembered_too(repository, tmp_path, monkeypatch):
    settle(monkeypatch)
    write(repository.folder, {f"content/units/new/{n}.md": str(n) for n in range(9)})
    before = WorkingTree(repository.folder, TAKEN, tmp_path / "memo").parts()
    reads = counted(monkeypatch)
    assert WorkingTree(repository.folder, TAKEN, tmp_path / "memo").parts() == before
    assert reads == []


def settle(monkeypatch):
    """Files are old enough as soon as they are written."""
    monkeypatch.setattr("generator.tree.names._SETTLED", -(10**18))


def counted(monkeypatch):
    """The paths that are read from now on."""
    from generator.tree import names

    paths = []
    plain = names.read_file

    def read(path):
        paths.append("content/" + path.partition("/content/")[2])
        return plain(path)

    monkeypatch.setattr(names, "read_file", read)
    return paths


UNIT = st.sampled_from(["tax", "Tax", "law", "cafe\u0301", "café", "a b", "x-", "税"])
NAME = st.sampled_from(["unit.yml", "a 0\t.md", "n\n.md", "é.md", os.fsdecode(b"\xff"), "d/e/f.md"])
PATH = st.one_of(
    st.builds("content/units/{}/{}".format, UNIT, NAME),
    st.builds("content/units/{}".format, NAME),
    st.builds("content/{}".format, NAME),
)
EDIT = st.tuples(
    st.sampled_from(["write", "delete", "link", "mode", "stage", "commit", "forget"]),
    PATH,
    st.sampled_from(["", "1", "22", "22\r\n"]),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(EDIT, min_size=1, max_size=12))
def test_any_edits(tmp_path_factory, edits):
    repository = Repository(tmp_path_factory.mktemp("any"))
    for verb, path, text in edits:
        full = repository.folder / path
        try:
            match verb:
                case "write":
                    write(repository.folder, {path: text})
                case "delete":
                    full.unlink()
                case "link":
                    full.parent.mkdir(parents=True, exist_ok=True)
                    full.symlink_to(text or "nowhere")
                case "mode":
                    full.chmod(0o755)
                case "stage":
                    repository.git("add", "-A")
                case "commit":
                    repository.commit()
                case "forget":
                    repository.git("rm", "-q", "-r", "--cached", "--ignore-unmatch", "-f", path)
        except OSError:  # no such file, or a folder in its place
            continue
    check(repository)


def test_stamps_that_tell_nothing_are_noted(repository, tmp_path, monkeypatch):
    """After a copy git would read every file at every look; it is made to take note, once."""
    copy = tmp_path / "copy"
    shutil.copytree(repository.folder, copy, symlinks=True)
    moved = Repository(copy)
    for path in walked(copy):
        os.utime(copy / path, (1, 1))
    monkeypatch.setattr("generator.tree.disk._SLOW", 60.0)
    agree(WorkingTree(copy, TAKEN), walked(repository.folder))
    assert moved.git("diff-files", "--name-only")
    monkeypatch.setattr("generator.tree.disk._SLOW", -1.0)
    (copy / TAX).write_text("changed")
    agree(WorkingTree(copy, TAKEN), walked(copy))
    assert moved.git("diff-files", "--name-only") == TAX
    written = (copy / ".git/index").stat().st_mtime_ns
    agree(WorkingTree(copy, TAKEN), walked(copy))
    assert (copy / ".git/index").stat().st_mtime_ns == written


def test_an_index_that_another_git_holds_is_left_alone(repository, monkeypatch):
    monkeypatch.setattr("generator.tree.disk._SLOW", -1.0)
    for path in walked(repository.folder):
        os.utime(repository.folder / path, (1, 1))
    (repository.folder / ".git/index.lock").touch()
    agree(WorkingTree(repository.folder, TAKEN), walked(repository.folder))
    assert (repository.folder / ".git/index.lock").exists()


def test_an_index_that_changes_meanwhile_is_read_again(repository, monkeypatch):
    """What was read of the index before and after another git wrote it would not go together."""
    plain = disk._rows

    def meanwhile(listing):
        monkeypatch.setattr(disk, "_rows", plain)
        repository.commit({TAX: "committed meanwhile", "content/new.md": "n"})
        return plain(listing)

    monkeypatch.setattr(disk, "_rows", meanwhile)
    tree = WorkingTree(repository.folder, TAKEN)
    assert tree.parts() == digests(walked(repository.folder))
    assert tree.commit == repository.git("rev-parse", "HEAD") + "+"


def test_many_blobs_are_read_without_waiting(repository):
    """More names and more bytes than a pipe holds, and a reader who leaves early."""
    files = {f"content/units/tax/{n}.txt": f"{n}\n" * 400 for n in range(3000)}
    repository.commit(files)
    tree = CommitTree(repository.folder, "HEAD")
    tree.parts()
    assert dict(tree.read(reversed(files))) == {p: text.encode() for p, text in files.items()}
    assert next(tree.read(files))[1] == files[next(iter(files))].encode()
    with pytest.raises(KeyError):
        tree.read([TAX, "content/nowhere.md"])
    with pytest.raises(GitError):
        list(tree.read_blobs(["0" * 40]))


def test_gitpython_is_not_imported_at_the_start():
    code = "import sys, generator.tree; sys.exit('git' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_some_of_a_part_is_what_stands_at_or_below_the_paths(repository):
    tax = "content/units/tax"
    files = {f"{tax}/partners/a.yml": "a", f"{tax}/partners/b/c.yml": "c", f"{tax}/partners.md": ""}
    commit = repository.commit({**files, f"{tax}/partners0.md": "", ODD: "odd"})
    only = [f"{tax}/unit.yml", f"{tax}/site.yml", f"{tax}/partners"]
    wanted = [f"{tax}/unit.yml", f"{tax}/partners/a.yml", f"{tax}/partners/b/c.yml"]
    for tree in (WorkingTree(repository.folder, TAKEN), CommitTree(repository.folder, commit)):
        assert list(tree.part("tax", only)) == wanted
        assert list(tree.part("tax", [])) == []
        assert tree.part("tax", [ODD]) == {ODD: tree.part("tax")[ODD]}
