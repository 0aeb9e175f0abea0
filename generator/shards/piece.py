"""A piece: a folder with the sites of one shard, and a manifest of what was found in its parts."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.store import opened, sealed

__all__ = ["PLACE", "Manifest", "Shard", "measure"]

PLACE = ".gongkai/piece.json"
_FORM = "piece-1"


@dataclass(frozen=True, slots=True)
class Shard:
    """One of the equal shares of a group."""

    number: int  # from 1
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a piece was made of and with, what was found, and which sites stand in the folder."""

    number: int
    of: int
    commit: str
    moment: str  # the instant for which it was made
    until: str  # the wall time from which one of its sites may read otherwise
    program: str  # the digest of the program and the schemas
    theme: str
    digests: dict[str, str]  # of the listing of every part of the tree
    indexes: dict[str, list[Any]]  # of the parts that it answers for
    judged: dict[str, list[Any]]
    sites: dict[str, list[int]] = field(default_factory=dict)  # what `measure` says of each folder
    pages: int = 0
    failed: dict[str, str] = field(default_factory=dict)  # sites not built, and why
    withheld: bool = False  # whether no site was built, because of errors in these parts

    @property
    def at(self) -> datetime:
        """The instant for which it was made."""
        return datetime.fromisoformat(self.moment)

    def write(self, folder: Path) -> None:
        """Puts it into the piece, last of all."""
        file = folder / PLACE
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{file.name}.tmp")
        beside.write_bytes(sealed(asdict(self), _FORM, PLACE))
        beside.replace(file)

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """The manifest of a piece; None where there is none, or a damaged one."""
        try:
            plain = opened((folder / PLACE).read_bytes(), _FORM, PLACE)
        except OSError:
            return None
        return cls(**plain) if plain is not None else None

    @staticmethod
    def remove(folder: Path) -> None:
        """Takes the manifest away: what is being built is no piece."""
        (folder / PLACE).unlink(missing_ok=True)

    def incomplete(self, folder: Path) -> list[str]:
        """The sites of which the folder does not hold what was built."""
        return [name for name, size in self.sites.items() if measure(folder / name) != size]


def measure(folder: Path) -> list[int]:
    """How many files there are below a folder, and their bytes."""
    files = size = 0
    waiting = [os.fspath(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as rows:
                for row in rows:
                    if row.is_dir(follow_symlinks=False):
                        waiting.append(row.path)
                    else:
                        files, size = files + 1, size + row.stat(follow_symlinks=False).st_size
        except FileNotFoundError:
            continue
    return [files, size]
