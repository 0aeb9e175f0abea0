"""What the ledger keeps of a record's own words: when it is to appear and to end."""

from __future__ import annotations

import re
from typing import Any

import yaml

__all__ = ["times_of", "with_restore"]

_WALL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
_FRONT = re.compile(rb"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_FIELDS = {"publishes_at": "publishedAt", "expires_at": "expiresAt"}


def times_of(path: str, data: bytes) -> dict[str, str | None]:
    """When the record in a file is published and when it expires, as it writes it; None: unsaid.

    What cannot be read says nothing: the check of content tells of it.
    """
    front = _FRONT.match(data)
    text = front[1] if front else data if path.endswith(".yml") else b""
    try:
        value: Any = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        value = None
    fields = value if isinstance(value, dict) else {}
    return {
        name: str(fields[key]) if _WALL.fullmatch(str(fields.get(key, ""))) else None
        for name, key in _FIELDS.items()
    }


_RESTORES = re.compile(rb"^restoreOf:.*\n", re.MULTILINE)


def with_restore(path: str, data: bytes, seq: int) -> bytes | None:
    """A record with `restoreOf` set in its front matter; None for a file that has none."""
    front = _FRONT.match(data) if path.endswith(".md") else None
    if front is None:
        return None
    kept = _RESTORES.sub(b"", front[1].replace(b"\r\n", b"\n"))
    return b"---\n" + kept + f"restoreOf: {seq}\n---".encode() + data[front.end() :]
