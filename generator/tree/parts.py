"""Parts: what is read and judged by itself, a unit's folder or the rest of `content/`.

Folders whose names differ only in case or in Unicode's normal form are one part, so that the
fault of having both is seen by whoever looks at the part alone.
"""

from __future__ import annotations

import unicodedata

__all__ = ["GROUP", "TOP", "UNITS", "folded", "folder_of", "part_of"]

TOP = "content"
UNITS = "content/units/"
GROUP = ""  # the name of the part that is no unit's

_PREFIX = UNITS.encode()


def part_of(path: str) -> str:
    """The name of the unit folder that a path stands in, as it is written there.

    >>> part_of("content/units/tax/unit.yml"), part_of("content/units/tax"), part_of("content/a.md")
    ('tax', '', '')
    """
    return folder_of(path.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")


def folder_of(path: bytes) -> bytes:
    """The same of a path as git gives it."""
    if not path.startswith(_PREFIX):
        return b""
    folder, slash, _ = path[len(_PREFIX) :].partition(b"/")
    return folder if slash else b""


def folded(name: str) -> str:
    """What the names of one part have in common."""
    return unicodedata.normalize("NFC", name).casefold()
