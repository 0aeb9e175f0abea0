"""Attachments → the text that their readers see, with words for where each piece stands.

Only what is shown counts here; what a file hides is a matter of the secrecy gate.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping

from generator.gates.archive import opened
from generator.gates.passage import Kind, Passage
from generator.gates.text import Fault, TextFile
from generator.load.kinds import locate

__all__ = ["ATTACHED_ENDINGS", "read_attached"]

_MOST_PIECES = 50_000  # paragraphs or cells
_JOINED = re.compile(r"(?<=[\u4e00-\u9fff，、；：])[ \t]*\n[ \t]*(?=[\u4e00-\u9fff])")

Piece = tuple[str, str, Kind]  # words for where, text, what it is


def read_attached(path: str, data: bytes) -> TextFile:
    """The passages of an attachment; one that cannot be opened is a fault. Never raises."""
    where = locate(path)
    reader = _READERS[path[path.rindex(".") :].lower()]
    passages: list[Passage] = []
    faults: tuple[Fault, ...] = ()
    try:
        for place, text, kind in reader(data):
            if text.strip():
                passages.append(Passage(text, kind, ((0, 0),), where=place))
            if len(passages) >= _MOST_PIECES:
                break
    except Exception:  # whatever a foreign file makes its reader raise
        faults = (Fault(1, 1, "附件打不开，读不出文字"),)
        passages = []
    return TextFile(path, "", tuple(passages), faults, "attachment", where.unit)


def _document(data: bytes) -> Iterator[Piece]:
    import docx

    opened(data).close()  # only its size is asked for
    document = docx.Document(io.BytesIO(data))
    for number, paragraph in enumerate(document.paragraphs, 1):
        style = (paragraph.style.name or "") if paragraph.style else ""
        heading = style.startswith(("Heading", "Title"))
        yield f"第{number}段", paragraph.text, Kind.HEADING if heading else Kind.PARAGRAPH
    for number, table in enumerate(document.tables, 1):
        for row, cells in enumerate(table.rows, 1):
            seen: set[int] = set()
            for column, cell in enumerate(cells.cells, 1):
                if id(cell._tc) not in seen:
                    seen.add(id(cell._tc))
                    yield f"表{number}第{row}行第{column}列", cell.text, Kind.CELL


def _workbook(data: bytes) -> Iterator[Piece]:
    import openpyxl

    opened(data).close()  # only its size is asked for
    workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    yield f"工作表“{sheet.title}”{cell.coordinate}", cell.value, Kind.CELL


def _slides(data: bytes) -> Iterator[Piece]:
    import pptx

    opened(data).close()  # only its size is asked for
    for number, slide in enumerate(pptx.Presentation(io.BytesIO(data)).slides, 1):
        for shape in slide.shapes:
            if shape.has_text_frame:
                for paragraph in shape.text_frame.paragraphs:
                    yield f"第{number}张幻灯片", paragraph.text, Kind.FIELD


def _pages(data: bytes) -> Iterator[Piece]:
    import pypdf

    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
        for text in _JOINED.sub("", page.extract_text()).split("\n"):
            yield f"第{number}页", text, Kind.PAGE


_READERS: Mapping[str, Callable[[bytes], Iterator[Piece]]] = {
    ".docx": _document,
    ".pdf": _pages,
    ".pptx": _slides,
    ".xlsx": _workbook,
}
ATTACHED_ENDINGS = tuple(_READERS)
