"""Capturing over the fake forge: what is written, in which order, and what is merged."""

from dataclasses import replace

import pytest

from generator.forge import ForgeError
from generator.keeper.admit import admit
from generator.keeper.capture import CONCLUSIONS, capture, heads_here, stop_if_public
from generator.keeper.change import TRUNK
from generator.keeper.rules import rules_at
from generator.keeper.scanner import Noticed
from generator.tree.append import MovedError
from tests.forge.conftest import CHEN, LI, PAGE, TEXT, WANG, ZHAO
from tests.forge.fake.server import Fault


def kinds(desk):
    return [entry.type for entry in desk.book().entries[2:]]


def codes(found):
    return {reason["code"] for reason in found.verdict["reasons"]}


def approved(desk, merge=False):
    """The change with its three approvals, the first of them by the platform's record alone."""
    token = desk.capture(desk.change).token
    desk.world.tick(90)
    desk.world.review(desk.change, ZHAO)
    desk.sign(desk.change, CHEN, "L2", token)
    desk.sign(desk.change, LI, "L3", token)
    return desk.capture(desk.change, merge)


def test_the_first_look_offers_a_token_and_runs_the_gates(desk):
    found = desk.capture(desk.change)
    assert kinds(desk) == ["offer", "gate", "gate", "verdict"]
    assert found.verdict["decision"] == "wait"
    assert codes(found) == {"level_missing", "gate_missing"}
    (offer,) = [entry for entry in desk.book().entries if entry.type == "offer"]
    assert offer.body["token"] == found.token
    assert offer.body["subject"] == found.verdict["subject"]
    assert found.token.replace("-", "") not in found.verdict["subject"]
    assert found.faults == ()


def test_looking_again_at_nothing_new_writes_nothing(desk):
    first = desk.capture(desk.change)
    size = desk.book().state.size
    requests = len(desk.fake.requests)
    again = desk.capture(desk.change)
    assert (again.token, desk.book().state.size) == (first.token, size)
    written = {name for name, _ in desk.fake.requests[requests:]}
    assert "issues/update-comment" not in written


def test_three_levels_are_merged_and_their_acts_are_in_the_ledger(desk):
    found = approved(desk, merge=True)
    assert found.verdict["decision"] == "approve", found.verdict["reasons"]
    assert found.merged == desk.world.bare.tip("refs/heads/main")
    assert found.verdict["levels"]["L1"]["evidence"] == "captured"
    assert kinds(desk)[4:] == ["observe", "observe", "observe", "verdict"]
    assert desk.world.checks[-1]["conclusion"] == "success"
    assert desk.world.checks[-1]["head_sha"] == desk.change.head_sha
    assert len(desk.change.comments) == 1


def test_what_was_merged_is_admitted(desk):
    found = approved(desk, merge=True)
    (judged,) = admitted(desk, found.merged)
    assert (judged.decision, judged.notes) == ("admitted", ())


def test_a_captured_act_keeps_its_subject_when_its_commit_moves(desk):
    token = desk.capture(desk.change).token
    desk.world.tick(90)
    desk.world.review(desk.change, ZHAO)
    desk.capture(desk.change)
    old = desk.change.head_sha
    main = desk.world.bare.tip("refs/heads/main")
    desk.world.push(WANG, "tax-0042", {PAGE: TEXT}, onto=main, message="same bytes")
    assert desk.change.head_sha != old
    found = desk.capture(desk.change)
    assert found.token == token  # the subject is the same, so nobody is asked again
    assert found.verdict["levels"]["L1"]["state"] == "filled"


def test_other_bytes_need_another_token_and_all_levels_again(desk):
    first = approved(desk)
    desk.world.push(WANG, "tax-0042", {PAGE: TEXT + b"\n"})
    found = desk.capture(desk.change)
    assert found.token != first.token
    assert found.verdict["decision"] == "wait"
    assert "stale_subject" in codes(found)
    assert desk.change.state == "open"


