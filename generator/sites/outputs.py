"""The files of one site in its folder: written whole beside it, or changed one by one in place.

What stands in the folder is known from a ledger in the store, trusted only while the folder carries
the ledger's token. The token goes before the first file is touched and comes back after the last,
so a build that is ended in between leaves a folder that the next one makes anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import Any

from generator.store import Store, digest_of

__all__ = ["Ledger", "Outputs"]

_TOKENS = ".gongkai"

Row = list[Any]  # the key of a file and, for a page, what it looked up


@dataclass(slots=True)
class Ledger:
    """What a site's folder holds, under the key of all that it was planned from."""

    key: str = ""
    since: str = ""  # the wall time at which it was planned
    until: str = ""  # the wall time from which the plan may read otherwise
    trace: dict[str, str] = field(default_factory=dict)  # what its pages looked up in other parts
    parts: dict[str, str] = field(default_factory=dict)  # the digests, then, of those parts
    pages: int = 0
    assets: int = 0
    bytes: int = 0
    token: str = ""  # names this state of the folder, here and beside the folder itself
    files: dict[str, Row] = field(default_factory=dict)  # kept apart: only a change asks for them

    def head(self) -> list[Any]:
        """All but the files, as JSON."""
        return [
            self.key, self.since, self.until, self.trace, self.parts, self.pages, self.assets,
            self.bytes, self.token,
        ]  # fmt: skip


@dataclass(frozen=True)
class Outputs:
    """A site's folder below `out`, and its ledger in `store`."""

    out: Path
    site: str
    store: Store

    @property
    def folder(self) -> Path:
        """Where the site stands."""
        return self.out / self.site

    @cached_property
    def staging(self) -> Path:
        """Where it is made when it is made whole."""
        return self.out / f".{self.site}.new"

    @property
    def _token(self) -> Path:
        return self.out / _TOKENS / self.site

    @property
    def _name(self) -> str:
        return f"outputs/{digest_of(str(self.out.resolve()))}/{self.site}"

    def ledger(self) -> Ledger | None:
        """What the folder holds, without its files; None where that cannot be told for sure."""
        head = self.store.get(self._name)
        try:
            token = self._token.read_text()
        except OSError:
            return None
        if head is None or not self.folder.is_dir():
            return None
        ledger = Ledger(*head)
        return ledger if token == ledger.token else None

    def filed(self) -> Ledger | None:
        """The same with its files."""
        ledger = self.ledger()
        if ledger is None:
            return None
        kept = self.store.get(f"{self._name}.files")
        if kept is None or kept[0] != ledger.token:
            return None
        ledger.files = kept[1]
        return ledger

    def open(self) -> None:
        """Takes the token away: from here on the folder is nobody's word."""
        self._token.unlink(missing_ok=True)

    def close(self, ledger: Ledger) -> None:
        """Puts the ledger into the store, and its token beside the folder."""
        ledger.token = token_hex(16)
        self.store.put(f"{self._name}.files", [ledger.token, ledger.files])
        self.store.put(self._name, ledger.head())
        self._token.parent.mkdir(parents=True, exist_ok=True)
        beside = self._token.with_name(f"{self.site}.{os.getpid()}.tmp")
        beside.write_text(ledger.token)
        beside.replace(self._token)

    def recover(self) -> None:
        """Brings back the last folder where a build was ended between its two renames."""
        old = self.out / f".{self.site}.old"
        if old.exists() and not self.folder.exists():
            old.rename(self.folder)
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(self.staging, ignore_errors=True)

    def swap(self) -> None:
        """Puts the new folder in the old one's place; the old one is removed last."""
        old = self.out / f".{self.site}.old"
        shutil.rmtree(old, ignore_errors=True)
        if self.folder.exists():
            self.folder.rename(old)
        self.staging.rename(self.folder)
        shutil.rmtree(old, ignore_errors=True)

    def remove(self) -> None:
        """Removes the site, so that nothing of it passes for whole if this is ended midway."""
        self.open()
        self.recover()
        shutil.rmtree(self.folder, ignore_errors=True)

    def stage(self, path: str, data: bytes) -> None:
        """Writes a file of the new folder."""
        write(f"{self.staging}/{path}", data)

    def carry(self, path: str) -> bool:
        """Takes a file of the old folder over into the new one; whether it was there."""
        target = f"{self.staging}/{path}"
        try:
            _link(f"{self.folder}/{path}", target)
        except FileNotFoundError:
            return False
        return True

    def change(self, files: Iterable[tuple[str, bytes]], gone: Iterable[str]) -> None:
        """Writes files in place, each whole, and removes what is gone."""
        for path, data in files:
            target = self.folder / path
            beside = f"{target}.{os.getpid()}.tmp"
            write(beside, data)
            Path(beside).replace(target)
        for path in gone:
            target = self.folder / path
            target.unlink(missing_ok=True)
            _prune(target.parent, self.folder)


def write(path: str, data: bytes) -> None:
    """Writes a file, and the folders above it where they are missing: three calls of the system."""
    try:
        handle = os.open(path, _WRITE, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        handle = os.open(path, _WRITE, 0o666)
    try:
        done = os.write(handle, data)
        while done < len(data):
            done += os.write(handle, data[done:])
    finally:
        os.close(handle)


_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | getattr(os, "O_BINARY", 0)


def _link(source: str, target: str) -> None:
    """The same file under another name, or a copy where that cannot be."""
    try:
        os.link(source, target)
        return
    except FileNotFoundError:
        if not os.path.exists(source):  # noqa: PTH110
            raise
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
    except OSError:
        shutil.copyfile(source, target)
        return
    _link(source, target)


def _prune(folder: Path, top: Path) -> None:
    """Removes folders that hold nothing any more."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
