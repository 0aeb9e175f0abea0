"""Sums, shares, ranks and rows of the forms."""

import pytest

from generator.rules.reports import (
    BALANCES,
    numbers_out_of_balance,
    probes_out_of_order,
    rank_against_score,
    share_against_numbers,
    stem_of_another_period,
)


def test_every_balance_names_fields_that_the_schema_has(corpus_of):
    schemas = corpus_of().schemas
    for balance in BALANCES:
        for term in (*balance.left, *balance.right):
            pointer = tuple(0 if part == "*" else part for part in term.pointer)
            kind = schemas.at(balance.kind, pointer).get("type")
            assert kind in {"integer", "number"}, (balance.kind, term)


def test_the_examples_of_the_schemas_are_in_balance(corpus_of):
    corpus = corpus_of("""
        # content/units/north/site-reports/2025.yml
        # content/units/north/monthly-reports/2026-10.yml
        # content/units/north/service-statistics/2026-q3.yml
        # content/units/north/rewards/2025.yml
        # content/units/north/evaluations/2025.yml
        # content/units/north/year-reports/2025.yml
        # content/units/north/migrations/north.yml
        # content/units/north/probes/home.yml
    """)
    rules = (
        numbers_out_of_balance,
        share_against_numbers,
        rank_against_score,
        probes_out_of_order,
    )
    assert [finding for rule in rules for finding in rule(corpus)] == []


@pytest.mark.parametrize(
    ("total", "found", "fixed", "codes"),
    [
        pytest.param(60, 3, 3, [], id="at the limit"),
        pytest.param(61, 3, 0, [], id="more than its three parts"),
        pytest.param(59, 3, 3, ["RPT-011"], id="less than its parts"),
        pytest.param(60, 3, 4, ["RPT-011"], id="fixed more than found"),
    ],
)
def test_bounds_of_the_site_report(total, found, fixed, codes, corpus_of):
    corpus = corpus_of(f"""
        # content/units/north/site-reports/2025.yml
        publishing: {{total: {total}, overview: 10, news: 20, disclosureCatalogue: 30}}
        security: {{assessments: 1, problemsFound: {found}, problemsFixed: {fixed},
                    monitoring: true, drill: true, responsiblePerson: true}}
    """)
    assert [finding.code for finding in numbers_out_of_balance(corpus)] == codes


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        pytest.param("naturalPerson: 60\n        legalPerson: 40", [], id="comes out"),
        pytest.param("naturalPerson: 60\n        legalPerson: 41", ["RPT-010"], id="one too many"),
        pytest.param("naturalPerson: 60\n        legalPerson: null", [], id="half of it is absent"),
        pytest.param(
            "byTaskType: [{taskType: '01', accepted: 70, finished: 60, overdue: 0},"
            " {taskType: '20', accepted: 50, finished: 40, overdue: 0}]",
            [],
            id="rows come out",
        ),
        pytest.param(
            "byTaskType: [{taskType: '01', accepted: 70, finished: 60, overdue: 0},"
            " {taskType: '20', accepted: 51, finished: 40, overdue: 0}]",
            ["RPT-010"],
            id="rows do not",
        ),
        pytest.param("online: 121", ["RPT-011"], id="more online than at all"),
    ],
)
def test_sums_of_service_statistics(more, codes, corpus_of):
    corpus = corpus_of(f"""
        # content/units/north/service-statistics/2026-q3.yml
        accepted: 120
        finished: 100
        overdue: 0
        naturalPerson: null
        legalPerson: null
        online: null
        byTaskType: null
        byUnit: null
        {more}
    """)
    assert [finding.code for finding in numbers_out_of_balance(corpus)] == codes


@pytest.mark.parametrize(
    ("share", "count"),
    [
        pytest.param(33, 0, id="rounded to the whole"),
        pytest.param(33.3, 0, id="to a tenth"),
        pytest.param(33.4, 1, id="a tenth too much"),
        pytest.param(34, 1, id="one too much"),
    ],
)
def test_share_against_numbers(share, count, corpus_of):
    corpus = corpus_of(f"""
        # content/units/north/service-statistics/2026-q3.yml
        accepted: 300
        online: 100
        onlineShare: {share}
    """)
    assert len(list(share_against_numbers(corpus))) == count


@pytest.mark.parametrize(
    ("ranks", "count"),
    [
        pytest.param((1, 2, 2, 4), 0, id="a shared rank"),
        pytest.param((1, 2, 3, 4), 1, id="equal scores, two ranks"),
        pytest.param((1, 2, 2, 3), 1, id="no rank left out"),
    ],
)
def test_rank_against_score(ranks, count, corpus_of):
    rows = "".join(
        f"""
        - {{rank: {rank}, officer: 王某（示例）, unit: north, required: 10, submitted: 10,
            adopted: 5, qualityScore: 80, score: {score}, reward: 0}}"""
        for rank, score in zip(ranks, (90, 85.5, 85.5, 80), strict=True)
    )
    corpus = corpus_of(f"""
        # content/units/north/rewards/2025.yml
        total: 0
        rows:{rows}
    """)
    assert len(list(rank_against_score(corpus))) == count


@pytest.mark.parametrize(
    ("times", "count"),
    [
        pytest.param(("08:00:00", "08:15:00", "08:15:00"), 0, id="in order"),
        pytest.param(("08:15:00", "08:00:00", "08:10:00"), 2, id="back twice"),
        pytest.param(("07:59:00", "08:15:00", "08:30:00"), 1, id="before the log"),
        pytest.param(("08:00:00", "08:15:00", "09:01:00"), 1, id="after the log"),
    ],
)
def test_probes_out_of_order(times, count, corpus_of):
    rows = "".join(
        f"""
        - {{at: "2026-11-02 {time}", target: "https://www.example.gov.cn/", ok: true, status: 200,
            seconds: 0.4}}"""
        for time in times
    )
    corpus = corpus_of(f"""
        # content/units/north/probes/home.yml
        from: "2026-11-02 08:00"
        to: "2026-11-02 09:00"
        rows:{rows}
    """)
    assert len(list(probes_out_of_order(corpus))) == count


@pytest.mark.parametrize(
    ("path", "line", "count"),
    [
        pytest.param("annual-reports/2025", "year: 2025", 0, id="its year"),
        pytest.param("annual-reports/2024", "year: 2025", 1, id="another year"),
        pytest.param("annual-reports/report-2025", "year: 2025", 1, id="more than its year"),
        pytest.param("rewards/pingxuan-2025", "year: 2025", 0, id="its year with a word"),
        pytest.param("monthly-reports/2026-10", 'month: "2026-10"', 0, id="its month"),
        pytest.param("monthly-reports/2026-11", 'month: "2026-10"', 1, id="another month"),
    ],
)
def test_stem_of_another_period(path, line, count, corpus_of):
    corpus = corpus_of(f"""
        # content/units/north/{path}.yml
        {line}
    """)
    assert len(list(stem_of_another_period(corpus))) == count
