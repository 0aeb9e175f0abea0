"""Bytes of an attachment → its passages and faults: the one way in which this gate reads files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.gates.passage import Passage
from generator.gates.secrecy.files.docx import document
from generator.gates.secrecy.files.found import Fault, Found, Piece, TooMuchError
from generator.gates.secrecy.files.kinds import expected, kind_of, second_kind
from generator.gates.secrecy.files.metafile import emf, wmf
from generator.gates.secrecy.files.ofd import ofd
from generator.gates.secrecy.files.ole import ole
from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.pdf import pdf
from generator.gates.secrecy.files.picture import picture
from generator.gates.secrecy.files.plain import is_text, plain, table, xml
from generator.gates.secrecy.files.pptx import slides
from generator.gates.secrecy.files.refused import REFUSED
from generator.gates.secrecy.files.svg import svg
from generator.gates.secrecy.files.walk import Walk, guarded
from generator.gates.secrecy.files.xlsx import workbook
from generator.gates.secrecy.files.zips import zips
from generator.gates.text import TextFile
from generator.load.kinds import locate

__all__ = ["Opened", "read_file"]


@dataclass(frozen=True, slots=True)
class Opened:
    """An attachment as the gate sees it.

    hidden: the places whose text readers do not see
    """

    text: TextFile
    faults: tuple[Fault, ...]
    hidden: frozenset[str]


READERS: Mapping[str, Callable[[bytes, Walk], Found]] = {
    "docx": document,
    "bmp": picture,
    "emf": emf,
    "gif": picture,
    "jpg": picture,
    "pdf": pdf,
    "ofd": ofd,
    "ole": ole,
    "png": picture,
    "pptx": slides,
    "svg": svg,
    "table": table,
    "text": plain,
    "tiff": picture,
    "webp": picture,
    "wmf": wmf,
    "xlsx": workbook,
    "xml": xml,
    "zip": zips,
    **REFUSED,
}


def read_file(path: str, data: bytes) -> Opened:
    """The passages and faults of an attachment. Never raises: what fails is a fault."""
    walk = Walk(_open, path)
    passages: list[Passage] = []
    faults: list[Fault] = []
    hidden = set()
    try:
        for one in guarded(_open(PurePosixPath(path).name, data, walk)):
            if isinstance(one, Fault):
                faults.append(one)
                continue
            if not one.text.strip():
                continue
            if len(passages) >= limit("pieces"):
                raise TooMuchError("段落和单元格太多")
            passages.append(_passage(one))
            if one.hidden:
                hidden.add(one.place)
    except TooMuchError as error:
        faults.append(Fault("A1", why=str(error)))
    unit = locate(path).unit
    text = TextFile(path, "", tuple(passages), (), "attachment", unit)
    return Opened(text, tuple(dict.fromkeys(faults)), frozenset(hidden))


def _passage(piece: Piece) -> Passage:
    pointer = ("name",) if piece.title else ()
    return Passage(
        piece.text, piece.kind, ((0, 0),), pointer=pointer, where=piece.place, cell=piece.cell
    )


def _open(name: str, data: bytes, walk: Walk) -> Found:
    """Any file by its bytes; a name that says something else is a fault."""
    kind, said = kind_of(name, data), expected(name)
    if said and kind not in {"", "ole", said}:  # what is old or locked says so itself
        yield Fault("Z6", text=PurePosixPath(name).name)
    if kind and second_kind(kind, data):
        yield Fault("Z6-two", text=PurePosixPath(name).name)
    if not data:
        if not walk.depth:
            yield Fault("A0", why="文件是空的")
    elif (reader := READERS.get(kind or said)) is not None:
        yield from reader(data, walk)
    elif not kind and is_text(data):
        yield from plain(data, walk)
    else:
        yield Fault("A0", why="不认识这种文件")
