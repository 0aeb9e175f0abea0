"""Files → findings of the secrecy gate: in their text, their names, and what attachments hide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import PurePosixPath

from generator.gates.finding import ERROR, WARNING, Finding
from generator.gates.known import Known
from generator.gates.secrecy.files.told import in_attachment
from generator.gates.secrecy.fold import folded
from generator.gates.secrecy.numbers import CHECKS, is_nobodys, masked
from generator.gates.secrecy.packs import Rule, file_rule, rules
from generator.gates.text import TEXT_ENDINGS, Kind, Passage, TextFile, read_text

__all__ = ["NAME", "find"]

NAME = "secrecy"

_NEAR = 24  # signs before a number in which its label stands
_TOP = 12  # passages at the beginning in which a level stands alone
_SHOWN = 40
# Records whose numbers are there to be called: an office's telephone is public.
_OFFICES = frozenset({"unit", "site", "service", "guide", "media-account", "group", "institution"})
_ORGAN = re.compile("户名[：:\\s]{0,3}[\u4e00-\u9fff]{2,30}?(?:局|院|中心|财政|公司|会|政府|学校)")
_ORGANS = frozenset({"N11"})
_TO_BE_CALLED = frozenset({"N9", "N17", "N20"})


def find(files: Iterable[tuple[str, bytes]], known: Known, today: date) -> Iterator[Finding]:
    """Every finding of the gate in files, in any order."""
    for path, data in files:
        yield from _in_name(path)
        ending = PurePosixPath(path).suffix.lower()
        if ending in TEXT_ENDINGS:
            yield from _in_text(read_text(path, data), today)
        else:
            yield from in_attachment(path, data, partial(_in_text, today=today))


def _in_name(path: str) -> Iterator[Finding]:
    name = PurePosixPath(path).stem
    for rule in rules():
        if rule.where == "title" and rule.pattern is not None:
            for match in rule.pattern.finditer(name):
                yield _finding(rule, path, "文件名", match[0])


def _in_text(text: TextFile, today: date) -> Iterator[Finding]:
    for fault in text.faults:
        rule = file_rule("A0")
        found = _finding(rule, text.path, "", "")
        said = f"{rule.message}：{fault.reason}"
        yield replace(found, line=fault.line, column=fault.column, message=said)
    whole = [folded(passage.text) for passage in text.passages]
    for rule in rules():
        if rule.pattern is None:
            continue
        if text.kind in _OFFICES and rule.id in _TO_BE_CALLED:
            continue
        hits = list(_of_rule(rule, text, whole, today))
        if rule.many and len({hit.text for hit in hits}) >= rule.many:
            hits = [replace(hit, severity=ERROR) for hit in hits]
        yield from hits


def _of_rule(
    rule: Rule, text: TextFile, whole: list[tuple[str, list[int]]], today: date
) -> Iterator[Finding]:
    for number, (passage, (shown, places)) in enumerate(zip(text.passages, whole, strict=True)):
        if rule.where == "top" and number >= _TOP:
            return
        if rule.id in _ORGANS and _ORGAN.search(shown):  # an organ's account is public
            continue
        for start, end in _matches(rule, passage, shown):
            found = shown[start:end]
            if (rule.check and not CHECKS[rule.check](found, today)) or is_nobodys(found):
                continue
            before = shown[max(0, start - _NEAR) : start] + _over(text, passage)
            labelled = any(word in before for word in rule.label)
            if rule.label and not labelled and not rule.optional:
                continue
            severity = rule.labelled if rule.labelled and labelled else rule.severity
            if any(word in before for word in rule.unless):
                severity = rule.softer or WARNING
            line, column = (1, 1) if passage.where else text.place(passage, places[start])
            hit = _finding(rule, text.path, passage.where, found)
            yield replace(hit, severity=severity, line=line, column=column)


def _matches(rule: Rule, passage: Passage, shown: str) -> Iterator[tuple[int, int]]:
    assert rule.pattern is not None  # rows without one are of files
    if rule.where in {"alone", "top"}:
        if rule.pattern.fullmatch(shown):
            yield 0, len(shown)
        return
    if rule.where == "title" and passage.pointer not in {("title",), ("name",)}:
        return
    for match in rule.pattern.finditer(shown):
        yield match.span()


def _over(text: TextFile, passage: Passage) -> str:
    """What says what a value is: its key; of a cell, its row and the header of its table."""
    words = " ".join(str(part) for part in passage.pointer)
    if passage.kind is not Kind.CELL or passage.where:
        return words
    line, _ = text.place(passage, 0)
    top = 1 if passage.pointer else line
    while not passage.pointer and top > 1 and "|" in text.line(top - 1):
        top -= 1
    return f"{words} {text.line(top)} {text.line(line)}"


def _finding(rule: Rule, path: str, place: str, found: str) -> Finding:
    shown = masked(found) if rule.private else found.strip()[:_SHOWN]
    quoted = f"“{shown}”" if shown else ""
    return Finding(
        gate=NAME, rule=rule.id, severity=rule.severity, path=path, place=place, text=shown,
        proposal=rule.proposal, message=f"{rule.message}{quoted}", source=rule.source,
        mark=rule.mark,
    )  # fmt: skip
