"""Numbers that were parted over the columns of a row: region, birth, tail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gates.secrecy.about import About

__all__ = ["row_runs"]

_PIECE = re.compile(r"[0-9 \-]{1,17}[Xx]?")
_LEAST = 18


def row_runs(about: About) -> Iterator[tuple[int, str]]:
    """Neighbouring cells of digits as one run, with where its first cell begins."""
    for grid in about.grids.values():
        for row in grid.rows:
            run: list[tuple[int, str]] = []
            for column, text in [*grid.row(row), (0, "")]:
                if column and _PIECE.fullmatch(text.strip()):
                    run.append((column, re.sub(r"[ \-]", "", text)))
                    continue
                if len(run) > 1:
                    yield from _whole_numbers(
                        about, [(grid.passages[row, at], said) for at, said in run]
                    )
                run = []


def _whole_numbers(about: About, run: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Each stretch of cells that holds as many signs as a number of a person."""
    for first in range(len(run) - 1):
        text = run[first][1]
        for _, said in run[first + 1 :]:
            text += said
            if len(text) == _LEAST:
                yield about.whole.bounds(run[first][0])[0], text
            if len(text) >= _LEAST:
                break
