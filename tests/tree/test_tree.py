"""A commit and the files on disk answer alike, and history is what the main line says."""

import os
from datetime import UTC, datetime

import pytest

from generator.tree import (
    CommitTree,
    Entry,
    NotARevisionError,
    Replaced,
    WorkingTree,
    change_since,
    open_tree,
)
from tests.support.repositories import Repository
from tests.support.trees import write

TAKEN = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
A, B, C = "content/a.md", "content/b.md", "content/units/c.yml"


@pytest.fixture
def repository(tmp_path):
    """An empty repository."""
    return Repository(tmp_path / "repository")


def read_all(tree):
    """Entries and bytes below `content`."""
    entries = tree.entries("content")
    return entries, dict(tree.read(entries))


def both(repository):
    """The commit HEAD and the files on disk."""
    return CommitTree(repository.folder, "HEAD"), WorkingTree(repository.folder, TAKEN)


FILES = {
    A: "甲\n",
    B: b"\xff\x00binary",
    C: "",
    "content/Zz.md": "z",
    "content/名称 1.md": "空格\n",
    'content/quo"te.md': "q",
    "content/a\tb.md": "t",
    "elsewhere/a.md": "not asked for",
    "contents/a.md": "a name that begins alike",
}


def test_commit_and_files_on_disk_are_alike(repository):
    repository.commit(FILES)
    of_commit, of_disk = (read_all(tree) for tree in both(repository))
    assert of_commit == of_disk
    entries, contents = of_commit
    assert list(entries) == sorted(path for path in FILES if path.startswith("content/"))
    assert contents[B] == b"\xff\x00binary"
    blob = repository.git("rev-parse", f"HEAD:{A}")
    assert entries[A] == Entry(A, "100644", len("甲\n".encode()), blob)


def test_the_name_of_the_commit(repository):
    name = repository.commit(FILES)
    of_commit, of_disk = both(repository)
    assert of_commit.commit == name
    assert of_disk.commit == name + "+"
    assert CommitTree(repository.folder, name[:10]).commit == name
    assert CommitTree(repository.folder, "main").commit == name


def test_names_that_are_no_text(repository):
    path = os.fsdecode(b"content/\xce\xc4.md")
    repository.commit({path: "x", A: "a"})
    for tree in both(repository):
        entries, contents = read_all(tree)
        assert set(entries) == {path, A}
        assert contents[path] == b"x"
        assert path in tree.history("content").brought


def test_links_and_executables_keep_their_mode(repository):
    write(repository.folder, FILES)
    (repository.folder / "content/link.md").symlink_to("a.md")
    (repository.folder / "content/dead.md").symlink_to("nowhere")
    (repository.folder / "content/folder").symlink_to("units")
    (repository.folder / A).chmod(0o755)
    repository.commit()
    of_commit, of_disk = (tree.entries("content") for tree in both(repository))
    assert of_commit == of_disk
    modes = {path: entry.mode for path, entry in of_disk.items() if entry.mode != "100644"}
    assert modes == {
        A: "100755",
        "content/link.md": "120000",
        "content/dead.md": "120000",
        "content/folder": "120000",
    }


def test_files_on_disk_are_seen_before_they_are_committed(repository):
    repository.commit({A: "1", B: "2", ".gitignore": "*.bak\n"})
    write(repository.folder, {A: "changed", "content/new.md": "n", "content/x.bak": "ignored"})
    (repository.folder / B).unlink()
    entries, contents = read_all(WorkingTree(repository.folder, TAKEN))
    assert set(entries) == {A, "content/new.md"}
    assert contents[A] == b"changed"
    assert set(CommitTree(repository.folder, "HEAD").entries("content")) == {A, B}


def test_a_folder_without_git(tmp_path):
    write(tmp_path, FILES)
    tree = WorkingTree(tmp_path, TAKEN)
    entries, contents = read_all(tree)
    assert set(entries) == {path for path in FILES if path.startswith("content/")}
    assert contents[A] == "甲\n".encode()
    assert tree.commit == ""
    history = tree.history("content")
    assert not history.complete
    assert history.brought == {}
    assert list(tree.read_blobs([])) == []


def test_a_repository_without_commits(repository):
    write(repository.folder, FILES)
    tree = WorkingTree(repository.folder, TAKEN)
    assert tree.commit == ""
    assert A in tree.entries("content")
    assert not tree.history("content").complete


