"""The machine gates over trunk: real rules, and no excuse that the change brings itself."""

from dataclasses import replace
from datetime import date

import pytest

from generator.gates.registry import GATES
from generator.keeper.capture import capture
from generator.keeper.change import TRUNK
from generator.keeper.machines import machine_gates
from tests.forge.conftest import PAGE, WANG
from tests.support.leaks import numbers, sheets

FAULTY = "---\ntitle: 停水通知\nreviewClass: A\n---\n\n请大家按排好生活用水。\n".encode()
EXCUSE = """rows:
  - {text: 按排, rule: T, reason: 照录原文, by: 王某（示例）, until: 2027-12-31}
""".encode()
ALLOWED = "content/units/tax/wording-allowed.yml"


def gates(desk):
    desk.book()
    return machine_gates(desk.objects, desk.objects.ref(TRUNK), date(2026, 11, 20))


def judged(desk):
    tools = replace(desk.desk(), scanners=gates(desk))
    return capture(tools, desk.change.number, merge=False)


def of_wording(found):
    return [row["result"] for row in found.facts["gates"] if row["gate"] == "wording"][-1]


def test_every_gate_of_the_list_judges_by_trunk(desk):
    found = gates(desk)
    assert [one.gate for one in found] == [gate.name for gate in GATES]
    assert {one.gate for one in found if one.every_commit} <= {"secrecy"}
    assert all(len(one.ruleset) == 64 for one in found)


def test_a_fault_of_wording_fails_the_gate_and_stands_in_the_comment(desk):
    assert of_wording(judged(desk)) == "pass"
    desk.world.push(WANG, "tax-0042", {PAGE: FAULTY})
    found = judged(desk)
    assert of_wording(found) == "fail"
    (noticed,) = [one for one in found.noticed if one.severity == "error"]
    assert (noticed.path, noticed.line, noticed.proposal) == (PAGE, 6, "安排")


def test_an_excuse_in_the_change_itself_excuses_nothing(desk):
    desk.world.push(WANG, "tax-0042", {PAGE: FAULTY, ALLOWED: EXCUSE})
    assert of_wording(judged(desk)) == "fail"


def test_an_excuse_on_trunk_does_and_is_another_rule_set(desk):
    before = {one.gate: one.ruleset for one in gates(desk)}
    desk.world.push(WANG, "main", {ALLOWED: EXCUSE})
    desk.world.push(WANG, "tax-0042", {PAGE: FAULTY})
    assert of_wording(judged(desk)) == "pass"
    assert before["wording"] != {one.gate: one.ruleset for one in gates(desk)}["wording"]


@pytest.mark.parametrize(
    ("name", "leak"),
    [
        pytest.param("secret.md", f"号码{numbers.A}\n".encode(), id="79"),
        pytest.param("list.xlsx", sheets.hidden_sheet(), id="79 in a workbook"),
    ],
)
def test_what_one_commit_added_and_the_next_took_back_fails_the_gate(desk, name, leak):
    path = f"content/units/tax/articles/2026/{name}"
    desk.world.push(WANG, "tax-0042", {path: leak})
    desk.world.push(WANG, "tax-0042", {path: None})
    found = judged(desk)
    assert [row["result"] for row in found.facts["gates"] if row["gate"] == "secrecy"] == ["fail"]
    assert ("N1", path) in {(one.rule, one.path) for one in found.noticed}
