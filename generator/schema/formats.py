"""The formats of the schemas: days, months and times as editors write them, and no others.

Each is one pattern, the calendar with its leap years in it. So the quick validator decides by
itself and never calls back into Python, and both validators take the same texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

__all__ = ["FORMATS", "PATTERNS"]

# A year from 0001; one of four, but of the hundreds one of four.
_YEAR = r"(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
_FOURTH = r"(?:0[48]|[2468][048]|[13579][26])"
_LEAP = rf"(?:[0-9]{{2}}{_FOURTH}|{_FOURTH}00)"

_MONTH = rf"{_YEAR}-(?:0[1-9]|1[0-2])"
_DATE = (
    rf"(?:{_YEAR}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    rf"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|{_LEAP}-02-29)"
)
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"

PATTERNS: Mapping[str, str] = {
    "local-date": f"^{_DATE}$",
    "local-month": f"^{_MONTH}$",
    "local-time": f"^{_TIME}$",
    "local-datetime": f"^{_DATE} {_TIME}(?::[0-5][0-9])?$",
}


def _whole(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern.strip("^$"))
    return lambda text: compiled.fullmatch(text) is not None


FORMATS: Mapping[str, Callable[[str], bool]] = {
    name: _whole(pattern) for name, pattern in PATTERNS.items()
}
