"""The laws of the gate, over changes that Hypothesis makes up around S0.

Most parts of a made-up change are good, so that approvals and near approvals come often.
"""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta
from itertools import pairwise

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.review.evaluate import evaluate, identify
from generator.review.facts import parse_facts
from generator.review.policy import read_policy
from generator.review.roles import read_roles
from generator.review.verdict import verdict_bytes
from tests.support.review import BASE_SUBJECT, NOW, base

TOKEN = "7f3a-9c01-22be-04d1"
OTHER = "1" * 64
LOOK = settings(max_examples=150, suppress_health_check=list(HealthCheck))
DAY = datetime.fromisoformat("2026-11-20T08:00:00+08:00")
CONTRIBUTOR, BOT = "5550007", "41898282"

# Beside the four of S0: a second reviewer and officer, a delegate, a reviewer who is also an
# officer, one from above, one whose term ended, one recorded late, one of another unit.
PEOPLE = {
    "5550007": "p-0007", "5550011": "p-0011", "5550012": "p-0012", "5550020": "p-0020",
    "5550021": "p-0021", "5550022": "p-0022", "5550031": "p-0031", "5550032": "p-0032",
    "5550040": "p-0040", "5550050": "p-0050", "5550060": "p-0060", "5550070": "p-0070",
}  # fmt: skip
ROWS = {
    "ap-201": ("p-0012", "section_reviewer", "tax"),
    "ap-202": ("p-0021", "information_officer", "tax"),
    "ap-203": ("p-0022", "section_reviewer", "tax"),
    "ap-204": ("p-0022", "information_officer", "tax"),
    "ap-205": ("p-0032", "section_reviewer", "tax"),
    "ap-206": ("p-0040", "duty_officer", "portal"),
    "ap-207": ("p-0050", "secrecy_officer", "portal"),
    "ap-208": ("p-0060", "information_officer", "tax"),
    "ap-209": ("p-0070", "section_reviewer", "portal"),
}


def _roles() -> bytes:
    data = json.loads(json.dumps(yaml.safe_load(base("roles.yml"))))
    for account, person in PEOPLE.items():
        if person not in {one["id"] for one in data["people"]}:
            row = {"forge": "github", "id": account, "login": f"u{account}"}
            data["people"].append({"id": person, "name": "某", "accounts": [row], "keys": []})
    for name, (person, role, unit) in ROWS.items():
        data["appointments"].append(
            {
                "id": name,
                "person": person,
                "role": role,
                "unit": unit,
                "from": "2026-01-01",
                "to": "2026-11-20" if name == "ap-208" else None,
                "basis": "x",
            }
        )
    data["delegations"].append(
        {
            "id": "de-1",
            "from_person": "p-0031",
            "to_person": "p-0032",
            "role": "information_supervisor",
            "unit": "tax",
            "rank": 40,
            "max_class": "B",
            "from": "2026-11-10",
            "to": "2026-11-30",
            "basis": "x",
        }
    )
    return json.dumps(data, ensure_ascii=False).encode()


ROLES = _roles()
POLICY = base("policy.yml")
AUTHORSHIP = POLICY.replace(b"authorship_counts: []", b"authorship_counts: [information_officer]")
POLICIES = st.sampled_from([POLICY, POLICY, AUTHORSHIP])
CHECKS = ("Z1", "Z2", "Z3", "F1", "F2", "W1", "W2", "M1", "M2")
TICKS = "\n".join(f"- [x] {name}" for name in CHECKS)
BODIES = st.sampled_from(
    [
        "",
        f"同意 {TOKEN}",
        f"签发 {TOKEN}",
        f"同意 {TOKEN}\n{TICKS}",
        f"签发 {TOKEN}\n{TICKS}",
        f"审查 {TOKEN}\n{TICKS}",
        f"不采纳 {TOKEN} 已核对",
        f"豁免 文字关 {TOKEN} 误报",
        "撤回异议",
        "同意",
    ]
)


def times(start: int = 0, end: int = 240) -> st.SearchStrategy[str]:
    return st.integers(start // 10, end // 10).map(
        lambda tens: (DAY + timedelta(minutes=10 * tens)).isoformat()
    )


def account(number: str, kind: str = "user") -> dict:
    return {"forge": "github", "id": number, "login": f"u{number}", "type": kind}


@st.composite
def acts(draw, name: str) -> dict:
    number = draw(st.sampled_from(sorted(PEOPLE)))
    at = draw(times(30))
    dismissed = draw(st.sampled_from([None] * 8 + [{"by": account("5550007"), "at": at}]))
    return {
        "id": name,
        "account": draw(st.sampled_from([account(number)] * 12 + [None, account(number, "bot")])),
        "state": draw(st.sampled_from(["approve"] * 6 + ["comment"] * 2 + ["object"])),
        "at": at,
        "seq": draw(st.none() | st.integers(500, 515)),
        "via": draw(st.sampled_from(["event"] * 4 + ["poll"])),
        "head_subject": draw(st.sampled_from([BASE_SUBJECT] * 6 + [OTHER, None])),
        "body": draw(BODIES),
        "edited": draw(st.sampled_from([False] * 8 + [True])),
        "dismissed": dismissed,
        "signature": None,
    }


