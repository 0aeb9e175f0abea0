"""The rows of `packs/secrecy/patterns.yml`, compiled once, and when each needs to be tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.gates.literals import needed
from generator.gates.secrecy.people import NAME, START

__all__ = ["Rule", "file_rule", "list_rule", "rules"]

_FILE = Path(__file__).parents[1] / "packs" / "secrecy" / "patterns.yml"
_SEPARATOR = r"[ \n\u00a0\u2009\u3000\-‐‑–—.·_/]?"
_EXPRESSIONS = ("header", "unheaded", "title", "apart", "near")
_SETS = ("label", "unless", "fields", "kinds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: what to look for, where, how grave it is, and what to tell the clerk."""

    id: str
    severity: str
    where: str  # any | alone | running | top | edge | title | list | file
    message: str
    proposal: str
    source: str
    mark: str
    pattern: re.Pattern[str] | None = None
    words: frozenset[str] | None = None  # one is in every match; None: always to be tried
    lines: int = 12  # how many at the top `where: top` means
    across: bool = False  # whether it may reach into the next passage
    digits: bool = False  # whether it is tried only where many digits stand
    check: str = ""
    label: tuple[str, ...] = ()  # one must stand shortly before
    optional: bool = False  # whether it is found without its label, too
    labelled: str = ""  # the severity where the label stands
    unless: tuple[str, ...] = ()  # where one stands shortly before, `softer` is the severity
    softer: str = ""  # "none" for no finding
    many: int = 0  # so many in one text are an error
    private: bool = False  # whether what was found is masked wherever it is shown
    veiled: bool = False  # whether of that only the first sign is shown: it has a name in it
    person: bool = False  # of a person: weighs more in special lists and in letters
    lowered: bool = False  # at most a warning in the texts of 5.2
    public: bool = False  # none where a unit has declared it public, or its account an organ's
    steady: bool = False  # does not weigh less where it was read off a picture
    beside: str = ""  # the severity beside a name that is written out
    listed: str = ""  # the severity in a list of persons
    special: bool = False  # only in lists of persons who get help
    only: str = ""  # cell: only in rows of persons; person: in those that no office stands in, too
    header: re.Pattern[str] | None = None  # of the column, which must match
    unheaded: re.Pattern[str] | None = None  # of the column, which must not match
    title: re.Pattern[str] | None = None  # of the text, which must match
    apart: re.Pattern[str] | None = None  # of the text, which must not match
    fields: tuple[str, ...] = ()  # the last key of the pointer must be one
    kinds: tuple[str, ...] = ()  # of record; none for all
    near: re.Pattern[str] | None = None  # must occur in the same passage


@cache
def rules() -> tuple[Rule, ...]:
    """Every row, in the order of the pack."""
    return tuple(_rule(row) for row in yaml.safe_load(_FILE.read_text("utf-8")))


def _rule(row: dict[str, Any]) -> Rule:
    given = row.pop("words", None)
    row |= {name: tuple(row[name]) for name in _SETS if name in row}
    row |= {name: re.compile(row[name]) for name in _EXPRESSIONS if name in row}
    written = row.pop("pattern", None)
    if written is None:
        return Rule(**row)
    if "{{" in written or "{sep}" in written or "{name}" in written:
        text = written.replace("{sep}", _SEPARATOR).replace("{{", "{").replace("}}", "}")
    else:
        text = written
    free = text.replace("{name}", "[一-龥]{2,4}").replace("{start}", "")
    words = frozenset(given) if given else needed(free)
    text = text.replace("{name}", f"(?:{NAME})").replace("{start}", START)
    pattern = re.compile(text, re.MULTILINE)
    return Rule(**row, pattern=pattern, words=words)


@cache
def file_rule(name: str) -> Rule:
    """The row for something that a file hides."""
    return next(rule for rule in rules() if rule.id == name and rule.where == "file")


@cache
def list_rule(name: str) -> Rule:
    """The row for something that a list says by its columns."""
    return next(rule for rule in rules() if rule.id == name and rule.where == "list")
