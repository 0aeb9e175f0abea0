"""How a workbook makes its cells look: which formats show nothing of the value in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from generator.gates.secrecy.files.package import local

__all__ = ["Looks", "Style"]

_LITERAL = re.compile(r'"[^"]*"|\\.|\*.|_.|\[[^\]]*\]|[;\s$¥￥(),:!-]')
_DAY = re.compile(r"[ymdYMD年月日]")
_BUILT_IN_DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell style does to a value."""

    blank: bool = False  # its number format shows no sign of the value
    white: bool = False  # its signs have the colour of the paper, or of the cell
    day: bool = False  # a number is a day


@dataclass(frozen=True, slots=True)
class Looks:
    """The cell styles of a workbook by number, and its differential ones (`dxfs`)."""

    cells: tuple[Style, ...]
    conditions: tuple[Style, ...]

    @classmethod
    def of(cls, tree: etree._Element | None) -> Looks:
        if tree is None:
            return cls((), ())
        groups = {local(child): child for child in tree}
        formats = {
            one.get("numFmtId", ""): one.get("formatCode", "") for one in groups.get("numFmts", ())
        }
        fonts = [_colour(one, "color") for one in groups.get("fonts", ())]
        fills = [_fill(one) for one in groups.get("fills", ())]
        cells = []
        for one in groups.get("cellXfs", ()):
            number = one.get("numFmtId", "0")
            code = formats.get(number, "")
            font = _at(fonts, one.get("fontId", "0"))
            fill = _at(fills, one.get("fillId", "0"))
            cells.append(Style(_is_blank(code), _same(font, fill), _is_day(number, code)))
        conditions = []
        for one in groups.get("dxfs", ()):
            code = next((x.get("formatCode", "") for x in one if local(x) == "numFmt"), "")
            font = next((_colour(x, "color") for x in one if local(x) == "font"), "")
            fill = next((_fill(x) for x in one if local(x) == "fill"), "")
            conditions.append(Style(_is_blank(code), _same(font, fill)))
        return cls(tuple(cells), tuple(conditions))

    def cell(self, number: str) -> Style:
        """The style of a cell."""
        return (
            self.cells[int(number)]
            if number.isdigit() and int(number) < len(self.cells)
            else (Style())
        )


def _at(values: list[str], number: str) -> str:
    return values[int(number)] if number.isdigit() and int(number) < len(values) else ""


def _colour(element: etree._Element, name: str) -> str:
    """A colour as six signs, or as what it is called by; empty where there is none."""
    for one in element.iter():
        if local(one) != name:
            continue
        if rgb := one.get("rgb", ""):
            return rgb[-6:].upper()
        if theme := one.get("theme", ""):
            tint = one.get("tint", "")
            return "FFFFFF" if theme == "0" and not tint else f"theme {theme} {tint}"
        if indexed := one.get("indexed", ""):
            return {"9": "FFFFFF", "1": "FFFFFF", "64": "", "65": ""}.get(indexed, f"i{indexed}")
    return ""


def _fill(element: etree._Element) -> str:
    pattern = next((one for one in element.iter() if local(one) == "patternFill"), None)
    if pattern is None:
        return "gradient" if len(element) else ""
    if pattern.get("patternType", "solid") == "none":
        return ""
    if pattern.get("patternType", "solid") != "solid":
        return "pattern"
    return _colour(pattern, "fgColor") or _colour(pattern, "bgColor")


def _same(font: str, fill: str) -> bool:
    return bool(font) and font == (fill or "FFFFFF")


def _is_blank(code: str) -> bool:
    """Whether a format leaves nothing of a value: `;;;`, or other signs in its place."""
    only_words = re.fullmatch(r'(?:"[^"]*")+', code) is not None
    return only_words or (";" in code and not _LITERAL.sub("", code))


def _is_day(number: str, code: str) -> bool:
    if number.isdigit() and int(number) in _BUILT_IN_DAYS:
        return True
    return bool(_DAY.search(_LITERAL.sub("", code))) and "0" not in code and "#" not in code
