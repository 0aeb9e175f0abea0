"""Foreign text in GitHub's Markdown: it can say nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

__all__ = ["code", "escaped", "folded", "short_time"]

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|~<>&-])")


def escaped(text: str) -> str:
    """Text that Markdown takes for nothing but text, on one line; `@` names nobody.

    >>> escaped("a|b <c> @d")
    'a\\\\|b \\\\<c\\\\> &#64;d'
    """
    return _SIGNS.sub(r"\\\1", " ".join(text.split())).replace("@", "&#64;")


def code(text: str) -> str:
    """A name as code, whatever signs it holds."""
    plain = " ".join(text.split()).replace("|", "¦")
    fence = "`" * (max((len(run) for run in re.findall("`+", plain)), default=0) + 1)
    blank = " " if "`" in plain else ""
    return f"{fence}{blank}{plain}{blank}{fence}"


def short_time(text: str, zone: str) -> str:
    """A time as a clerk reads it, in the policy's time zone.

    >>> short_time("2026-11-20T01:05:00Z", "Asia/Shanghai")
    '11月20日 09:05'
    """
    at = datetime.fromisoformat(text).astimezone(ZoneInfo(zone))
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def folded(title: str, rows: Iterable[str]) -> Iterator[str]:
    """Rows of text behind a title that opens; nothing where there is none."""
    listed = [f"- {escaped(row)}" for row in rows]
    if listed:
        yield f"<details><summary>{title}</summary>\n"
        yield from listed
        yield "\n</details>\n"
