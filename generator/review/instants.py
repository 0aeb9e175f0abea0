"""Times as numbers: RFC 3339 texts and days of a zone → microseconds since 1970 in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

__all__ = ["DAY", "SECOND", "instant", "midnight"]

SECOND = 1_000_000
DAY = 86_400 * SECOND

_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:[Zz]|[-+](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(text: str) -> int | None:
    """The instant of an RFC 3339 time; None for anything else.

    >>> instant("1970-01-01T08:00:01+08:00"), instant("1970-01-01 00:00:01Z")
    (1000000, None)
    """
    if not _RFC3339.fullmatch(text):
        return None
    try:
        return (datetime.fromisoformat(text.upper()) - _EPOCH) // timedelta(microseconds=1)
    except ValueError:  # the 31st of June, or hour 25
        return None


@lru_cache(maxsize=8192)
def midnight(day: str, zone: str) -> int:
    """The instant at which a day begins in a zone. Errors: ValueError for what is no day."""
    start = date.fromisoformat(day)
    moment = datetime(start.year, start.month, start.day, tzinfo=ZoneInfo(zone))
    return (moment - _EPOCH) // timedelta(microseconds=1)
