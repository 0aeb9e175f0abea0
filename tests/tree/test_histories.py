"""Histories part by part say what the whole log says, however much of it is remembered."""

import os
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.tree import CommitTree, History, Replaced, WorkingTree, part_of
from generator.tree import histories as module
from generator.tree.parts import folded
from generator.tree.repository import Repository as Git
from tests.support.repositories import Repository
from tests.support.trees import write

TAKEN = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
A, TAX, LAW = "content/a.md", "content/units/tax/unit.yml", "content/units/law/unit.yml"
ODD = os.fsdecode(b"content/units/tax/\xce\xc4\n.md")


@pytest.fixture
def repository(tmp_path):
    """A repository with a history in three parts."""
    repository = Repository(tmp_path / "repository")
    repository.commit({A: "1", TAX: "1", LAW: "1", "README.md": "1"})
    repository.commit({TAX: "2", ODD: "1"})
    repository.commit({LAW: "2"}, A)
    return repository


@pytest.fixture
def memo(tmp_path):
    """A folder to remember in, not there yet."""
    return tmp_path / "memo"


@pytest.fixture
def logs(monkeypatch):
    """The revisions whose log is read from now on."""
    asked = []
    plain = Git.pieces

    def pieces(self, *arguments):
        asked.extend(
            words for words in arguments if set(words) & set(".0123456789") and len(words) > 39
        )
        return plain(self, *arguments)

    monkeypatch.setattr(Git, "pieces", pieces)
    return asked


def said(histories, parts):
    """All that histories say of parts."""
    return {
        part: (
            dict((history := histories.of(part)).brought),
            dict(history.changed),
            history.replaced,
            history.complete,
            part in histories.unsettled,
        )
        for part in parts
    }


def agree(repository, memo, at=TAKEN):
    """What is remembered is what the whole log says; gives the keys."""
    for tree, fresh in (
        (WorkingTree(repository.folder, at, memo), WorkingTree(repository.folder, at)),
        (CommitTree(repository.folder, "HEAD", memo), CommitTree(repository.folder, "HEAD")),
    ):
        whole = fresh.history("content")
        parts = {*tree.parts(), *map(part_of, whole.changed)}
        histories = tree.histories()
        anew = fresh.histories()
        assert said(histories, parts) == said(anew, parts)
        for part in parts:
            inside = [path for path in whole.changed if folded(part_of(path)) == folded(part)]
            history = histories.of(part)
            assert history.brought == {path: whole.brought[path] for path in inside}
            assert history.changed == {path: whole.changed[path] for path in inside}
        assert sorted(map(repr, histories.replaced())) == sorted(map(repr, whole.replaced))
        assert histories.replaced() == anew.replaced()
        assert histories.complete == whole.complete
        keys = {part: histories.key(part) for part in parts}
        assert keys == {part: anew.key(part) for part in parts}
    return {part: WorkingTree(repository.folder, at).histories().key(part) for part in parts}


def test_the_log_is_read_once(repository, memo, logs):
    keys = agree(repository, memo)
    logs.clear()
    histories = WorkingTree(repository.folder, TAKEN, memo).histories()
    assert {part: histories.key(part) for part in keys} == keys
    assert histories.of("tax").changed[ODD] == repository.at(2)
    assert Replaced(A, repository.git("rev-parse", f"HEAD~1:{A}")) in histories.replaced()
    assert logs == []


def test_only_new_commits_are_read_and_only_their_parts_written(repository, memo, logs):
    old = repository.git("rev-parse", "HEAD")
    WorkingTree(repository.folder, TAKEN, memo).histories().key("")
    folder = memo / "history" / "disk"
    before = {file.name: file.stat().st_ino for file in folder.iterdir()}
    repository.commit({TAX: "3"})
    new = repository.commit({TAX: "4", "README.md": "2"})
    logs.clear()
    WorkingTree(repository.folder, TAKEN, memo).histories().key("")
    assert logs == [f"{old}..{new}"]
    after = {file.name: file.stat().st_ino for file in folder.iterdir()}
    assert set(before) == set(after)
    assert len({name for name in before if before[name] != after[name]}) == 2  # the index, the tax
    agree(repository, memo)


