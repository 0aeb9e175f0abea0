"""What a change of the governance files may not do to the files before it."""

import pytest

from generator.review.policy import read_policy
from generator.review.proposal import proposal
from generator.review.roles import read_roles
from tests.support.review import base

ROLES, POLICY = base("roles.yml"), base("policy.yml")
RECORDED = {"ap-101", "ap-102", "ap-103", "ap-104"}


def proposed(new_roles=ROLES, new_policy=POLICY, recorded=RECORDED):
    return proposal(
        roles=ROLES,
        policy=POLICY,
        new_roles=new_roles,
        new_policy=new_policy,
        recorded=recorded,
    )


def changed(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode())


def test_nothing_changed():
    assert proposed() == {"roles_version": 17, "policy_version": 9, "problems": []}


def test_newer_files():
    roles = changed(ROLES, "version: 17", "version: 18")
    policy = changed(POLICY, "version: 9", "version: 10")
    assert proposed(roles, policy) == {"roles_version": 18, "policy_version": 10, "problems": []}


AP_102 = (
    "  - {id: ap-102, person: p-0011, role: section_reviewer, unit: tax,"
    ' from: "2026-01-01", to: null, basis: 税办〔2026〕3号}\n'
)


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        pytest.param('role: section_reviewer, unit: tax, from: "2026-01-01", to: null',
                     'role: section_reviewer, unit: tax, from: "2026-01-01", to: "2026-12-01"',
                     [], id="the end of a term"),
        pytest.param('role: section_reviewer, unit: tax, from: "2026-01-01"',
                     'role: section_reviewer, unit: tax, from: "2025-01-01"',
                     ["roles_invalid"], id="the begin of a recorded term"),
        pytest.param(AP_102, "", ["roles_invalid"], id="a recorded row dropped"),
        pytest.param("basis: 税办〔2026〕3号}", "basis: 税办〔2026〕4号}",
                     ["roles_invalid"], id="a basis"),
        pytest.param("{id: tax, name: 市税务局, parent: portal}",
                     "{id: rates, name: 税, parent: null}",
                     ["roles_invalid"], id="a unit renamed, rows lead nowhere"),
        pytest.param("name: 赵某（示例）", "name: 赵某某（示例）", [], id="a person's name"),
        pytest.param("version: 17", "version: no", ["roles_invalid"], id="no version"),
    ],
)  # fmt: skip
def test_roles(old, new, problems):
    assert proposed(changed(ROLES, old, new))["problems"] == problems


def test_a_row_nobody_recorded_may_go():
    assert proposed(changed(ROLES, AP_102, ""), recorded=RECORDED - {"ap-102"})["problems"] == []


def test_a_person_is_never_deleted():
    without = "\n".join(
        line for line in ROLES.decode().split("\n") if "p-0007" not in line
    ).encode()
    assert read_roles(without)[0] is not None
    assert proposed(without, recorded=set())["problems"] == ["roles_invalid"]


def test_a_unit_is_never_deleted():
    with_unit = changed(ROLES, "units:\n", "units:\n  - {id: old, name: 旧, parent: null}\n")
    found = proposal(
        roles=with_unit, policy=POLICY, new_roles=ROLES, new_policy=POLICY, recorded=set()
    )
    assert found["problems"] == ["roles_invalid"]


def test_an_account_does_not_change_hands():
    moved = changed(ROLES, '{forge: github, id: "5550011", login: zhao-tax}', "")
    moved = changed(
        moved,
        '{forge: github, id: "5550020", login: chen-tax}',
        '{forge: github, id: "5550020", login: chen-tax}, {forge: github, id: "5550011", login: a}',
    )
    assert read_roles(moved)[0] is not None
    assert proposed(moved)["problems"] == ["roles_invalid"]


def test_an_account_may_be_given_up():
    assert (
        proposed(changed(ROLES, '{forge: github, id: "5550011", login: zhao-tax}', ""))["problems"]
        == []
    )


def test_a_deleted_file():
    assert proposed(None, None) == {
        "roles_version": 0,
        "policy_version": 0,
        "problems": ["policy_unreadable", "roles_invalid"],
    }


def test_the_repository_keeps_its_name():
    renamed = changed(POLICY, "repository: gongkai-city", "repository: gongkai-county")
    assert proposed(new_policy=renamed)["problems"] == ["policy_unreadable"]


def test_an_unreadable_file_before_it():
    """The first good file after a broken one is judged by itself."""
    found = proposal(roles=b"", policy=b"", new_roles=ROLES, new_policy=POLICY, recorded=RECORDED)
    assert found["problems"] == []


def test_the_sample_is_valid_under_the_gate(root):
    folder = root / "content" / "governance"
    roles, faults = read_roles((folder / "roles.yml").read_bytes())
    policy, wrong = read_policy((folder / "policy.yml").read_bytes())
    assert (faults, wrong) == ((), ())
    assert policy.platform_unit in roles.units
