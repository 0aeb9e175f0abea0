"""What the bytes of a file are, and what is wrong with them, for the facts' items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from generator.review.strict_yaml import load

__all__ = ["Read", "read"]

_SIGNATURES = (
    (b"%PDF-", 0, "pdf"),
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"WEBP", 8, "webp"),
    (b"ftyp", 4, "mp4"),
    (b"ID3", 0, "mp3"),
    (b"GIF8", 0, "gif"),
    (b"PK\x03\x04", 0, "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "ole"),
)
_OFFICE = ((b"word/document.xml", "docx"), (b"xl/workbook.xml", "xlsx"), (b"ppt/", "pptx"))
_TEXTS = {"md": "markdown", "yml": "yaml", "yaml": "yaml", "csv": "csv", "html": "html"}
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
# Marks of direction, signs without width, tags, soft hyphen; a BOM anywhere but at the start.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]|(?<!^)\ufeff"
)
_ACTIVE = re.compile(
    r"<\s*(?:script|iframe|object|embed|svg\b[^>]*\son|base|meta)\b|<[^>]*\son[a-z]+\s*=|"
    r"javascript\s*:|data\s*:\s*text/html",
    re.IGNORECASE,
)
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_POINTER = b"version https://git-lfs.github.com/spec/"
_RESTORE = 10**9


@dataclass(frozen=True, slots=True)
class Read:
    """A file's type, its problems, and what its front matter says of its review."""

    type: str
    problems: tuple[str, ...] = ()
    review_class: str | None = None
    restore_of: int | None = None


def read(path: str, data: bytes) -> Read:
    """What the bytes are; the name only tells kinds of text apart."""
    problems: set[str] = set()
    if data.startswith(_POINTER):
        return Read("unknown", ("lfs_pointer",))
    kind = _binary(data)
    if kind:
        if kind == "pdf" and _ACTIVE_PDF.search(data):
            problems.add("active")
        if kind != "zip" and _is_two(kind, data):
            problems.add("polyglot")
        return Read(kind, tuple(sorted(problems)))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Read("unknown", ("not_utf8",))
    kind = _TEXTS.get(path.rpartition(".")[2].lower(), "text")
    if _UNSEEN.search(text):
        problems.add("invisible")
    if kind in ("markdown", "csv", "html") and _ACTIVE.search(text):
        problems.add("active")
    value: Any = None
    front = _FRONT.match(text) if kind == "markdown" else None
    if front or kind == "yaml":
        value, fault = load((front[1] if front else text).encode(), words=True)
        if fault:
            problems.add("front_matter")
    fields = value if isinstance(value, dict) else {}
    return Read(kind, tuple(sorted(problems)), _class(fields), _restores(fields))


def _binary(data: bytes) -> str:
    for mark, at, kind in _SIGNATURES:
        if data[at : at + len(mark)] == mark:
            if kind == "zip":
                return next((name for part, name in _OFFICE if part in data), "zip")
            return kind
    return ""


def _is_two(kind: str, data: bytes) -> bool:
    """Whether a second format begins inside: an archive at the end, a document further on."""
    office = {name for _, name in _OFFICE}
    if kind not in office and b"PK\x05\x06" in data[-65_557:]:
        return True
    return kind != "pdf" and kind not in office and b"%PDF-" in data[1:1_048_576]


def _class(fields: dict[str, Any]) -> str | None:
    found = fields.get("reviewClass")
    return found if isinstance(found, str) and 0 < len(found) <= 64 else None


def _restores(fields: dict[str, Any]) -> int | None:
    found = fields.get("restoreOf")
    return found if isinstance(found, int) and 0 < found < _RESTORE else None