@st.composite
def results(draw) -> dict:
    return {
        "gate": draw(st.sampled_from(["political", "wording", "secrecy"])),
        "subject": draw(st.sampled_from([BASE_SUBJECT] * 5 + [OTHER])),
        "result": draw(st.sampled_from(["pass"] * 4 + ["fail"])),
        "tool": "t",
        "ruleset": draw(st.sampled_from(["w1", "s1", "p1"])),
        "at": draw(times()),
        "escalate_to": None,
    }


@st.composite
def changes(draw) -> dict:
    """Facts around S0: its own acts, perhaps without one, and some more."""
    facts = json.loads(base("facts.json"))
    for act in facts["acts"]:
        act["body"] = act["body"] and act["body"].split("\n")[0] + "\n" + TICKS
    keep = draw(st.sets(st.sampled_from(["r1", "r2", "r3"]), min_size=1))
    if draw(st.booleans()):
        keep = {"r1", "r2", "r3"}
    facts["acts"] = [act for act in facts["acts"] if act["id"] in keep]
    facts["acts"] += [draw(acts(f"x{index}")) for index in range(draw(st.integers(0, 5)))]
    facts["gates"] += draw(st.lists(results(), max_size=3))
    facts["rulesets"]["political"] = "p1"
    facts["ledger"]["recorded"] |= dict.fromkeys([*ROWS, "de-1"], 12)
    facts["ledger"]["recorded"]["ap-202"] = draw(st.sampled_from([12, 506]))
    if draw(st.booleans()):
        facts["contributors"][0]["account"] = account(draw(st.sampled_from(sorted(PEOPLE))))
    return facts


def verdict_on(facts: dict, policy: bytes = POLICY, now: str = NOW) -> dict:
    return evaluate(json.dumps(facts).encode(), ROLES, policy, now)


def without(facts: dict, key: str, index: int) -> dict:
    return {**facts, key: [row for at, row in enumerate(facts[key]) if at != index]}


def test_the_strategies_reach_every_decision():
    """A law over changes that are never approved would say nothing."""
    seen: dict[str, int] = {}

    @LOOK
    @given(changes(), POLICIES)
    def look(facts, policy):
        decision = verdict_on(facts, policy)["decision"]
        seen[decision] = seen.get(decision, 0) + 1

    look()
    assert seen["approve"] > 10
    assert seen["wait"] > 10
    assert seen["refuse"] > 5


@LOOK
@given(changes(), POLICIES)
def test_removing_an_approval_or_a_passed_gate_never_approves(facts, policy):
    assume(verdict_on(facts, policy)["decision"] != "approve")
    for index, act in enumerate(facts["acts"]):
        if act["state"] == "approve" and act["dismissed"] is None:
            after = verdict_on(without(facts, "acts", index), policy)
            assert after["decision"] != "approve"
    for index, result in enumerate(facts["gates"]):
        if result["result"] == "pass":
            after = verdict_on(without(facts, "gates", index), policy)
            assert after["decision"] != "approve"


VALID = {"5550011": "", "5550012": "", "5550020": "", "5550021": "", "5550022": "", "5550031": ""}


@LOOK
@given(changes(), POLICIES, st.sampled_from(sorted(VALID)), times(30), st.data())
def test_adding_a_valid_approval_never_takes_an_approval_back(facts, policy, number, at, data):
    assume(verdict_on(facts, policy)["decision"] == "approve")
    body = data.draw(st.sampled_from([f"同意 {TOKEN}", f"同意 {TOKEN}\n{TICKS}"]))
    more = {
        "id": data.draw(st.sampled_from(["a0", "z9"])),
        "account": account(number),
        "state": "approve",
        "at": at,
        "seq": data.draw(st.none() | st.integers(507, 519)),
        "via": "poll",
        "head_subject": None,
        "body": body,
        "edited": False,
        "dismissed": None,
        "signature": None,
    }
    after = verdict_on({**facts, "acts": [*facts["acts"], more]}, policy)
    assert after["decision"] == "approve"


@LOOK
@given(changes(), POLICIES, st.sampled_from(sorted(PEOPLE)), times(30))
def test_adding_an_objection_never_approves(facts, policy, number, at):
    before = verdict_on(facts, policy)
    objection = {**json.loads(base("facts.json"))["acts"][0], "id": "o", "state": "object"}
    objection |= {"account": account(number), "at": at, "seq": 516, "body": ""}
    after = verdict_on({**facts, "acts": [*facts["acts"], objection]}, policy)
    if before["decision"] != "approve":
        assert after["decision"] != "approve"


