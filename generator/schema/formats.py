"""The formats of the schemas: days, months and times as editors write them, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

__all__ = ["FORMATS"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2} (?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
)


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None and _exists(date.fromisoformat, text)


def _is_month(text: str) -> bool:
    return _MONTH.fullmatch(text) is not None and _exists(date.fromisoformat, text + "-01")


def _is_time(text: str) -> bool:
    return _TIME.fullmatch(text) is not None


def _is_datetime(text: str) -> bool:
    return _DATETIME.fullmatch(text) is not None and _exists(datetime.fromisoformat, text)


def _exists(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "local-date": _is_date,
    "local-month": _is_month,
    "local-time": _is_time,
    "local-datetime": _is_datetime,
}
