"""Policies against their interpretations and against one another."""

import pytest

from generator.rules.policies import (
    interpretation_missing,
    interpretation_not_mirrored,
    interpreted_late,
    relation_not_mirrored,
    replaced_by_an_older_one,
)

P, READ = "units/north/policies/2026/0001", "units/north/interpretations/2026/0001"


@pytest.mark.parametrize(
    ("there", "back", "codes"),
    [
        pytest.param(f"[{READ}]", f"[{P}]", [], id="both sides"),
        pytest.param(f"[{READ}]", "[units/north/policies/2026/0009]", ["POL-001"], id="not back"),
        pytest.param("null", f"[{P}]", ["POL-002"], id="only back"),
        pytest.param("[units/north/interpretations/2026/0009]", f"[{P}]", ["POL-002"], id="wrong"),
    ],
)
def test_interpretation_not_mirrored(there, back, codes, corpus_of):
    corpus = corpus_of(f"""
        # content/{P}.md
        interpretations: {there}
        # content/{READ}.md
        policies: {back}
    """)
    assert [finding.code for finding in interpretation_not_mirrored(corpus)] == codes


WITHDRAWN = "withdrawn: {at: '2026-11-20 09:00', reason: 内容有误}"


@pytest.mark.parametrize(
    ("needs", "more", "count"),
    [
        pytest.param("true", "", 1, id="none"),
        pytest.param("false", "noInterpretationReason: 属于事务性通知", 0, id="not needed"),
        pytest.param("true", WITHDRAWN, 0, id="withdrawn"),
    ],
)
def test_interpretation_missing(needs, more, count, corpus_of):
    corpus = corpus_of(f"""
        # content/{P}.md
        interpretations: null
        needsInterpretation: {needs}
        {more}
    """)
    assert len(list(interpretation_missing(corpus))) == count


# 3 workdays from Thursday 2026-04-30, before the May holiday.
@pytest.mark.parametrize(
    ("first", "reason", "second", "codes"),
    [
        pytest.param("2026-05-08 18:00", "null", None, [], id="last day, after the holiday"),
        pytest.param("2026-05-09 09:00", "null", None, ["POL-004"], id="a day late"),
        pytest.param("2026-05-09 09:00", "收到解读授权后发布", None, [], id="with a reason"),
        pytest.param("2026-05-29 09:00", "null", "2026-04-30 09:00", [], id="not the first"),
        pytest.param("2026-04-29 09:00", "null", None, [], id="before the policy"),
    ],
)
def test_interpreted_late(first, reason, second, codes, corpus_of):
    more = (
        f"""
        # content/units/north/interpretations/2026/0002.md
        publishedAt: "{second}"
        lateReason: null
    """
        if second
        else ""
    )
    corpus = corpus_of(f"""
        # content/{P}.md
        publishedAt: "2026-04-30 10:00"
        interpretations: [{READ}, units/north/interpretations/2026/0002]
        # content/{READ}.md
        publishedAt: "{first}"
        lateReason: {reason}
        {more}
    """)
    assert [finding.code for finding in interpreted_late(corpus)] == codes


OLD, NEW = "units/north/policies/2021/0001", "units/north/policies/2026/0001"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("replacedBy", "replaces", [], id="replaced, both sides"),
        pytest.param("amendedBy", "amends", [], id="amended, both sides"),
        pytest.param("replacedBy", None, [("POL-005", "replaces")], id="only the old one"),
        pytest.param(None, "replaces", [("POL-005", "replacedBy")], id="only the new one"),
        pytest.param(None, "amends", [("POL-006", "amendedBy")], id="amends, unmarked"),
        pytest.param(
            "amendedBy",
            "replaces",
            [("POL-006", "amends"), ("POL-005", "replacedBy")],
            id="of two minds",
        ),
    ],
)
def test_relation_not_mirrored(old, new, found, corpus_of):
    back = f"{old}: [{{record: {NEW}, title: 新的办法}}]" if old else ""
    there = f"{new}: [{{record: {OLD}, title: 旧的办法}}]" if new else ""
    corpus = corpus_of(f"""
        # content/{OLD}.md
        replaces: null
        replacedBy: null
        amends: null
        amendedBy: null
        {back}
        # content/{NEW}.md
        replaces: null
        replacedBy: null
        amends: null
        amendedBy: null
        {there}
    """)
    said = [(finding.code, finding.values["key"]) for finding in relation_not_mirrored(corpus)]
    assert said == found


@pytest.mark.parametrize(
    ("target", "written", "count"),
    [
        pytest.param(OLD, "2021-03-01", 0, id="older"),
        pytest.param(OLD, "2026-03-01", 0, id="of the same day"),
        pytest.param(OLD, "2026-03-02", 1, id="newer"),
        pytest.param(NEW, "2021-03-01", 1, id="itself"),
        pytest.param("units/north/policies/2020/0404", "2021-03-01", 0, id="unknown"),
    ],
)
def test_replaced_by_an_older_one(target, written, count, corpus_of):
    corpus = corpus_of(f"""
        # content/{OLD}.md
        replaces: null
        amends: null
        writtenDate: "{written}"
        # content/{NEW}.md
        amends: null
        writtenDate: "2026-03-01"
        replaces: [{{record: {target}, title: 旧的办法}}]
    """)
    assert len(list(replaced_by_an_older_one(corpus))) == count
