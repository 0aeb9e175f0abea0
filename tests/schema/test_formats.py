"""Days, months and times exist, and are written in one way."""

from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.schema import Schemas
from generator.schema.formats import FORMATS


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        (
            "local-date",
            ["2026-02-28", "2024-02-29", "2000-02-29", "1949-10-01", "2026-12-31"],
            [
                "2026-2-3", "2026-02-29", "1900-02-29", "2026-02-30", "2026-04-31", "2026-00-10",
                "2026-13-01", "2026-11-00", "26-11-20", "2026/11/20", "2026.11.20", "20261120",
                "2026-W47-5", "2026年11月20日", "2026-11-20 ", " 2026-11-20", "2026-11-20\n",
                "２０２６-11-20", "2026-11-20 09:30", "0000-01-01", "",
            ],
        ),
        (
            "local-month",
            ["2026-01", "2026-12"],
            ["2026-1", "2026-00", "2026-13", "2026", "202611", "2026-11-20", "2026年11月"],
        ),
        (
            "local-time",
            ["00:00", "08:30", "23:59"],
            ["8:30", "24:00", "12:60", "12:3", "0830", "08：30", "08:30:00", "08:30\n", "上午8时"],
        ),
        (
            "local-datetime",
            ["2026-11-20 09:30", "2026-11-20 09:30:59", "2026-11-20 00:00", "2024-02-29 23:59"],
            [
                "2026-11-20", "2026-11-20T09:30", "2026-11-20 9:30", "2026-11-20 24:00",
                "2026-11-20 09:60", "2026-11-20 09:30:60", "2026-11-31 09:30", "2026-2-3 09:30",
                "2026-11-20  09:30", "2026-11-20 09:30Z", "2026-11-20 09:30+08:00",
                "2026-11-20 09：30", "2026-11-20 09:30\n", "２０２６-11-20 09:30",
            ],
        ),
    ],
)  # fmt: skip
def test_formats(form, good, bad):
    assert [text for text in good if not FORMATS[form](text)] == []
    assert [text for text in bad if FORMATS[form](text)] == []


def exists(parse, text):
    """Whether Python's own calendar knows the day."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def test_the_calendar_is_pythons():
    years = [0, 1, 4, 96, 100, 104, 400, 1000, 1600, 1900, *range(1996, 2005), 2100, 9996, 9999]
    for year in years:
        for month in range(14):
            text = f"{year:04}-{month:02}"
            assert FORMATS["local-month"](text) == exists(date.fromisoformat, text + "-01"), text
            for day in range(33):
                text = f"{year:04}-{month:02}-{day:02}"
                known = exists(date.fromisoformat, text)
                assert FORMATS["local-date"](text) == known, text
                assert FORMATS["local-datetime"](text + " 23:59") == known, text


def test_every_leap_year_is_pythons():
    for year in range(10_000):
        text = f"{year:04}-02-29"
        assert FORMATS["local-date"](text) == exists(date.fromisoformat, text), text


def test_every_minute_is_pythons():
    for hour in range(26):
        for minute in range(62):
            time = f"{hour:02}:{minute:02}"
            known = exists(datetime.fromisoformat, "2026-11-20 " + time)
            assert FORMATS["local-time"](time) == known, time
            assert FORMATS["local-datetime"]("2026-11-20 " + time) == known, time


SCHEMAS = Schemas(
    {
        f"{form}.schema.json": {"title": form, "properties": {"at": {"format": form}}}
        for form in FORMATS
    }
)
DIGITS = st.text("0123459", min_size=2, max_size=2)
NEARLY = st.tuples(st.sampled_from(["19", "20", "00"]), DIGITS, DIGITS, DIGITS, DIGITS, DIGITS).map(
    lambda two: f"{two[0]}{two[1]}-{two[2]}-{two[3]} {two[4]}:{two[5]}"
)


@pytest.mark.parametrize("form", FORMATS)
@given(
    text=NEARLY
    | NEARLY.map(lambda text: text[:10])
    | NEARLY.map(lambda text: text[-5:])
    | st.text("0123- :\n", max_size=12)
)
@example(text="2026-11-20\n")
@example(text="2026-11-20 09:30\n")
@example(text="09:30\n")
@example(text="2026-11\n")
@example(text="２０２６-11-20")
def test_both_validators_take_the_same_texts(form, text):
    known = FORMATS[form](text)
    assert SCHEMAS.is_valid(form, {"at": text}) == known
    assert (not [*SCHEMAS.errors(form, {"at": text})]) == known


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_speaks_of_texts_alone(form):
    assert SCHEMAS.is_valid(form, {"at": 3})
    assert [*SCHEMAS.errors(form, {"at": 3})] == []
