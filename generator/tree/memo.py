"""Small files of remembered values: checksummed JSON, replaced whole or not at all.

A memo only ever saves work. One that is missing, damaged, cut short or written by another version
is no memo, and one that cannot be written is not missed.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

__all__ = ["digest_of", "recall", "remember", "stamp"]


def _pack(value: Any) -> bytes:
    """A value as JSON: equal values give equal bytes, and any path of a file system can be told."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def recall(path: Path, form: str, digest: str = "") -> Any:
    """The value that was remembered under `form`, or None; `digest` asks for the very same one."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        written, found = head.decode().split(" ")
        if written == form and found == _digest(body) and digest in ("", found):
            return json.loads(body)
    except (OSError, ValueError, RecursionError):
        pass
    return None


def remember(path: Path, form: str, value: Any) -> str:
    """Keeps a value for `recall` to find, and gives its digest."""
    body = _pack(value)
    _put(path, f"{form} {_digest(body)}\n".encode() + body)
    return _digest(body)


def _put(path: Path, data: bytes) -> None:
    """Puts a whole file in place; one who reads meanwhile sees the old bytes or the new."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def stamp(folder: Path) -> int:
    """The file system's own time at `folder`, in ns; 0 where nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return 0


def digest_of(value: Any) -> str:
    """The digest of a value, as `remember` gives it."""
    return _digest(_pack(value))


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()
