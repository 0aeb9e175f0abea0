"""People, their appointments and delegations, at the edges of their terms."""

import json

import pytest

from generator.rules.appointments import (
    information_officers_missing,
    supervisor_missing,
    supervisor_of_low_rank,
    too_many_information_officers,
    two_supervisors,
)
from generator.rules.delegations import (
    delegated_by_a_delegate,
    delegated_to_a_contributor,
    delegated_too_long,
    delegation_of_low_rank,
    delegation_without_the_role,
)
from generator.rules.people import (
    account_twice,
    id_twice,
    key_twice,
    path_of_two_units,
    term_without_a_day,
    unknown_person,
    unknown_unit,
)

IDENTITY = (
    id_twice,
    account_twice,
    key_twice,
    unknown_person,
    unknown_unit,
    term_without_a_day,
    path_of_two_units,
)
DELEGATED = (
    delegated_too_long,
    delegated_by_a_delegate,
    delegation_of_low_rank,
    delegated_to_a_contributor,
    delegation_without_the_role,
)
ROLES = """
    # content/governance/roles.yml
    people: {people}
    units: {units}
    appointments: {appointments}
    absences: {absences}
    delegations: {delegations}
"""


def person(number, account=None, key=None):
    """A person whose account and key are their own, unless told otherwise."""
    mark = f"{key or number}"
    return {
        "id": f"p-000{number}",
        "name": "王某（示例）",
        "accounts": [{"forge": "github", "id": account or number, "login": f"user-{number}"}],
        "keys": [
            {"fingerprint": "SHA256:" + mark.rjust(43, "A"), "public": f"ssh-ed25519 AAAA{number}"}
        ],
    }


def term(who, role, start, end=None, rank=40):
    """An appointment in the unit north; its id is made of what it says."""
    digits = f"{who}{start}{end or ''}".replace("-", "")
    row = {"id": f"ap-{digits}", "person": f"p-000{who}", "role": role}
    row |= {"unit": "north", "rank": rank}
    return row | {"from": start, "to": end, "basis": "示例〔2026〕1号"}


def handed(giver, taker, start, end, rank=30):
    """A delegation of the supervisor of north."""
    row = {"id": f"de-{giver}{taker}", "from_person": f"p-000{giver}", "to_person": f"p-000{taker}"}
    row |= {"role": SUPERVISOR, "unit": "north", "rank": rank, "max_class": "A"}
    return row | {"from": start, "to": end, "basis": "示例〔2026〕2号"}


SUPERVISOR, OFFICER = "information_supervisor", "information_officer"
NORTH = {"id": "north", "name": "北局", "parent": None}


def roles(corpus_of, **given):
    """A corpus of one roles file: three persons and one unit, unless told otherwise."""
    values = {
        "people": [person(number) for number in "123"],
        "units": [NORTH],
        "appointments": [],
        "absences": [],
        "delegations": [],
    }
    return corpus_of(
        ROLES.format(**{key: json.dumps(row) for key, row in (values | given).items()})
    )


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        pytest.param({}, [], id="nothing wrong"),
        pytest.param({"units": [NORTH, NORTH]}, ["ROL-001"], id="an id twice"),
        pytest.param(
            {
                "appointments": [term("1", "contributor", "2026-01-01") | {"id": "de-12"}],
                "delegations": [handed("1", "2", "2026-03-01", "2026-03-10")],
            },
            ["ROL-001"],
            id="an id of an appointment and a delegation",
        ),
        pytest.param({"people": [person("1"), person("2", "1")]}, ["ROL-002"], id="account"),
        pytest.param({"people": [person("1"), person("2", key="1")]}, ["ROL-003"], id="key"),
        pytest.param(
            {"appointments": [term("9", "contributor", "2026-01-01")]}, ["ROL-004"], id="nobody"
        ),
        pytest.param({"units": [NORTH | {"parent": "south"}]}, ["ROL-005"], id="no such unit"),
        pytest.param(
            {"appointments": [term("1", "contributor", "2026-01-01", "2026-01-01")]},
            ["ROL-006"],
            id="a term without a day",
        ),
        pytest.param(
            {"appointments": [term("1", "contributor", "2026-01-01", "2026-01-02")]},
            [],
            id="a term of one day",
        ),
        pytest.param(
            {"units": [NORTH, {**NORTH, "id": "south", "paths": ["content/units/north/**"]}]},
            ["ROL-007"],
            id="another's folder",
        ),
    ],
)
def test_identity(given, codes, corpus_of):
    corpus = roles(corpus_of, **given)
    assert [finding.code for rule in IDENTITY for finding in rule(corpus)] == codes


