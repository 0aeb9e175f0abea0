"""A property of a file → whether it names a person, bears a mark, or tells of a folder."""

from __future__ import annotations

from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.pack import words

__all__ = ["custom", "is_somebody", "property_of"]


def is_somebody(text: str) -> bool:
    """Whether a name is a person's, and not a program's or an office's."""
    return bool(text.strip()) and not words().nobody.fullmatch(text.strip())


def property_of(text: str, place: str, family: str, person: bool = False) -> Found:
    """What a property tells; `family` is the id of the rows: W1, W2, F1, I3."""
    text = text.strip("\0 \t\r\n")
    if not text:
        return
    if person and is_somebody(text):
        yield Fault(family, place, text)
        return
    if words().marks.search(text):
        yield Fault(f"{family}-mark", place, text)
        text = words().marks.sub(" ", text)
    if family in {"W1", "F1"} and (path := words().path.search(text)):
        yield Fault(f"{family}-path", place, path[0])
    yield Piece(text, place, hidden=True)


def custom(name: str, text: str, place: str) -> Found:
    """What a property that a document system made up tells."""
    kinds = words().properties
    if kinds["level"].search(name):
        if not kinds["public"].fullmatch(text):
            yield Fault("W2-mark", place, f"{name}：{text}")
        return
    person = bool(kinds["person"].search(name)) and is_somebody(text)
    if person or (kinds["process"].search(name) and text.strip()):
        yield Fault("W2", place, text)
    else:
        yield from property_of(text, place, "W2")
