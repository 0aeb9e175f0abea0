"""A piece as one file and back: the same folder gives the same bytes, whoever packs it."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from generator.sites.outputs import write

__all__ = ["PackError", "digest_of_file", "pack", "unpack"]


class PackError(ValueError):
    """A packed piece holds what no piece holds."""


def pack(folder: Path, names: Iterable[str], target: Path) -> None:
    """Writes the files of a folder below `names`: in path order, without owner, mode or time."""
    top = f"{folder}{os.sep}"
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as packed:
        for path in sorted(path for name in names for path in _files(top, name)):
            with open(top + path, "rb", buffering=0) as file:  # noqa: PTH123 -- a million times
                data = file.readall()
            row = tarfile.TarInfo(path)
            row.size = len(data)
            packed.addfile(row, io.BytesIO(data))
            _forget(packed)


def _files(top: str, name: str) -> Iterator[str]:
    """The paths below a folder, with forward slashes; a file's own."""
    if not os.path.isdir(top + name):  # noqa: PTH112
        yield name
    for folder, _, files in os.walk(top + name):
        inside = folder[len(top) :].replace(os.sep, "/")
        yield from (f"{inside}/{file}" for file in files)


def unpack(source: Path, folder: Path) -> None:
    """Writes the files of a packed piece below a folder. Errors: PackError, tarfile.TarError."""
    with tarfile.open(source, "r:") as packed, source.open("rb") as data:
        for row in packed:
            if not row.isreg() or row.name.startswith("/") or ".." in row.name.split("/"):
                raise PackError(row.name)
            data.seek(row.offset_data)
            write(f"{folder}/{row.name}", data.read(row.size))
            _forget(packed)


def _forget(packed: tarfile.TarFile) -> None:
    """Lets go of what was written or read; a `TarFile` would keep a row for every file."""
    packed.members.clear()  # type: ignore[attr-defined]


def digest_of_file(file: Path) -> str:
    """A digest of the bytes of a file, read piece by piece."""
    total = blake2b(digest_size=16)
    with file.open("rb") as data:
        while block := data.read(1 << 20):
            total.update(block)
    return total.hexdigest()
