"""Every seed of the sheet is found where it stands, and nothing else is; no look-alike is found."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.gates.secrecy.planted import PATH, WORDS, declared, filled, found

SHEET = yaml.safe_load((Path(__file__).parent / "seeds.yml").read_text("utf-8"))
LOOKALIKES = [
    pytest.param(row, text, id=f"{row['number']}-{text[:12]}")
    for row in SHEET["lookalikes"]
    for text in row["texts"]
]

CASES = [
    pytest.param(case, id=f"{part}: {case['name']}")
    for part, cases in yaml.safe_load(
        (Path(__file__).parent / "cases.yml").read_text("utf-8")
    ).items()
    for case in cases
]


@pytest.mark.parametrize("seed", SHEET["seeds"], ids=lambda seed: str(seed["seed"]))
def test_a_seed_is_found_at_its_place_and_nothing_else(seed):
    hits = found(
        seed.get("body", seed.get("text")),
        seed.get("path", PATH),
        seed.get("front"),
        encoding=seed.get("encoding", "utf-8"),
    )
    said = Counter((hit.rule, hit.severity, hit.line) for hit in hits)
    assert said == Counter(map(tuple, [*seed["find"], *seed.get("also", [])]))


@pytest.mark.parametrize(("row", "text"), LOOKALIKES)
def test_no_look_alike_is_found(row, text):
    known = declared() if row.get("declared") else None
    assert found(text, front=row.get("front"), known=known) == ()


def test_what_is_declared_public_is_found_where_no_unit_declares_it():
    rows = [row for row in SHEET["lookalikes"] if row.get("declared")]
    hits = [hit for row in rows for text in row["texts"] for hit in found(text)]
    assert [hit.rule for hit in hits] == ["N9", "N17"]


def test_every_seed_of_text_and_every_look_alike_is_here():
    assert {seed["seed"] for seed in SHEET["seeds"]} == {*range(1, 39), 80}
    assert [row["number"] for row in SHEET["lookalikes"]] == list(range(1, 41))


def test_the_seeds_end_as_the_sheet_says():
    ends = "".join(WORDS[name][-1] for name in ("A", "B", "C", "D", "E", "HK", "MO", "TW", "FP"))
    assert ends == "1131X531X"


@pytest.mark.parametrize("case", CASES)
def test_what_a_rule_finds_and_what_it_leaves_alone(case):
    path = filled(case.get("path", PATH))
    hits = found(case.get("body", case.get("text")), path, case.get("front"))
    assert Counter((hit.rule, hit.severity, hit.line) for hit in hits) == Counter(
        map(tuple, case["find"])
    )
