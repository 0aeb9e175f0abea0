"""What is done at the forge: the merge, the check, the one comment."""

import pytest

from generator.forge import Client, ForgeError, GitHub
from generator.forge.github import MARK
from tests.forge.conftest import LI, PAGE, TEXT, WANG
from tests.forge.fake.people import ACTIONS_BOT
from tests.forge.fake.server import TOKEN, Fault


def test_a_merge_squashes_the_head_that_was_judged(forge):
    answer = forge.github.merge(123, forge.change.head_sha, "停水通知 (#123)")
    trunk = forge.world.bare.tip("refs/heads/main")
    assert (answer.commit, answer.moved) == (trunk, False)
    assert forge.world.bare.show(trunk)["parents"].count(" ") == 0


def test_a_head_that_moved_is_not_merged(forge):
    head = forge.change.head_sha

    def push():
        forge.world.push(WANG, "tax-0042", {PAGE: TEXT * 2})

    forge.fake.before["pulls/merge"] = push
    answer = forge.github.merge(123, head, "x")
    assert (answer.commit, answer.moved) == (None, True)
    assert forge.change.state == "open"


def _draft(forge):
    forge.change.draft = True


def _no_squash(forge):
    forge.world.methods = {"merge"}


def _conflict(forge):
    forge.world.push(LI, "main", {PAGE: b"other\n"})


@pytest.mark.parametrize("story", [_draft, _no_squash, _conflict], ids=lambda s: s.__name__[1:])
def test_what_cannot_be_merged(forge, story):
    story(forge)
    answer = forge.github.merge(123, forge.change.head_sha, "x")
    assert (answer.commit, answer.moved) == (None, False)
    assert answer.message


@pytest.mark.parametrize(("status", "moved"), [(405, False), (409, True), (422, False)])
def test_a_merge_that_github_refuses(forge, status, moved):
    forge.fake.faults.append(Fault("pulls/merge", status))
    answer = forge.github.merge(123, forge.change.head_sha, "x")
    assert (answer.commit, answer.moved) == (None, moved)


def test_a_merge_without_permission_is_an_error(forge):
    forge.fake.faults.append(Fault("pulls/merge", 403))
    with pytest.raises(ForgeError, match="403"):
        forge.github.merge(123, forge.change.head_sha, "x")


def test_the_check_is_posted_to_the_head(forge):
    forge.github.post_check(forge.change.head_sha, "success", "可以合并", "x" * 70_000)
    (check,) = forge.world.checks
    assert check["head_sha"] == forge.change.head_sha
    assert (check["name"], check["conclusion"]) == ("gongkai review", "success")
    assert len(check["output"]["summary"]) == 65_000


def test_there_is_one_comment_and_it_is_written_only_when_it_changes(forge):
    assert forge.github.put_comment(forge.read(), "一") is True
    assert forge.github.put_comment(forge.read(), "一") is False
    assert forge.github.put_comment(forge.read(), "二") is True
    (comment,) = forge.change.comments.values()
    assert comment["body"] == f"{MARK}\n二"


def test_a_comment_by_somebody_else_is_not_ours(forge):
    forge.github.put_comment(forge.read(), "一")
    (comment,) = forge.change.comments.values()
    comment["user"] = LI.shown()
    assert forge.read().comment is None
    comment["user"] = ACTIONS_BOT.shown()
    assert forge.read().comment == (comment["id"], f"{MARK}\n一")


def test_the_repository_tells_whether_it_is_private(forge):
    assert forge.github.visibility() == "private"
    forge.world.visibility = "public"
    assert forge.github.visibility() == "public"


def test_open_changes_are_all_or_none(forge):
    forge.fake.page_size = 1
    forge.world.push(WANG, "b", {PAGE: TEXT})
    forge.world.open(WANG, "b")
    assert forge.github.open_changes() == [123, 124]
    forge.fake.faults.append(Fault("pulls/list", 502, page=2))
    with pytest.raises(ForgeError, match="502"):
        forge.github.open_changes()


def test_a_server_fault_is_asked_again(forge):
    forge.fake.faults.append(Fault("repos/get", 503, times=2))
    patient = GitHub(Client(forge.fake.url, TOKEN), "city", "site")
    assert patient.visibility() == "private"
    assert [name for name, _ in forge.fake.requests] == ["repos/get"] * 3


def test_a_request_that_changes_something_is_never_repeated(forge):
    forge.fake.faults.append(Fault("checks/create", 503, times=1))
    patient = GitHub(Client(forge.fake.url, TOKEN), "city", "site")
    with pytest.raises(ForgeError, match="503"):
        patient.post_check(forge.change.head_sha, "success", "t", "s")
    assert len(forge.fake.requests) == 1


def test_a_redirect_is_not_followed_with_our_token(forge):
    elsewhere = {"Location": f"{forge.fake.url}/repos/city/elsewhere"}
    forge.fake.faults.append(Fault("repos/get", 301, headers=elsewhere))
    with pytest.raises(ForgeError, match="301"):
        forge.github.visibility()
    assert len(forge.fake.requests) == 1


def test_a_forge_that_is_not_there():
    github = GitHub(Client("http://127.0.0.1:9", TOKEN, retry=0), "city", "site")
    with pytest.raises(ForgeError, match="ConnectionError"):
        github.visibility()


def test_a_preview_is_found_by_its_head(forge):
    """Another head has none, and so no link."""
    head = forge.change.head_sha
    assert forge.github.preview_run(head) is None
    run = forge.world.run(
        forge.change, WANG, head, path=".github/workflows/preview.yml", event="pull_request"
    )
    assert forge.github.preview_run(head) == run.id
    assert forge.github.preview_run("0" * 40) is None
