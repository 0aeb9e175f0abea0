"""The right and wrong case of a code as a reader sees it: the lines that make the difference."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

__all__ = ["difference"]

_CONTEXT = 2
_MAX_LINES = 40
_MAX_BYTES = 65536


def difference(cases: Path, code: str) -> str:
    """The wrong files of `cases/<code>` against the right ones, `-` wrong and `+` right.

    Empty where there is no such case, or where no text tells the two apart.
    """
    shown: list[str] = []
    for path in sorted(set(_paths(cases / code / "wrong")) | set(_paths(cases / code / "right"))):
        wrong, right = (
            _lines(cases / code / tree / path) or _lines(cases / "_base" / path)
            for tree in ("wrong", "right")
        )
        lines = list(unified_diff(wrong, right, path, path, n=_CONTEXT, lineterm=""))
        if lines:
            shown += [f"# {path}", *(line for line in lines[2:] if not line.startswith("@@"))]
    if len(shown) > _MAX_LINES:
        shown = [*shown[:_MAX_LINES], "…"]
    return "\n".join(shown)


def _paths(tree: Path) -> Iterator[str]:
    files = (
        file for file in tree.rglob("*") if file.is_file() and tree / "content" in file.parents
    )
    return (file.relative_to(tree).as_posix() for file in files)


def _lines(file: Path) -> list[str]:
    """The lines of a text file; none for a missing, large or unreadable one."""
    if not file.is_file() or file.stat().st_size > _MAX_BYTES:
        return []
    try:
        return file.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return []
