"""`evaluate` as a function: what its arguments may be, and what it costs."""

import json
import sys

import pytest

from generator.review.asked import asked_of
from generator.review.evaluate import evaluate
from generator.review.facts import parse_facts
from generator.review.policy import read_policy
from generator.review.roles import read_roles
from generator.review.telling import Telling
from generator.review.verdict import verdict_bytes
from tests.support.review import NOW, base, patched
from tests.support.timing import seconds

FACTS, ROLES, POLICY = base("facts.json"), base("roles.yml"), base("policy.yml")


def test_facts_as_bytes_or_read():
    assert evaluate(FACTS, ROLES, POLICY, NOW) == evaluate(json.loads(FACTS), ROLES, POLICY, NOW)


def test_now_is_ours():
    with pytest.raises(ValueError, match="RFC 3339"):
        evaluate(FACTS, ROLES, POLICY, "2026-11-20")


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"v": object()}, id="no JSON value"),
        pytest.param({1: 2}, id="a key that is no text"),
        pytest.param(b"[" * 100_000, id="too deep"),
        pytest.param(b"\xff", id="no UTF-8"),
        pytest.param(FACTS.decode().encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xef\xbb\xbf" + FACTS, id="a byte order mark"),
        pytest.param(b'{"v": 1e999}', id="no finite number"),
        pytest.param(b'{"v": ' + b"9" * 5000 + b"}", id="a number of 5,000 digits"),
    ],
)
def test_facts_that_are_none(facts):
    verdict = evaluate(facts, ROLES, POLICY, NOW)
    assert verdict["decision"] == "error"
    assert [reason["code"] for reason in verdict["reasons"]] == ["facts_invalid"]
    assert verdict_bytes(verdict) == verdict_bytes(evaluate(facts, ROLES, POLICY, NOW))


def test_facts_of_a_wrong_shape_are_digested_without_their_order():
    one, other = b'{"x": [1, 2], "y": 0}', b'{"y": 0, "x": [2, 1]}'
    digests = {evaluate(facts, ROLES, POLICY, NOW)["inputs_digest"] for facts in (one, other)}
    assert len(digests) == 1


def test_the_digest_is_of_all_inputs_but_now():
    digests = [
        evaluate(FACTS, ROLES, POLICY, NOW)["inputs_digest"],
        evaluate(patched(json.loads(FACTS), {"set": {"draft": True}}), ROLES, POLICY, NOW)[
            "inputs_digest"
        ],
        evaluate(FACTS, ROLES + b"\n", POLICY, NOW)["inputs_digest"],
        evaluate(FACTS, ROLES, POLICY + b"\n", NOW)["inputs_digest"],
    ]
    assert len(set(digests)) == 4


def test_nobody_is_asked_where_nothing_can_be_judged():
    facts, _ = parse_facts(patched(json.loads(FACTS), {"set": {"items": []}}))
    roles, policy = read_roles(ROLES)[0], read_policy(POLICY)[0]
    verdict = evaluate(facts.data, ROLES, POLICY, NOW)
    assert asked_of(verdict, facts, roles, policy, 0) == {}


def test_who_is_asked():
    """Not who is absent, who filled a level, who wrote it, or who placed the hold."""
    away = 'absences: [{id: ab-1, person: p-0020, from: "2026-11-19", to: null, reason: 公出}]'
    text = ROLES.decode().replace("absences: []", away)
    roles = read_roles(text.encode())[0]
    facts, _ = parse_facts(patched(json.loads(FACTS), {"set": {"acts": []}}))
    verdict = evaluate(facts.data, text.encode(), POLICY, NOW)
    at = 1_795_147_200_000_000
    asked = asked_of(verdict, facts, roles, read_policy(POLICY)[0], at)
    assert asked == {"L1": ["p-0011"], "L2": [], "L3": ["p-0031"]}


def test_a_verdict_told_without_roles():
    told = Telling().text(evaluate(FACTS, ROLES, POLICY, NOW))
    assert "单位：tax\n" in told
    assert "  供稿科室：p-0011 已审，2026-11-20T09:00:00+08:00，平台记录\n" in told


def test_a_time_at_the_edge_of_the_calendar_is_told_as_written():
    verdict = evaluate(FACTS, ROLES, POLICY, NOW)
    verdict["levels"]["L1"]["at"] = "0001-01-01T00:00:00+23:59"
    told = Telling(zone="Asia/Shanghai").text(verdict)
    assert "p-0011 已审，0001-01-01T00:00:00+23:59，" in told


def test_fifty_files_in_fifty_milliseconds(root):
    """With the sample city's own rules read anew each time; the best of five, on a busy machine."""
    folder = root / "content" / "governance"
    roles, policy = (folder / "roles.yml").read_bytes(), (folder / "policy.yml").read_bytes()
    facts = json.loads(FACTS)
    (item,) = facts["items"]
    facts["items"] = [item | {"path": f"content/units/gaj/a{number}.md"} for number in range(50)]
    told = json.dumps(facts).encode()

    def once() -> None:
        read_roles.cache_clear()
        read_policy.cache_clear()
        verdict_bytes(evaluate(told, roles, policy, NOW))

    once()
    most = 0.05 if sys.gettrace() is None else 0.2  # a measure of coverage counts every line
    assert seconds(once, runs=5) < most
