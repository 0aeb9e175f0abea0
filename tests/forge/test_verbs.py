"""The verbs over the fake forge: what a person types and a workflow runs."""

import copy
import json
import shutil

import pytest
from click.testing import CliRunner

from generator.cli import gongkai
from generator.cli.review_forge import _named
from tests.forge.conftest import CHEN, LI, PAGE, TEXT, WANG, ZHAO
from tests.forge.fake.server import TOKEN, Fault


@pytest.fixture
def run(desk, root, keys, monkeypatch):
    shutil.copytree(root / "schemas", desk.folder / "schemas")
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.setattr("generator.cli.ledger_common.moment", desk.now)
    scanners = [desk.scanner("wording"), desk.scanner("secrecy")]
    monkeypatch.setattr("generator.cli.review_forge._scanners", lambda _: scanners)
    for name in ("GITHUB_REPOSITORY", "GITHUB_API_URL", "GITHUB_SERVER_URL"):
        monkeypatch.delenv(name, raising=False)

    def run(*words, repository="city/site"):
        given = ["--repository", repository, "--api", desk.fake.url, "--root", str(desk.folder)]
        return CliRunner().invoke(gongkai, [*words, *given])

    return run


@pytest.fixture
def capture(run, keys):
    return lambda *words: run("review", "capture", "--key", str(keys.file("gate")), *words)


def test_status_tells_and_writes_nothing(desk, run):
    size = desk.book().state.size
    done = run("review", "status", "github:123")
    assert done.exit_code == 1, done.output
    assert "结论：等待审核" in done.stdout
    assert desk.book().state.size == size
    assert not desk.change.comments


def test_status_as_json_is_a_verdict(run):
    done = run("review", "status", "123", "--json")
    verdict = json.loads(done.stdout)
    assert (verdict["change"], verdict["decision"]) == ("github:123", "wait")


def test_status_of_a_change_that_is_not_there(run):
    done = run("review", "status", "999")
    assert (done.exit_code, "没能从 GitHub 读到" in done.output) == (4, True)


@pytest.mark.parametrize("text", ["x", "12x", "-1", "gitlab:1", "１２"])
def test_a_number_that_is_none(run, text):
    assert run("review", "status", "--", text).exit_code == 2


@pytest.mark.parametrize("repository", ["", "city", "/site", "a/b/c"])
def test_a_repository_that_is_none(run, repository):
    assert run("review", "status", "123", repository=repository).exit_code == 2


def test_capture_of_a_whole_review_ends_in_a_merge(desk, capture, tmp_path):
    done = capture()
    assert done.exit_code == 0, done.output
    token = next(iter(desk.book().state.changes["github:123"].offers))
    desk.sign(desk.change, ZHAO, "L1", token)
    desk.sign(desk.change, CHEN, "L2", token)
    desk.sign(desk.change, LI, "L3", token)
    merged = tmp_path / "merged"
    done = capture("--merged-out", str(merged))
    assert "已合并为" in done.stdout, done.output
    assert merged.read_text() == desk.world.bare.tip("refs/heads/main") + "\n"


def test_one_change_in_fault_keeps_no_other_from_its_turn(desk, capture):
    desk.world.push(WANG, "b", {"content/units/tax/articles/2026/0043.md": TEXT})
    other = desk.world.open(WANG, "b")
    desk.fake.faults.append(Fault("issues/create-comment", 403, times=1))
    done = capture()
    assert done.exit_code == 4
    assert "github:123 没能处理" in done.output
    assert len(other.comments) == 1


def test_capture_needs_a_key(run):
    assert run("review", "capture").exit_code == 2


def test_a_public_repository_stops_the_gatekeeper(desk, capture):
    size = desk.book().state.size
    desk.world.visibility = "public"
    done = capture()
    assert (done.exit_code, "repository_public" in done.output) == (4, True)
    assert desk.book().state.size == size
    assert not desk.change.comments


