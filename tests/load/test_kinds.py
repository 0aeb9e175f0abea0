"""A path says whose a file is and of which kind, or why nothing may stand there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load import KINDS, kinds, locate


@pytest.mark.parametrize(
    ("path", "kind", "unit", "record_id"),
    [
        ("content/group.yml", "group", "", "group"),
        ("content/governance/roles.yml", "roles", "", "governance/roles"),
        ("content/duties/reply.yml", "duty", "", "duties/reply"),
        ("content/reference/workdays/2026.yml", "workdays", "", "reference/workdays/2026"),
        ("content/reference/themes.yml", "themes", "", "reference/themes"),
        ("content/units/tax/unit.yml", "unit", "tax", "units/tax/unit"),
        ("content/units/tax/site.yml", "site", "tax", "units/tax/site"),
        ("content/units/tax/leaders/wang.yml", "leader", "tax", "units/tax/leaders/wang"),
        (
            "content/units/tax/articles/2026/0042.md",
            "article",
            "tax",
            "units/tax/articles/2026/0042",
        ),
        ("content/units/tax/powers/list.yml", "power", "tax", "units/tax/powers/list"),
        ("content/units/tax/powers/list.csv", "power", "tax", "units/tax/powers/list"),
        (
            "content/units/tax/annual-reports/2025.yml",
            "annual-report",
            "tax",
            "units/tax/annual-reports/2025",
        ),
    ],
)
def test_records(path, kind, unit, record_id):
    found = locate(path)
    assert (found.kind.name, found.unit, found.id) == (kind, unit, record_id)
    assert not found.fault
    assert not found.asset


@pytest.mark.parametrize(
    "path",
    [
        "content/units/tax/logo.png",
        "content/units/tax/articles/2026/0042/plan.pdf",
        "content/units/tax/articles/2026/chart.webp",
        "content/units/tax/articles/2026/table.csv",
        "content/units/tax/services/form.docx",
        "content/units/tax/files/deep/er/film.mp4",
    ],
)
def test_assets(path):
    found = locate(path)
    assert found.asset
    assert found.unit == "tax"
    assert not found.fault


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("content/notice.md", "unit"),
        ("content/units/notice.md", "unit"),
        ("content/units/tax", "unit"),
        ("content/reference/notes.txt", "unit"),
        ("content/logo.png", "unit"),
        ("content/duties/more/reply.yml", "unit"),
        ("content/group.yml/x.yml", "unit"),
        ("content/group.yml/x/y.yml", "unit"),
        ("content/duties/reply.md", "ending"),
        ("content/duties/reply", "ending"),
        ("content/reference/workdays/2026.csv", "ending"),
        ("content/units/tax/notes.txt", "folder"),
        ("content/units/tax/news/2026/0042.md", "folder"),
        ("content/units/tax/articles", "ending"),
        ("content/units/tax/articles/0042.md", "year"),
        ("content/units/tax/articles/26/0042.md", "year"),
        ("content/units/tax/articles/2126/0042.md", "year"),
        ("content/units/tax/articles/2026/0042.yml", "ending"),
        ("content/units/tax/articles/2026/0042.txt", "ending"),
        ("content/units/tax/articles/2026/0042", "ending"),
        ("content/units/tax/articles/2026/06/0042.md", "depth"),
        ("content/units/tax/services/2026/apply.yml", "depth"),
        ("content/units/tax/services/apply.yaml", "ending"),
        ("content/units/tax/unit.yml/x.yml", "depth"),
        ("content/units/tax/unit.yaml", "folder"),
        ("content/units/tax/leaders/wang.doc", "ending"),
    ],
)
def test_faults(path, fault):
    assert locate(path).fault == fault


def test_no_two_files_can_have_one_id():
    """A kind has one ending, or is a table, whose two files are one record."""
    for kind in KINDS:
        assert kind.endings in {(".md",), (".yml",), (".yml", ".csv")}


def test_every_kind_is_found_where_it_says():
    for kind in KINDS:
        path = (
            kind.pattern.replace("<单位>", "tax").replace("<年份>", "2026").replace("<编号>", "a")
        )
        assert locate(path).kind is kind, path
        assert not locate(path).fault
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert len({(kind.of_unit, kind.folder) for kind in KINDS}) == len(KINDS)


PARTS = st.sampled_from(
    ["units", "tax", "articles", "leaders", "powers", "unit.yml", "2026", "2126", "duties", "a", ""]
)
NAMES = st.sampled_from(
    ["a.md", "a.yml", "a.csv", "a.png", "a.b.md", ".md", "a.", "a", "unit.yml", "a.MD", ""]
)


@given(st.lists(PARTS, max_size=6), NAMES)
def test_the_short_way_says_what_the_long_one_says(parts, name):
    path = "/".join(["content", *parts, name])
    found = locate(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "_usual", lambda folder: None)
        assert locate(path) == found
