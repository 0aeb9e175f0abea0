"""Links, pictures, headings and raw HTML of a Markdown body, with their places; no tree.

A link is looked for outside fenced and inline code, in the inline form `[text](target)`, the
reference form `[name]: target`, angle brackets, and the `href` and `src` of raw HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Link", "Tag", "headings", "links", "raw_tags"]

_FENCE = re.compile(r"^ {0,3}(?:(`{3,})([^`]*)|(~{3,})(.*))$")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_TARGET = r"\]\([ \t]*\n?[ \t]*(<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)"
_INLINE = re.compile(r"(?<!\\)(!?)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)" + _TARGET)
_SPLIT = re.compile(r"(?<!\\)(!?)\[([^\[\]\n]*(?:\n(?![ \t]*\n)[^\[\]\n]*)+)" + _TARGET)
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)([^\]]+)\]:\s*(<[^>]*>|\S+)")
_ANGLE = re.compile(r"<(https?://[^<>\s]+|mailto:[^<>\s]+)>")
_HTML = re.compile(r"<(a|img)\b([^<>]*)>", re.IGNORECASE)
_LEADS = re.compile(r"\b(?:href|src)\s*=\s*([\"'])([^\"'<>]*)\1", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TAG = re.compile(r"(?<!\\)<([A-Za-z][A-Za-z0-9-]*)((?:[\s/][^<>]*)?)>")
_ATTRIBUTE = re.compile(r"([A-Za-z_:][A-Za-z0-9_.:-]*)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)")
_ALT = re.compile(r"\balt\s*=\s*([\"'])(.*?)\1", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_LINKED, _TAGGED, _HEADED = re.compile(r"\][(:]|<"), re.compile("<"), re.compile("#")
_ANY = re.compile("")
_SHOWN = 200  # signs of a link's text that a finding may quote


@dataclass(frozen=True, slots=True)
class Link:
    """One link or picture of a body; line and column count from 1 within the body."""

    target: str
    text: str  # a picture's alternative text
    image: bool
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Tag:
    """One opening tag of raw HTML; names in lower case."""

    name: str
    attributes: tuple[str, ...]
    line: int
    column: int


def _lines(body: str, mark: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Lines outside fenced code that hold a mark, inline code blanked so that columns stay true."""
    fenced = "```" in body or "~~~" in body
    fence = ""
    for number, line in enumerate(body.split("\n"), 1):
        if fenced and (match := _FENCE.match(line)):
            run, info = match[1] or match[3], match[2] or match[4] or ""
            if not fence:
                fence = run
                continue
            if run.startswith(fence) and not info.strip():
                fence = ""
                continue
        if not fence and mark.search(line):
            yield number, _CODE.sub(lambda m: " " * len(m[0]), line) if "`" in line else line


def links(body: str) -> Iterator[Link]:
    """Every link and picture, in reading order within a line's form; those that span lines last."""
    spots = "](" in body
    if not spots and "]:" not in body and "<" not in body:
        return
    for number, line in _lines(body, _LINKED):
        yield from _inline(line, number, 0)
        if reference := _REFERENCE.match(line):
            yield Link(_plain(reference[2]), reference[1], False, number, reference.start(1))
        for match in _ANGLE.finditer(line):
            yield Link(match[1], match[1], False, number, match.start() + 1)
        for match in _HTML.finditer(line):
            if leads := _LEADS.search(match[2]):
                image = match[1].lower() == "img"
                text = _alternative(match[0]) if image else _anchor_text(line, match.end())
                yield Link(leads[2], text, image, number, match.start() + 1)
    if spots and _SPLIT.search(body) is not None:
        yield from _split(body)


def _split(body: str) -> Iterator[Link]:
    """Links whose text goes on over the next line of its paragraph."""
    kept = dict(_lines(body, _ANY))
    prose = "\n".join(kept.get(number, "") for number in range(1, body.count("\n") + 2))
    starts = [0, *(end.end() for end in re.finditer("\n", prose))]
    for match in _SPLIT.finditer(prose):
        line = bisect_right(starts, match.start())
        column = match.start() - starts[line - 1] + 1
        yield Link(_plain(match[3]), match[2], match[1] == "!", line, column)


def _plain(target: str) -> str:
    """Where a link leads, without the marks around it and the escapes within."""
    return _ESCAPED.sub(r"\1", target[1:-1] if target.startswith("<") else target)


def _inline(text: str, number: int, offset: int) -> Iterator[Link]:
    """Inline links and pictures, also within the text of one and after brackets left open."""
    match = _INLINE.search(text)
    while match is not None:
        yield Link(_plain(match[3]), match[2], match[1] == "!", number, offset + match.start() + 1)
        if "](" in match[2]:
            yield from _inline(match[2], number, offset + match.start(2))
        match = _INLINE.search(text, match.start(3) if "[" in match[3] else match.end())


def _alternative(tag: str) -> str:
    alt = _ALT.search(tag)
    return alt[2] if alt else ""


def _anchor_text(line: str, start: int) -> str:
    """What stands in an `<a>`, shortened; never nothing where it ends on a later line."""
    inner, end, _ = line[start : start + _SHOWN].partition("</a")
    return inner.strip() if end else inner.strip() or "…"


def raw_tags(body: str) -> Iterator[Tag]:
    """Every opening tag of raw HTML outside code; one that spans lines is not seen."""
    if "<" not in body:
        return
    for number, line in _lines(body, _TAGGED):
        for match in _TAG.finditer(line):
            names = tuple(name.lower() for name in _ATTRIBUTE.findall(match[2]))
            yield Tag(match[1].lower(), names, number, match.start() + 1)


def headings(body: str) -> Iterator[tuple[int, int, str]]:
    """The level, line and text of every `#` heading."""
    for number, line in _lines(body, _HEADED):
        if match := _HEADING.match(line):
            yield len(match[1]), number, match[2]
