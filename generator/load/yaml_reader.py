"""YAML text → plain values, with every construct refused that two readers could take differently.

Built on libyaml's event stream rather than on its composer: one pass sees anchors, tags and depth
before anything is built, a file of 500,000 brackets ends at level 33 instead of in a crash, and a
date stays the text an editor wrote. Positions are recorded only when a finding asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from generator.load.signs import HIDDEN, named
from generator.load.yaml_causes import cause

__all__ = ["MAX_DEPTH", "Parsed", "Pointer", "Problem", "Spots", "read_yaml"]

MAX_DEPTH = 32
_MOST_PROBLEMS = 100

Pointer = tuple[str | int, ...]
Spots = dict[Pointer, tuple[int, int]]

_AMBIGUOUS_WORD = re.compile(r"(?:y|yes|n|no|on|off)\Z", re.IGNORECASE)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_AMBIGUOUS_NUMBER = re.compile(
    r"[-+]?(?:0[0-9_]+|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*_[0-9_]*"
    r"|[0-9][0-9_]*(?:\.[0-9_]*)?[eE][-+]?[0-9]+|[0-9]+\.|\.[0-9]+|\.(?:inf|Inf|INF)"
    r"|[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?)\Z"  # 14:30 was 870 in YAML 1.1
    r"|\.(?:nan|NaN|NAN)\Z"
)
_NO_WORDS = (_INT, _FLOAT, _AMBIGUOUS_WORD, _AMBIGUOUS_NUMBER)
_DIGITS = 20  # a number that long is an account or an identifier, and other readers round it
_BREAKS = re.compile("[\u0085\u2028\u2029]")  # only libyaml takes them for line ends
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# What a plain scalar begins with if it is any of the above; most are words that are not.
_NOT_WORDS = frozenset("+-.0123456789~nNtTfFyYoO")


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the text: its code, its place (from 1, within the text), and what it names."""

    code: str
    line: int
    column: int
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Parsed:
    """What a text says, as far as it could be read, and what was wrong with it.

    `keys` and `spots` give the places of keys and values by pointer; both stay empty unless the
    text was read with `positions`.
    """

    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    spots: Spots = field(default_factory=dict)
    keys: Spots = field(default_factory=dict)


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
            value = self._resolved(text, event)
        self.place(value, event)
        self.key = None

    def _resolved(self, text: str, event: Any) -> Any:
        if text and text[0] not in _NOT_WORDS:
            return text
        if text in _NULLS:
            return None
        if text in _BOOLS:
            return _BOOLS[text]
        if len(text) < _DIGITS and _INT.match(text):
            return int(text)
        if len(text) < _DIGITS and _FLOAT.match(text):
            return float(text)
        if _AMBIGUOUS_WORD.match(text):
            self.problem("SRC-014", event, word=text)
        elif _AMBIGUOUS_NUMBER.match(text) or _INT.match(text) or _FLOAT.match(text):
            self.problem("SRC-015", event, word=text)
        return text

    def _take_key(self, text: str, plain: bool, event: Any) -> None:
        mapping = self.stack[-1]
        if plain and _is_no_word(text):
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


@lru_cache(maxsize=1024)  # the keys of all records are a few hundred words
def _is_no_word(text: str) -> bool:
    """Whether a plain key would be a number, a truth value or nothing to some reader."""
    return text in _NULLS or text in _BOOLS or any(p.match(text) for p in _NO_WORDS)


def read_yaml(text: str, positions: bool = False) -> Parsed:
    """What one YAML document says; never raises for what the text holds.

    A key given twice keeps its first value; what stands under a stand-in key is dropped. A text
    that could not be read to its end has no value.
    """
    parsed = Parsed()
    if _BREAKS.search(text) is not None:
        text = _BREAKS.sub(" ", text)
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
    return parsed


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
