"""Times of publication against the commit that brought the file, and the year folder."""

from datetime import UTC, datetime

import pytest

from generator.rules.publication import (
    backdated_in_silence,
    embargo_in_silence,
    embargo_over,
    wrong_year_folder,
)

PATH = "content/units/north/articles/2026/0001.md"
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 12:00 in Jincheng
ALL = (embargo_in_silence, embargo_over, backdated_in_silence)


@pytest.mark.parametrize(
    ("published", "more", "until", "codes"),
    [
        pytest.param("2026-11-20 12:00", "", None, [], id="at the very minute"),
        pytest.param("2026-11-20 12:01", "", None, ["TIM-004"], id="a minute later"),
        pytest.param("2026-11-20 12:01", "embargo: true", None, [], id="a named embargo"),
        pytest.param("2026-11-19 12:00", "", None, [], id="a day earlier is tolerated"),
        pytest.param("2026-11-19 11:59", "", None, ["TIM-006"], id="and no more"),
        pytest.param("2026-11-20 08:00", "embargo: true", None, [], id="approved a little late"),
        pytest.param(
            "2026-11-18 08:00", "embargo: true", None, ["TIM-005", "TIM-006"], id="long over"
        ),
        pytest.param(
            "2019-06-06 09:00", "backdated: {reason: 从旧网站补录}", None, [], id="with a reason"
        ),
        pytest.param("2019-06-06 09:00", "", "2026-11-20 12:00", [], id="within the baseline"),
        pytest.param("2019-06-06 09:00", "", "2026-11-20 11:59", ["TIM-006"], id="after it"),
    ],
)
def test_publication_times(published, more, until, codes, corpus_of):
    baseline = f"{{until: '{until}', reason: 整体迁入}}" if until else "null"
    corpus = corpus_of(
        f"""
        # content/group.yml
        migrationBaseline: {baseline}
        # content/{PATH.removeprefix("content/")}
        publishedAt: "{published}"
        embargo: null
        backdated: null
        {more}
        """,
        brought={PATH: NOON},
    )
    assert [finding.code for rule in ALL for finding in rule(corpus)] == codes


def test_nothing_is_said_without_a_history(corpus_of):
    corpus = corpus_of(f"""
        # content/group.yml
        migrationBaseline: null
        # content/{PATH.removeprefix("content/")}
        publishedAt: "2019-06-06 09:00"
    """)
    assert not [finding for rule in ALL for finding in rule(corpus)]


@pytest.mark.parametrize(
    ("published", "written", "count"),
    [
        pytest.param("2026-01-04 09:00", "2025-12-30", 0, id="filed by the day it was written"),
        pytest.param("2025-12-31 09:00", "2025-12-30", 0, id="filed by publication"),
        pytest.param("2026-01-04 09:00", "2026-01-03", 1, id="neither"),
    ],
)
def test_year_folder_of_a_policy(published, written, count, corpus_of):
    corpus = corpus_of(f"""
        # content/units/north/policies/2025/0001.md
        writtenDate: "{written}"
        formedDate: null
        publishedAt: "{published}"
    """)
    assert len(list(wrong_year_folder(corpus))) == count


def test_a_letter_is_filed_by_the_day_it_came(corpus_of):
    corpus = corpus_of("""
        # content/units/north/messages/2025/0001.yml
        receivedAt: "2025-12-31 09:00"
        acceptedAt: "2025-12-31 10:00"
        answeredAt: "2026-01-04 09:00"
        publishedAt: "2026-01-05 09:00"
    """)
    assert not list(wrong_year_folder(corpus))
