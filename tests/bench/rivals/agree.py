"""Whether a build made what it was asked for: a number means nothing while its pages differ.

`python -m tests.bench.rivals.agree BUILT PAGES.txt`, a process of its own as the writing is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

__all__ = ["DisagreementError", "agree", "main"]

_SHOWN = 5
_OWN = frozenset({"404.html"})  # what a tool adds by itself


class DisagreementError(Exception):
    """What was built is not what was asked for."""


def agree(built: Path, expected: Iterable[str], exactly: bool = True) -> None:
    """Nothing, where `built` has each HTML page of `expected`, and no other where `exactly`.

    Errors: DisagreementError, with some of the pages that lack or are too many.
    """
    there = {file.relative_to(built).as_posix() for file in built.rglob("*.html")} - _OWN
    wanted = set(expected)
    faults = list(_faults("lacks", wanted - there))
    if exactly:
        faults += _faults("has besides", there - wanted)
    if faults:
        raise DisagreementError(f"{built} of {len(wanted):,} pages {'; '.join(faults)}")


def _faults(what: str, pages: set[str]) -> Iterator[str]:
    if pages:
        some = ", ".join(sorted(pages)[:_SHOWN])
        yield f"{what} {len(pages):,}: {some}"


def main(arguments: Sequence[str]) -> None:
    """The command; `--or-more` allows for pages that were not asked for."""
    built, pages, *more = arguments
    agree(Path(built), Path(pages).read_text("utf-8").split("\n"), exactly="--or-more" not in more)


if __name__ == "__main__":
    main(sys.argv[1:])