def test_a_folder_inside_another_repository_is_not_that_repository(repository):
    inner = repository.folder / "inner"
    repository.commit({"inner/content/a.md": "a"})
    tree = WorkingTree(inner, TAKEN)
    assert list(tree.entries("content")) == [A]
    assert not tree.history("content").complete


@pytest.mark.parametrize("name", ["nowhere", "", "HEAD:content", "-x", "--all", "HEAD~9", "a b"])
def test_what_is_no_commit(repository, name):
    repository.commit(FILES)
    with pytest.raises(NotARevisionError):
        CommitTree(repository.folder, name)
    with pytest.raises(NotARevisionError):
        change_since(repository.folder, name, None, "content")
    with pytest.raises(NotARevisionError):
        change_since(repository.folder, "HEAD", name, "content")


def test_without_git_nothing_is_a_commit(tmp_path):
    write(tmp_path, FILES)
    with pytest.raises(NotARevisionError):
        CommitTree(tmp_path, "HEAD")
    with pytest.raises(NotARevisionError):
        change_since(tmp_path, "HEAD", None, "content")


def test_open_tree(repository):
    repository.commit(FILES)
    assert isinstance(open_tree(repository.folder, None, TAKEN), WorkingTree)
    assert isinstance(open_tree(repository.folder, "HEAD", TAKEN), CommitTree)


def test_replaced_objects_are_not_believed(repository):
    repository.commit({A: "approved\n"})
    approved = repository.git("rev-parse", f"HEAD:{A}")
    forged = repository.git("hash-object", "-w", "--stdin", text="forged\n")
    repository.git("replace", approved, forged)
    contents = dict(CommitTree(repository.folder, "HEAD").read_blobs([approved]))
    assert contents == {approved: b"approved\n"}
    tree = CommitTree(repository.folder, "HEAD")
    assert read_all(tree)[1][A] == b"approved\n"


def test_replaced_commits_are_not_believed(repository):
    first = repository.commit({A: "1"})
    second = repository.commit({A: "2"})
    repository.git("replace", second, first)
    assert read_all(CommitTree(repository.folder, "HEAD"))[1][A] == b"2"
    assert CommitTree(repository.folder, "HEAD").history("content").changed[A] == repository.at(2)


def test_history_of_edits(repository):
    repository.commit({A: "1"})
    repository.commit({B: "1"})
    old = repository.git("rev-parse", f"HEAD:{A}")
    repository.commit({A: "2"})
    for tree in both(repository):
        history = tree.history("content")
        assert history.complete
        assert history.brought == {A: repository.at(1), B: repository.at(2)}
        assert history.changed == {A: repository.at(3), B: repository.at(2)}
        assert history.replaced == (Replaced(A, old),)
        assert dict(tree.read_blobs([old])) == {old: b"1"}


def test_history_looks_only_below_the_folder(repository):
    repository.commit({"README.md": "r", "contents/x.md": "x"})
    repository.commit({A: "1"})
    assert set(CommitTree(repository.folder, "HEAD").history("content").brought) == {A}


def test_history_follows_the_main_line(repository):
    """What a branch did on the way counts from the merge, when it became what is published."""
    repository.commit({A: "1"})
    repository.git("switch", "-q", "-c", "draft")
    repository.commit({B: "draft"})
    repository.commit({B: "better", A: "2"})
    repository.git("switch", "-q", "main")
    repository.commit({C: "c"})
    repository.merge("draft")
    for tree in both(repository):
        history = tree.history("content")
        assert history.brought == {A: repository.at(1), B: repository.at(5), C: repository.at(4)}
        assert history.changed == {A: repository.at(5), B: repository.at(5), C: repository.at(4)}
        assert [gone.path for gone in history.replaced] == [A]


def test_history_of_a_path_that_was_deleted_and_came_again(repository):
    repository.commit({A: "1", B: "b"})
    repository.commit({}, A)
    gone = CommitTree(repository.folder, "HEAD").history("content")
    assert [row.path for row in gone.replaced] == [A]
    repository.commit({A: "again"})
    history = CommitTree(repository.folder, "HEAD").history("content")
    assert history.brought[A] == repository.at(1)
    assert history.changed[A] == repository.at(3)
    assert len(history.replaced) == 1


def test_history_of_a_renamed_path(repository):
    repository.commit({A: "the same text\n" * 20})
    repository.git("mv", A, B)
    repository.commit()
    history = CommitTree(repository.folder, "HEAD").history("content")
    assert history.brought[B] == repository.at(2)
    assert [row.path for row in history.replaced] == [A]


