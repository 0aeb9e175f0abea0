"""DOCX, XLSX and PPTX, part by part: rule, place, what was found; text to scan has no rule."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from generator.gates.archive import opened

__all__ = ["NOBODY", "document", "slides", "workbook"]

Found = Iterator[tuple[str, str, str]]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = tuple(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_OFF = {"0", "false", "off"}
# What programs write where a person's name would stand.
NOBODY = re.compile(
    r"(?i)python-docx|openpyxl|python-pptx|microsoft( office)?.*|wps.*|administrator|admin|user"
    r"|用户|作者|.*示例）?|.*(?:局|委|办|中心|政府|公司)"
)
_INNER = re.compile(
    r"(?i)file:|\\\\|https?://(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|localhost)"
)
_LONG = range(10**17, 10**18)
_OLDEST, _NEWEST = 1900, 2100  # years of birth


def _tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def _common(archive: zipfile.ZipFile) -> Found:
    """What all three forms have: properties, macros, links to other places."""
    for name in archive.namelist():
        if name in {"docProps/core.xml", "docProps/app.xml"}:
            for element in _tree(archive, name).iter("*"):
                tag = etree.QName(element).localname
                text = (element.text or "").strip()
                if tag in {"creator", "lastModifiedBy", "Manager"} and text:
                    if not NOBODY.fullmatch(text):
                        yield "W1", "文件属性", text
                elif text:
                    yield "", "文件属性", text
        elif re.search(r"vbaProject\.bin$|/activeX/|macrosheets/", name):
            yield "W8", name, ""
        elif name.endswith(".rels"):
            for element in _tree(archive, name).iter():
                target = element.get("Target", "")
                if element.get("TargetMode") == "External" and _INNER.match(target):
                    yield "W10", "", target


def document(data: bytes) -> Found:
    """A Word file: comments, tracked changes, hidden text, and the words of every part."""
    with opened(data) as archive:
        yield from _common(archive)
        for name in archive.namelist():
            if not re.fullmatch(r"word/[A-Za-z0-9]+\.xml", name):
                continue
            tree = _tree(archive, name)
            if tree.find(f".//{_W}comment") is not None:
                yield "W3", "批注", ""
            if any(tree.find(f".//{change}") is not None for change in _CHANGES):
                yield "W4", "", ""
            for run in tree.iter(f"{_W}r"):
                mark = run.find(f"{_W}rPr/{_W}vanish")
                text = "".join(map(str, run.itertext())).strip()
                if mark is not None and mark.get(f"{_W}val") not in _OFF and text:
                    yield "W5", "", text
            for paragraph in tree.iter(f"{_W}p"):
                words = paragraph.iter(f"{_W}t", f"{_W}delText")
                yield "", f"文件内部（{name}）", "".join(word.text or "" for word in words)


def workbook(data: bytes) -> Found:
    """An Excel file: hidden sheets, rows and columns, comments, and numbers of persons."""
    import openpyxl

    with opened(data) as archive:
        yield from _common(archive)
        for name in archive.namelist():
            if name == "xl/sharedStrings.xml" or re.match(r"xl/(threadedC|c)omments", name):
                for element in _tree(archive, name).iter():
                    yield "", f"文件内部（{name}）", element.text or ""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for number, sheet in enumerate(book.worksheets, 1):
        title = f"第{number}张工作表“{sheet.title}”"
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        if sheet.sheet_state != "visible" and cells:
            yield "X1", title, ""
        columns = {
            column
            for dimension in sheet.column_dimensions.values()
            if dimension.hidden
            for column in range(dimension.min or 0, (dimension.max or 0) + 1)
        }
        rows = {at for at, dimension in sheet.row_dimensions.items() if dimension.hidden}
        for cell in cells:
            if cell.column in columns or cell.row in rows:
                yield "X2", title, ""
                break
        for cell in cells:
            value = cell.value
            if isinstance(value, (int, float)) and _is_resident(int(value)):
                yield "N6", f"{title}{cell.coordinate}", str(int(value))


def _is_resident(number: int) -> bool:
    """Whether it is a resident number kept as a number, whose last signs are lost."""
    if number not in _LONG:
        return False
    try:
        day = datetime.strptime(str(number)[6:14], "%Y%m%d").replace(tzinfo=UTC)
    except ValueError:
        return False
    return _OLDEST <= day.year <= _NEWEST


def slides(data: bytes) -> Found:
    """A PowerPoint file: notes, hidden slides, and the words of every part."""
    with opened(data) as archive:
        yield from _common(archive)
        for name in archive.namelist():
            if not re.fullmatch(r"ppt/(?:slides|notesSlides|comments)/[^/]+\.xml", name):
                continue
            tree = _tree(archive, name)
            words = [element.text or "" for element in tree.iter() if element.text]
            if tree.get("show") == "0":
                yield "Q1", f"隐藏的幻灯片（{name}）", ""
            if name.startswith("ppt/notesSlides") and any(word.strip() for word in words):
                yield "Q1", "备注", ""
            yield from (("", f"文件内部（{name}）", word) for word in words)
