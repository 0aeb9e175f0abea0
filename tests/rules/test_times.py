"""Order of dates within a record."""

import pytest

from generator.rules.times import ORDERS, dates_out_of_order


def test_every_chain_names_fields_that_the_schema_has(corpus_of):
    schemas = corpus_of().schemas
    for chain in ORDERS:
        for field in chain.fields:
            pointer = tuple(0 if part == "*" else part for part in field)
            assert schemas.at(chain.kind, pointer), (chain.kind, field)


@pytest.mark.parametrize(
    ("received", "answered", "published", "at"),
    [
        pytest.param("2026-03-02 09:00", "2026-03-02 09:00", "2026-03-02 09:00", [], id="all same"),
        pytest.param(
            "2026-03-02 09:00",
            "2026-03-02 08:59",
            "2026-03-02 09:00",
            ["answeredAt"],
            id="a minute early",
        ),
        pytest.param("2026-03-02 09:00", None, "2026-03-01 09:00", ["publishedAt"], id="gap"),
        pytest.param(
            "2026-03-02 09:00",
            "2026-03-01 09:00",
            "2026-02-28 09:00",
            ["answeredAt", "publishedAt"],
            id="twice",
        ),
    ],
)
def test_steps_of_a_letter(received, answered, published, at, corpus_of):
    quoted = f'"{answered}"' if answered else "null"
    corpus = corpus_of(f"""
        # content/units/north/messages/2026/0001.yml
        receivedAt: "{received}"
        acceptedAt: "{received}"
        answeredAt: {quoted}
        publishedAt: "{published}"
        extension: null
        public: false
    """)
    found = list(dates_out_of_order(corpus))
    assert [finding.code for finding in found] == ["TIM-001"] * len(at)
    assert [finding.values["later"]["en"] for finding in found] == at


@pytest.mark.parametrize(
    ("opens", "closes", "result", "later"),
    [
        pytest.param("2026-03-01", "2026-03-02", "2026-03-03 00:00", [], id="a day each"),
        pytest.param("2026-03-01", "2026-03-01", "2026-03-02 00:00", ["closes"], id="no time"),
        pytest.param(
            "2026-03-01",
            "2026-03-31",
            "2026-03-31 23:59",
            ["result.publishedAt"],
            id="result on the last day",
        ),
    ],
)
def test_a_call_opens_closes_and_is_answered(opens, closes, result, later, corpus_of):
    corpus = corpus_of(f"""
        # content/units/north/consultations/2026/0001.md
        publishedAt: "2026-03-01 09:00"
        opens: "{opens}"
        closes: "{closes}"
        shortPeriodReason: 示例缩短
        result: {{publishedAt: "{result}", opinions: 0, participants: 0, summary: 没有收到意见。}}
    """)
    assert [f.values["later"]["en"] for f in dates_out_of_order(corpus)] == later


def test_rows_of_a_list_are_compared_each_with_its_own(corpus_of):
    corpus = corpus_of("""
        # content/units/north/partners/paper.yml
        registeredAt: "2024-01-01"
        agreements:
        - {title: 合作协议, signedAt: "2024-01-01", validUntil: "2025-01-01"}
        - {title: 续签协议, signedAt: "2026-01-01", validUntil: "2025-01-01"}
    """)
    assert [f.values["later"]["en"] for f in dates_out_of_order(corpus)] == [
        "agreements.1.validUntil"
    ]
