"""Brackets, title marks and quotation marks: in pairs, and in the right order one in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gates.known import Known
from generator.gates.passage import Passage
from generator.gates.text import TextFile
from generator.gates.wording.batch import searched
from generator.gates.wording.hits import Hit
from generator.gates.wording.packs import rules

__all__ = ["brackets", "quotation_marks"]

_OPEN = {"（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
_CLOSE = {closing: opening for opening, closing in _OPEN.items()}
_BRACKETS = re.compile("[（）《》〈〉【】〔〕]")
_QUOTES = re.compile("[“”‘’]")
_LABEL_SIGNS = 12  # that are looked at before a bracket
_LABEL = re.compile(r"\s*[0-9０-９a-zA-Z一二三四五六七八九十①-⑳]{1,3}$")


def brackets(file: TextFile, _: Known) -> Iterator[Hit]:
    """Brackets without their other half (PU4), and title marks directly in themselves (PU7)."""
    alone, nested = rules()["PU4"], rules()["PU7"]
    for passage in file.passages:
        if not searched(passage) or _BRACKETS.search(passage.text) is None:
            continue
        for at, fault in _unpaired(passage):
            rule = alone if fault == "alone" else nested
            yield Hit(rule, file, passage, at, at + 1)


def _unpaired(passage: Passage) -> Iterator[tuple[int, str]]:
    stack: list[tuple[str, int, str]] = []  # a bracket, its place, the title mark it stands in
    opened = dict.fromkeys(_OPEN, 0)
    text = passage.text
    for match in _BRACKETS.finditer(text):
        sign, at = match[0], match.start()
        if sign in _OPEN:
            inner = _title_mark(stack)
            if (sign == "〈" and inner != "《") or sign == "《" == inner:
                yield at, "nested"
            stack.append((sign, at, inner))
            opened[sign] += 1
            continue
        if opened[_CLOSE[sign]]:  # what stands between is alone
            while (top := stack.pop())[0] != _CLOSE[sign]:
                opened[top[0]] -= 1
                yield top[1], "alone"
            opened[top[0]] -= 1
        elif not (
            sign == "）"
            and _LABEL.match(text[max(text.rfind("\n", 0, at) + 1, at - _LABEL_SIGNS) : at])
        ):
            yield at, "alone"
    for _, at, _ in stack:
        yield at, "alone"


def _title_mark(stack: list[tuple[str, int, str]]) -> str:
    """The nearest title mark that is open; empty outside titles."""
    if not stack:
        return ""
    sign, _, inner = stack[-1]
    return sign if sign in "《〈" else inner


def quotation_marks(file: TextFile, _: Known) -> Iterator[Hit]:
    """Quotation marks without their other half, or single ones outside double ones (PU6)."""
    rule = rules()["PU6"]
    passages = [passage for passage in file.passages if searched(passage)]
    for index, passage in enumerate(passages):
        if _QUOTES.search(passage.text) is None:
            continue
        after = passages[index + 1].text if index + 1 < len(passages) else ""
        before = passages[index - 1].text if index else ""
        goes_on = after.lstrip().startswith("“")
        went_on = passage.text.lstrip().startswith("“") and "“" in before
        for at in _unquoted(passage.text, goes_on, went_on):
            yield Hit(rule, file, passage, at, at + 1)


def _unquoted(text: str, goes_on: bool, went_on: bool) -> Iterator[int]:
    stack: list[tuple[str, int]] = []
    for match in _QUOTES.finditer(text):
        sign, at = match[0], match.start()
        latin = re.match(r"[A-Za-z0-9]’[A-Za-z]", text[max(0, at - 1) : at + 2])
        if latin:  # an apostrophe
            continue
        inner = stack[-1][0] if stack else ""
        if sign == "“":
            if inner == "“" and not (went_on and at and len(stack) == 1):
                yield at
                continue
            stack.append((sign, at))
        elif sign == "‘":
            if inner != "“":
                yield at
            stack.append((sign, at))
        elif inner == {"”": "“", "’": "‘"}[sign]:
            stack.pop()
        else:
            yield at
    if not goes_on:
        yield from (at for _, at in stack)
