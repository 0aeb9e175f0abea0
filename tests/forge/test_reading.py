"""What the adapter makes of GitHub's answers; each trap of review.md §15 is a case here."""

from dataclasses import replace

import pytest

from generator.forge import Client, ForgeError, GitHub
from generator.forge.contributors import suggestions_of
from tests.forge.conftest import CHEN, LI, PAGE, TEXT, WANG, ZHAO
from tests.forge.fake.bare import ZERO
from tests.forge.fake.people import ACTIONS_BOT, WEB_FLOW, User
from tests.forge.fake.server import Fault

TOKEN_LINE = "同意 7f3a-9c01-22be-04d1"


def kinds(reading):
    return {each.account.login: set(each.kinds) for each in reading.contributors}


def only_act(forge):
    (act,) = forge.read().acts
    return act


def test_a_change_as_its_author_left_it(forge):
    reading = forge.read()
    assert (reading.change, reading.state, reading.draft) == ("github:123", "open", False)
    assert reading.target == "refs/heads/main"
    assert reading.head == forge.change.head_sha == reading.commits[-1]
    assert reading.files == ((PAGE, "put"),)
    assert kinds(reading) == {"wang-tax": {"opener", "author", "committer", "pusher"}}
    assert (reading.acts, reading.initiator, reading.faults) == ((), None, ())
    assert all(reading.complete.values())


# captured ---------------------------------------------------------------------------------------


def test_a_review_is_captured_with_the_head_it_was_written_on(forge):
    forge.world.review(forge.change, ZHAO)
    act = only_act(forge)
    assert (act.state, act.account.id, act.head) == ("approve", "5550011", forge.change.head_sha)
    assert act.id == f"r{forge.change.reviews[0].id}"


def _moved_to_the_new_head(forge):
    forge.world.review(forge.change, ZHAO)
    files = {PAGE: TEXT + b"\n"}
    forge.world.push(WANG, "tax-0042", files, onto=forge.world.bare.tip("refs/heads/main"))
    assert forge.change.reviews[0].commit == forge.change.head_sha


def _run_on_the_new_head_after_the_move(forge):
    _moved_to_the_new_head(forge)
    forge.world.run(forge.change, ZHAO, forge.change.head_sha)


def _no_run(forge):
    forge.world.review(forge.change, ZHAO, run=False)


def _second_attempt(forge):
    forge.world.review(forge.change, ZHAO, run=False)
    forge.world.run(forge.change, ZHAO, forge.change.head_sha, attempt=2)


def _of_another_workflow(forge):
    forge.world.review(forge.change, ZHAO, run=False)
    path = ".github/workflows/fork/review-event.yml"
    forge.world.run(forge.change, ZHAO, forge.change.head_sha, path=path)


def _of_another_event(forge):
    forge.world.review(forge.change, ZHAO, run=False)
    forge.world.run(forge.change, ZHAO, forge.change.head_sha, event="push")


def _by_another_person(forge):
    forge.world.review(forge.change, ZHAO, run=False)
    forge.world.run(forge.change, CHEN, forge.change.head_sha)


def _a_minute_late(forge):
    forge.world.review(forge.change, ZHAO, run=False)
    forge.world.tick(60)
    forge.world.run(forge.change, ZHAO, forge.change.head_sha)


def _two_reviews_in_a_minute(forge):
    forge.world.review(forge.change, ZHAO, "COMMENTED", "看过", run=False)
    forge.world.review(forge.change, ZHAO)


def _on_a_head_that_was_pushed_over(forge):
    old = forge.change.head_sha
    forge.world.push(WANG, "tax-0042", {PAGE: TEXT + b"\n"})
    forge.world.review(forge.change, ZHAO, commit=old)


def _while_the_branch_moved_in_the_same_second(forge):
    forge.world.review(forge.change, ZHAO)
    forge.world.activities[-1].at = forge.change.reviews[0].at


def _without_the_branchs_record(forge):
    forge.world.review(forge.change, ZHAO)
    forge.fake.faults.append(Fault("repos/list-activities", 502))


