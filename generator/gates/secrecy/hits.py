"""A hit: a rule, and the place of a text that it found; and how grave that is there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.gates.finding import ERROR, LEVELS, WARNING, Finding
from generator.gates.passage import Kind
from generator.gates.secrecy.about import About
from generator.gates.secrecy.numbers import masked
from generator.gates.secrecy.packs import Rule

__all__ = ["NAME", "Hit", "finding_of", "shown_as", "weighed"]

NAME = "secrecy"
_SHOWN = 40
_VEILED = 7  # stars that stand for what is hidden
_LETTERS = frozenset({"N9", "N17", "N19", "N20"})  # D13: what a letter's writer is reached by


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found in one passage."""

    rule: Rule
    number: int  # of the passage
    offset: int  # in the passage as it is written
    text: str
    severity: str
    note: str = ""  # what the clerk is told beside the rule's own sentence
    guessed: bool = False


def weighed(hit: Hit, about: About) -> Hit:
    """The hit as it weighs here: in lists of persons who get help, in letters, in pictures."""
    rule, level = hit.rule, LEVELS.index(hit.severity)
    if rule.person and (about.special or (about.letter and rule.id in _LETTERS)):
        level = max(0, level - 1)
    if rule.lowered and about.lowered:
        level = max(level, LEVELS.index(WARNING))
    if about.whole.passages[hit.number].kind is Kind.SEEN:
        steady = rule.steady and hit.severity == ERROR
        level = level if steady else min(level + 1, len(LEVELS) - 1)
    return replace(hit, severity=LEVELS[level])


def finding_of(hit: Hit, about: About) -> Finding:
    """The hit at its place in the file."""
    passage = about.whole.passages[hit.number]
    found = shown_as(hit.rule, about.file.path, passage.where, hit.text, hit.note)
    if passage.where:
        return replace(found, severity=hit.severity)
    line, column = about.file.place(passage, hit.offset)
    return replace(found, severity=hit.severity, line=line, column=column)


def shown_as(rule: Rule, path: str, place: str, text: str, note: str = "") -> Finding:
    """A finding of a rule; what is private is masked before it becomes one."""
    shown = masked(text) if rule.private else text.strip()[:_SHOWN]
    if rule.veiled:
        shown = text[:1] + "*" * min(len(text) - 1, _VEILED)
    quoted = f"“{shown}”" if shown else ""
    said = f"{rule.message}{quoted}{'：' if note else ''}{note}"
    return Finding(
        gate=NAME, rule=rule.id, severity=rule.severity, path=path, place=place, text=shown,
        proposal=rule.proposal, message=said, source=rule.source, mark=rule.mark,
    )  # fmt: skip
