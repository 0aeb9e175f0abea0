"""A syntax error of libyaml → the line that a clerk has to mend, and why, in a clerk's words.

libyaml complains where it can no longer go on, which is often a line or a file below the slip: a
full-width colon in line 2 is an "unexpected value" in line 3, a quote never closed an "unexpected
end" in the last line. The known slips are looked for from there upwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["cause"]

_SENTENCES = Path(__file__).parents[1] / "messages" / "yaml-problems.yml"
_SLIPS = (
    ("full-width colon", re.compile(r"^ *(?:- +)?[\"']?[A-Za-z][A-Za-z0-9_-]*[\"']? *(?=：)")),
    ("blank after the colon", re.compile(r"^ *(?:- +)?[A-Za-z][A-Za-z0-9_-]*:(?=[^\s/])")),
    ("tab in the indentation", re.compile(r"^ *(?=\t)")),
)
_OPENED = ("quoted scalar", "flow sequence", "flow mapping")  # what may be left open
_NEAR = 3  # a slip further above than this many lines had let libyaml go on

Cause = tuple[int, int, Mapping[str, str]]  # line and column from 1, the sentence per language


def cause(text: str, error: yaml.YAMLError) -> Cause:
    """Where and why; what nobody foresaw keeps libyaml's own words and place."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", None) or error).splitlines()[0]
    if mark is None:  # a sign that YAML does not know: libyaml gives its offset in bytes
        before = text.encode()[: getattr(error, "position", 0)].decode("utf-8", "ignore")
        return before.count("\n") + 1, len(before) - before.rfind("\n"), _sentence(said)
    opened = getattr(error, "context_mark", None)
    is_open = str(getattr(error, "context", None) or "").endswith(_OPENED)
    lines = text.split("\n")
    for number in range(min(mark.line, len(lines) - 1), max(-1, mark.line - _NEAR), -1):
        for name, slip in _SLIPS:
            if match := slip.match(lines[number]):
                return number + 1, match.end() + 1, _sentence(name)
    if is_open and opened is not None and opened.line < mark.line:
        return opened.line + 1, opened.column + 1, _sentence("never closed")
    if not "".join(lines[mark.line :]).strip():  # at the end: the last line that says something
        last = max((n for n, line in enumerate(lines) if line.strip()), default=0)
        return last + 1, len(lines[last].rstrip()) + 1, _sentence(said)
    return mark.line + 1, mark.column + 1, _sentence(said)


def _sentence(said: str) -> Mapping[str, str]:
    return next((row for key, row in _sentences().items() if key in said), {"zh": said, "en": said})


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    known: dict[str, Any] = yaml.load(_SENTENCES.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return known
