"""Days, wall times and workdays: arithmetic on time that is always given, never taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

__all__ = ["MissingYearError", "WorkCalendar", "in_words", "wall_time"]

_FRIDAY = 4


class MissingYearError(LookupError):
    """A deadline runs into a year whose holidays nobody has entered; guessing would be wrong."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked, for the years it knows.

    Shapes: `years` maps a year to its days off that would be worked by the week alone, and the
        weekend days that are worked in exchange.
    Source: the yearly holiday notice of the State Council's General Office.
    """

    years: Mapping[int, tuple[frozenset[date], frozenset[date]]]

    @classmethod
    def of(cls, years: Iterable[tuple[int, Iterable[date], Iterable[date]]]) -> WorkCalendar:
        """The calendar of rows (year, holidays, makeup workdays)."""
        return cls({year: (frozenset(off), frozenset(on)) for year, off, on in years})

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked. Errors: MissingYearError."""
        if day.year not in self.years:
            raise MissingYearError(day.year)
        off, on = self.years[day.year]
        return day in on or (day.weekday() <= _FRIDAY and day not in off)

    def after(self, start: date, days: int) -> date:
        """The last day of a term of `days` workdays; the day of the event itself is not counted.

        Errors: MissingYearError where the term runs into a year without a table.
        Source: the reckoning customary for administrative terms (civil code art. 201).
        """
        day = start
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_workday(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Workdays after `start` up to and including `end`; negative where `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        steps = range(1, (end - start).days + 1)
        return sum(self.is_workday(start + timedelta(days=step)) for step in steps)


@lru_cache(maxsize=4096)  # many files share the commit that brought them
def wall_time(instant: datetime, zone: str) -> datetime:
    """What the clock on the wall of `zone` shows at `instant`, without an offset."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def in_words(span: timedelta) -> dict[str, str]:
    """A span in days or hours, per language: `{"zh": "61 小时", "en": "61 h"}`."""
    hours = int(span.total_seconds() // 3600)
    if hours < 24 * 5:
        return {"zh": f"{hours} 小时", "en": f"{hours} h"}
    return {"zh": f"{hours // 24} 天", "en": f"{hours // 24} days"}
