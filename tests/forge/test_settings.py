"""The settings of GitHub, by their effect; and the file that tells GitHub whom to ask."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import gongkai
from generator.forge.settings import LEDGER_RULES, TRUNK_RULES, audit
from generator.review.codeowners import codeowners
from generator.review.instants import instant
from generator.review.policy import read_policy
from generator.review.roles import read_roles
from tests.forge.fake.server import TOKEN, Fault

BASE = Path(__file__).parents[1] / "cases/review/base"
CHECK = {"context": "gongkai review"}


def trunk(**changes):
    pull = {
        "allowed_merge_methods": ["squash"],
        "dismiss_stale_reviews_on_push": False,
        "require_code_owner_review": False,
        "require_last_push_approval": False,
        "required_approving_review_count": 0,
        "required_review_thread_resolution": False,
    } | changes
    checks = {"required_status_checks": [CHECK], "strict_required_status_checks_policy": False}
    rules = [
        {"type": "pull_request", "parameters": pull},
        {"type": "required_status_checks", "parameters": checks},
        {"type": "deletion"},
        {"type": "non_fast_forward"},
    ]
    return [{**rule, "ruleset_id": 1} for rule in rules]


def ledger():
    return [{"type": kind, "ruleset_id": 2} for kind in ("update", "deletion", "non_fast_forward")]


RULESETS = {1: {"bypass_actors": []}, 2: {"bypass_actors": [{"actor_type": "DeployKey"}]}}


def said(rules_of_trunk, rules_of_ledger, rulesets):
    rules = {"main": rules_of_trunk, "ledger": rules_of_ledger}
    return [one.says for one in audit(rules, rulesets, "main", "ledger")]


def test_whole_settings_have_no_fault():
    assert said(trunk(), ledger(), RULESETS) == []


def test_a_ruleset_that_names_no_branch_has_no_effect():
    found = said([], [], {})
    assert len(found) == len(TRUNK_RULES) + len(LEDGER_RULES)


@pytest.mark.parametrize("kind", ["pull_request", "required_status_checks", "deletion"])
def test_a_rule_that_is_missing_is_told(kind):
    rules = [rule for rule in trunk() if rule["type"] != kind]
    wanted = [one.says for one in TRUNK_RULES if one.type == kind]
    assert said(rules, ledger(), RULESETS) == wanted


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"allowed_merge_methods": ["merge", "squash"]}, "squash"),
        ({"dismiss_stale_reviews_on_push": True}, "驳回旧的批准"),
    ],
)
def test_a_rule_of_other_parameters_is_told(changes, word):
    (found,) = said(trunk(**changes), ledger(), RULESETS)
    assert word in found


def test_another_check_is_not_ours():
    rules = trunk()
    rules[1]["parameters"]["required_status_checks"] = [{"context": "gongkai"}]
    (found,) = said(rules, ledger(), RULESETS)
    assert "gongkai review" in found


def test_a_merge_queue_is_told():
    assert "合并队列" in said([*trunk(), {"type": "merge_queue"}], ledger(), RULESETS)[0]


def test_who_may_pass_the_rules_by_is_told():
    rulesets = {
        1: {"bypass_actors": [{"actor_type": "DeployKey"}]},
        2: {"bypass_actors": [{"actor_type": "DeployKey"}, {"actor_type": "OrganizationAdmin"}]},
    }
    assert said(trunk(), ledger(), rulesets) == [
        "规则集 1 允许 DeployKey 绕过，请去掉",
        "规则集 2 允许 OrganizationAdmin 绕过，请去掉",
    ]


def test_what_the_token_cannot_see_is_doubtful():
    rules = {"main": trunk(), "ledger": ledger()}
    found = audit(rules, {1: None, 2: {"id": 2}}, "main", "ledger")
    assert [one.certain for one in found] == [False, False]


@pytest.fixture
def run(forge, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)

    def run(*words):
        at = ["--repository", "city/site", "--api", forge.fake.url]
        return CliRunner().invoke(gongkai, ["forge", "settings", *words, *at])

    return run


def test_the_verb_lists_what_should_be(run):
    done = run()
    assert done.exit_code == 0
    assert all(one.says in done.stdout for one in (*TRUNK_RULES, *LEDGER_RULES))


def test_the_verb_audits_what_is_in_force(forge, run):
    forge.world.rules = trunk()
    forge.world.rulesets = {1: {"id": 1, "name": "trunk", "enforcement": "active"}}
    done = run("--audit")
    assert done.exit_code == 1
    assert "缺 ledger：不许强制推送" in done.stdout
    assert "缺 main" not in done.stdout


def test_rules_that_cannot_be_read_are_no_approval(forge, run):
    forge.fake.faults.append(Fault("repos/get-branch-rules", 403))
    assert run("--audit").exit_code == 4


# owners -----------------------------------------------------------------------------------------


def owners(roles=None, at="2026-11-20T09:00:00+08:00"):
    text = (BASE / "roles.yml").read_text("utf-8") if roles is None else roles
    read, wrong = read_roles(text.encode())
    assert not wrong
    policy, _ = read_policy((BASE / "policy.yml").read_bytes())
    return codeowners(read, policy, instant(at)).splitlines()[2:]


def test_the_reviewers_of_a_unit_own_its_folder():
    assert owners() == ["/content/units/tax/ @chen-tax @li-tax @zhao-tax"]


def test_an_appointment_counts_from_its_first_day_to_its_last():
    assert owners(at="2025-12-31T23:59:59+08:00") == []
    assert owners(at="2026-01-01T00:00:00+08:00") != []
    text = (BASE / "roles.yml").read_text("utf-8")
    ended = text.replace(
        'role: section_reviewer, unit: tax, from: "2026-01-01", to: null',
        'role: section_reviewer, unit: tax, from: "2026-01-01", to: "2026-11-20"',
    )
    assert ended != text
    assert owners(ended) == ["/content/units/tax/ @chen-tax @li-tax"]


def test_the_verb_writes_the_file_and_notices_when_it_is_old(tmp_path):
    for name in ("content/governance", "schemas", ".github"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("roles.yml", "policy.yml"):
        data = (BASE / name).read_bytes()
        (tmp_path / "content/governance" / name).write_bytes(data)
    words = ["forge", "codeowners", "--root", str(tmp_path)]
    assert CliRunner().invoke(gongkai, [*words, "--check"]).exit_code == 1
    assert CliRunner().invoke(gongkai, words).exit_code == 0
    assert CliRunner().invoke(gongkai, [*words, "--check"]).exit_code == 0
    (tmp_path / ".github/CODEOWNERS").write_text("* @x\n", "utf-8")
    assert CliRunner().invoke(gongkai, [*words, "--check"]).exit_code == 1