def test_a_key_changes_with_what_is_told_and_with_nothing_else(repository, memo):
    before = agree(repository, memo)
    repository.commit({TAX: "3"})
    after = agree(repository, memo)
    assert {part for part in before if before[part] != after[part]} == {"tax"}
    repository.commit({"README.md": "2"})
    assert agree(repository, memo) == after
    write(repository.folder, {LAW: "edited"})
    edited = agree(repository, memo)
    assert {part for part in after if edited[part] != after[part]} == {"law"}
    assert agree(repository, memo, TAKEN + timedelta(1))["law"] != edited["law"]
    assert agree(repository, memo, TAKEN + timedelta(1))["tax"] == edited["tax"]


def back(repository, steps, mode="--hard"):
    """Takes the branch back by some commits."""
    repository.git("reset", "-q", mode, f"HEAD~{steps}")


MOVES = {
    "back": lambda r: back(r, 2),
    "aside": lambda r: (back(r, 1), r.commit({LAW: "3"})),
    "amended": lambda r: (back(r, 1, "--soft"), r.commit({TAX: "amended"})),
    "orphan": lambda r: (r.git("checkout", "-q", "--orphan", "o"), r.commit({TAX: "o"})),
    "detached": lambda r: r.git("switch", "-q", "--detach", "HEAD~1"),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())
def test_another_line_is_read_anew(repository, memo, move):
    agree(repository, memo)
    repository.minutes += 10
    move(repository)
    agree(repository, memo)
    repository.commit({TAX: "later"})
    agree(repository, memo)


def test_a_head_that_became_a_second_parent(repository, memo):
    repository.git("switch", "-q", "-c", "draft")
    repository.commit({TAX: "draft"})
    agree(repository, memo)
    repository.git("switch", "-q", "main")
    repository.commit({LAW: "3"})
    repository.merge("draft")
    agree(repository, memo)


def test_a_merge_after_the_memo(repository, memo):
    repository.git("switch", "-q", "-c", "draft")
    repository.commit({TAX: "draft"})
    repository.git("switch", "-q", "main")
    agree(repository, memo)
    repository.commit({LAW: "3"})
    repository.merge("draft")
    agree(repository, memo)


def test_commits_that_are_gone(repository, memo):
    repository.commit({TAX: "lost"})
    agree(repository, memo)
    repository.git("reset", "-q", "--hard", "HEAD~1")
    repository.git("reflog", "expire", "--expire=now", "--all")
    repository.git("gc", "-q", "--prune=now")
    agree(repository, memo)


def test_a_shallow_clone_that_becomes_whole(repository, memo, tmp_path):
    clone = Repository(tmp_path / "clone")
    clone.git("fetch", "-q", "--depth", "1", f"file://{repository.folder}", "main")
    clone.git("reset", "-q", "--hard", "FETCH_HEAD")
    shallow = agree(clone, memo)
    clone.git("fetch", "-q", "--unshallow", f"file://{repository.folder}", "main")
    whole = agree(clone, memo)
    assert whole["tax"] != shallow["tax"]
    assert whole == agree(repository, None)


def test_without_a_change_a_shallow_history_is_still_told_from_a_whole_one(tmp_path):
    repository = Repository(tmp_path / "repository")
    repository.commit({"README.md": "1"})
    repository.commit({TAX: "1"})
    clone = Repository(tmp_path / "clone")
    clone.git("fetch", "-q", "--depth", "1", f"file://{repository.folder}", "main")
    clone.git("reset", "-q", "--hard", "FETCH_HEAD")
    assert agree(clone, None)["tax"] != agree(repository, None)["tax"]


