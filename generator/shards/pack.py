"""A piece as one file and back: the same folder gives the same bytes, whoever packs it."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path, PurePosixPath

__all__ = ["PackError", "digest_of_file", "pack", "unpack"]


class PackError(ValueError):
    """A packed piece holds what no piece holds."""


def pack(folder: Path, names: list[str], target: Path) -> None:
    """Writes the files of a folder below `names`: in path order, without owner, mode or time."""
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as packed:
        for path in sorted(path for name in names for path in _files(folder / name)):
            row = tarfile.TarInfo(path.relative_to(folder).as_posix())
            row.size, row.mode = path.stat().st_size, 0o644
            with path.open("rb") as file:
                packed.addfile(row, file)


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for folder, _, files in os.walk(place):
        yield from (Path(folder, name) for name in files)


def unpack(source: Path, folder: Path) -> None:
    """Writes the files of a packed piece below a folder. Errors: PackError, tarfile.TarError."""
    with tarfile.open(source, "r:") as packed:
        for row in packed:
            path = PurePosixPath(row.name)
            data = packed.extractfile(row) if row.isreg() else None
            if data is None or path.is_absolute() or ".." in path.parts:
                raise PackError(row.name)
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with data, target.open("wb") as file:
                shutil.copyfileobj(data, file)


def digest_of_file(file: Path) -> str:
    """A digest of the bytes of a file, read piece by piece."""
    total = blake2b(digest_size=16)
    with file.open("rb") as data:
        while block := data.read(1 << 20):
            total.update(block)
    return total.hexdigest()