def test_a_review_without_its_run_needs_a_token(desk):
    desk.capture(desk.change)
    desk.world.tick(90)
    desk.world.review(desk.change, ZHAO, run=False)
    assert "unbound_act" in codes(desk.capture(desk.change))


def test_an_edit_after_the_fact_is_observed_again(desk):
    token = desk.capture(desk.change).token
    review = desk.sign(desk.change, ZHAO, "L1", token)
    desk.capture(desk.change)
    desk.world.edit(review, review.body + "\n升级 B")
    assert "edited_act" in codes(desk.capture(desk.change))
    seen = desk.book().state.changes["github:123"].acts[f"r{review.id}"]
    assert seen.first < seen.last


def test_a_head_that_moves_before_the_merge_is_judged_again(desk):
    approved(desk)

    def push():
        desk.world.push(WANG, "tax-0042", {PAGE: TEXT + b"\n"})

    desk.fake.before["pulls/merge"] = push
    found = desk.capture(desk.change)
    assert (found.merged, found.verdict["decision"]) == (None, "wait")
    assert desk.change.state == "open"
    assert desk.world.checks[-1]["head_sha"] == desk.change.head_sha
    assert desk.world.checks[-1]["conclusion"] == "action_required"


def test_a_change_that_moves_at_every_merge_is_given_up(desk):
    approved(desk)
    desk.fake.faults.append(Fault("pulls/merge", 409))
    with pytest.raises(MovedError):
        desk.capture(desk.change)


def test_a_merge_that_github_refuses_is_told(desk):
    approved(desk)
    desk.fake.faults.append(Fault("pulls/merge", 405))
    assert desk.capture(desk.change).message == "fault"


def test_a_ledger_that_moved_is_read_again(desk):
    desk.capture(desk.change)
    desk.world.tick(90)
    desk.world.review(desk.change, ZHAO)
    rival = desk.desk()
    tools = desk.desk()
    opened = []

    def book():
        made = desk.book()
        if not opened:
            opened.append(made)
            stale = desk.objects.ref("refs/heads/ledger")
            capture(rival, 123, merge=False)
            desk.objects.said("update-ref", "refs/heads/ledger", stale)
        return made

    found = capture(replace(tools, book=book), 123, merge=False)
    assert found.verdict["levels"]["L1"]["state"] == "filled"
    assert kinds(desk).count("observe") == 1


def test_a_failed_gate_is_written_down_and_shown(desk):
    desk.findings["secrecy"] = [
        Noticed(gate="secrecy", rule="S1", severity="error", path=PAGE, line=5, message="密级标志")
    ]
    found = desk.capture(desk.change)
    assert "gate_failed" in codes(found)
    assert [one.rule for one in found.noticed] == ["S1"]


def test_the_secrecy_scanner_reads_every_commit(desk):
    desk.world.push(WANG, "tax-0042", {"content/units/tax/secret.md": b"leak\n"})
    desk.world.push(WANG, "tax-0042", {"content/units/tax/secret.md": None})
    desk.capture(desk.change)
    read = {gate: {path for path, _ in files} for gate, files in desk.scanned}
    assert read == {"wording": {PAGE}, "secrecy": {PAGE, "content/units/tax/secret.md"}}


def test_what_a_later_commit_hid_fails_a_gate_that_had_passed(desk):
    desk.capture(desk.change)
    desk.world.push(WANG, "tax-0042", {"content/units/tax/secret.md": b"leak\n"})
    desk.world.push(WANG, "tax-0042", {"content/units/tax/secret.md": None})
    desk.findings["secrecy"] = [
        Noticed(gate="secrecy", rule="S1", severity="error", path="x", line=1, message="m")
    ]
    assert "gate_failed" in codes(desk.capture(desk.change))


