"""Path patterns: `*` stays in one segment, `**` spans any number of them, `{a,b}` is a choice."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

__all__ = ["matches", "meet"]

_CHOICE = re.compile(r"\{([^{}]*)\}")


@lru_cache(maxsize=4096)
def _spelt_out(pattern: str) -> tuple[tuple[str, ...], ...]:
    """The pattern without choices: for each combination, its segments."""
    parts = _CHOICE.split(pattern)  # fixed, choice, fixed, choice, …, fixed
    options = [part.split(",") if odd % 2 else [part] for odd, part in enumerate(parts)]
    return tuple(tuple("".join(words).split("/")) for words in product(*options))


@lru_cache(maxsize=4096)
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile("|".join(_one(segments) for segments in _spelt_out(pattern)), re.DOTALL)


def _one(segments: tuple[str, ...]) -> str:
    """A regular expression over a path that ends with a slash."""
    written = ""
    for segment in segments:
        if segment == "**":
            written += "(?:[^/]+/)*"
        else:
            written += "[^/]*".join(re.escape(part) for part in segment.split("*")) + "/"
    return f"(?:{written})"


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern names the path.

    >>> matches("content/units/*/**/*.{md,yml}", "content/units/tax/a.md"), matches("*", "a/b")
    (True, False)
    """
    return _expression(pattern).fullmatch(path + "/") is not None


def meet(one: str, other: str) -> bool:
    """Whether some path is named by both patterns.

    >>> meet("content/**/a.md", "content/x/*"), meet("a/*.md", "a/*.yml")
    (True, False)
    """
    return any(_paths_meet(a, b) for a in _spelt_out(one) for b in _spelt_out(other))


@lru_cache(maxsize=16384)
def _paths_meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other:
        return all(segment == "**" for segment in one + other)
    if one[0] == "**":
        return _paths_meet(one[1:], other) or _paths_meet(one, other[1:])
    if other[0] == "**":
        return _paths_meet(one, other[1:]) or _paths_meet(one[1:], other)
    return _segments_meet(one[0], other[0]) and _paths_meet(one[1:], other[1:])


@lru_cache(maxsize=16384)
def _segments_meet(one: str, other: str) -> bool:
    if not one or not other:
        return not (one + other).strip("*")
    if one[0] == "*":
        return _segments_meet(one[1:], other) or _segments_meet(one, other[1:])
    if other[0] == "*":
        return _segments_meet(one, other[1:]) or _segments_meet(one[1:], other)
    return one[0] == other[0] and _segments_meet(one[1:], other[1:])
