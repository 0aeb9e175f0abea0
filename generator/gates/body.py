"""A Markdown body → its passages, as readers see them, each sign with its place.

The blocks and their places come from the renderer that the site is made with; within a block the
source is walked beside the HTML (`walk.py`), so what counts as a link, as emphasis or as code is
decided once, and there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from generator.gates.passage import GAP, Kind, Passage
from generator.gates.walk import Walk
from generator.markup import render_placed

__all__ = ["body_passages"]

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")
_PLACE = re.compile(r'data-sourcepos="(\d+):(\d+)-(\d+):(\d+)"')
_WIDE = re.compile(r'\bcolspan="?(\d{1,3})')
_ALT = re.compile(r'\balt="([^"]*)"')
_HEAD_MARKS = re.compile(r"#{1,6}[ \t]*")
_ITEM_MARKS = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]*")
_BLANKS = re.compile(r"[ \t]*")
_TICKS = re.compile(r"`+")
_TILDES = re.compile(r"~+")
_NOTE = re.compile(r"\[\^[^\]\n]*\]")
_LINK_END = re.compile(
    r"\]\((?:[^()\\\"]|\\.|\"(?:[^\"\\]|\\.)*\"|\((?:[^()\\]|\\.)*\))*\)|\]\[[^\]\n]*\]|\]",
    re.DOTALL,
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    **dict.fromkeys(("td", "th"), Kind.CELL),
    **dict.fromkeys(("li", "dd", "dt"), Kind.ITEM),
}
# Tags between which no word goes on; all others stand within a line.
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 "
        "hr li ol p pre script section style summary table tbody td tfoot th thead tr ul",
    )
)
_UNSHOWN = frozenset({"script", "style"})


def body_passages(source: str, start: int) -> Iterator[Passage]:
    """The passages of the body that begins at the offset `start` of a file, in reading order."""
    body = source[start:]
    if not body.strip():
        return
    yield from _Reader(source, start).read(render_placed(body))


class _Reader:
    def __init__(self, source: str, start: int) -> None:
        self.source = source
        self.walk = Walk(source)
        self.walk.cursor = start
        self.lines = [start]  # the offset of each line of the body
        found = source.find("\n", start)
        while found >= 0:
            self.lines.append(found + 1)
            found = source.find("\n", found + 1)
        self.asked_line, self.asked, self.counted = 0, b"", (0, 0)  # the line looked at last
        self.kinds: list[Kind] = []
        self.quotes = 0
        self.noted = False
        self.closers: list[tuple[str, str]] = []  # an inline tag, and what ends it in the source
        self.done: list[Passage] = []
        self.table, self.row, self.column = 0, 0, 0  # counted as they begin
        self.cell: tuple[int, int, int] | None = None  # the one that is being read

    def read(self, html: str) -> Iterator[Passage]:
        at = 0
        while True:
            tag = _TAG.search(html, at)
            self._text(html[at : tag.start() if tag else len(html)])
            if tag is None:
                break
            at = self._tag(html, tag)
            if self.done:
                yield from self.done
                self.done.clear()
        self._close()
        yield from self.done

    def _text(self, text: str) -> None:
        if text and (self.walk.length or not text.isspace()):
            at = 0
            while (start := text.find("<!--", at)) >= 0:  # a comment is not published
                self.walk.follow(unescape(text[at:start]))
                end = text.find("-->", start)
                at = end + 3 if end >= 0 else len(text)
                self._raw(text[start:at])
            self.walk.follow(unescape(text[at:]))

    def _tag(self, html: str, tag: re.Match[str]) -> int:
        """Takes one tag; where to read on."""
        closing, name, attributes = tag[1] == "/", tag[2].lower(), tag[3]
        place = None if closing else _PLACE.search(attributes)
        if name in _BLOCKS:
            self._close()
            if closing:
                self._leave(name)
            else:
                self._enter(name, place, tag[0])
                if name == "pre" or name in _UNSHOWN:
                    return self._verbatim(html, tag.end(), name)
            return tag.end()
        if closing:
            self._end_inline(name, tag[0])
            return tag.end()
        if name == "code":
            return self._code(html, tag.end(), place is not None)
        if (end := self._skipped(html, tag.end(), name, attributes)) is not None:
            return end
        if name == "img":
            self._image(attributes, place is not None, tag[0])
        elif name == "br" and place is None:
            self._raw(tag[0])
            self.walk.put("\n", max(0, self.walk.cursor - 1))
        elif name != "br":
            self._begin_inline(name, place is not None, tag[0])
        return tag.end()

    def _skipped(self, html: str, at: int, name: str, attributes: str) -> int | None:
        """Where what the renderer adds by itself ends; None for anything else."""
        if name == "sup" and "footnote-ref" in attributes:
            self._gap(_NOTE)
            return max(html.find("</sup>", at) + 6, at)
        if name == "a" and 'class="footnote-backref"' in attributes:
            return max(html.find("</a>", at) + 4, at)
        return at if name == "a" and 'class="anchor"' in attributes else None

    # blocks

    def _enter(self, name: str, place: re.Match[str] | None, written: str) -> None:
        walk = self.walk
        if place is None:
            walk.end = len(self.source)
            self._raw(written)
        else:
            start = self._offset(int(place[1]), int(place[2]))
            if start >= walk.cursor or name == "section" or self.noted:
                walk.cursor = start
            walk.end = self._offset(int(place[3]), int(place[4])) + 1
            marks = {"li": _ITEM_MARKS, "td": _BLANKS, "th": _BLANKS}.get(name)
            marks = _HEAD_MARKS if name in _KINDS and name[0] == "h" else marks
            if marks and (found := marks.match(self.source, walk.cursor)):
                walk.cursor = found.end()
        if name == "hr":  # nothing ends it
            walk.end = len(self.source)
        self._count(name, written)
        if name in _KINDS:
            self.kinds.append(_KINDS[name])
        elif name == "blockquote":
            self.quotes += 1
        elif name == "section" and "data-footnotes" in written:
            self.noted = True

    def _count(self, name: str, written: str) -> None:
        """Counts tables, rows and columns; a cell over several columns stands in its first."""
        if name == "table":
            self.table, self.row = self.table + 1, 0
        elif name == "tr":
            self.row, self.column = self.row + 1, 0
        elif name in {"td", "th"}:
            self.cell = (self.table, self.row, self.column + 1)
            wide = _WIDE.search(written)
            self.column += int(wide[1]) if wide else 1

    def _leave(self, name: str) -> None:
        if name in {"td", "th"}:
            self.cell = None
        if name in _KINDS and self.kinds:
            self.kinds.pop()
        elif name == "blockquote":
            self.quotes = max(0, self.quotes - 1)
        self.walk.end = len(self.source)

    def _add(self, text: str, kind: Kind, spots: list[tuple[int, int]]) -> None:
        self.done.append(Passage(text, kind, tuple(spots), self.quotes > 0, cell=self.cell))

    def _close(self) -> None:
        """Ends the passage that is being read."""
        self.closers.clear()
        walk = self.walk
        if walk.length:
            text = "".join(walk.text)
            whole = text.rstrip(" \n")
            if whole.strip(" \n" + GAP):
                kind = self.kinds[-1] if self.kinds else Kind.PARAGRAPH
                kind = Kind.NOTE if self.noted else kind
                self._add(whole, kind, walk.spots)
            walk.start()

    def _verbatim(self, html: str, at: int, name: str) -> int:
        """Reads a block of code; what a script or a style holds is shown to nobody."""
        end = html.find(f"</{name}", at)
        end = len(html) if end < 0 else end
        if name == "pre":
            text = unescape(_TAG.sub("", html[at:end])).rstrip("\n")
            fence = self.source[self.walk.cursor : self.walk.cursor + 3]
            if fence in {"```", "~~~"}:
                line = self.source.find("\n", self.walk.cursor, self.walk.end)
                self.walk.cursor = line + 1 if line >= 0 else self.walk.cursor
            self.walk.follow(text, raw=True)
            if text.strip():
                self._add(text, Kind.CODE, self.walk.spots)
            self.walk.start()
        return end

    def _offset(self, line: int, column: int) -> int:
        """The offset in the file of a byte of a line of the body, both counted from 1."""
        line = min(max(line, 1), len(self.lines))
        start = self.lines[line - 1]
        if line != self.asked_line:
            end = self.lines[line] if line < len(self.lines) else len(self.source)
            self.asked_line = line
            self.asked = self.source[start:end].encode("utf-8", "replace")
            self.counted = (0, 0)
        wanted = max(column, 1) - 1
        known, signs = self.counted if self.counted[0] <= wanted else (0, 0)
        signs += len(self.asked[known:wanted].decode("utf-8", "ignore"))
        if wanted < len(self.asked) and self.asked[wanted] & 0xC0 != 0x80:
            self.counted = (wanted, signs)
        return min(start + signs, len(self.source))

    # within a line

    def _begin_inline(self, name: str, ours: bool, written: str) -> None:
        """Moves over what opens a piece of a line, and notes what will close it."""
        walk = self.walk
        here = self.source[walk.cursor : walk.cursor + 1]
        if not ours:
            self._raw(written)
        elif name == "em" and here in {"*", "_"}:
            walk.cursor += 1
            self.closers.append((name, here))
        elif name == "strong" and (walk.skip("**") or walk.skip("__")):
            self.closers.append((name, here * 2))
        elif name == "del" and (tildes := _TILDES.match(self.source, walk.cursor)):
            walk.cursor = tildes.end()
            self.closers.append((name, tildes[0]))
        elif name == "a" and here in {"[", "<"}:
            walk.cursor += 1
            self.closers.append((name, "]" if here == "[" else ">"))

    def _end_inline(self, name: str, written: str) -> None:
        walk = self.walk
        if not self.closers or self.closers[-1][0] != name:
            self._raw(written)
            return
        marks = self.closers.pop()[1]
        if marks == "]":
            found = _LINK_END.match(self.source, walk.cursor, walk.end)
            walk.cursor = found.end() if found else walk.cursor
        else:
            walk.skip(marks)

    def _raw(self, written: str) -> None:
        """Moves over a tag that the author wrote."""
        found = self.source.find(written, self.walk.cursor, self.walk.end)
        if found >= 0:
            self.walk.cursor = found + len(written)

    def _gap(self, marks: re.Pattern[str]) -> None:
        walk = self.walk
        walk.put(GAP, min(walk.cursor, max(0, len(self.source) - 1)))
        if found := marks.match(self.source, walk.cursor, walk.end):
            walk.cursor = found.end()

    def _code(self, html: str, at: int, ours: bool) -> int:
        """Reads a piece of code: a gap in its passage, and a passage of its own."""
        end = html.find("</code>", at)
        end = len(html) if end < 0 else end
        text = unescape(_TAG.sub("", html[at:end]))
        walk = self.walk
        ticks = _TICKS.match(self.source, walk.cursor) if ours else None
        walk.put(GAP, min(walk.cursor, max(0, len(self.source) - 1)))
        if ticks:
            walk.cursor = ticks.end()
        own = Walk(self.source)
        own.cursor, own.end = walk.cursor, walk.end
        own.follow(text.strip(" "), raw=True)
        if text.strip():
            self._add("".join(own.text), Kind.CODE, own.spots)
        walk.cursor = own.cursor
        if ticks:
            closing = self.source.find(ticks[0], walk.cursor, walk.end)
            walk.cursor = closing + len(ticks[0]) if closing >= 0 else walk.cursor
        return end + 7

    def _image(self, attributes: str, ours: bool, written: str) -> None:
        walk = self.walk
        words = _ALT.search(attributes)
        start = walk.cursor
        walk.put(GAP, min(start, max(0, len(self.source) - 1)))
        own = Walk(self.source)
        own.cursor, own.end = start + (2 if ours else 0), walk.end
        if words and words[1].strip():
            own.follow(unescape(words[1]))
            self._add("".join(own.text), Kind.ALT, own.spots)
        if ours:
            found = _LINK_END.search(self.source, own.cursor, walk.end)
            walk.cursor = found.end() if found else own.cursor
        else:
            self._raw(written)
