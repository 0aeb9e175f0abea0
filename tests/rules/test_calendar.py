"""Terms in workdays: the last day, the day after it, and years nobody has entered."""

import pytest

from generator.rules.calendar import (
    correction_asked_late,
    disclosed_late,
    request_answered_late,
)

CORRECTED = 'correctionRequestedAt: "2026-03-03"\n        correctedAt: "2026-03-03"'
EXTENDED = (
    'extendedAt: "{}"\n        extensionReason: 内容多\n        extensionApprovedAt: "2026-03-29"'
)
ASKED = 'thirdParty: {askedAt: "2026-03-02", answeredAt: "2026-03-05", agreed: true}'

# 20 workdays from Monday 2026-03-02 end on Monday 2026-03-30: no holiday lies between.


@pytest.mark.parametrize(
    ("written", "formed", "published", "reason", "codes"),
    [
        pytest.param("2026-03-02", None, "2026-03-30 23:59", None, [], id="last day"),
        pytest.param("2026-03-02", None, "2026-03-31 00:00", None, ["TIM-002"], id="a day late"),
        pytest.param("2026-03-02", None, "2026-03-31 00:00", "原件送审", [], id="with a reason"),
        pytest.param("2026-03-02", "2026-03-03", "2026-03-31 00:00", None, [], id="by formedDate"),
        pytest.param("2026-09-21", None, "2026-10-26 09:00", None, [], id="holidays do not count"),
        pytest.param("2026-09-21", None, "2026-10-27 09:00", None, ["TIM-002"], id="after them"),
        pytest.param("2026-12-01", None, "2026-12-21 09:00", None, [], id="no table needed"),
        pytest.param(
            "2026-12-10", None, "2027-01-20 09:00", None, ["TIM-003"], id="year without a table"
        ),
    ],
)
def test_disclosed_late(written, formed, published, reason, codes, corpus_of):
    corpus = corpus_of(f"""
        # content/units/north/policies/2026/0001.md
        writtenDate: "{written}"
        formedDate: {f'"{formed}"' if formed else "null"}
        publishedAt: "{published}"
        lateReason: {f"按规定{reason}" if reason else "null"}
    """)
    assert [finding.code for finding in disclosed_late(corpus)] == codes


def test_missing_year_names_its_file(corpus_of):
    corpus = corpus_of("""
        # content/units/north/policies/2026/0001.md
        writtenDate: "2026-12-10"
        formedDate: null
        publishedAt: "2027-01-20 09:00"
        lateReason: null
    """)
    (finding,) = disclosed_late(corpus)
    assert finding.values["file"] == "content/reference/workdays/2027.yml"


@pytest.mark.parametrize(
    ("more", "replied", "count"),
    [
        pytest.param("", "2026-03-30", 0, id="last day"),
        pytest.param("", "2026-03-31", 1, id="a day late"),
        pytest.param("note: 申请人改变地址", "2026-03-31", 0, id="accounted for"),
        pytest.param(
            CORRECTED,
            "2026-03-31",
            0,
            id="begins anew with the correction",
        ),
        pytest.param(
            EXTENDED.format("2026-03-30"),
            "2026-04-28",
            0,
            id="extended on the last day",
        ),
        pytest.param(
            EXTENDED.format("2026-03-31"),
            "2026-04-01",
            1,
            id="extended when it was over",
        ),
        pytest.param(
            ASKED,
            "2026-04-02",
            0,
            id="three workdays of a third party",
        ),
        pytest.param(
            ASKED,
            "2026-04-03",
            1,
            id="and no more",
        ),
    ],
)
def test_request_answered_late(more, replied, count, corpus_of):
    corpus = corpus_of(f"""
        # content/units/north/info-requests/2026/0001.yml
        receivedAt: "2026-03-02"
        repliedAt: "{replied}"
        result: granted
        replyType: 2
        note: null
        correctionRequestedAt: null
        correctedAt: null
        extendedAt: null
        extensionReason: null
        extensionApprovedAt: null
        thirdParty: null
        {more}
    """)
    assert len(list(request_answered_late(corpus))) == count


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        pytest.param("2026-03-11", 0, id="seventh workday"),
        pytest.param("2026-03-12", 1, id="eighth"),
    ],
)
def test_correction_asked_late(asked, count, corpus_of):
    corpus = corpus_of(f"""
        # content/units/north/info-requests/2026/0001.yml
        receivedAt: "2026-03-02"
        correctionRequestedAt: "{asked}"
        correctedAt: null
        note: null
    """)
    assert len(list(correction_asked_late(corpus))) == count
