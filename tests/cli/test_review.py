"""`gongkai review evaluate`: exit codes by the contract, JSON for programs, Chinese for people."""

import json

import pytest
from click.testing import CliRunner

from generator.cli import gongkai
from generator.review.verdict import verdict_bytes
from tests.support.review import CASES, NOW, base, patched

BASE = CASES / "base"


@pytest.fixture
def review(tmp_path):
    """Runs the command on the base with the facts patched, or with other arguments."""

    def run(*flags, change=None, now=NOW, **files):
        path = tmp_path / "facts.json"
        given = patched(json.loads(base("facts.json")), change or {})
        path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
        names = {"facts": path, "roles": BASE / "roles.yml", "policy": BASE / "policy.yml"} | files
        words = [word for key, file in names.items() for word in (f"--{key}", str(file))]
        return CliRunner().invoke(gongkai, ["review", "evaluate", *words, "--now", now, *flags])

    return run


@pytest.mark.parametrize(
    ("facts", "code", "decision"),
    [
        pytest.param({}, 0, "approve", id="approve"),
        pytest.param({"drop": ["acts/r3"]}, 1, "wait", id="wait"),
        pytest.param({"set": {"draft": True}}, 3, "refuse", id="refuse"),
        pytest.param({"set": {"complete/acts": False}}, 4, "error", id="error"),
        pytest.param({"set": {"more": 1}}, 4, "error", id="facts of a wrong shape"),
    ],
)
def test_exit_codes(review, facts, code, decision):
    found = review("--json", change=facts)
    assert (found.exit_code, json.loads(found.stdout)["decision"]) == (code, decision)
    assert found.stdout_bytes == verdict_bytes(json.loads(found.stdout)) + b"\n"
    told = review(change=facts)
    assert told.exit_code == code


@pytest.mark.parametrize("key", ["facts", "roles", "policy"])
def test_a_file_that_is_wrong_is_an_error_with_a_verdict(review, tmp_path, key):
    wrong = tmp_path / "wrong"
    wrong.write_bytes(b"\xff\x00")
    found = review("--json", **{key: wrong})
    assert found.exit_code == 4
    code = {"facts": "facts_invalid", "roles": "roles_invalid", "policy": "policy_unreadable"}[key]
    assert code in [reason["code"] for reason in json.loads(found.stdout)["reasons"]]
    told = review(**{key: wrong})
    assert told.exit_code == 4
    assert "结论：无法判定" in told.stdout


@pytest.mark.parametrize("key", ["facts", "roles", "policy"])
def test_a_missing_file_is_a_fault_of_usage(review, tmp_path, key):
    assert review(**{key: tmp_path / "none"}).exit_code == 2
    assert review(**{key: tmp_path}).exit_code == 2


def test_bad_flags(review):
    assert review(now="2026-11-20 12:00").exit_code == 2
    assert review(now="gestern").exit_code == 2
    assert review("--yaml").exit_code == 2
    assert CliRunner().invoke(gongkai, ["review", "evaluate"]).exit_code == 2
    assert CliRunner().invoke(gongkai, ["review", "judge"]).exit_code == 2


def test_a_crash_of_ours_is_an_error_and_no_refusal(review, monkeypatch):
    def crash(*_):
        raise RuntimeError("ours")

    monkeypatch.setattr("generator.review.evaluate.evaluate", crash)
    found = review()
    assert found.exit_code == 4
    assert "程序出错" in found.stderr


APPROVED = """\
结论：可以合并发布
修改：github:123
类别：内容
单位：市税务局（tax）
等级：A
内容摘要：7c024bcaf498a7eabaa85f7f5b92bd2a09d0a0816deb353bf820c17eb9b77ba7

各级审核
  供稿科室：赵某（示例）（p-0011）已审，2026-11-20 09:00，平台记录
  信息员：陈某（示例）（p-0020）已审，2026-11-20 10:00，口令确认
  信息主管：李某（示例）（p-0031）已审，2026-11-20 11:00，口令确认

各道关口
  政治关：通过（没有机器检查，李某（示例）（p-0031）于 2026-11-20 11:00 确认）
  法律关：通过（没有机器检查，陈某（示例）（p-0020）于 2026-11-20 10:00 确认）
  文字关：通过（机器检查通过，陈某（示例）（p-0020）于 2026-11-20 10:00 确认）
  保密审查：通过（机器检查通过，李某（示例）（p-0031）于 2026-11-20 11:00 确认）
"""


def test_an_approval_told(review):
    assert review().stdout == APPROVED


def test_who_is_next(review):
    told = review(change={"drop": ["acts/r2", "acts/r3"]}).stdout
    assert "结论：等待审核\n" in told
    assert "  信息员：还没有人审核\n" in told
    assert "  下一个：信息员——陈某（示例）（p-0020）\n  然后：信息主管\n" in told
    assert "  法律关：还没有完成（没有机器检查，没有人确认）\n" in told
    assert "  · 信息员一级还没有人审核〔level_missing〕\n    下一步：请信息员审核" in told


def test_nobody_left_to_ask(review):
    author = {"forge": "github", "id": "5550020", "login": "chen-tax", "type": "user"}
    told = review(change={"set": {"contributors/0/account": author}}).stdout
    assert "  下一个：信息员——现在没有人能审，请制度管理员核对任职\n" in told


def test_an_objection_told(review):
    objection = {"like": "r2", "id": "r4", "state": "object", "seq": 504, "body": ""}
    objection["at"] = "2026-11-20T10:30:00+08:00"
    told = review(change={"add": {"acts": [objection]}}).stdout
    assert "\n异议\n  陈某（示例）（p-0020）（r4）：没有解决\n" in told
    assert "请提交人修改后请 陈某（示例）（p-0020）重新同意或者撤回异议" in told


def test_authorship_and_delegation_told(review, tmp_path):
    policy = tmp_path / "policy.yml"
    authorship = b"authorship_counts: [information_officer]"
    policy.write_bytes(base("policy.yml").replace(b"authorship_counts: []", authorship))
    roles = tmp_path / "roles.yml"
    row = (
        "delegations: [{id: de-4, from_person: p-0031, to_person: p-0032, unit: tax, rank: 30,"
        ' role: information_supervisor, max_class: A, from: "2026-11-10", to: "2026-11-30",'
        " basis: 税办〔2026〕41号}]"
    )
    delegate = (
        "  - {id: p-0032, name: 周某（示例）, keys: [],"
        ' accounts: [{forge: github, id: "5550032", login: z}]}\n'
    )
    text = base("roles.yml").decode().replace("delegations: []", row)
    roles.write_text(text.replace("units:\n", delegate + "units:\n", 1), "utf-8")
    author = {"forge": "github", "id": "5550020", "login": "chen-tax", "type": "user"}
    facts = {
        "drop": ["acts/r2"],
        "set": {
            "contributors/0/account": author,
            "ledger/recorded/de-4": 13,
            "acts/r3/account": {"forge": "github", "id": "5550032", "login": "z", "type": "user"},
        },
    }
    told = review(change=facts, policy=policy, roles=roles).stdout
    assert "  信息员：陈某（示例）（p-0020）本人撰稿，算作审核\n" in told
    assert "周某（示例）（p-0032）已审，2026-11-20 11:00，口令确认，受托（de-4）\n" in told


def test_a_time_at_the_edge_of_the_calendar(review):
    at = "0001-01-01T00:00:00+23:59"
    told = review(change={"set": {"acts/r1/at": at}})
    assert told.exit_code == 1
    assert "Traceback" not in told.output