def test_history_up_to_an_older_commit(repository):
    first = repository.commit({A: "1"})
    repository.commit({A: "2", B: "b"})
    history = CommitTree(repository.folder, first).history("content")
    assert history.brought == {A: repository.at(1)}
    assert history.replaced == ()


def test_history_of_files_not_yet_committed(repository):
    repository.commit({A: "1", B: "b", C: "c"})
    write(repository.folder, {A: "2", "content/new.md": "n"})
    (repository.folder / B).unlink()
    history = WorkingTree(repository.folder, TAKEN).history("content")
    assert history.brought[A] == repository.at(1)
    assert history.brought["content/new.md"] == TAKEN
    assert history.changed[A] == history.changed["content/new.md"] == TAKEN
    assert history.changed[C] == repository.at(1)


def test_many_changes_in_many_commits(repository):
    for step in range(30):
        repository.commit({f"content/{number}.md": str(step) for number in range(step, 30)})
    history = CommitTree(repository.folder, "HEAD").history("content")
    assert set(history.brought.values()) == {repository.at(1)}
    assert [history.changed[f"content/{n}.md"] for n in range(30)] == [
        repository.at(n + 1) for n in range(30)
    ]
    assert len(history.replaced) == sum(range(30))


def test_a_shallow_clone_says_so(repository, tmp_path):
    repository.commit({A: "1"})
    repository.commit({A: "2"})
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.folder}", str(clone))
    for tree in (CommitTree(clone, "HEAD"), WorkingTree(clone, TAKEN)):
        assert not tree.history("content").complete
        assert read_all(tree)[1][A] == b"2"


def test_a_merge_conflict_on_disk_can_be_read(repository):
    repository.commit({A: "1\n"})
    repository.git("switch", "-q", "-c", "draft")
    repository.commit({A: "2\n"})
    repository.git("switch", "-q", "main")
    repository.commit({A: "3\n"})
    with pytest.raises(Exception, match="merge"):
        repository.merge("draft")
    entries, contents = read_all(WorkingTree(repository.folder, TAKEN))
    assert list(entries) == [A]
    assert b"<<<<<<<" in contents[A]


def test_a_submodule_is_no_file(repository):
    repository.commit({A: "1"})
    name = repository.git("rev-parse", "HEAD")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{name},content/sub")
    repository.git("commit", "-q", "-m", "sub")
    (repository.folder / "content/sub").mkdir()
    for tree in both(repository):
        assert list(tree.entries("content")) == [A]


class TestChangedPaths:
    """What differs between the fork point and an end."""

    def test_on_disk(self, repository):
        repository.commit({A: "1", B: "1", C: "1", "README.md": "r"})
        write(repository.folder, {A: "2", "content/new.md": "n", "README.md": "s"})
        (repository.folder / B).unlink()
        found = change_since(repository.folder, "HEAD", None, "content").paths
        assert found == {A, B, "content/new.md"}

    def test_between_commits(self, repository):
        first = repository.commit({A: "1", B: "1"})
        second = repository.commit({A: "2"})
        repository.commit({B: "2"})
        write(repository.folder, {"content/new.md": "n"})
        assert change_since(repository.folder, first, second, "content").paths == {A}
        assert change_since(repository.folder, first, "HEAD", "content").paths == {A, B}

    def test_a_renamed_file_gives_both_names(self, repository):
        first = repository.commit({A: "the same text\n" * 20})
        repository.git("mv", A, B)
        repository.commit()
        assert change_since(repository.folder, first, "HEAD", "content").paths == {A, B}

    def test_a_branch_counts_from_where_it_left(self, repository):
        repository.commit({A: "1"})
        repository.git("switch", "-q", "-c", "draft")
        repository.commit({B: "1"})
        repository.git("switch", "-q", "main")
        repository.commit({C: "1"})
        assert change_since(repository.folder, "main", "draft", "content").paths == {B}

    def test_nothing(self, repository):
        repository.commit({A: "1"})
        assert change_since(repository.folder, "HEAD", None, "content").paths == frozenset()
        assert change_since(repository.folder, "HEAD", "HEAD", "content").paths == frozenset()

    def test_strange_names(self, repository):
        first = repository.commit({A: "1"})
        path = os.fsdecode(b"content/\xce\xc4 \n.md")
        repository.commit({path: "x", "content/名称.md": "y"})
        assert change_since(repository.folder, first, None, "content").paths == {
            path,
            "content/名称.md",
        }
