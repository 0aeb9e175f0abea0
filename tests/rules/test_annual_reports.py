"""The tables of the annual report, cell by cell and over the years."""

import json

import pytest

from generator.rules.annual_reports import (
    TABLES,
    carried_over_otherwise,
    counts_against_requests,
    fee_unmentioned,
    format_of_another_year,
    table_out_of_balance,
)

CELLS = ("naturalPerson", "business", "research", "welfare", "legalService", "other", "total")


def example(corpus_of):
    """The example of the schema, free to be changed."""
    schemas = corpus_of().schemas
    return json.loads(json.dumps(schemas.of("annual-report")["examples"][0]))


def report(corpus_of, value, year=2025):
    lines = "\n".join(f"        {key}: {json.dumps(inner)}" for key, inner in value.items())
    return corpus_of(f"""
        # content/units/north/annual-reports/{year}.yml
{lines}
    """)


def test_every_balance_names_fields_that_the_schema_has(corpus_of):
    schemas = corpus_of().schemas
    for balance in TABLES:
        for term in (*balance.left, *balance.right):
            assert schemas.at("annual-report", term.pointer).get("type") == "integer", term


def test_the_example_comes_out(corpus_of):
    assert list(table_out_of_balance(report(corpus_of, example(corpus_of)))) == []


@pytest.mark.parametrize(
    ("row", "cell", "codes"),
    [
        pytest.param("granted", "total", ["RPT-001", "RPT-002"], id="a total of a row"),
        pytest.param("granted", "business", ["RPT-001", "RPT-002"], id="a cell"),
        pytest.param("newRequests", "business", ["RPT-001", "RPT-003"], id="a new request"),
        pytest.param(
            "total", "business", ["RPT-001", "RPT-002", "RPT-003"], id="a total of a column"
        ),
        pytest.param("carriedOut", "total", ["RPT-001", "RPT-003"], id="carried out"),
    ],
)
def test_one_more_in_table_three(row, cell, codes, corpus_of):
    value = example(corpus_of)
    value["table3"][row][cell] += 1
    corpus = report(corpus_of, value)
    assert [finding.code for finding in table_out_of_balance(corpus)] == codes


@pytest.mark.parametrize("cell", ["upheld", "corrected", "otherResult", "pending", "total"])
def test_one_more_in_table_four(cell, corpus_of):
    value = example(corpus_of)
    value["table4"]["review"][cell] += 1
    corpus = report(corpus_of, value)
    assert [finding.code for finding in table_out_of_balance(corpus)] == ["RPT-005"]


@pytest.mark.parametrize(
    ("years", "more", "cells"),
    [
        pytest.param((2024, 2025), {}, [], id="agree"),
        pytest.param((2024, 2025), {"business": 1, "total": 1}, ["business", "total"], id="differ"),
        pytest.param((2023, 2025), {"business": 1, "total": 1}, [], id="a year is missing"),
    ],
)
def test_carried_over(years, more, cells, corpus_of):
    before, after = example(corpus_of), example(corpus_of)
    before["table3"]["carriedOut"] = {
        cell: number + more.get(cell, 0) for cell, number in after["table3"]["carriedIn"].items()
    }
    before["year"], after["year"] = years
    report(corpus_of, before, years[0])
    found = list(carried_over_otherwise(report(corpus_of, after, years[1])))
    assert [finding.code for finding in found] == ["RPT-004"] * len(cells)
    assert [finding.values["column"]["en"].rpartition(".")[2] for finding in found] == cells


def test_counts_against_requests(corpus_of):
    value = example(corpus_of)
    value["table3"]["newRequests"]["total"] = 1
    corpus = report(corpus_of, value)
    assert list(counts_against_requests(corpus)) == []
    corpus = corpus_of("""
        # content/units/north/info-requests/2025/0001.yml
        receivedAt: "2025-12-31"
        # content/units/north/info-requests/2026/0001.yml
        receivedAt: "2026-01-01"
        # content/units/south/info-requests/2025/0001.yml
        receivedAt: "2025-05-06"
    """)
    assert list(counts_against_requests(corpus)) == []
    corpus = corpus_of("""
        # content/units/north/info-requests/2025/0002.yml
        receivedAt: "2025-01-01"
    """)
    assert [finding.values["count"] for finding in counts_against_requests(corpus)] == [2]


@pytest.mark.parametrize(
    ("other", "noticed", "count"),
    [
        pytest.param("没有其他需要报告的事项。", "2025-12-31", 1, id="not a word"),
        pytest.param("没有其他需要报告的事项。", "2026-01-01", 0, id="in another year"),
        pytest.param("依法收取信息处理费100元。", "2025-12-31", 0, id="reported"),
    ],
)
def test_fee_unmentioned(other, noticed, count, corpus_of):
    value = example(corpus_of)
    value["sections"]["other"] = other
    report(corpus_of, value)
    corpus = corpus_of(f"""
        # content/units/north/info-requests/2025/0001.yml
        fee: {{noticedAt: "{noticed}", amount: 100}}
    """)
    assert len(list(fee_unmentioned(corpus))) == count


@pytest.mark.parametrize(("year", "count"), [(2020, 1), (2021, 0), (2025, 0)])
def test_format_of_another_year(year, count, corpus_of):
    value = example(corpus_of)
    value["year"] = year
    assert len(list(format_of_another_year(report(corpus_of, value, year)))) == count
