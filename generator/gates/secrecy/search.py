"""Which patterns are tried where: one pass over all words, and one over runs of digits.

A pattern is tried only on passages that hold one of its words, or enough digits; neighbours among
them are tried together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from generator.gates.passage import Kind
from generator.gates.secrecy.about import About
from generator.gates.secrecy.packs import Rule, rules
from generator.gates.secrecy.whole import BORDER

__all__ = ["Spans", "matches"]

_DIGITS = re.compile(r"(?:[0-9][ \n\u00a0\u2009\u3000\-‐‑–—.·_/]?){7}")


@dataclass(frozen=True)
class _Index:
    automaton: AhoCorasick
    owners: list[list[int]]  # the rules that each word calls


@cache
def _index() -> _Index:
    owners: dict[str, list[int]] = {}
    for number, rule in enumerate(rules()):
        if rule.pattern is None or rule.digits or _is_of_cells(rule):
            continue
        if rule.words is not None:
            for word in rule.words:
                owners.setdefault(word, []).append(number)
    return _Index(AhoCorasick(list(owners)), list(owners.values()))


@dataclass(frozen=True)
class Spans:
    """Where in a text each pattern is worth a try."""

    about: About
    called: dict[int, set[int]]  # rule → passages that hold one of its words
    digits: set[int]  # passages with many digits

    @classmethod
    def of(cls, about: About) -> Spans:
        """One look at a text."""
        whole = about.whole
        called: dict[int, set[int]] = {}
        index = _index()
        for found, start, _ in index.automaton.find_matches_as_indexes(
            whole.text, overlapping=True
        ):
            number = whole.number(start)
            for owner in index.owners[found]:
                called.setdefault(owner, set()).add(number)
        digits: set[int] = set()
        for match in _DIGITS.finditer(whole.text):  # that may go on in the next line of a page
            digits.update(range(whole.number(match.start()), whole.number(match.end() - 1) + 1))
        return cls(about, called, digits)

    def passages(self, at: int, rule: Rule) -> Iterable[int]:
        """The passages on which a rule, the `at`-th, is tried."""
        about, passages = self.about, self.about.whole.passages
        if _is_of_cells(rule):
            return about.cells(rule)
        if rule.digits:
            numbers: Iterable[int] = self.digits
        elif rule.words is None:
            numbers = range(len(passages))
        else:
            numbers = self.called.get(at, ())
        if rule.where == "title":
            return set(about.titles).intersection(numbers)
        if rule.where == "edge":
            return [number for number in numbers if passages[number].kind is Kind.EDGE]
        if rule.where == "top":
            numbers = about.top(rule.lines).intersection(numbers)
        if rule.where in {"top", "alone", "running"}:
            return [number for number in numbers if about.is_line(number)]
        return numbers


def _is_of_cells(rule: Rule) -> bool:
    """Whether a rule looks only at cells of columns or rows that it names."""
    return bool(rule.only) or rule.header is not None


def matches(spans: Spans, at: int, rule: Rule) -> Iterator[tuple[int, int]]:
    """Where a rule's pattern stands in the whole text."""
    assert rule.pattern is not None
    whole = spans.about.whole
    for start, end in _joined(spans.about, sorted(spans.passages(at, rule)), rule.across):
        for match in rule.pattern.finditer(whole.text, start, end):
            if match.end() > match.start() and (rule.across or BORDER not in match[0]):
                yield match.span()


def _joined(about: About, numbers: list[int], across: bool) -> Iterator[tuple[int, int]]:
    """Passages that follow each other as one stretch; with `across`, the one after, too."""
    whole = about.whole
    last = len(whole.passages) - 1
    start = end = before = -2
    for number in numbers:
        first, after = whole.bounds(number)
        if across and number < last:
            after = whole.bounds(number + 1)[1]
        if number == before + 1 and start >= 0:
            end = max(end, after)
        else:
            if start >= 0:
                yield start, end
            start, end = first, after
        before = number
    if start >= 0:
        yield start, end
