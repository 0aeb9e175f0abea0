"""What a text holds beside what is read on its page: comments, link targets, titles, codes (Z4).

Each piece becomes a passage of its own, so the same rules look at it.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterable, Iterator
from html import unescape
from quopri import decodestring
from urllib.parse import unquote

from generator.gates.passage import Kind, Passage
from generator.gates.text import TextFile

__all__ = ["decoded", "unseen"]

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TARGET = re.compile(r"\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"([^\"\n]*)\")?\s*\)")
_DEFINED = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*(\S+)(?:[ \t]+\"([^\"\n]*)\")?", re.MULTILINE)
_VALUE = re.compile(r"\s(?:[a-z][-a-z0-9]*)=\"([^\"\n<>]{4,})\"", re.IGNORECASE)
_HIDING = re.compile(r"<(?:script|style|template)\b[^<>]*>(.*?)</", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{?([0-9a-fA-F]{4})\}?")
_CODED = re.compile(r"&#?\w{2,8};|%[0-9A-Fa-f]{2}|\\u\{?[0-9a-fA-F]{4}")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{16,4000}={0,2}(?![A-Za-z0-9+/=])")
_QUOTED = re.compile(r"(?:=[0-9A-Fa-f]{2}){3}|=\r?\n")  # quoted-printable: a sign, a line's end
_HZ = re.compile(r"~?\{(?:[\x21-\x77][\x21-\x7e]){2,}?~?\}")  # Markdown takes its ~ for a line
_UTF7 = re.compile(
    r"\+(?:[A-Za-z0-9+/]{8})*(?:[A-Za-z0-9+/]{3}|[A-Za-z0-9+/]{6}|[A-Za-z0-9+/]{8})-"
)


def unseen(text: TextFile) -> Iterator[Passage]:
    """The pieces of a Markdown body that its page does not show."""
    if not text.path.endswith(".md"):
        return
    source = text.text
    for pattern in (_COMMENT, _TARGET, _DEFINED, _VALUE, _HIDING):
        for match in pattern.finditer(source, text.body):
            for number in range(1, pattern.groups + 1):
                if match[number] and match[number].strip():
                    yield Passage(match[number], Kind.CODE, ((0, match.start(number)),))


def decoded(passages: Iterable[Passage]) -> Iterator[Passage]:
    """What stands in a passage in a code, decoded once; its place is the code's, about."""
    for passage in passages:
        text = passage.text
        if _CODED.search(text):
            plain = unescape(unquote(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)))
            if plain != text:
                yield _again(passage, plain, 0)
        for plain in _of_mail(text):
            yield _again(passage, plain, 0)
        for match in _BASE64.finditer(text):
            said = _read(match[0])
            if said:
                yield _again(passage, said, match.start())


def _of_mail(text: str) -> Iterator[str]:
    """A text read once in each of the codes that mail is written in, where it can be."""
    if _QUOTED.search(text) and (said := _from_bytes(decodestring(text.encode()))):
        yield said
    for said in (_HZ.sub(_of_hz, text), _UTF7.sub(_of_utf7, text)):
        if said != text:
            yield said


def _from_bytes(data: bytes) -> str:
    for coding in ("utf-8", "gb18030"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return ""


def _of_hz(run: re.Match[str]) -> str:
    return _coded(run[0], f"~{{{run[0].strip('~{}')}~}}", "hz")


def _of_utf7(run: re.Match[str]) -> str:
    return _coded(run[0], run[0], "utf-7")


def _coded(run: str, code: str, coding: str) -> str:
    """What a code says; the run itself where it is none."""
    try:
        said = code.encode("ascii").decode(coding)
    except UnicodeError:
        return run
    return said if said.isprintable() else run


def _read(code: str) -> str:
    try:
        said = b64decode(code + "=" * (-len(code) % 4), validate=True).decode("utf-8")
    except (Error, ValueError):
        return ""
    return said if all(sign.isprintable() or sign in "\r\n\t" for sign in said) else ""


def _again(passage: Passage, text: str, start: int) -> Passage:
    """A passage whose signs all stand where the code begins."""
    at = passage.source(start)
    spots = tuple((index, at) for index in range(len(text)))
    return Passage(text, Kind.CODE, spots, pointer=passage.pointer, where=passage.where)
