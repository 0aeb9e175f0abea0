"""Many passages as one text, so that one pass serves them all.

Between two passages stand two line ends, which no pattern takes for a word; a hit that reaches
over them is none, except where a rule speaks of what follows a passage.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from generator.gates.passage import Kind, Passage
from generator.gates.text import TextFile
from generator.gates.wording.packs import Pattern, patterns

__all__ = ["Batch", "batches", "matches", "searched"]

_SIZE = 1 << 18  # signs of a batch, about
_BORDER = "\n\n"
_TOKEN = re.compile(r"[!-~]+")
_TEXT_KEYS = frozenset({"title", "name", "summary", "note", "text", "taskName"})
# Fields that hold words to compare with, not to show.
_UNSHOWN_KEYS = frozenset({"aliases", "words"})
# Signs that nearly every passage holds: their patterns are tried on the whole batch at once.
_COMMON = frozenset("，。、；：年的")
_ACROSS = frozenset({"LV6"})


@dataclass(frozen=True, slots=True)
class Batch:
    """The text, and where each passage begins in it."""

    text: str
    starts: list[int]
    passages: list[tuple[TextFile, Passage]]

    def bounds(self, index: int) -> tuple[int, int]:
        """Where a passage begins and ends."""
        start = self.starts[index]
        return start, start + len(self.passages[index][1].text)


def searched(passage: Passage) -> bool:
    """Whether a passage is text that style has to do with: no code, no identifier."""
    if passage.kind is Kind.CODE or not _UNSHOWN_KEYS.isdisjoint(passage.pointer):
        return False
    if passage.kind is not Kind.FIELD or not _TOKEN.fullmatch(passage.text):
        return True
    return bool(passage.pointer) and passage.pointer[-1] in _TEXT_KEYS


def batches(files: Iterable[TextFile]) -> Iterator[Batch]:
    """The passages of files, a quarter of a million signs at a time; no file is parted."""
    parts: list[str] = []
    starts: list[int] = []
    passages: list[tuple[TextFile, Passage]] = []
    size = 0
    for file in files:
        for passage in file.passages:
            if searched(passage):
                starts.append(size)
                passages.append((file, passage))
                parts.append(passage.text)
                size += len(passage.text) + len(_BORDER)
        if size > _SIZE:
            yield Batch(_BORDER.join(parts), starts, passages)
            parts, starts, passages, size = [], [], [], 0
    if parts:
        yield Batch(_BORDER.join(parts), starts, passages)


@dataclass(frozen=True)
class _Index:
    automaton: AhoCorasick
    owners: list[list[Pattern]]  # the patterns that each word of the automaton calls
    always: list[Pattern]


@cache
def _index() -> _Index:
    owners: dict[str, list[Pattern]] = {}
    always: list[Pattern] = []
    for pattern in patterns():
        words = pattern.needed
        if words is None or pattern.rule.id in _ACROSS or not _COMMON.isdisjoint(words):
            always.append(pattern)
            continue
        for word in words:
            owners.setdefault(word, []).append(pattern)
    return _Index(AhoCorasick(list(owners)), list(owners.values()), always)


def matches(batch: Batch) -> Iterator[tuple[Pattern, int, int, int]]:
    """Every match: the pattern, the passage by its index, and start and end within the passage."""
    index = _index()
    called: dict[int, set[int]] = {}
    asked: dict[int, Pattern] = {}
    for word, start, _ in index.automaton.find_matches_as_indexes(batch.text, overlapping=True):
        at = bisect_right(batch.starts, start) - 1
        for pattern in index.owners[word]:
            name = id(pattern)
            places = called.get(name)
            if places is None:
                asked[name] = pattern
                places = called[name] = set()
            places.add(at)
    for name, places in called.items():
        pattern = asked[name]
        for at in sorted(places):
            start, end = batch.bounds(at)
            for match in pattern.regex.finditer(batch.text, start, end):
                yield pattern, at, match.start() - start, match.end() - start
    for pattern in index.always:
        for match in pattern.regex.finditer(batch.text):
            at = bisect_right(batch.starts, match.start()) - 1
            start, end = batch.bounds(at)
            if match.end() <= end or pattern.rule.id in _ACROSS:
                yield pattern, at, match.start() - start, min(match.end(), end) - start
