"""Bytes of a governance file → plain values, or the one reason why not.

Stricter than `generator.load`: there an editor is helped on; here a text that two readers could
take differently is no rule at all. A plain word is text only if YAML 1.1 and YAML 1.2 both say
so; numbers are decimal whole numbers, and there are no truth values, dates or fractions.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import yaml

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Fault", "load"]

MAX_BYTES = 1 << 20
MAX_DEPTH = 32

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,15})")
_ELSE = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false)"
    r"|<<|="
    r"|[-+]?[0-9][0-9_,]*"  # 007, 1_000
    r"|[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?0x[0-9a-fA-F_]+"
    r"|[-+]?[0-9][0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]+)?"  # 1e3, 1., 1.5
    r"|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # 1:30 is ninety in YAML 1.1
    r"|[-+]?\.(?i:inf)|\.(?i:nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9].*)?"
)
_BREAKS = "\u0085\u2028\u2029"  # line ends to YAML 1.1 alone


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no value: in Chinese, with the line (from 1; 0 where there is none)."""

    line: int
    text: str


class _RefusedError(Exception):
    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.fault = Fault(line, text)


def load(data: bytes, words: bool = False) -> tuple[Any, Fault | None]:
    """The value of one YAML document, and None; or None, and why it is refused.

    Shapes: dict (keys are text), list, str, int, None. Never raises for what the bytes hold.
    words: a plain scalar that two readers take differently (a date, `true`, `1.5`) is text, as in
        the content's records, whose schemas say what it means; in rules it is refused
    """
    try:
        return _Builder(_text(data), words).value(), None
    except _RefusedError as refused:
        return None, refused.fault
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return None, Fault(mark.line + 1 if mark else 0, "不是合格的 YAML")


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _RefusedError(0, f"文件超过 {MAX_BYTES} 字节")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _RefusedError(line, "不是 UTF-8 编码") from None
    if not text.isascii():
        for sign in set(text):
            if sign in _BREAKS or unicodedata.category(sign) == "Cf":
                line = text.count("\n", 0, text.index(sign)) + 1
                raise _RefusedError(line, f"有看不见的字符 U+{ord(sign):04X}")
    return text


class _Builder:
    """Takes libyaml's events and keeps a stack of open containers; the first fault ends it."""

    def __init__(self, text: str, words: bool) -> None:
        self.parser = yaml.CSafeLoader(text)
        self.words = words
        self.stack: list[Any] = []
        self.keys: list[str | None] = []  # the key that waits for its value, per open mapping
        self.root: Any = None
        self.documents = 0

    def value(self) -> Any:
        while not isinstance(event := self.parser.get_event(), yaml.StreamEndEvent):
            self.take(event)
        if not self.documents:
            raise _RefusedError(1, "文件是空的")
        return self.root

    def take(self, event: Any) -> None:
        kind = type(event)
        line = event.start_mark.line + 1
        if kind is yaml.AliasEvent:
            raise _RefusedError(line, "不能使用引用 *")
        if kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise _RefusedError(line, "一个文件只能有一份内容")
            if event.version or event.tags:
                raise _RefusedError(line, "不能使用 % 指令")
        elif kind is yaml.ScalarEvent:
            self.marked(event, line)
            self.scalar(event, line)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.marked(event, line)
            self.open({} if kind is yaml.MappingStartEvent else [], line)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.stack.pop()
            self.keys.pop()

    def marked(self, event: Any, line: int) -> None:
        if event.anchor:
            raise _RefusedError(line, "不能使用锚点 &")
        if event.tag:
            raise _RefusedError(line, "不能使用类型标记 !")

    def open(self, container: Any, line: int) -> None:
        if self.waits_for_key():
            raise _RefusedError(line, "键只能是文字")
        if len(self.stack) >= MAX_DEPTH:
            raise _RefusedError(line, f"嵌套超过 {MAX_DEPTH} 层")
        self.place(container)
        self.stack.append(container)
        self.keys.append(None)

    def waits_for_key(self) -> bool:
        return bool(self.stack) and type(self.stack[-1]) is dict and self.keys[-1] is None

    def place(self, value: Any) -> None:
        if not self.stack:
            self.root = value
        elif type(top := self.stack[-1]) is list:
            top.append(value)
        else:
            top[self.keys[-1]] = value
            self.keys[-1] = None

    def scalar(self, event: Any, line: int) -> None:
        text: str = event.value
        value = _meaning(text, line, self.words) if event.implicit[0] else text
        if not self.waits_for_key():
            self.place(value)
            return
        if type(value) is not str:
            raise _RefusedError(line, f"键 {text or '~'} 应加引号，写成文字")
        if value in self.stack[-1]:
            raise _RefusedError(line, f"键 {value} 重复")
        self.keys[-1] = value


def _meaning(text: str, line: int, words: bool) -> str | int | None:
    if text in _NULLS:
        return None
    if _INT.fullmatch(text):
        return int(text)
    if not words and _ELSE.fullmatch(text):
        raise _RefusedError(line, f"{text} 有不止一种读法，应加引号")
    return text
