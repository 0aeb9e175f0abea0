"""The table of attacks in `tests/cases/review/README.md` says what the data files say."""

import re

import pytest
import yaml

from tests.support.review import CASES

ROW = re.compile(r"\| ([RT]-\d\d) \| (.+?) \| ([a-z]+)(?: `?([a-z_0-9]+)`?)? \| (.+?) \|")
NUMBERED = 48  # the contract, §17
ROWS = ROW.findall((CASES / "README.md").read_text("utf-8"))
DECISIONS = {"approve", "wait", "refuse", "error"}


def case_of(name):
    file, _, title = name.partition(": ")
    data = yaml.safe_load((CASES / f"{file}.yml").read_text("utf-8"))
    found = [row for row in data["cases"] if row["case"] == title]
    assert len(found) == 1, f"no case {name!r}"
    return data["run"], found[0]


def values(value):
    """Everything that stands anywhere in a value."""
    if isinstance(value, dict):
        return [one for part in value.values() for one in values(part)]
    if isinstance(value, list):
        return [one for part in value for one in values(part)]
    return [value]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_attack(row):
    number, _, word, more, name = row
    run, case = case_of(name)
    told = values(case.get("expect") or case["steps"])
    if number.startswith("R"):
        assert case.get("spec") == number
    if run == "evaluate":
        assert case["expect"]["decision"] == word
    elif run == "forge" and word in DECISIONS:
        assert word in told
    if word == "exit":
        assert more == "0" or int(more) in told  # a step that says nothing expects 0
    elif more:
        assert more in told


def test_every_numbered_attack_is_in_the_table():
    numbers = [row[0] for row in ROWS]
    assert len(numbers) == len(set(numbers))
    assert {f"R-{number:02d}" for number in range(1, NUMBERED + 1)} <= set(numbers)
    assert len(numbers) == sum(
        line.startswith(("| R-", "| T-"))
        for line in (CASES / "README.md").read_text("utf-8").splitlines()
    )