@pytest.mark.parametrize(
    "story",
    [
        _moved_to_the_new_head,
        _run_on_the_new_head_after_the_move,
        _no_run,
        _second_attempt,
        _of_another_workflow,
        _of_another_event,
        _by_another_person,
        _a_minute_late,
        _two_reviews_in_a_minute,
        _on_a_head_that_was_pushed_over,
        _while_the_branch_moved_in_the_same_second,
        _without_the_branchs_record,
    ],
    ids=lambda story: story.__name__.strip("_"),
)
def test_what_is_no_capture(forge, story):
    story(forge)
    assert [act.head for act in forge.read().acts] in ([None], [None, None])


def test_a_run_59_seconds_after_its_review_still_captures(forge):
    forge.world.review(forge.change, ZHAO, run=False)
    forge.world.tick(57)
    forge.world.run(forge.change, ZHAO, forge.change.head_sha)
    assert only_act(forge).head == forge.change.head_sha


# acts -------------------------------------------------------------------------------------------


def test_an_edit_shows_only_in_graphql(forge):
    review = forge.world.review(forge.change, LI, body="")
    assert only_act(forge).edited is False
    forge.world.edit(review, TOKEN_LINE)
    act = only_act(forge)
    assert (act.edited, act.body) == (True, TOKEN_LINE)


@pytest.mark.parametrize(
    ("state", "meant"), [("APPROVED", "approve"), ("CHANGES_REQUESTED", "object")]
)
def test_a_dismissed_review_keeps_its_state(forge, state, meant):
    review = forge.world.review(forge.change, CHEN, state)
    forge.world.dismiss(forge.change, review, WANG)
    act = only_act(forge)
    assert act.state == meant
    assert act.dismissed.by.login == "wang-tax"
    assert act.dismissed.fact()["at"] == "2026-11-20T00:00:09Z"


def test_a_dismissal_by_an_account_that_is_gone(forge):
    review = forge.world.review(forge.change, CHEN, "CHANGES_REQUESTED")
    forge.world.dismiss(forge.change, review, None)
    assert only_act(forge).dismissed.fact() == {"by": None, "at": "2026-11-20T00:00:09Z"}


def test_a_dismissed_review_of_unknown_state_is_not_dropped_in_silence(forge):
    review = forge.world.review(forge.change, CHEN, "CHANGES_REQUESTED")
    review.state = "DISMISSED"
    reading = forge.read()
    assert reading.complete["acts"] is False
    assert "what it was before its dismissal was not told" in reading.faults[0]


@pytest.mark.parametrize("word", ["approved", "Approved", "ACCEPTED", "COMMENTED"])
def test_another_word_is_no_approval(forge, word):
    forge.world.review(forge.change, CHEN).state = word
    forge.change.reviews[0].state = word
    reading = forge.github.read  # GraphQL knows its own words only, so it is left out here
    forge.fake.faults.append(Fault("graphql", 502))
    assert [act.state for act in reading(123).acts] == ["comment"]


def test_a_review_that_is_not_submitted_is_no_act(forge):
    forge.world.review(forge.change, CHEN, "PENDING", run=False)
    assert forge.read().acts == ()


def test_a_reviewer_whose_account_is_gone(forge):
    forge.world.review(forge.change, CHEN)
    forge.world.ghost(CHEN)
    act = only_act(forge)
    assert (act.account, act.head) == (None, None)


def test_new_fields_and_null_bodies_do_no_harm(forge):
    forge.world.review(forge.change, ZHAO)
    before = forge.read()
    forge.fake.news = {"brand_new": {"nested": [1]}, "body_text": None}
    after = forge.read()
    assert [replace(act, answer={}) for act in after.acts] == [
        replace(act, answer={}) for act in before.acts
    ]
    assert replace(after, acts=()) == replace(before, acts=())


# lists ------------------------------------------------------------------------------------------


def test_lists_are_followed_to_their_end(forge):
    forge.fake.page_size = 2
    for number in range(5):
        forge.world.push(WANG, "tax-0042", {PAGE: TEXT + str(number).encode()})
        forge.world.review(forge.change, ZHAO)
        forge.world.tick(120)
    reading = forge.read()
    assert len(reading.acts) == 5
    assert [act.head is not None for act in reading.acts] == [True] * 5
    assert len(reading.commits) == 6
    assert reading.faults == ()


