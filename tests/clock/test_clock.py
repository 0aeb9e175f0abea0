"""Terms in workdays, on the real calendar of the State Council's yearly notices."""

from datetime import UTC, date, datetime, timedelta

import pytest
import yaml

from generator.clock import MissingYearError, WorkCalendar, in_words, wall_time


@pytest.fixture(scope="module")
def calendar(root):
    """The calendar of `content/reference/workdays/`."""
    rows = []
    for file in sorted((root / "content/reference/workdays").glob("*.yml")):
        table = yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)
        off = [date.fromisoformat(free) for row in table["holidays"] for free in row["days"]]
        on = [date.fromisoformat(moved) for moved in table["makeupWorkdays"]]
        rows.append((int(table["year"]), off, on))
    return WorkCalendar.of(rows)


def day(text):
    """A day of 2026 from `11-20`, or of any year."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        pytest.param("11-20", True, id="a Friday"),
        pytest.param("11-21", False, id="a Saturday"),
        pytest.param("11-22", False, id="a Sunday"),
        pytest.param("01-01", False, id="New Year"),
        pytest.param("2025-10-01", False, id="National Day"),
        pytest.param("2025-10-08", False, id="the last day of the long holiday"),
        pytest.param("2025-10-09", True, id="the day after it"),
        pytest.param("2025-09-28", True, id="a Sunday worked in exchange"),
        pytest.param("2025-10-11", True, id="a Saturday worked in exchange"),
        pytest.param("2025-01-26", True, id="worked before Spring Festival"),
        pytest.param("2025-01-28", False, id="Spring Festival's eve"),
        pytest.param("2024-02-09", True, id="the eve of 2024, which was worked"),
        pytest.param("2020-01-31", False, id="the holiday prolonged by the epidemic"),
        pytest.param("2020-02-02", False, id="its last day"),
        pytest.param("2004-05-08", True, id="the first year of the table"),
    ],
)
def test_workdays(text, worked, calendar):
    assert calendar.is_workday(day(text)) is worked


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param("11-20", 0, "11-20", id="no days"),
        pytest.param("11-20", 1, "11-23", id="over a weekend"),
        pytest.param("11-21", 1, "11-23", id="from a Saturday"),
        pytest.param("11-19", 1, "11-20", id="the next day"),
        pytest.param("2025-09-26", 1, "2025-09-28", id="a Sunday that is worked"),
        pytest.param("2025-09-30", 1, "2025-10-09", id="over the long holiday"),
        pytest.param("2025-09-30", 20, "2025-11-04", id="twenty days over it"),
        pytest.param("2024-12-31", 1, "2025-01-02", id="into another year"),
        pytest.param("2025-01-27", 1, "2025-02-05", id="over Spring Festival"),
    ],
)
def test_a_term_begins_on_the_next_day(start, days, end, calendar):
    assert calendar.after(day(start), days) == day(end)
    if days:
        assert calendar.between(day(start), day(end)) == days


def test_between_counts_both_ways(calendar):
    assert calendar.between(day("11-20"), day("11-20")) == 0
    assert calendar.between(day("11-20"), day("11-22")) == 0
    assert calendar.between(day("11-20"), day("11-23")) == 1
    assert calendar.between(day("11-23"), day("11-20")) == -1


def test_a_year_without_a_table_is_loud(calendar):
    last = max(calendar.years)
    with pytest.raises(MissingYearError) as caught:
        calendar.after(date(last, 12, 30), 20)
    assert caught.value.year == last + 1
    with pytest.raises(MissingYearError):
        calendar.is_workday(date(2003, 6, 2))
    with pytest.raises(MissingYearError):
        WorkCalendar.of([]).after(date(2026, 1, 1), 1)


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_year_is_plausible(year, calendar):
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert 245 <= sum(map(calendar.is_workday, days)) <= 255
    off, on = calendar.years[year]
    assert all(moved.weekday() > 4 for moved in on)
    assert not off & on
    assert not calendar.is_workday(first)
    assert not calendar.is_workday(date(year, 10, 1))


@pytest.mark.parametrize(
    ("instant", "wall"),
    [
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), "2026-11-21 00:00:00"),
        (datetime(2026, 11, 20, 15, 59, 59, tzinfo=UTC), "2026-11-20 23:59:59"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "2026-01-01 00:00:00"),
    ],
)
def test_wall_time(instant, wall):
    shown = wall_time(instant, "Asia/Shanghai")
    assert str(shown) == wall
    assert shown.tzinfo is None


@pytest.mark.parametrize(
    ("span", "chinese", "english"),
    [
        (timedelta(0), "0 小时", "0 h"),
        (timedelta(hours=61, minutes=59), "61 小时", "61 h"),
        (timedelta(hours=119), "119 小时", "119 h"),
        (timedelta(hours=120), "5 天", "5 days"),
        (timedelta(days=40, hours=23), "40 天", "40 days"),
    ],
)
def test_spans_in_words(span, chinese, english):
    assert in_words(span) == {"zh": chinese, "en": english}
