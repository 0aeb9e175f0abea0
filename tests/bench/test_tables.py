"""Ratios are of commands of one run; medians and growth are of what was measured."""

import pytest

from tests.bench.__main__ import not_run, projects
from tests.bench.compare import Result
from tests.bench.measure import Measure, Size
from tests.bench.tables import absolute, growth, ratios


def result(articles, seconds):
    """A group of which ours and Hugo were measured; `seconds` are those of each run."""
    found = Result(f"{articles:,} articles, 12 sites", articles, 2 * articles)
    for (tool, action), runs in seconds.items():
        found.runs[tool, action] = [Measure(each, 2 * each, 100) for each in runs]
    found.sizes.update(ours=Size(200, 300, 2_000_000))
    found.sizes["hugo-pages"] = Size(100, 150, 1_000_000)
    return found


def rows(lines):
    """The table's rows, each a list of its cells without the blanks."""
    table = [line for line in lines if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_absolute_numbers_are_medians_with_what_was_written():
    found = result(1000, {("ours", "full"): [2, 8, 4], ("ours", "article edited"): [1, 1, 3]})
    lines = list(absolute(found, {"mkdocs": "too slow"}))
    assert lines[0] == "**1,000 articles, 12 sites, 2,000 records**"
    assert rows(lines) == [
        ["gongkai", "full", "4.00", "8.00", "100", "200", "300", "2"],
        ["gongkai", "article edited", "1.00", "2.00", "100", "", "", ""],
        ["MkDocs + Material, articles only", "not run: too slow", "", "", "", "", "", ""],
    ]


def test_a_ratio_is_of_one_run_and_then_the_median():
    pairs = {("ours", "full"): [2, 8, 4], ("hugo-pages", "full"): [2, 2, 1]}
    found = {row[0]: row[1:] for row in rows(ratios([result(1000, pairs)]))}
    assert found["full build: gongkai / Hugo, all records"] == ["4.00", "4.00"]
    assert found["the same, a page of each: / Hugo, all records"] == ["2.00", "2.00"]


def test_an_edit_is_set_against_both_full_builds():
    runs = {
        ("ours", "full"): [10],
        ("ours", "article edited"): [1],
        ("ours", "check"): [2],
        ("hugo-pages", "full"): [4],
    }
    found = {row[0]: row[1:] for row in rows(ratios([result(1000, runs)]))}
    assert found["article edited: gongkai / its full build"] == ["0.10", "0.10"]
    assert found["article edited: gongkai / Hugo's full build, all records"] == ["0.25", "0.25"]
    assert "check: gongkai / Hugo's full build, all records" not in found


def test_what_was_not_measured_of_a_group_stays_empty():
    both = result(1000, {("ours", "full"): [1], ("hugo-pages", "full"): [1]})
    ours = result(2000, {("ours", "full"): [1]})
    row = next(iter(rows(ratios([both, ours]))))
    assert row[1:] == ["1.00", "1.00", "", ""]


def test_growth_is_from_each_size_to_the_next():
    sizes = [result(n, {("ours", "full"): [n / 1000]}) for n in (1000, 3000, 6000)]
    assert [(row[0], row[4]) for row in rows(growth(sizes))] == [
        ("1,000 → 3,000", "× 3.0"),
        ("3,000 → 6,000", "× 2.0"),
    ]


@pytest.mark.parametrize(
    ("rivals", "articles", "names"),
    [
        pytest.param(["hugo", "mkdocs"], 1000, ["hugo-pages", "hugo-articles", "mkdocs"], id="at"),
        pytest.param(["hugo", "mkdocs"], 1001, ["hugo-pages", "hugo-articles"], id="above"),
        pytest.param([], 1000, [], id="none"),
    ],
)
def test_a_slow_rival_is_run_up_to_its_cap(rivals, articles, names):
    assert projects(rivals, articles, {"mkdocs": 1000}) == names


def test_one_left_out_is_said_with_what_to_expect():
    smaller = result(1000, {("mkdocs", "full"): [40]})
    said = not_run(["hugo", "mkdocs"], 10000, {"mkdocs": 1000}, [smaller])
    assert list(said) == ["mkdocs"]
    assert said["mkdocs"].endswith("were it the square of 40 s, some 4,000 s")
    assert not_run(["mkdocs"], 1000, {"mkdocs": 1000}, []) == {}