DAMAGE = {
    "empty": lambda data: b"",
    "cut short": lambda data: data[: len(data) // 2],
    "a sign changed": lambda data: data.replace(b"unit", b"unix").replace(b"head", b"haed"),
    "another form": lambda data: data.replace(b"-1 ", b"-2 ", 1),
    "no text": lambda data: b"\xff\x00" + data,
    "older": lambda data: None,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.parametrize("moved", [False, True])
def test_a_damaged_memo_is_read_anew(repository, memo, damage, moved):
    agree(repository, memo)
    files = [file for file in memo.rglob("*") if file.is_file()]
    assert len(files) > 3
    for file in files:
        kept = file.read_bytes()
        if (data := damage(kept)) is None:
            file.unlink()
        else:
            file.write_bytes(data)
        if moved:
            repository.commit({TAX: f"later {file.name}"})
        agree(repository, memo)


def test_a_memo_that_was_not_finished(repository, memo, monkeypatch):
    agree(repository, memo)
    repository.commit({TAX: "3", LAW: "3"})
    plain = module.remember

    def ended(path, form, value):
        if path.name == "index":
            raise KeyboardInterrupt
        return plain(path, form, value)

    monkeypatch.setattr(module, "remember", ended)
    with pytest.raises(KeyboardInterrupt):
        WorkingTree(repository.folder, TAKEN, memo).histories().key("tax")
    monkeypatch.undo()
    agree(repository, memo)


def test_a_memo_that_cannot_be_written(repository, tmp_path):
    (tmp_path / "file").touch()
    agree(repository, tmp_path / "file" / "memo")


def test_a_memo_that_another_process_takes_further(repository, memo):
    first = WorkingTree(repository.folder, TAKEN, memo).histories()
    expected = said(WorkingTree(repository.folder, TAKEN).histories(), ["", "tax", "law"])
    first.key("tax")
    again = WorkingTree(repository.folder, TAKEN, memo).histories()
    again.key("tax")
    repository.commit({TAX: "3"})
    WorkingTree(repository.folder, TAKEN, memo).histories().key("tax")
    assert said(again, ["", "tax", "law"]) == expected


def keys_of(folder, memo):
    """The keys as one process finds them."""
    histories = WorkingTree(folder, TAKEN, memo).histories()
    return [histories.key(part) for part in ("", "tax", "law")], said(histories, ["tax", "law"])


def test_many_processes_at_once(repository, memo):
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
        for step in range(3):
            found = [pool.submit(keys_of, repository.folder, memo) for _ in range(8)]
            assert len({repr(one.result()) for one in found}) == 1
            repository.commit({TAX: f"step {step}"})
    agree(repository, memo)


inherited = []


def of_part(part):
    """What a worker says of the histories that it has from its parent."""
    return said(inherited[-1], [part])


def test_workers_that_were_forked_can_ask(repository, memo):
    for _ in range(2):
        histories = WorkingTree(repository.folder, TAKEN, memo).histories()
        histories.key("")
        inherited.append(histories)
        with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
            found = list(pool.map(of_part, ["tax", "law"] * 4))
        assert found == [said(histories, [part]) for part in ["tax", "law"]] * 4


class TestUnsettled:
    """Parts whose files no commit holds as they are."""

    @pytest.mark.parametrize(
        ("edit", "parts"),
        [
            pytest.param(lambda r, f: None, set(), id="nothing"),
            pytest.param(lambda r, f: write(f, {TAX: "edited"}), {"tax"}, id="modified"),
            pytest.param(
                lambda r, f: (write(f, {TAX: "3"}), r.git("add", "-A")), {"tax"}, id="staged"
            ),
            pytest.param(
                lambda r, f: (write(f, {TAX: "3"}), r.git("add", "-A"), write(f, {TAX: "2"})),
                set(),
                id="staged, and on disk as before",
            ),
            pytest.param(lambda r, f: (f / TAX).unlink(), {"tax"}, id="deleted"),
            pytest.param(lambda r, f: write(f, {A: "new"}), {""}, id="untracked"),
            pytest.param(
                lambda r, f: r.git("rm", "-q", "--cached", TAX), {"tax"}, id="no longer tracked"
            ),
            pytest.param(lambda r, f: (f / TAX).chmod(0o755), {"tax"}, id="executable"),
            pytest.param(lambda r, f: os.utime(f / TAX), set(), id="touched"),
            pytest.param(
                lambda r, f: r.git("mv", TAX, "content/units/law/x.yml"),
                {"tax", "law"},
                id="renamed to another unit",
            ),
            pytest.param(
                lambda r, f: write(f, {"content/units/Tax/a.md": "1"}),
                {"Tax"},
                id="a name that differs in case comes first",
            ),
            pytest.param(
                lambda r, f: write(f, {"README.md": "2", "other/a.md": "1"}), set(), id="elsewhere"
            ),
            pytest.param(lambda r, f: os.mkfifo(f / "content/pipe"), set(), id="a pipe"),
        ],
    )
    def test_what_differs(self, repository, memo, edit, parts):
        edit(repository, repository.folder)
        agree(repository, memo)
        tree = WorkingTree(repository.folder, TAKEN, memo)
        histories = tree.histories()
        assert histories.unsettled == parts
        assert parts <= {*tree.parts()}
        for part in parts:
            assert TAKEN in histories.of(part).changed.values()

    def test_files_that_git_was_told_to_leave_out_are_settled(self, repository):
        repository.git("update-index", "--skip-worktree", TAX)
        (repository.folder / TAX).unlink()
        assert WorkingTree(repository.folder, TAKEN).histories().unsettled == frozenset()

    def test_a_commit_is_settled(self, repository):
        write(repository.folder, {TAX: "edited"})
        assert CommitTree(repository.folder, "HEAD").histories().unsettled == frozenset()


def test_where_git_knows_nothing(tmp_path, memo):
    write(tmp_path / "plain", {TAX: "1"})
    unborn = Repository(tmp_path / "unborn")
    write(unborn.folder, {TAX: "1"})
    for folder in (tmp_path / "plain", unborn.folder):
        histories = WorkingTree(folder, TAKEN, memo).histories()
        assert not histories.complete
        assert histories.unsettled == frozenset()
        assert histories.replaced() == ()
        assert histories.of("tax") == History()
        assert histories.key("tax") == histories.key("nowhere")


def test_times_are_those_of_a_mapping(repository):
    history = WorkingTree(repository.folder, TAKEN).histories().of("tax")
    assert len(history.brought) == len(list(history.brought)) == 2
    assert TAX in history.brought
    assert A not in history.brought
    assert history.brought.get(A) is None
    assert history.brought[TAX] == repository.at(1)
    with pytest.raises(KeyError):
        history.brought[A]


PATH = st.sampled_from([
    A, TAX, LAW, ODD, "content/units/Tax/b.md", "content/units/README.md", "README.md",
])  # fmt: skip
STEP = st.one_of(
    st.tuples(st.just("write"), PATH, st.sampled_from("123")),
    st.tuples(st.sampled_from(["delete", "commit", "back", "merge", "look"]), PATH, st.just("")),
)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEP, min_size=3, max_size=14))
def test_any_history(tmp_path_factory, steps):
    top = tmp_path_factory.mktemp("any")
    repository = Repository(top / "repository")
    repository.commit({A: "0"})
    for verb, path, text in steps:
        match verb:
            case "write":
                write(repository.folder, {path: text})
            case "delete":
                (repository.folder / path).unlink(missing_ok=True)
            case "commit":
                repository.commit()
            case "back" if repository.minutes > 3:
                back(repository, 1, "--soft")
            case "merge":
                repository.git("branch", "-f", "side")
                repository.commit()
                repository.git("switch", "-q", "--detach", "side")
                repository.commit()
                repository.git("merge", "-q", "--no-ff", "-s", "ours", "-m", "m", "main")
                repository.git("switch", "-q", "-C", "main")
            case "look":
                agree(repository, top / "memo")
    agree(repository, top / "memo")