@pytest.mark.parametrize(
    ("operation", "flags"),
    [
        ("pulls/list-reviews", {"acts"}),
        ("pulls/list-commits", {"commits", "contributors"}),
        ("pulls/list-files", {"items"}),
        ("repos/list-activities", {"contributors"}),
        ("issues/list-events-for-timeline", {"acts", "contributors"}),
        ("graphql", {"acts", "contributors"}),
    ],
)
@pytest.mark.parametrize("page", [1, 2])
def test_a_page_that_fails_leaves_the_list_incomplete(forge, operation, flags, page):
    forge.fake.page_size = 1
    for user in (ZHAO, CHEN):
        forge.world.push(WANG, "tax-0042", {PAGE: TEXT * 2, f"{PAGE}.csv": user.login.encode()})
        forge.world.review(forge.change, user)
    if operation == "graphql":
        page = 1
    forge.fake.faults.append(Fault(operation, 502, page=page))
    reading = forge.read()
    assert {name for name, whole in reading.complete.items() if not whole} == flags
    assert reading.faults


def test_a_list_shorter_than_the_change_says_is_incomplete(forge, monkeypatch):
    answers = forge.fake.answers
    forge.world.push(WANG, "tax-0042", {f"{PAGE}.csv": b"a\n"})
    whole = answers.files(forge.change), answers.commits(forge.change)
    monkeypatch.setattr(answers, "files", lambda _: whole[0][:1])
    monkeypatch.setattr(answers, "commits", lambda _: whole[1][:1])
    reading = forge.read()
    assert (reading.complete["items"], reading.complete["commits"]) == (False, False)
    assert "files: 1 told of 2" in reading.faults


def test_a_change_that_moves_while_it_is_read_is_read_again(forge):
    def push():
        forge.world.push(WANG, "tax-0042", {PAGE: TEXT + b"\n"})

    forge.fake.before["pulls/list-reviews"] = push
    reading = forge.read()
    assert reading.head == forge.change.head_sha
    assert len(reading.commits) == 2


def test_the_next_page_is_never_asked_of_another_host(forge, monkeypatch):
    forge.fake.page_size = 1
    for _ in range(2):
        forge.world.review(forge.change, ZHAO, run=False)
    forge.fake.url = "http://elsewhere.invalid"
    reading = forge.read()
    assert reading.complete["acts"] is False
    assert "another host" in " ".join(reading.faults)


def test_a_change_that_cannot_be_read_is_an_error_without_the_token(forge):
    with pytest.raises(ForgeError, match="404") as told:
        forge.github.read(999)
    stranger = GitHub(Client(forge.fake.url, "ghs_secret", retry=0), "city", "site")
    with pytest.raises(ForgeError, match="401") as refused:
        stranger.read(123)
    assert "ghs_" not in f"{told.value}{refused.value}"


# contributors -----------------------------------------------------------------------------------


def test_contributors_come_from_every_source(forge):
    opener, pusher = User(5550041, "opener"), User(5550042, "pusher")
    author, committer = User(5550043, "author"), User(5550044, "committer")
    forge.world.know(author, committer)
    message = f"change\n\nCo-authored-by: Chen <{CHEN.email}>\nCo-Authored-By: Li <{LI.email}>\n"
    forge.world.push(
        pusher, "other", {PAGE: TEXT}, author=author, committer=committer, message=message
    )
    change = forge.world.open(opener, "other")
    reading = forge.github.read(change.number)
    assert kinds(reading) == {
        "opener": {"opener"},
        "pusher": {"pusher"},
        "author": {"author"},
        "committer": {"committer"},
        "chen-tax": {"coauthor"},
        "li-tax": {"coauthor"},
    }
    assert reading.complete["contributors"] is True


def test_a_commit_in_the_browser_has_its_author_alone(forge):
    forge.world.push(ZHAO, "tax-0042", {PAGE: TEXT * 2}, committer=WEB_FLOW)
    assert kinds(forge.read()).keys() == {"wang-tax", "zhao-tax"}


def test_who_pushed_over_a_commit_by_force_stays_a_contributor(forge):
    forge.world.push(LI, "tax-0042", {PAGE: TEXT * 2})
    forge.world.push(WANG, "tax-0042", {PAGE: TEXT}, onto=forge.world.bare.tip("refs/heads/main"))
    assert kinds(forge.read())["li-tax"] == {"pusher"}


