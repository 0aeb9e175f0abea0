"""Names that mean the same on every system, and modes that hide nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load import paths
from generator.load.paths import path_faults
from generator.tree import Entry

ARTICLE = "content/units/tax/articles/2026/0042"


def told(*paths, mode="100644"):
    """Codes by path."""
    return [(f.place.path, f.code) for f in path_faults(Entry(path, mode, 1) for path in paths)]


@pytest.mark.parametrize(
    "path",
    [
        f"{ARTICLE}.md",
        f"{ARTICLE}/plan-2026.pdf",
        f"{ARTICLE}/plan_a.1.pdf",
        "content/units/a1-b2/unit.yml",
        "content/units/console/unit.yml",
    ],
)
def test_good_names(path):
    assert told(path) == []


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("content/units/Tax/unit.yml", "Tax"),
        ("content/units/税务局/unit.yml", "税务局"),
        ("content/units/tax_bureau/unit.yml", "tax_bureau"),
        ("content/units/-tax/unit.yml", "-tax"),
        ("content/units/tax-/unit.yml", "tax-"),
        ("content/units/a--b/unit.yml", "a--b"),
        (f"{ARTICLE} .md", "0042 .md"),
        (f"{ARTICLE}/Plan.pdf", "Plan.pdf"),
        (f"{ARTICLE}/plan.PDF", "plan.PDF"),
        (f"{ARTICLE}/计划.pdf", "计划.pdf"),
        (f"{ARTICLE}/plan (1).pdf", "plan (1).pdf"),
        (f"{ARTICLE}/.hidden.pdf", ".hidden.pdf"),
        (f"{ARTICLE}/a..pdf", "a..pdf"),
        (f"{ARTICLE}/con.pdf", "con.pdf"),
        (f"{ARTICLE}/aux", "aux"),
        (f"{ARTICLE}/com1.txt", "com1.txt"),
        ("content/units/nul/unit.yml", "nul"),
        (f"{ARTICLE}/a\\b.pdf", "a\\b.pdf"),
        (f"{ARTICLE}/a\u202efdp.exe", "a<U+202E>fdp.exe"),
        (f"{ARTICLE}/a\nb.pdf", "a<U+000A>b.pdf"),
        (f"{ARTICLE}/\udcff.pdf", "<U+DCFF>.pdf"),
    ],
)
def test_bad_names(path, part):
    (found,) = path_faults([Entry(path, "100644", 1)])
    assert found.code == "SRC-022"
    assert found.values["part"] == part
    found.place.path.encode()


def test_names_are_composed():
    (found,) = path_faults([Entry(f"{ARTICLE}/cafe\u0301.pdf", "100644", 1)])
    assert found.code == "SRC-022"


def test_length_is_counted_in_bytes():
    def of(length):
        return "content/" + "a" * (length - len("content/") - 4) + ".yml"

    assert told(of(240)) == []
    assert told(of(241)) == [(of(241), "SRC-022")]


@pytest.mark.parametrize(
    ("mode", "code"), [("120000", "SRC-020"), ("100755", "SRC-021"), ("100664", "SRC-021")]
)
def test_modes(mode, code):
    assert told(f"{ARTICLE}.md", mode=mode) == [(f"{ARTICLE}.md", code)]


def test_case_twins():
    upper = "content/units/tax/articles/2026/A.md"
    lower = "content/units/tax/articles/2026/a.md"
    assert told(upper, lower) == [(upper, "SRC-022"), (lower, "SRC-023")]


def test_composed_and_decomposed_are_twins():
    assert (f"{ARTICLE}/é.pdf", "SRC-023") in told(f"{ARTICLE}/é.pdf", f"{ARTICLE}/é.pdf")


def test_a_table_is_a_pair():
    table = "content/units/tax/powers/list"
    assert told(f"{table}.csv", f"{table}.yml") == []


PARTS = st.sampled_from(
    [
        "tax",
        "a-b",
        "a--b",
        "-a",
        "A",
        "con",
        "con-a",
        "com1",
        "aux.b",
        "a.b",
        "0042",
        "é",
        "",
        "a_b",
    ]
)
NAMES = st.sampled_from(
    ["a.md", "a.b.md", "con.md", "com1.md", "a", "A.md", "a.MD", "a..md", ".md", "a.md\n", "a_b.md"]
)


@given(st.lists(st.tuples(st.lists(PARTS, max_size=3), NAMES), max_size=4, unique_by=str))
def test_the_short_way_says_what_the_long_one_says(names):
    named = ["/".join(["content", *parts, name]) for parts, name in names]
    found = told(*named)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "_ORDINARY", re.compile("(?!)"))
        assert told(*named) == found
