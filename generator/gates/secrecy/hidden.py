"""What attachments and pictures hold and do not show: comments, changes, hidden cells, metadata.

Every part of a file is looked at, not what a library calls its text. A file that cannot be read is
a finding by itself: what nobody could look into does not go out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.gates.passage import Kind, Passage
from generator.gates.secrecy.office import document, slides, workbook
from generator.gates.secrecy.pdf import pages
from generator.gates.secrecy.pictures import picture

__all__ = ["HIDING_ENDINGS", "Hidden", "hidden_in"]

_MOST = 50_000  # pieces of text


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that no reader sees at once, and what is wrong with the file itself."""

    passages: tuple[Passage, ...] = ()
    faults: tuple[tuple[str, str, str], ...] = ()  # rule, place in Chinese words, what was found


_READERS: Mapping[str, Callable[[bytes], Iterator[tuple[str, str, str]]]] = {
    ".docx": document,
    ".jpeg": picture,
    ".jpg": picture,
    ".pdf": pages,
    ".png": picture,
    ".pptx": slides,
    ".webp": picture,
    ".xlsx": workbook,
}
HIDING_ENDINGS = tuple(_READERS)


def hidden_in(path: str, data: bytes) -> Hidden:
    """What a file hides. Never raises: one that cannot be read is told as such."""
    passages: list[Passage] = []
    faults: list[tuple[str, str, str]] = []
    try:
        for rule, place, text in _READERS[PurePosixPath(path).suffix.lower()](data):
            if rule:
                faults.append((rule, place, text))
            elif text.strip() and len(passages) < _MOST:
                passages.append(Passage(text, Kind.FIELD, ((0, 0),), where=place))
    except Exception:  # whatever a foreign file makes its reader raise
        faults.append(("A0", "", ""))
    return Hidden(tuple(passages), tuple(dict.fromkeys(faults)))
