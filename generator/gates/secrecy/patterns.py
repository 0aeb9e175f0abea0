"""The pack's patterns over one text → hits: tried, checked, put beside their labels and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from generator.gates.finding import ERROR
from generator.gates.known import Known, public_form
from generator.gates.secrecy.about import About
from generator.gates.secrecy.hits import Hit
from generator.gates.secrecy.numbers import CHECKS, is_nobodys
from generator.gates.secrecy.packs import Rule, rules
from generator.gates.secrecy.people import named_near
from generator.gates.secrecy.readings import readings
from generator.gates.secrecy.rows import row_runs
from generator.gates.secrecy.search import Spans, matches

__all__ = ["pattern_hits"]

_NEAR = 24  # signs before a number in which its label stands
_ROW_WORD = 12  # signs of a cell that may be the label of another in its row
_CHECKED = frozenset({"resident", "permit", "foreign", "disability"})  # by a check digit

# Where something was found, by passage and rule; numbers of persons share one list.
Taken = dict[tuple[int, str], list[tuple[int, int]]]


def pattern_hits(about: About, known: Known, today: date) -> list[Hit]:
    """What the patterns find in a text, each place once."""
    spans = Spans.of(about)
    taken: Taken = {}
    found: list[Hit] = []
    for at, rule in enumerate(rules()):
        if rule.pattern is None or not _is_for(rule, about):
            continue
        hits = []
        for start, end in matches(spans, at, rule):
            text = about.whole.text[start:end]
            hit = _judged(rule, about, start, text, known, today)
            if hit is not None and _is_free(rule, taken, hit.number, start, end):
                hits.append(hit)
        if rule.many and not (rule.lowered and about.lowered):
            several = len({public_form(hit.text) for hit in hits}) >= rule.many
            hits = [replace(hit, severity=ERROR) for hit in hits] if several else hits
        found += hits
    found += _otherwise(about, known, today, taken)
    return _of_books(found)


def _is_for(rule: Rule, about: About) -> bool:
    """Whether a rule speaks of a text like this at all."""
    if rule.special and not about.special:
        return False
    if rule.kinds and about.file.kind not in rule.kinds:
        return False
    if rule.title and not rule.title.search(about.title):
        return False
    return rule.apart is None or not rule.apart.search(about.title)


def _is_free(rule: Rule, taken: Taken, number: int, start: int, end: int) -> bool:
    """Whether nothing of the rule, and no other number of a person, was found there; it is now."""
    places = taken.setdefault((number, "" if rule.private and rule.person else rule.id), [])
    if any(first < end and start < after for first, after in places):
        return False
    places.append((start, end))
    return True


def _judged(
    rule: Rule, about: About, start: int, text: str, known: Known, today: date
) -> Hit | None:
    """The hit that a match is; None for one that is right after all."""
    whole = about.whole
    number = whole.number(start)
    if not _is_meant(rule, about, number, text, today):
        return None
    if rule.public and public_form(text) in known.public:
        return None
    before = whole.text[max(whole.starts[number], start - _NEAR) : start]
    severity = _severity(rule, before + _beside(about, number))
    if not severity or (rule.id == "N11" and about.of_an_organ(number)):
        return None
    grid = about.grid(number)
    if severity != rule.softer:
        if rule.listed and grid is not None and grid.of_persons and not grid.office:
            severity = rule.listed
        if rule.beside and _is_beside_a_name(about, number, start, start + len(text)):
            severity = rule.beside
    return Hit(rule, number, whole.offset(start), text, severity)


def _is_meant(rule: Rule, about: About, number: int, text: str, today: date) -> bool:
    """Whether a match is of what the rule looks for, by itself and by where it stands."""
    pointer = about.whole.passages[number].pointer
    if (rule.check and not CHECKS[rule.check](text, today)) or is_nobodys(text):
        return False
    if rule.fields and (not pointer or pointer[-1] not in rule.fields):
        return False
    return rule.near is None or rule.near.search(about.whole.texts[number]) is not None


def _severity(rule: Rule, labels: str) -> str:
    """How grave a match is by the words around it; empty where it is nothing."""
    if any(word in labels for word in rule.unless):
        return "" if rule.softer == "none" else rule.softer
    labelled = any(word in labels for word in rule.label)
    if labelled and rule.labelled:
        return rule.labelled
    return rule.severity if labelled or not rule.label or rule.optional else ""


def _beside(about: About, number: int) -> str:
    """What says what a value is: its key; of a cell, the header and the short cells of its row."""
    passage, grid = about.whole.passages[number], about.grid(number)
    words = " ".join(str(part) for part in passage.pointer)
    if grid is None or passage.cell is None:
        return words
    _, row, column = passage.cell
    cells = [text for at, text in grid.row(row) if at != column and len(text) <= _ROW_WORD]
    return " ".join([words, grid.title(column), *cells])


def _is_beside_a_name(about: About, number: int, start: int, end: int) -> bool:
    grid, cell = about.grid(number), about.whole.passages[number].cell
    if grid is not None and cell is not None and grid.person(cell[1]):
        return True
    first, last = about.whole.bounds(number)
    text = about.whole.text[max(first, start - 40) : min(last, end + 40)]
    return named_near(text, start - max(first, start - 40), end - max(first, start - 40))


def _otherwise(about: About, known: Known, today: date, taken: Taken) -> Iterator[Hit]:
    """Numbers of persons that show only when a run is read in another way, or cells together."""
    sure: Taken = {}
    runs = [(one.start, one.text, one.guessed) for one in readings(about.whole.text)]
    runs += [(start, text, True) for start, text in row_runs(about)]
    for start, run, guessed in runs:
        for rule in rules():
            checked = rule.check in _CHECKED
            if rule.pattern is None or not rule.digits or not (checked or not guessed):
                continue
            if not rule.person or rule.only or rule.header or not _is_for(rule, about):
                continue
            for match in rule.pattern.finditer(run):
                at = start if guessed else start + match.start()
                hit = _judged(rule, about, at, match[0], known, today)
                places = sure if checked else taken  # a check digit outdoes what else it may be
                if hit and _is_free(rule, places, hit.number, at, at + len(match[0])):
                    yield hit


def _of_books(hits: Iterable[Hit]) -> list[Hit]:
    """A book of contacts (D5) is an error if it holds mobiles."""
    found = list(hits)
    mobile = any(hit.rule.id == "N9" for hit in found)
    return [
        replace(hit, severity=ERROR) if mobile and hit.rule.id == "D5" else hit for hit in found
    ]
