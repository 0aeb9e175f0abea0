"""A place that several machines reach, by any protocol that fsspec knows.

It only ever saves time. What is damaged, of another program or not there is as if it had never
been; a place that fails or is slow is left alone for the rest of the run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar
from urllib.parse import quote

from generator.store import opened, sealed

__all__ = ["AbsentError", "Location", "LocationError", "needed"]

T = TypeVar("T")

_PATIENCE = 30.0  # seconds that one value may take
_SLOWEST = 1_000_000  # bytes a second below which a file is not waited for
_FAULTS = 3  # after which the place is left alone


class AbsentError(RuntimeError):
    """An optional library is not installed: its name."""


class LocationError(ValueError):
    """An address of no location that can be reached from here; the reason is told in Chinese."""


def needed(module: str) -> Any:
    """An optional library, imported when somebody asks for it. Errors: AbsentError."""
    from importlib import import_module

    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise AbsentError(module.partition(".")[0]) from error


@dataclass
class Location:
    """Values and files below `url`; values hold for `key`, and are checked before they are used."""

    url: str
    key: str
    patience: float = _PATIENCE
    faults: int = 0
    _opened: tuple[int, Any, str] | None = field(default=None, repr=False)

    @classmethod
    def at(cls, url: str, key: str) -> Location:
        """The location at an address that makes sense. Errors: LocationError, AbsentError."""
        try:
            needed("fsspec.core").url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise LocationError(f"不能使用共享位置 {url}：{error}") from error
        return cls(url, key)

    def get(self, name: str) -> Any:
        """The value under a name; None where there is none to be trusted."""
        data = self._tried(lambda: self._read(name), self.patience)
        return opened(data, self.key, name) if data else None

    def put(self, name: str, value: Any) -> None:
        """Puts a value under a name, if that can be done."""
        data = sealed(value, self.key, name)
        self._tried(lambda: self._write(name, data), self.patience)

    def send(self, file: Path, name: str) -> bool:
        """Copies a file there; whether that was done."""
        return bool(self._tried(lambda: self._send(file, name), self._time_for(file)))

    def fetch(self, name: str, file: Path, size: int) -> bool:
        """Copies a file of some size from there; whether it is all there."""
        time = self.patience + size / _SLOWEST
        self._tried(lambda: self._fetch(name, file), time)
        return file.is_file() and file.stat().st_size == size

    def remove(self, name: str) -> None:
        """Removes a file, if that can be done."""
        self._tried(lambda: self._remove(name), self.patience)

    def _time_for(self, file: Path) -> float:
        return self.patience + file.stat().st_size / _SLOWEST

    def _read(self, name: str) -> bytes:
        system, path = self._at(name)
        try:
            return bytes(system.cat_file(path))
        except FileNotFoundError:
            return b""

    def _write(self, name: str, data: bytes) -> bool:
        system, path = self._at(name)
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        system.pipe_file(path, data)
        return True

    def _send(self, file: Path, name: str) -> bool:
        system, path = self._at(name)
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        system.put_file(os.fspath(file), path)
        return True

    def _fetch(self, name: str, file: Path) -> bool:
        system, path = self._at(name)
        system.get_file(path, os.fspath(file))
        return True

    def _remove(self, name: str) -> bool:
        system, path = self._at(name)
        system.rm_file(path)
        return True

    def _at(self, name: str) -> tuple[Any, str]:
        """The file system and the path there; opened anew in a process that was forked."""
        if self._opened is None or self._opened[0] != os.getpid():
            system, base = needed("fsspec.core").url_to_fs(self.url)
            self._opened = os.getpid(), system, str(base).rstrip("/")
        _, system, base = self._opened
        return system, f"{base}/{quote(name.encode('utf-8', 'surrogateescape'))}"

    def _tried(self, work: Callable[[], T], seconds: float) -> T | None:
        """What `work` gives; None where it fails, or takes longer than `seconds`."""
        if self.faults >= _FAULTS:
            return None
        said: list[T] = []

        def run() -> None:
            try:
                said.append(work())
            except Exception:  # whatever a foreign system raises, we do without it
                self.faults += 1

        thread = Thread(target=run, daemon=True)
        thread.start()
        thread.join(seconds)
        if thread.is_alive():
            self.faults = _FAULTS
            return None
        return said[0] if said else None