def test_new_rules_of_a_gate_judge_again(desk):
    desk.capture(desk.change)
    desk.rulesets["wording"] = "w2"
    desk.capture(desk.change)
    rows = [entry.body["gate"] for entry in desk.book().entries if entry.type == "gate"]
    assert [(row["gate"], row["ruleset"]) for row in rows] == [
        ("wording", "w1"),
        ("secrecy", "s1"),
        ("wording", "w2"),
    ]


def test_a_result_is_renewed_before_it_is_too_old(desk):
    desk.capture(desk.change)
    desk.world.tick(4 * 86_400)
    found = desk.capture(desk.change)
    assert "gate_stale" not in codes(found)
    assert kinds(desk).count("gate") == 4


@pytest.mark.parametrize("operation", ["pulls/list-reviews", "repos/list-activities", "graphql"])
def test_a_list_that_was_cut_short_is_an_error(desk, operation):
    desk.fake.faults.append(Fault(operation, 502))
    found = desk.capture(desk.change)
    assert found.verdict["decision"] == "error"
    assert "incomplete_list" in codes(found)
    assert found.faults


def test_files_that_github_hides_are_found_by_git(desk, monkeypatch):
    answers = desk.fake.answers
    desk.world.push(WANG, "tax-0042", {"content/units/tax/b.md": b"b\n"})
    rows = [{**row, "filename": PAGE} for row in answers.files(desk.change)]
    monkeypatch.setattr(answers, "files", lambda _: rows)
    found = desk.capture(desk.change)
    assert "incomplete_list" in codes(found)
    assert "GitHub and git disagree" in " ".join(found.faults)


def test_a_rename_is_a_delete_and_a_put(desk):
    desk.world.push(WANG, "main", {"content/units/tax/old.md": TEXT * 20})
    desk.world.push(
        WANG,
        "move",
        {"content/units/tax/old.md": None, "content/units/tax/new.md": TEXT * 20},
        onto=desk.world.bare.tip("refs/heads/main"),
    )
    found = desk.capture(desk.world.open(WANG, "move"))
    assert [(item["op"], item["path"][-6:]) for item in found.facts["items"]] == [
        ("put", "new.md"),
        ("delete", "old.md"),
    ]
    assert found.facts["complete"]["items"] is True


def test_who_proposed_the_words_that_stand_there_now_is_a_contributor(desk):
    review = desk.world.review(desk.change, CHEN, "COMMENTED")
    line = "11月26日8时至18时停水。"
    review.suggestions.append((CHEN, PAGE, f"```suggestion\n{line}\n```"))
    assert _kinds(desk).keys() == {"wang-tax"}
    desk.world.push(WANG, "tax-0042", {PAGE: TEXT.replace(b"25", b"26")})
    assert _kinds(desk)["chen-tax"] == ["suggester"]


def _kinds(desk):
    found = desk.capture(desk.change, merge=False)
    return {one["account"]["login"]: one["kinds"] for one in found.facts["contributors"]}


@pytest.mark.parametrize(
    ("files", "modes", "code"),
    [
        pytest.param({"content/units/tax/Café.md": b"x\n"}, {}, None, id="a good name"),
        pytest.param({"content/units/tax/Cafe\u0301.md": b"x\n"}, {}, "bad_path", id="not NFC"),
        pytest.param(
            {"content/units/tax/articles/2026/0042.MD": b"x\n"}, {}, "path_twin", id="a twin"
        ),
        pytest.param(
            {"content/units/tax/l.md": b"0042.md"},
            {"content/units/tax/l.md": "120000"},
            "bad_mode",
            id="a link",
        ),
        pytest.param(
            {"content/units/tax/u.md": "停\u202e水\n".encode()}, {}, "invisible_text", id="bidi"
        ),
        pytest.param({"content.bak/x.md": b"x\n"}, {}, "unclassified_path", id="outside"),
    ],
)
def test_what_git_finds_in_the_files_reaches_the_verdict(desk, files, modes, code):
    desk.world.push(WANG, "tax-0042", files, modes=modes)
    found = desk.capture(desk.change)
    assert codes(found) >= ({code} if code else set())
    assert found.verdict["decision"] == ("refuse" if code else "wait")


