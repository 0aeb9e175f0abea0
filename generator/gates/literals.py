"""A regular expression → words of which every text that it matches holds one.

So one pass for all words of all patterns says which of them can match a passage at all, and no
pattern is tried on the others. Where no such words are found the answer is None: try it always.
The part of the syntax that the data packs use is read; anything else gives None, never a wrong
answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

__all__ = ["needed"]

_MOST = 400  # words of one pattern
_WIDEST = 64  # signs of one set

Words = frozenset[str] | None  # None: anything
_NOTHING: Words = frozenset({""})


@dataclass(frozen=True)
class _Part:
    """What a part of a pattern says: the words it may be, or at least the words it must hold."""

    exact: Words
    holds: Words


def needed(pattern: str) -> frozenset[str] | None:
    """Words of which a match, with what its lookaheads see, holds at least one; None if unknown.

    >>> sorted(needed(r"(?<![一二])账(?=[号户])|台帐"))
    ['台帐', '账']
    """
    try:
        part, at = _alternatives(pattern, 0)
    except (IndexError, ValueError):
        return None
    return part.holds if at == len(pattern) else None


def _score(words: Words) -> tuple[int, int]:
    """How much better a set of words is: long words first, then rare ones, then few."""
    if words is None or "" in words:
        return (-1, 0)
    shortest = min(len(word) for word in words)
    rare = all(ord(word[0]) < 0x80 and not word[0].isdigit() for word in words)
    return (2 * shortest + rare, -len(words))


def _better(one: Words, other: Words) -> Words:
    return one if _score(one) >= _score(other) else other


def _alternatives(pattern: str, at: int) -> tuple[_Part, int]:
    parts = []
    while True:
        part, at = _sequence(pattern, at)
        parts.append(part)
        if pattern[at : at + 1] != "|":
            break
        at += 1
    exact: Words = frozenset()
    holds: Words = frozenset()
    for part in parts:
        exact = None if exact is None or part.exact is None else exact | part.exact
        known = None if part.holds is None or "" in part.holds else part.holds
        holds = None if holds is None or known is None else holds | known
    exact = None if exact is not None and len(exact) > _MOST else exact
    holds = None if holds is not None and len(holds) > _MOST else holds
    return _Part(exact, holds), at


def _sequence(pattern: str, at: int) -> tuple[_Part, int]:
    run: Words = _NOTHING  # what the parts since the last unknown one can be, joined
    best: Words = None
    whole = True
    while at < len(pattern) and pattern[at] not in "|)":
        part, at, width = _piece(pattern, at)
        if width:
            best = _better(best, part.holds) if width == "holds" else best
            continue
        joined = _joined(run, part.exact)
        if joined is None:
            whole = False
            best = _better(_better(best, run), part.holds)
            run = part.exact if part.exact is not None else _NOTHING
        else:
            run = joined
    best = _better(best, run)
    exact = run if whole else None
    return _Part(exact, best if _score(best)[0] >= 0 else None), at


def _joined(one: Words, other: Words) -> Words:
    if one is None or other is None or len(one) * len(other) > _MOST:
        return None
    return frozenset(first + second for first, second in product(one, other))


def _piece(pattern: str, at: int) -> tuple[_Part, int, str]:
    """One piece with its count; the word says whether it takes no room ("none", "holds")."""
    part, at, width = _atom(pattern, at)
    least, most, at = _count(pattern, at)
    if width:  # what a lookahead sees is there, though it is not taken
        return part, at, "holds" if width == "ahead" else width
    return _times(part, least, most), at, ""


def _atom(pattern: str, at: int) -> tuple[_Part, int, str]:
    sign = pattern[at]
    if sign == "(":
        return _group(pattern, at)
    if sign in "[\\":
        part, at = _set(pattern, at) if sign == "[" else _escape(pattern, at)
        return part, at, ""
    if sign in "^$":
        return _Part(_NOTHING, None), at + 1, "none"
    part = _Part(None, None) if sign == "." else _exact(frozenset({sign}))
    return part, at + 1, ""


def _times(part: _Part, least: int, most: int) -> _Part:
    """A part that stands so many times."""
    if (least, most) == (1, 1):
        return part
    if least == 0:
        optional = part.exact | {""} if most == 1 and part.exact is not None else None
        return _Part(optional, None)
    if part.exact is not None and least == most and least <= 4:
        exact: Words = _NOTHING
        for _ in range(least):
            exact = _joined(exact, part.exact)
        if exact is not None:
            return _exact(exact)
    return _Part(None, part.holds)


def _exact(words: frozenset[str]) -> _Part:
    return _Part(words, None if "" in words else words)


def _count(pattern: str, at: int) -> tuple[int, int, int]:
    sign = pattern[at : at + 1]
    many = 1 << 30
    if sign and sign in "*+?":
        least, most = {"*": (0, many), "+": (1, many), "?": (0, 1)}[sign]
        at += 1
    elif sign == "{":
        end = pattern.index("}", at)
        low, comma, high = pattern[at + 1 : end].partition(",")
        least = int(low or 0)
        most = int(high) if high else many if comma else least
        at = end + 1
    else:
        return 1, 1, at
    return least, most, at + (pattern[at : at + 1] == "?")


def _group(pattern: str, at: int) -> tuple[_Part, int, str]:
    width = ""
    for opening, kind in (
        ("(?:", ""), ("(?m:", ""), ("(?=", "ahead"), ("(?!", "none"), ("(?<=", "none"),
        ("(?<!", "none"),
    ):  # fmt: skip
        if pattern.startswith(opening, at):
            at += len(opening)
            width = kind
            break
    else:
        if pattern.startswith("(?m)", at):
            return _Part(_NOTHING, None), at + 4, "none"
        if pattern.startswith("(?", at):
            raise ValueError(pattern)
        at += 1
    part, at = _alternatives(pattern, at)
    if pattern[at] != ")":
        raise ValueError(pattern)
    return part, at + 1, width


def _set(pattern: str, at: int) -> tuple[_Part, int]:
    at += 1
    negated = pattern[at] == "^"
    at += negated
    signs: set[str] = set()
    wide = False
    first = True
    while first or pattern[at] != "]":
        first = False
        low, at, known = _set_sign(pattern, at)
        wide |= not known
        if pattern[at] == "-" and pattern[at + 1] != "]":
            high, at, known = _set_sign(pattern, at + 1)
            wide |= not known
            if known and ord(high) - ord(low) > _WIDEST:
                wide = True
            elif known:
                signs |= {chr(code) for code in range(ord(low), ord(high) + 1)}
        else:
            signs.add(low)
    if negated or wide or len(signs) > _WIDEST:
        return _Part(None, None), at + 1
    return _exact(frozenset(signs)), at + 1


def _set_sign(pattern: str, at: int) -> tuple[str, int, bool]:
    if pattern[at] != "\\":
        return pattern[at], at + 1, True
    part, at = _escape(pattern, at)
    known = part.exact is not None and len(part.exact) == 1
    return (next(iter(part.exact)) if known and part.exact else ""), at, known


def _escape(pattern: str, at: int) -> tuple[_Part, int]:
    sign = pattern[at + 1]
    if sign == "d":
        return _exact(frozenset("0123456789")), at + 2
    if sign in "sSwWDb":
        return _Part(None, None), at + 2
    if sign.isdigit():
        return _Part(None, None), at + 2
    if sign in "uUx":
        length = {"x": 2, "u": 4, "U": 8}[sign]
        return _exact(frozenset({chr(int(pattern[at + 2 : at + 2 + length], 16))})), at + 2 + length
    return _exact(frozenset({{"n": "\n", "t": "\t"}.get(sign, sign)})), at + 2