@pytest.mark.parametrize(
    ("terms", "too_many", "missing"),
    [
        pytest.param([("1", "2026-01-01", None)], 0, 0, id="one"),
        pytest.param([], 0, 1, id="never"),
        pytest.param(
            [("1", "2026-01-01", "2026-06-01"), ("2", "2026-06-01", None)], 0, 0, id="day to day"
        ),
        pytest.param(
            [("1", "2026-01-01", "2026-06-02"), ("2", "2026-06-01", None)], 1, 0, id="a day of two"
        ),
        pytest.param(
            [("1", "2026-01-01", "2026-06-01"), ("2", "2026-06-02", None)], 0, 1, id="a day of none"
        ),
        pytest.param([("1", "2026-01-01", "2026-06-01")], 0, 1, id="none from then on"),
        pytest.param(
            [("1", "2026-01-01", None), ("1", "2026-06-01", None)], 0, 0, id="one, appointed twice"
        ),
        pytest.param(
            [("1", "2026-01-01", None), ("2", "2026-02-01", None), ("3", "2026-03-01", None)],
            1,
            0,
            id="said once",
        ),
    ],
)
def test_supervisors(terms, too_many, missing, corpus_of):
    rows = [term(who, SUPERVISOR, start, end) for who, start, end in terms]
    corpus = roles(corpus_of, appointments=rows)
    assert len(list(two_supervisors(corpus))) == too_many
    assert len(list(supervisor_missing(corpus))) == missing


@pytest.mark.parametrize(
    ("terms", "too_many", "missing"),
    [
        pytest.param([("1", "2026-01-01", None), ("2", "2026-01-01", None)], 0, 0, id="two"),
        pytest.param([(who, "2026-01-01", None) for who in "123"], 1, 0, id="three"),
        pytest.param(
            [("1", "2026-01-01", "2026-03-01"), ("2", "2026-02-01", None)], 0, 0, id="handed over"
        ),
        pytest.param(
            [("1", "2026-01-01", "2026-03-01"), ("2", "2026-03-05", None)], 0, 1, id="four days"
        ),
    ],
)
def test_information_officers(terms, too_many, missing, corpus_of):
    rows = [term(who, OFFICER, start, end) for who, start, end in terms]
    corpus = roles(corpus_of, appointments=rows)
    assert len(list(too_many_information_officers(corpus))) == too_many
    assert len(list(information_officers_missing(corpus))) == missing


@pytest.mark.parametrize(("rank", "count"), [(30, 0), (20, 1)])
def test_supervisor_of_low_rank(rank, count, corpus_of):
    rows = [term("1", SUPERVISOR, "2026-01-01", rank=rank)]
    assert len(list(supervisor_of_low_rank(roles(corpus_of, appointments=rows)))) == count


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        pytest.param([handed("1", "2", "2026-03-01", "2026-03-31")], [], id="thirty days"),
        pytest.param([handed("1", "2", "2026-03-01", "2026-04-01")], ["ROL-020"], id="one more"),
        pytest.param(
            [
                handed("1", "2", "2026-03-01", "2026-03-10"),
                handed("2", "4", "2026-03-09", "2026-03-20"),
            ],
            ["ROL-021", "ROL-024"],
            id="handed on",
        ),
        pytest.param([handed("1", "1", "2026-03-01", "2026-03-10")], ["ROL-021"], id="to oneself"),
        pytest.param(
            [
                handed("1", "2", "2026-03-01", "2026-03-10"),
                handed("3", "1", "2026-03-05", "2026-03-06") | {"role": OFFICER},
            ],
            ["ROL-021", "ROL-024"],
            id="by a delegate in another role",
        ),
        pytest.param(
            [handed("1", "2", "2026-03-01", "2026-03-10", rank=20)], ["ROL-022"], id="low rank"
        ),
        pytest.param(
            [handed("1", "3", "2026-05-31", "2026-06-10")], ["ROL-023"], id="to a contributor"
        ),
        pytest.param(
            [handed("1", "3", "2026-06-01", "2026-06-10")], [], id="who contributes no more"
        ),
        pytest.param(
            [handed("1", "2", "2025-12-20", "2026-01-01")], ["ROL-024"], id="before the term"
        ),
    ],
)
def test_delegations(given, codes, corpus_of):
    rows = [
        term("1", SUPERVISOR, "2026-01-01"),
        term("3", "contributor", "2026-01-01", "2026-06-01"),
    ]
    people = [person(number) for number in "1234"]
    corpus = roles(corpus_of, people=people, appointments=rows, delegations=given)
    assert [finding.code for rule in DELEGATED for finding in rule(corpus)] == codes
