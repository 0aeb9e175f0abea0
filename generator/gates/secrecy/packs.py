"""The rows of `packs/secrecy/patterns.yml`, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Rule", "file_rule", "rules"]

_FILE = Path(__file__).parents[1] / "packs" / "secrecy" / "patterns.yml"
_SEPARATOR = r"[ \n\u00a0\u2009\u3000\-‐‑–—.·_/]?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: what to look for, where, how grave it is, and what to tell the clerk."""

    id: str
    severity: str
    where: str  # any | alone | top | title | file
    message: str
    proposal: str
    source: str
    mark: str
    pattern: re.Pattern[str] | None = None
    check: str = ""
    label: tuple[str, ...] = ()  # one must stand shortly before
    optional: bool = False  # whether it is found without its label, too
    labelled: str = ""  # the severity where the label stands
    unless: tuple[str, ...] = ()  # where one stands shortly before, `softer` is the severity
    softer: str = ""
    many: int = 0  # so many in one file are an error
    private: bool = False  # whether what was found is masked wherever it is shown


@cache
def rules() -> tuple[Rule, ...]:
    """Every row, in the order of the pack."""
    return tuple(_rule(row) for row in yaml.safe_load(_FILE.read_text("utf-8")))


def _rule(row: dict[str, Any]) -> Rule:
    written = row.pop("pattern", None)
    row |= {name: tuple(row[name]) for name in ("label", "unless") if name in row}
    pattern = None
    if written is not None:
        text = written
        if "{{" in written or "{sep}" in written:
            text = written.replace("{sep}", _SEPARATOR).replace("{{", "{").replace("}}", "}")
        pattern = re.compile(text, re.MULTILINE)
    return Rule(**row, pattern=pattern)


@cache
def file_rule(name: str) -> Rule:
    """The row for something that a file hides."""
    return next(rule for rule in rules() if rule.id == name and rule.where == "file")
