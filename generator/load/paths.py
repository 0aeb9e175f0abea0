"""Paths of content files: names that mean the same on every system and in every address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.visible import visible
from generator.load.kinds import SLUG
from generator.tree import SYMLINK, Entry

__all__ = ["path_faults"]

_MAX_BYTES = 240
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")
_ASSET_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\Z")
# Nearly every path, told at once: slugs, and a file's name with one ending. The letters are all
# ASCII and small, so the path is its own folded form.
_ORDINARY = re.compile(
    r"[a-z]+(?:/(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])[/.])[a-z0-9]+(?:-[a-z0-9]+)*)+\.[a-z0-9]+"
)
_REGULAR = "100644"


def path_faults(entries: Iterable[Entry]) -> Iterator[Diagnostic]:
    """Faults of the names and modes of files, each at the file's first line."""
    seen: dict[str, str] = {}
    for entry in entries:
        path = folded = entry.path
        ordinary = len(path) <= _MAX_BYTES and _ORDINARY.fullmatch(path) is not None
        if not ordinary or entry.mode != _REGULAR:
            for code, values in _faults_of(entry):
                yield Diagnostic(code, Place(visible(path)), values)
            folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            yield Diagnostic("SRC-023", Place(visible(path)), {"other": visible(seen[folded])})
        seen.setdefault(folded, path)


def _faults_of(entry: Entry) -> Iterator[tuple[str, dict[str, object]]]:
    path = entry.path
    if entry.mode == SYMLINK:
        yield "SRC-020", {}
    elif entry.mode != _REGULAR:
        yield "SRC-021", {"mode": entry.mode}
    if (
        path != unicodedata.normalize("NFC", path)
        or len(path.encode("utf-8", "replace")) > _MAX_BYTES
    ):
        yield "SRC-022", {"part": visible(path)}
        return
    parts = path.split("/")
    for part in parts[1:]:
        stem = part.split(".")[0]
        good = SLUG.fullmatch(part) or (part is parts[-1] and _ASSET_NAME.match(part))
        if not good or _DEVICES.match(stem):
            yield "SRC-022", {"part": visible(part)}
