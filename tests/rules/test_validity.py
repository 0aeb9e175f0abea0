"""Validity against dates and against what replaced the document."""

import pytest

from generator.rules.validity import (
    amended_yet_unmarked,
    repealed_by_nothing,
    repealed_too_early,
    replaced_yet_in_force,
    validity_against_dates,
)

OLD, NEW = "units/north/policies/2021/0001", "units/north/policies/2026/0001"
PAIR = """
    # content/{old}.md
    writtenDate: "2021-03-01"
    formedDate: null
    publishedAt: "2021-03-02 09:00"
    effectiveDate: "2021-04-01"
    expiryDate: {expiry}
    repealedDate: {repealed}
    validity: {validity}
    validityNote: null
    replaces: null
    replacedBy: null
    amends: null
    amendedBy: null
    {field}: [{{{record}title: 新的办法}}]
    # content/{new}.md
    writtenDate: "2026-03-01"
    publishedAt: "2026-03-02 09:00"
    effectiveDate: "2026-05-01"
    validity: {newer}
    replaces: null
    replacedBy: null
    amends: null
    amendedBy: null
    repealedDate: null
    expiryDate: null
"""


def pair(field, validity, newer, repealed="null", expiry="null", record=f"record: {NEW}, "):
    return PAIR.format(
        old=OLD,
        new=NEW,
        field=field,
        validity=validity,
        newer=newer,
        repealed=repealed,
        expiry=expiry,
        record=record,
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(pair("replacedBy", "valid", "valid"), 1, id="by one in force"),
        pytest.param(pair("replacedBy", "valid", "not-yet-effective"), 0, id="by one to come"),
        pytest.param(pair("replacedBy", "repealed", "valid", '"2026-05-01"'), 0, id="repealed"),
        pytest.param(pair("replacedBy", "valid", "valid", record=""), 1, id="by one elsewhere"),
        pytest.param(pair("replacedBy", "expired", "valid", expiry='"2026-04-30"'), 0, id="over"),
    ],
)
def test_replaced_yet_in_force(text, count, corpus_of):
    assert len(list(replaced_yet_in_force(corpus_of(text)))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(pair("amendedBy", "valid", "valid"), 1, id="unmarked"),
        pytest.param(pair("amendedBy", "valid", "not-yet-effective"), 0, id="by one to come"),
        pytest.param(pair("amendedBy", "amended", "valid"), 0, id="marked"),
    ],
)
def test_amended_yet_unmarked(text, count, corpus_of):
    assert len(list(amended_yet_unmarked(corpus_of(text)))) == count


@pytest.mark.parametrize(
    ("repealed", "count"),
    [
        pytest.param('"2026-02-28"', 1, id="the day before it was written"),
        pytest.param('"2026-03-01"', 0, id="the day it was written"),
    ],
)
def test_repealed_too_early(repealed, count, corpus_of):
    corpus = corpus_of(pair("replacedBy", "repealed", "valid", repealed))
    assert len(list(repealed_too_early(corpus))) == count


@pytest.mark.parametrize(
    ("more", "count"),
    [
        pytest.param("validityNote: null", 1, id="nothing"),
        pytest.param("validityNote: 依据省政府清理决定废止", 0, id="a ground"),
        pytest.param("replacedBy: [{title: 新的办法}]", 0, id="a document"),
    ],
)
def test_repealed_by_nothing(more, count, corpus_of):
    corpus = corpus_of(f"""
        # content/{OLD}.md
        validity: repealed
        repealedDate: "2026-05-01"
        validityNote: null
        replacedBy: null
        {more}
    """)
    assert len(list(repealed_by_nothing(corpus))) == count


@pytest.mark.parametrize(
    ("validity", "field", "day", "count"),
    [
        pytest.param("valid", "repealedDate", "2026-12-31", 1, id="a repeal, still valid"),
        pytest.param("repealed", "repealedDate", "2026-12-31", 0, id="repealed"),
        pytest.param("valid", "expiryDate", "2026-03-02", 1, id="expired when published"),
        pytest.param("valid", "expiryDate", "2026-03-03", 0, id="expires a day later"),
        pytest.param("not-yet-effective", "effectiveDate", "2026-03-02", 1, id="in force already"),
        pytest.param("not-yet-effective", "effectiveDate", "2026-03-03", 0, id="in force next day"),
    ],
)
def test_validity_against_dates(validity, field, day, count, corpus_of):
    corpus = corpus_of(f"""
        # content/{NEW}.md
        publishedAt: "2026-03-02 09:00"
        effectiveDate: "2026-03-01"
        expiryDate: null
        repealedDate: null
        replacedBy: null
        validity: {validity}
        {field}: "{day}"
    """)
    assert len(list(validity_against_dates(corpus))) == count


def test_a_repeal_to_come_leaves_the_document_valid(corpus_of):
    text = pair("replacedBy", "valid", "not-yet-effective", '"2026-05-01"')
    assert not list(validity_against_dates(corpus_of(text)))