def test_what_a_person_merged_is_looked_at_once_more(desk, capture):
    capture("--no-merge")
    token = next(iter(desk.book().state.changes["github:123"].offers))
    for user, level in ((ZHAO, "L1"), (CHEN, "L2"), (LI, "L3")):
        desk.sign(desk.change, user, level, token)
    desk.world.squash(desk.change, LI)
    done = capture("--no-merge")
    assert "github:123" in done.stdout, done.output
    acts = desk.book().state.changes["github:123"].acts
    assert len(acts) == 3


def test_a_preview_is_linked_when_there_is_one(desk, capture):
    run = desk.world.run(
        desk.change,
        WANG,
        desk.change.head_sha,
        path=".github/workflows/preview.yml",
        event="pull_request",
    )
    assert capture().exit_code == 0
    (comment,) = desk.change.comments.values()
    link = f"https://github.com/city/site/actions/runs/{run.id}#artifacts"
    assert link in comment["body"]


# events -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def examples(root):
    path = root / "node_modules/@octokit/webhooks-examples/api.github.com/index.json"
    return json.loads(path.read_text("utf-8"))


def of(examples, name):
    return next(row["examples"] for row in examples if row["name"] == name)


def write(tmp_path, value):
    path = tmp_path / "event.json"
    path.write_text(json.dumps(value), "utf-8")
    return path


def test_real_events_name_their_change_and_nothing_else_is_read(examples, tmp_path):
    seen = 0
    for row in examples:
        for payload in row["examples"]:
            seen += 1
            number = _named(write(tmp_path, payload))
            told = payload.get("pull_request") if isinstance(payload, dict) else None
            assert number == (told["number"] if told else None)
    assert seen > 300


def test_an_approved_review_is_derived_from_a_real_one(examples, tmp_path):
    payload = copy.deepcopy(
        next(each for each in of(examples, "pull_request_review") if each["action"] == "submitted")
    )
    assert payload["review"]["state"] != "approved"
    payload["review"]["state"] = "approved"
    assert _named(write(tmp_path, payload)) == payload["pull_request"]["number"]


def test_an_event_approves_nothing(desk, capture, examples, tmp_path):
    """What the payload says of a review is not an act: the API alone is asked."""
    payload = copy.deepcopy(of(examples, "pull_request_review")[0])
    payload["review"] |= {"state": "approved", "user": {"id": LI.id, "login": LI.login}}
    payload["pull_request"]["number"] = 123
    assert capture("--event", str(write(tmp_path, payload))).exit_code == 0
    assert desk.book().state.changes["github:123"].acts == {}


@pytest.mark.parametrize("text", ["", "[", "[]", '{"pull_request": 3}', '{"pull_request": null}'])
def test_a_file_that_is_no_event(capture, tmp_path, text):
    path = tmp_path / "event.json"
    path.write_text(text, "utf-8")
    assert capture("--event", str(path)).exit_code in (0, 2)


@pytest.mark.parametrize("number", [True, "123", None, 1.5])
def test_a_number_of_another_type_names_nothing(tmp_path, number):
    assert _named(write(tmp_path, {"pull_request": {"number": number}})) is None


# diff -------------------------------------------------------------------------------------------


def test_diff_tells_what_changed_on_disk(desk, run, root):
    desk.remote.fetch({"refs/heads/main": "refs/heads/base"})
    page = desk.folder / PAGE
    page.parent.mkdir(parents=True)
    page.write_bytes(TEXT)
    words = ["review", "diff", "--since", "base", "--root", str(desk.folder)]
    done = CliRunner().invoke(gongkai, words)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("新增动态稿件《停水通知》")
    done = CliRunner().invoke(gongkai, [*words, "--markdown"])
    assert "**新增动态稿件" in done.stdout
    assert (
        CliRunner().invoke(gongkai, ["review", "diff", "--since", "no", *words[4:]]).exit_code == 2
    )
