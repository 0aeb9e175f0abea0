"""A group built whole and in pieces, into folders of one test."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import gongkai

__all__ = ["MOMENT", "Builder"]

MOMENT = "2026-11-24T12:00:00+08:00"


@dataclass(frozen=True)
class Builder:
    """Builds one repository into folders below `out`, each with a cache of its own."""

    root: Path
    out: Path

    def call(self, verb: str, *words: str | Path, cache: str = "") -> Result:
        """Calls a verb on the repository, with a cache of that name or with none."""
        kept = ["--cache", str(self.out / f"cache-{cache}")] if cache else ["--no-cache"]
        more = ["--root", str(self.root), "--jobs", "1", *kept]
        return CliRunner().invoke(gongkai, [verb, *map(str, words), *more])

    def whole(self, *words: str, name: str = "whole", cache: str = "") -> Result:
        """Builds the group as one."""
        out = self.out / name
        return self.call("build", "--out", out, "--moment", MOMENT, *words, cache=cache)

    def shard(
        self, number: int, of: int, *words: str, moment: str = MOMENT, cache: str = ""
    ) -> Result:
        """Builds one piece into `piece-<number>`."""
        out, shard = self.piece(number), f"{number}/{of}"
        more = ["--shard", shard, "--moment", moment, *words]
        return self.call("build", "--out", out, *more, cache=cache)

    def piece(self, number: int) -> Path:
        """Where a piece stands."""
        return self.out / f"piece-{number}"

    def join(self, numbers: Sequence[int], *words: str) -> Result:
        """Joins pieces into `joined`."""
        pieces = [self.piece(number) for number in numbers]
        return self.call("join", *pieces, "--out", self.out / "joined", *words)

    def in_pieces(self, of: int, *words: str) -> Result:
        """Builds every piece and joins them."""
        for number in range(1, of + 1):
            run = self.shard(number, of, *words)
            assert run.exit_code == 0, run.output
        return self.join(range(1, of + 1))

    def bytes_of(self, name: str) -> dict[str, str]:
        """Digests of the files in a folder of sites, without what the program keeps there."""
        folder = self.out / name
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and ".gongkai" not in path.parts
        }
