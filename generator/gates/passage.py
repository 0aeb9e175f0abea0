"""A passage: one piece of text as readers see it, each sign with its place in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from generator.load import Pointer

__all__ = ["GAP", "Kind", "Passage"]

# Stands in a passage where something that is no text interrupts it: code, a picture, a note's mark.
GAP = "\ufffe"


class Kind(StrEnum):
    """What a passage is on the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"  # of a list
    CELL = "cell"  # of a table: of the body, of a CSV file
    NOTE = "note"  # a footnote
    ALT = "alt"  # the words that stand for a picture
    CODE = "code"  # shown as it is written: for those who look for secrets, not for style
    PAGE = "page"  # a line of a PDF file, whose order and blanks are the extraction's
    FIELD = "field"  # a string of the front matter or of a YAML record
    EDGE = "edge"  # of an attachment: a header, a footer, a line of a title page
    SEEN = "seen"  # read off a picture, so not surely right


@dataclass(frozen=True, slots=True)
class Passage:
    """Text between two borders that no word crosses.

    spots: (offset in `text`, offset in the file) of each run that stands in both sign by sign
    """

    text: str
    kind: Kind
    spots: tuple[tuple[int, int], ...]
    quoted: bool = False  # in a block quote
    pointer: Pointer = ()  # of a field; of a cell of a CSV file ("rows", row, column)
    where: str = ""  # Chinese words for a place in an attachment, which has no lines
    cell: tuple[int, int, int] | None = None  # table of the file, row, column; each from 1

    def source(self, index: int) -> int:
        """The offset in the file of one sign; one past the last sign for the passage's end."""
        at = bisect_right(self.spots, (index, 1 << 60)) - 1
        if at < 0:
            return 0
        start, offset = self.spots[at]
        return offset + index - start

    def run(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `text[start:end]` stands sign by sign in the file; None where it does not."""
        at = bisect_right(self.spots, (start, 1 << 60)) - 1
        if at < 0 or (at + 1 < len(self.spots) and self.spots[at + 1][0] < end):
            return None
        offset = self.source(start)
        return offset, offset + end - start
