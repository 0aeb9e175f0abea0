"""Every case of `tests/cases/review/` has the verdict that it states; every code has a case."""

from __future__ import annotations

import json

import pytest

from generator.review.evaluate import evaluate
from generator.review.reasons import codes
from generator.review.shapes import breaches
from generator.review.verdict import verdict_bytes
from tests.support.review import cases, inputs

CASES = cases("evaluate")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case):
    given = inputs(case)
    verdict = evaluate(given.facts, given.roles, given.policy, given.now)
    expected = case.row["expect"]
    found = sorted({reason["code"] for reason in verdict["reasons"]})
    assert (verdict["decision"], found) == (
        expected["decision"],
        sorted(expected.get("codes", [])),
    )
    for key, part in expected.items():
        if key not in ("decision", "codes"):
            assert within(part, verdict[key]), f"{key}: {json.dumps(verdict[key], indent=1)}"
    assert breaches("verdict", json.loads(verdict_bytes(verdict))) == []


def within(expected, found):
    """Whether what is expected stands in what was found; lists of one length, in order."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            key in found and within(part, found[key]) for key, part in expected.items()
        )
    if isinstance(expected, list):
        return len(expected) == len(found) and all(map(within, expected, found))
    return expected == found


def test_every_code_has_a_case():
    shown = {code for case in CASES for code in case.row["expect"].get("codes", [])}
    assert sorted(set(codes()) - shown) == []


def test_no_case_stands_twice():
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
