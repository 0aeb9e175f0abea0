"""A cache in a plain folder: values by name, each checked before it is used.

What stands here was worked out from files that have not changed since, so losing it costs time and
nothing else. A value is read only if its head names this format and this `key` (what the values
depend on beside their own inputs: the program, the schemas) and its digest is that of its bytes;
anything else is as if it were not there. Values are JSON, so reading one runs no code of whoever
wrote it. Each is put in place by a rename: a reader sees an old value or a new one, never a part.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

import orjson

__all__ = ["Beside", "FolderStore", "NoStore", "Store", "digest_of", "locked"]

_FORMAT = b"gongkai-1"
_FAST, _SAFE = b"o", b"j"  # numbers and signs that orjson does not take are written by json


def digest_of(*parts: bytes | str) -> str:
    """One digest of all parts, in order; none can pass for a piece of its neighbour."""
    total = blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()


class Store(Protocol):
    """What can be asked of a cache."""

    def get(self, name: str) -> Any:
        """The value under `name`; None where there is none to be trusted."""

    def put(self, name: str, value: Any) -> None:
        """Puts a value under `name`."""

    def drop(self, name: str) -> None:
        """Forgets what stands under `name`."""


class NoStore:
    """A cache that keeps nothing."""

    def get(self, name: str) -> Any:
        return None

    def put(self, name: str, value: Any) -> None: ...

    def drop(self, name: str) -> None: ...


@dataclass(frozen=True)
class FolderStore:
    """A cache in `folder`, of values that hold for `key`, which may be asked for when it counts."""

    folder: Path
    key: str | Callable[[], str]

    @cached_property
    def _key(self) -> str:
        return self.key if isinstance(self.key, str) else self.key()

    def prepare(self) -> None:
        """Reckons the key, where there is nothing better to do yet."""
        self._key  # noqa: B018 -- a property that is kept

    def get(self, name: str) -> Any:
        try:
            return opened(self._file(name).read_bytes(), self._key, name)
        except OSError:
            return None

    def put(self, name: str, value: Any) -> None:
        file = self._file(name)
        beside = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        data = sealed(value, self._key, name)
        with suppress(OSError):  # what cannot be kept is worked out again
            try:
                beside.write_bytes(data)
            except FileNotFoundError:
                file.parent.mkdir(parents=True, exist_ok=True)
                beside.write_bytes(data)
            beside.replace(file)

    def drop(self, name: str) -> None:
        self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.json"


@dataclass(frozen=True)
class Beside:
    """A cache that also takes from another one, to which it never writes."""

    own: Store
    other: Store

    def get(self, name: str) -> Any:
        found = self.own.get(name)
        return self.other.get(name) if found is None else found

    def put(self, name: str, value: Any) -> None:
        self.own.put(name, value)

    def drop(self, name: str) -> None:
        self.own.drop(name)


def sealed(value: Any, key: str, name: str) -> bytes:
    """The bytes that keep a value: a head of format, key and digest, and the value as JSON.

    The digest is also of the name: a file that came under another one is no value.
    """
    try:
        form, body = _FAST, orjson.dumps(value)
    except (TypeError, orjson.JSONEncodeError):
        form, body = _SAFE, json.dumps(value).encode()
    return b" ".join((_FORMAT, form, key.encode(), _seal(name, form + body))) + b"\n" + body


def opened(data: bytes, key: str, name: str) -> Any:
    """The value in `data`; None where it is damaged, of another format or another key."""
    head, _, body = data.partition(b"\n")
    words = head.split(b" ")
    if len(words) != 4 or words[0] != _FORMAT or words[2] != key.encode():
        return None
    if words[3] != _seal(name, words[1] + body):
        return None
    return orjson.loads(body) if words[1] == _FAST else json.loads(body)


def _seal(name: str, data: bytes) -> bytes:
    return digest_of(name, data).encode()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Holds the lock `file` among all processes; waits while another has it."""
    from filelock import FileLock

    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file):
        yield
