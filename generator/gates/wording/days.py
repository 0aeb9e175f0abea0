"""Days that the calendar does not have, and weekdays that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.gates.known import Known
from generator.gates.text import TextFile
from generator.gates.wording.batch import searched
from generator.gates.wording.hits import Hit
from generator.gates.wording.packs import rules

__all__ = ["impossible_days"]

_DATE = re.compile(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d{2})年)?(?<![\d.])(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"
    r"(?P<said>\s?[（(](?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[）)])?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_WEEK = "一二三四五六日"


def impossible_days(file: TextFile, _: Known) -> Iterator[Hit]:
    """A day of no calendar (DT4), and a weekday that is not the day's (DT5)."""
    for passage in file.passages:
        if "月" not in passage.text or not searched(passage):
            continue
        for match in _DATE.finditer(passage.text):
            year, month, day = match["year"], int(match["month"]), match["day"]
            if year is None and match["said"] is None:
                continue
            years = [int(year)] if year else _years(file, passage.text[: match.start()], month)
            found = [_day(known, month, int(day or 1)) for known in years]
            if year and found == [None]:
                end = match.end("day") + 1 if day else match.end("month") + 1
                yield Hit(rules()["DT4"], file, passage, match.start("month"), end)
            weekdays = [_WEEK[one.weekday()] for one in found if one]
            if match["weekday"] and day and weekdays:
                said = match["weekday"].replace("天", "日")
                if said not in weekdays:
                    start, end = match.span("said")
                    note = f"星期{weekdays[0]}"
                    yield Hit(rules()["DT5"], file, passage, start, end, note)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(file: TextFile, before: str, month: int) -> list[int]:
    """The years that a day without a year may be of: the text's, the next for a month gone by."""
    years = [int(found) for found in _YEAR.findall(file.title + before)]
    if file.day:
        years.append(file.day.year)
        if month < file.day.month:
            years.append(file.day.year + 1)
    return years