@pytest.mark.parametrize(
    ("who", "message", "fault"),
    [
        (("Li", "li@home.invalid"), "change", "author <li@home.invalid> belongs to no account"),
        (WANG, "x\n\nCo-authored-by: L <l@home.invalid>", "co-author <l@home.invalid> belongs"),
    ],
)
def test_an_address_of_no_account_leaves_the_contributors_incomplete(forge, who, message, fault):
    forge.world.push(WANG, "tax-0042", {PAGE: TEXT * 2}, author=who, message=message)
    reading = forge.read()
    assert reading.complete["contributors"] is False
    assert fault in " ".join(reading.faults)


def test_githubs_own_addresses_name_an_account_that_it_does_not_link(forge):
    forge.world.push(WANG, "tax-0042", {PAGE: TEXT * 2}, author=User(5550099, "new"))
    assert kinds(forge.read())["new"] == {"author", "committer"}


def _opener_gone(forge):
    forge.change.user = None


def _pusher_gone(forge):
    forge.world.activities[-1].actor = None


def _a_push_without_record(forge):
    forge.world.push(WANG, "tax-0042", {PAGE: TEXT * 2})
    forge.world.activities.pop()


def _no_record_of_the_beginning(forge):
    forge.world.push(WANG, "tax-0042", {PAGE: TEXT * 2})
    forge.world.activities = forge.world.activities[-1:]


@pytest.mark.parametrize(
    "story",
    [_opener_gone, _pusher_gone, _a_push_without_record, _no_record_of_the_beginning],
    ids=lambda story: story.__name__.strip("_"),
)
def test_an_unknown_hand_leaves_the_contributors_incomplete(forge, story):
    story(forge)
    assert forge.read().complete["contributors"] is False


def test_the_initiator_of_a_bots_change_is_whom_the_bot_assigned(forge):
    bot = User(900, "form-bot[bot]", "Bot")
    forge.world.know(bot)
    forge.world.push(bot, "form", {PAGE: TEXT})
    change = forge.world.open(bot, "form")
    assert forge.github.read(change.number).initiator is None
    forge.world.assign(change, WANG, LI)  # by somebody else: says nothing
    assert forge.github.read(change.number).initiator is None
    forge.world.assign(change, bot, ZHAO)
    assert forge.github.read(change.number).initiator.id == "5550011"
    forge.world.assign(change, bot, CHEN)
    assert forge.github.read(change.number).initiator is None


def test_a_persons_change_has_no_initiator(forge):
    forge.world.assign(forge.change, WANG, LI)
    assert forge.read().initiator is None


def test_who_proposed_text_is_told_with_it(forge):
    review = forge.world.review(forge.change, CHEN, "COMMENTED")
    block = "改一下：\r\n```suggestion\r\n11月26日8时至18时停水。\r\n```\r\n另外\n~~~\nno\n~~~"
    review.suggestions.append((CHEN, PAGE, block))
    ((account, path, text),) = forge.read().suggestions
    assert (account.login, path, text) == ("chen-tax", PAGE, "11月26日8时至18时停水。\n")
    assert suggestions_of.__doc__


# the change itself ------------------------------------------------------------------------------


def test_a_head_whose_repository_is_gone(forge):
    forge.change.head_gone = True
    assert forge.read().head is None


def test_a_merged_change_names_its_commit_and_who_merged(forge):
    commit = forge.world.squash(forge.change, LI)
    reading = forge.read()
    assert (reading.state, reading.merge_commit, reading.merged_by.login) == (
        "merged",
        commit,
        "li-tax",
    )
    forge.change.merged_by = None
    assert forge.read().merged_by is None


def test_a_closed_change_is_not_merged(forge):
    forge.world.close(forge.change, WANG)
    reading = forge.read()
    assert (reading.state, reading.merge_commit) == ("closed", None)


def test_a_branch_deleted_after_the_merge_keeps_its_record(forge):
    forge.world.squash(forge.change)
    forge.world.moved(ACTIONS_BOT, "tax-0042", None)
    assert forge.world.activities[-1].after == ZERO
    reading = forge.read()
    assert reading.faults == ()
    assert kinds(reading).keys() == {"wang-tax"}


def test_a_change_pointed_elsewhere_has_another_target(forge):
    forge.world.push(WANG, "release", {"content/group.yml": b"name: other\n"})
    forge.world.rebase_target(forge.change, WANG, "release")
    assert forge.read().target == "refs/heads/release"
