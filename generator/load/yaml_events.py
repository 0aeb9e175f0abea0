"""libyaml's events → a value, and a problem for all that two readers could take differently.

One pass sees anchors, tags and depth before anything is built: a file of 500,000 brackets ends at
level 33 instead of in a crash.
"""

from __future__ import annotations

from typing import Any

import yaml

from generator.load.scalars import is_no_key, meaning
from generator.load.signs import HIDDEN, named
from generator.load.yaml_causes import cause
from generator.load.yaml_reader import MAX_DEPTH, Parsed, Pointer, Problem

__all__ = ["build"]

_MOST_PROBLEMS = 100


def build(text: str, parsed: Parsed, positions: bool) -> None:
    """Reads `text` into `parsed`; a text that could not be read to its end has no value."""
    builder = _Builder(text, parsed, positions)
    parser = yaml.CSafeLoader(text)
    try:
        while not isinstance(event := parser.get_event(), yaml.StreamEndEvent):
            if not builder.take(event):
                break
    except _TooMuchError:
        parsed.value = None
    except yaml.YAMLError as error:
        line, column, reason = cause(text, error)
        parsed.problems.append(Problem("SRC-010", line, column, {"reason": reason}))
        parsed.value = None
    if parsed.problems:  # without one there was no cause for a stand-in
        _drop_stand_ins(parsed.value)


class _TooMuchError(Exception):
    """Nesting went past `MAX_DEPTH`, or faults past `_MOST_PROBLEMS`; the rest is not read."""


class _Builder:
    """Takes events, keeps a stack of open containers, and notes what is wrong on the way."""

    def __init__(self, text: str, parsed: Parsed, positions: bool) -> None:
        self.text = text
        self.parsed = parsed
        self.positions = positions
        self.documents = 0
        self.stack: list[Any] = []
        self.pointer: list[str | int] = []
        self.key: str | None = None
        self.keys_after: list[str | None] = []  # the pending key once a container closes

    def take(self, event: Any) -> bool:
        """Takes one event; false where the rest of the text is not to be read."""
        kind = type(event)
        if kind is yaml.ScalarEvent:  # three events in four
            if event.anchor or event.tag:
                self.marked(event)
            self.scalar(event)
        elif kind is yaml.AliasEvent:
            self.alias(event)
        elif kind is yaml.DocumentStartEvent:
            return self.document(event)
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            self.close()
        elif isinstance(event, yaml.CollectionStartEvent):
            self.marked(event)
            self.open([] if kind is yaml.SequenceStartEvent else {}, event)
        return True

    def marked(self, event: Any) -> None:
        if event.anchor:
            self.problem("SRC-011", event, mark=f"&{event.anchor}")
        if event.tag:
            self.problem("SRC-011", event, mark=event.tag)

    def document(self, event: Any) -> bool:
        self.documents += 1
        if self.documents > 1:
            self.problem("SRC-017", event)
            return False
        if event.version or event.tags:
            self.problem("SRC-011", event, mark="%")
        return True

    def alias(self, event: Any) -> None:
        self.problem("SRC-011", event, mark=f"*{event.anchor}")
        if self._is_key():
            self.key = f"\0*{event.anchor}"
        else:
            self.place(None, event)
            self.key = None

    def problem(self, code: str, event: Any, **values: Any) -> None:
        mark = event.start_mark
        self.parsed.problems.append(Problem(code, mark.line + 1, mark.column + 1, values))
        if len(self.parsed.problems) >= _MOST_PROBLEMS:
            raise _TooMuchError

    def place(self, value: Any, event: Any) -> None:
        """Puts a finished scalar or a just opened container where it belongs."""
        mark = event.start_mark
        if not self.stack:
            self.parsed.value = value
            pointer: Pointer = ()
        elif type(top := self.stack[-1]) is list:
            pointer = (*self.pointer, len(top)) if self.positions else ()
            top.append(value)
        else:
            pointer = (*self.pointer, self.key or "") if self.positions else ()
            top[self.key] = value
        if self.positions:
            self.parsed.spots[pointer] = (mark.line + 1, mark.column + 1)

    def open(self, container: Any, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.problem("SRC-016", event, limit=MAX_DEPTH)
            raise _TooMuchError
        key_after: str | None = None
        if self._is_key():  # a list or mapping as a key: its value gets a stand-in, dropped later
            self.problem("SRC-013", event, key={"zh": "列表或分组", "en": "a list or mapping"})
            key_after = f"\0{event.start_mark.line}:{event.start_mark.column}"
            self.pointer.append(key_after)
        elif self.stack:
            top = self.stack[-1]
            index = len(top) if type(top) is list else self.key or ""
            self.place(container, event)
            self.pointer.append(index)
        else:
            self.place(container, event)
        self.stack.append(container)
        self.keys_after.append(key_after)
        self.key = None

    def close(self) -> None:
        self.stack.pop()
        self.key = self.keys_after.pop()
        if self.stack:
            self.pointer.pop()

    def _is_key(self) -> bool:
        return bool(self.stack) and type(self.stack[-1]) is dict and self.key is None

    def escaped(self, event: Any) -> None:
        """Hidden signs that stand as `\\u202e` in the text, which shows no more what they do."""
        written = self.text[event.start_mark.index : event.end_mark.index]
        for sign in sorted(set(HIDDEN.findall(event.value)) - set(written)):
            self.problem("SRC-004", event, **named(sign))

    def scalar(self, event: Any) -> None:
        text: str = event.value
        plain: bool = event.implicit[0]
        if not text.isprintable():
            self.escaped(event)
        if self._is_key():
            self._take_key(text, plain, event)
            return
        value: Any = text
        if plain:
            value, fault = meaning(text)
            if fault:
                self.problem(fault, event, word=text)
        self.place(value, event)
        self.key = None

    def _take_key(self, text: str, plain: bool, event: Any) -> None:
        mapping = self.stack[-1]
        if plain and is_no_key(text):
            self.problem("SRC-013", event, key=text or "~")
        if plain and text == "<<":
            self.problem("SRC-011", event, mark="<<")
        if text in mapping:
            self.problem("SRC-012", event, key=text)
            text = f"\0{event.start_mark.line}:{event.start_mark.column}"
        self.key = text
        if self.positions:
            mark = event.start_mark
            self.parsed.keys[(*self.pointer, text)] = (mark.line + 1, mark.column + 1)


def _drop_stand_ins(value: Any) -> None:
    stack = [value]
    while stack:
        top = stack.pop()
        if type(top) is dict:
            for key in [key for key in top if key is None or key.startswith("\0")]:
                del top[key]
            stack.extend(top.values())
        elif type(top) is list:
            stack.extend(top)
