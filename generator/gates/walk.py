"""Text that was rendered → the places of its signs in the source, found by walking both.

A rendered text holds the signs of its source in their order; what the source has between them is
markup of a few known forms. Where the two part in a way that is not known, the walk looks for the
next words of the text further on, and never leaves the block.
"""

from __future__ import annotations

import re
from html import unescape

__all__ = ["Walk"]

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_PREFIX = re.compile(r"[ \t>]*")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_AHEAD = 8  # signs that are looked for together after a break


class Walk:
    """A cursor in the source, and the spots of the text that is being read."""

    __slots__ = ("cursor", "end", "length", "source", "spots", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self.cursor = 0
        self.end = len(source)
        self.start()

    def start(self) -> None:
        """Begins a new text."""
        self.text: list[str] = []
        self.length = 0
        self.spots: list[tuple[int, int]] = []

    def put(self, text: str, offset: int) -> None:
        """Adds text whose first sign stands at an offset, and the others after it."""
        last = self.spots[-1] if self.spots else None
        if last is None or last[1] + self.length - last[0] != offset:
            self.spots.append((self.length, offset))
        self.text.append(text)
        self.length += len(text)

    def skip(self, marks: str) -> bool:
        """Moves over marks of the source, if they are the next thing in it."""
        if self.source.startswith(marks, self.cursor):
            self.cursor += len(marks)
            return True
        return False

    def follow(self, text: str, raw: bool = False) -> None:
        """Reads rendered text, which the source holds from the cursor on; `raw` if no markup is."""
        at = 0
        while at < len(text):
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
            if line_end > at:
                self._line(text[at:line_end], raw)
            if line_end < len(text):
                self._break(raw)
            at = line_end + 1

    def _line(self, text: str, raw: bool) -> None:
        if self.source.startswith(text, self.cursor):
            self.put(text, self.cursor)
            self.cursor += len(text)
            return
        if raw and (found := self.source.find(text, self.cursor, self.end)) >= 0:
            self.put(text, found)
            self.cursor = found + len(text)
            return
        at = len(text) - len(text.lstrip(" \t"))
        if at and self.source.startswith(text[at:], self.cursor):  # the indent was the block's
            for sign in text[:at]:
                self.put(sign, self.cursor)
            self._line(text[at:], raw)
            return
        at = 0
        while at < len(text):
            at += self._sign(text, at, raw)

    def _sign(self, text: str, at: int, raw: bool) -> int:
        """Reads the next sign, or the few that one reference stands for; how many they were."""
        sign, cursor, source = text[at], self.cursor, self.source
        here = source[cursor : cursor + 1]
        after = source[cursor + 1 : cursor + 2]
        escaped = here == "\\" and after == sign and sign in _ESCAPABLE and not raw
        if escaped and not text.startswith(here + after, at):
            self.put(sign, cursor + 1)
            self.cursor = cursor + 2
        elif here == "&" and not raw and (reference := _ENTITY.match(source, cursor)):
            said = unescape(reference[0])
            if said != reference[0] and text.startswith(said, at):
                for part in said:
                    self.put(part, cursor)
                self.cursor = reference.end()
                return len(said)
            self.put(sign, cursor)
            self.cursor += 1
        elif here == sign or (sign == "\ufffd" and here == "\0"):
            self.put(sign, cursor)
            self.cursor += 1
        elif raw and sign == " " and here == "\n":  # a piece of code goes on over lines
            self.put(sign, cursor)
            prefix = _PREFIX.match(source, cursor + 1)
            self.cursor = prefix.end() if prefix else cursor + 1
        else:
            self._further(text, at)
        return 1

    def _further(self, text: str, at: int) -> None:
        """Looks for the sign, with what follows it, further on in the block."""
        for words in (text[at : at + _AHEAD], text[at]):
            found = -1 if words.isspace() else self.source.find(words, self.cursor, self.end)
            if found >= 0:
                self.put(text[at], found)
                self.cursor = found + 1
                return
        for reference in _ENTITY.finditer(self.source, self.cursor, self.end):
            if text.startswith(unescape(reference[0]), at):
                self.put(text[at], reference.start())
                self.cursor = reference.end()
                return
        self.put(text[at], min(self.cursor, max(0, len(self.source) - 1)))

    def _break(self, raw: bool) -> None:
        """Reads a line end, with the blanks before it and the marks of the blocks after it."""
        found = self.source.find("\n", self.cursor, self.end)
        if found < 0:
            self.put("\n", min(self.cursor, max(0, len(self.source) - 1)))
            return
        between = self.source[self.cursor : found].strip(" \t" if raw else " \t\\")
        self.put("\n", self.cursor if between else found)
        if raw and not between:
            self.cursor = found + 1
        elif not between:
            prefix = _PREFIX.match(self.source, found + 1)
            self.cursor = prefix.end() if prefix else found + 1
