"""Bodies as HTML: no second page title, and only what the allow-list lets through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.markup import headings, is_allowed, raw_tags, render

__all__ = ["first_level_heading", "html_that_is_dropped"]

_MAYBE_H1 = re.compile(r"\n {0,3}(?:#[ \t]|=+[ \t]*(?=\n|\Z))")
_RAW_H1 = re.compile(r"<h1", re.IGNORECASE)
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*")


def first_level_heading(corpus: Corpus) -> Iterator[Diagnostic]:
    """A heading of the first level in a body; the page's own title is the only one."""
    for record in corpus.subjects.values():
        body = record.document.body
        if not _may_hold_one(body) or "<h1" not in render(body):
            continue
        lines = {line for level, line, _ in headings(body) if level == 1}
        lines.update(tag.line for tag in raw_tags(body) if tag.name == "h1")
        for line in sorted(lines) or [_underlined(body)]:
            yield Diagnostic("LNK-007", record.document.body_place(line))


def _may_hold_one(body: str) -> bool:
    """Whether a body is worth rendering; single signs are looked for first, being found faster."""
    if ("#" in body or "=" in body) and _MAYBE_H1.search("\n" + body) is not None:
        return True
    return "<" in body and _RAW_H1.search(body) is not None


def _underlined(body: str) -> int:
    """The line of the first heading that has a line of `=` below it."""
    lines = body.split("\n")
    for number, (line, below) in enumerate(pairwise(lines), 1):
        if line.strip() and _UNDERLINE.fullmatch(below):
            return number
    return 1


def html_that_is_dropped(corpus: Corpus) -> Iterator[Diagnostic]:
    """Raw HTML that does not pass the allow-list, and so never reaches a page."""
    for record in corpus.subjects.values():
        for tag in raw_tags(record.document.body):
            place = record.document.body_place(tag.line, tag.column)
            if not is_allowed(tag.name):
                yield Diagnostic("LNK-008", place, {"what": f"<{tag.name}>"})
                continue
            for name in tag.attributes:
                if not is_allowed(tag.name, name):
                    yield Diagnostic("LNK-008", place, {"what": f"<{tag.name} {name}=…>"})