def test_trunk_moving_under_the_page_is_seen(desk):
    desk.world.push(LI, "main", {PAGE: b"other\n"})
    assert "base_moved" in codes(desk.capture(desk.change))


def test_a_change_of_the_rules_is_told_with_what_it_proposes(desk):
    roles, _ = rules_at(desk.objects, desk.book().state)
    text = roles.data.decode()
    path = "content/governance/roles.yml"
    desk.world.push(WANG, "rules", {path: text.replace("version: 17", "version: 18").encode()})
    change = desk.world.open(WANG, "rules")
    assert desk.capture(change).facts["proposed"]["problems"] == []
    gone = "\n".join(line for line in text.splitlines() if "ap-102" not in line)
    desk.world.push(WANG, "rules", {path: gone.replace("version: 17", "version: 18").encode()})
    proposed = desk.capture(change).facts["proposed"]
    assert proposed["roles_version"] == 18
    assert proposed["problems"] == ["roles_invalid"]


def test_a_head_whose_objects_are_gone_is_refused(desk):
    desk.change.head_gone = True
    found = desk.capture(desk.change)
    assert "head_unknown" in codes(found)


def test_heads_are_fetched_as_data(desk):
    reading = desk.desk().github.read(123)
    assert heads_here(desk.remote, reading) == {desk.change.head_sha: True}
    assert not (desk.folder / PAGE).exists()


def test_a_public_repository_stops_the_gatekeeper(desk):
    _, policy = rules_at(desk.objects, desk.book().state)
    github = desk.desk().github
    stop_if_public(github, policy.policy)
    desk.world.visibility = "public"
    with pytest.raises(ForgeError, match="repository_public"):
        stop_if_public(github, policy.policy)


REQUIRED = {
    "type": "required_status_checks",
    "parameters": {
        "required_status_checks": [{"context": "gongkai review"}],
        "strict_required_status_checks_policy": False,
    },
}


def admitted(desk, *ours):
    """What becomes of what is new on trunk."""
    desk.book()
    desk.objects.said("update-ref", "refs/heads/main", desk.objects.ref(TRUNK))
    return admit(desk.book(), desk.desk().signer, desk.now(), merged_by_us=ours)


def test_the_gatekeepers_own_check_opens_the_way_for_its_merge(desk):
    desk.world.rules = [REQUIRED]
    token = desk.capture(desk.change).token
    assert desk.desk().github.merge(123, desk.change.head_sha, "x").commit is None
    for user, level in ((ZHAO, "L1"), (CHEN, "L2"), (LI, "L3")):
        desk.sign(desk.change, user, level, token)
    found = desk.capture(desk.change)
    assert found.merged
    assert [one.decision for one in admitted(desk, found.merged)] == ["admitted"]


def test_a_check_that_another_workflow_posts_opens_trunk_and_publishes_nothing(desk):
    desk.world.rules = [REQUIRED]
    desk.capture(desk.change)
    forger = desk.desk().github
    forger.post_check(desk.change.head_sha, "success", "可以合并", "x")
    assert forger.merge(123, desk.change.head_sha, "x").commit is not None
    (judged,) = admitted(desk)
    assert (judged.decision, judged.codes) == ("rejected", ("verdict_not_approve",))


def test_an_administrators_push_publishes_nothing(desk):
    desk.world.push(LI, "main", {"content/units/tax/articles/2026/0099.md": TEXT})
    (judged,) = admitted(desk)
    assert judged.decision == "bypass"


def test_no_conclusion_but_an_approval_satisfies_a_required_check():
    satisfying = {"success", "neutral", "skipped"}
    assert {key for key, said in CONCLUSIONS.items() if said in satisfying} == {"approve"}