@LOOK
@given(changes(), st.data())
def test_a_flipped_bit_makes_every_bound_act_stale(facts, data):
    facts["acts"] = [act for act in facts["acts"] if act["state"] == "approve"]
    before = verdict_on(facts)
    item = facts["items"][0]
    key = data.draw(st.sampled_from(["git", "sha256", "size", "mode", "path"]))
    if key == "size":
        item["size"] ^= 1 << data.draw(st.integers(0, 20))
    elif key == "path":
        item["path"] = item["path"].replace("0042", "0043")
    else:
        at = data.draw(st.integers(0, len(item[key]) - 1))
        flipped = format(int(item[key][at], 16) ^ 1, "x")
        item[key] = item[key][:at] + flipped + item[key][at + 1 :]
    after = verdict_on(facts)
    assert after["subject"] not in (before["subject"], None)
    assert all(level["by"] != "act" for level in after["levels"].values())
    void = {row["act"] for row in after["reasons"] if row["code"] == "stale_subject"}
    unbound = {row["act"] for row in before["reasons"] if row["code"] == "unbound_act"}
    assert {act["id"] for act in facts["acts"]} <= void | unbound


def shuffled(value, random):
    """The same value with the members of every list in another order."""
    if isinstance(value, dict):
        return {key: shuffled(part, random) for key, part in value.items()}
    if isinstance(value, list):
        rows = [shuffled(part, random) for part in value]
        random.shuffle(rows)
        return rows
    return value


@LOOK
@given(changes(), POLICIES, st.randoms(use_true_random=False))
def test_the_order_of_lists_changes_no_byte(facts, policy, random):
    mixed = shuffled(facts, random)
    assert verdict_bytes(verdict_on(mixed, policy)) == verdict_bytes(verdict_on(facts, policy))


@LOOK
@given(changes(), POLICIES)
def test_renaming_logins_changes_only_login_drift(facts, policy):
    def plain(verdict):
        reasons = [row for row in verdict["reasons"] if row["code"] != "login_drift"]
        return {**verdict, "reasons": reasons, "inputs_digest": ""}

    renamed = copy.deepcopy(facts)
    accounts = [row["account"] for row in renamed["acts"] + renamed["contributors"]]
    for number, row in enumerate(one for one in accounts if one is not None):
        row["login"] = f"renamed-{number}"
    before, after = verdict_on(facts, policy), verdict_on(renamed, policy)
    assert plain(after) == plain(before)
    assert after["inputs_digest"] != before["inputs_digest"]


@LOOK
@given(changes(), POLICIES, st.integers(-300, 20000))
def test_now_matters_only_for_age_and_the_future(facts, policy, minutes):
    later = (datetime.fromisoformat(NOW) + timedelta(minutes=minutes)).isoformat()
    one, other = verdict_on(facts, policy), verdict_on(facts, policy, later)
    assert verdict_on(facts, policy) == one
    ages = {"gate_stale", "future_act"}
    if not any(row["code"] in ages for row in one["reasons"] + other["reasons"]):
        assert verdict_bytes(one) == verdict_bytes(other)
    assert one["inputs_digest"] == other["inputs_digest"]


@LOOK
@given(changes(), POLICIES)
def test_what_an_approval_means(facts, policy):
    verdict = verdict_on(facts, policy)
    assume(verdict["decision"] == "approve")
    levels = [verdict["levels"][name] for name in ("L1", "L2", "L3")]
    persons = [level["person"] for level in levels]
    contributors = {PEOPLE.get(row["account"]["id"]) for row in facts["contributors"]}
    assert len(set(persons)) == 3
    authored = levels[1]["by"] == "authorship"
    assert authored == (persons[1] in contributors)
    assert not {persons[0], persons[2]} & contributors
    by_id = {act["id"]: act for act in facts["acts"]}
    chosen = [by_id[level["act"]] for level in levels if level["by"] == "act"]
    for one, other in pairwise(chosen):
        earlier, later = (datetime.fromisoformat(act["at"]) for act in (one, other))
        assert earlier < later or (earlier == later and one["seq"] < other["seq"])
    signed = datetime.fromisoformat(levels[2]["at"])
    for gate in verdict["gates"].values():
        assert gate["state"] == "passed"
        assert datetime.fromisoformat(gate["attestation"]["at"]) <= signed
    assert all(row["severity"] in ("void", "note") for row in verdict["reasons"])


def test_identify_names_the_change():
    """`identify` gives the subject that the forge and the ledger put into the facts."""
    facts, _ = parse_facts(json.loads(base("facts.json")))
    found = identify(facts, read_roles(ROLES)[0], read_policy(POLICY)[0])
    assert (found.subject, found.kind, found.unit) == (BASE_SUBJECT, "content", "tax")
    assert found.review_class == "A"
