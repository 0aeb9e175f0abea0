"""Set phrases that are nearly right (NM1): 中国人民共和国, 人民代表大会常委员会.

A phrase is cut into three pieces; one slip leaves at least one of them whole, so only places that
hold a piece are looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ahocorasick_rs import AhoCorasick

from generator.gates.wording.batch import Batch
from generator.gates.wording.near import one_apart
from generator.gates.wording.packs import rows

__all__ = ["near_phrases"]

_SHORTEST = 6  # signs; shorter phrases are too like other words
# A sign that may stand within a phrase and leaves it right.
_LINKS = frozenset("的地之和与及或暨、· \u3000\n")


@cache
def _phrases() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The phrases that are looked for, all phrases, and what is right although it is near."""
    words: dict[str, list[str]] = {"phrase": [], "allowed": []}
    for row in rows("phrases.tsv"):
        words[row["kind"]].append(row["words"])
    phrases = words["phrase"]
    wanted = tuple(phrase for phrase in phrases if len(phrase) >= _SHORTEST)
    return wanted, tuple(phrases), tuple(words["allowed"])


@cache
def _pieces() -> tuple[AhoCorasick, list[list[tuple[str, int]]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for phrase in _phrases()[0]:
        third = len(phrase) // 3
        cuts = [0, third, len(phrase) - third, len(phrase)]
        for start, end in pairwise(cuts):
            found.setdefault(phrase[start:end], []).append((phrase, start))
    return AhoCorasick(list(found)), list(found.values())


def near_phrases(batch: Batch) -> Iterator[tuple[int, int, int, str]]:
    """Each place that is one slip from a phrase: passage by its index, start, end, the phrase."""
    automaton, owners = _pieces()
    text = batch.text
    looked: set[tuple[str, int]] = set()
    for piece, found, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        for phrase, offset in owners[piece]:
            place = found - offset
            if (phrase, place) in looked or text.startswith(phrase, max(place, 0)):
                continue
            looked.add((phrase, place))
            span = _window(text, phrase, place)
            if span is None:
                continue
            start, end = span
            index = bisect_right(batch.starts, start) - 1
            first, last = batch.bounds(index)
            if start >= first and end <= last and not _is_right(text, start, end):
                yield index, start - first, end - first, phrase


def _window(text: str, phrase: str, place: int) -> tuple[int, int] | None:
    """The window about a place that is one slip from the phrase; the one of its length first."""
    size = len(phrase)
    first, last = phrase[0], phrase[-1]
    head = text[max(0, place - 1) : place + 2]
    tail = text[max(0, place + size - 2) : place + size + 2]
    if first not in head and last not in tail:
        return None
    for length in (size, size + 1, size - 1):
        for start in (place, place - 1, place + 1):
            window = text[start : start + length] if start >= 0 else ""
            if len(window) < length or not (window[0] == first or window[-1] == last):
                continue
            if one_apart(window, phrase) and not _only_a_link(window, phrase):
                return start, start + length
    return None


def _only_a_link(window: str, phrase: str) -> bool:
    """Whether the window is the phrase with a sign put in that leaves it right, or put beside."""
    if len(window) <= len(phrase):
        return False
    if window[1:] == phrase or window[:-1] == phrase:
        return True
    return any(
        sign in _LINKS and window[:at] + window[at + 1 :] == phrase
        for at, sign in enumerate(window)
    )


def _is_right(text: str, start: int, end: int) -> bool:
    """Whether a phrase, or what is right although it is near, stands across the place."""
    _, phrases, allowed = _phrases()
    for words in (*phrases, *allowed):
        at = text.find(words, max(0, start - len(words) + 1), end + len(words) - 1)
        if at >= 0 and (words in allowed or len(words) >= _SHORTEST):
            return True
    return False
