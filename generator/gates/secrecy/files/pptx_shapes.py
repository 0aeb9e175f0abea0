"""The shapes of a slide, out of their groups: where they lie, and whether anybody can see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.package import local
from generator.gates.secrecy.files.shapes import A

__all__ = ["Canvas", "Shape", "shapes"]

_SHAPES = {"sp", "pic", "graphicFrame", "cxnSp"}


@dataclass(frozen=True, slots=True)
class Canvas:
    """The size of a slide, and how places inside a group turn into places on it."""

    width: int
    height: int
    scale: tuple[float, float] = (1.0, 1.0)
    shift: tuple[float, float] = (0.0, 0.0)

    def shows(self, box: tuple[int, int, int, int]) -> bool:
        """Whether any part of a shape lies on the slide."""
        left, top, wide, high = box
        x, y = left * self.scale[0] + self.shift[0], top * self.scale[1] + self.shift[1]
        w, h = wide * self.scale[0], high * self.scale[1]
        return x + w > 0 and y + h > 0 and x < self.width and y < self.height

    def inside(self, group: etree._Element) -> Canvas:
        """The same slide for the shapes of a group."""
        outer, inner = _box(group, "off", "ext"), _box(group, "chOff", "chExt")
        if outer is None or inner is None or not inner[2] or not inner[3]:
            return self
        scale = (outer[2] / inner[2], outer[3] / inner[3])
        shift = (outer[0] - inner[0] * scale[0], outer[1] - inner[1] * scale[1])
        return Canvas(
            self.width,
            self.height,
            (self.scale[0] * scale[0], self.scale[1] * scale[1]),
            (self.shift[0] + shift[0] * self.scale[0], self.shift[1] + shift[1] * self.scale[1]),
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape, and why it is not seen; empty if it is."""

    element: etree._Element
    unseen: str
    placeholder: str
    words: tuple[str, ...]  # what stands for it
    table: etree._Element | None


def shapes(element: etree._Element, canvas: Canvas | None) -> Iterator[Shape]:
    """Every shape below an element; without a canvas none is told to be off it."""
    for child in element:
        name = local(child)
        if name == "grpSp":
            yield from shapes(child, canvas.inside(child) if canvas else None)
        elif name in _SHAPES:
            yield _shape(child, canvas)
        elif name in {"cSld", "spTree", "AlternateContent", "Choice", "Fallback"}:
            yield from shapes(child, canvas)


def _shape(element: etree._Element, canvas: Canvas | None) -> Shape:
    unseen, placeholder = "", ""
    words: list[str] = []
    for one in element.iter():
        if local(one) == "cNvPr":
            words += [text for text in (one.get("descr"), one.get("title")) if text]
            if one.get("hidden") in {"1", "true"}:
                unseen = "隐藏的形状"
        elif local(one) == "ph":
            placeholder = one.get("type", "body")
    box = _box(element, "off", "ext")
    if canvas is not None and box is not None and not canvas.shows(box):
        unseen = "页面以外"
    elif canvas is not None and not unseen and _is_faint(element):
        unseen = "看不见的字"
    table = next(iter(element.iter(f"{A}tbl")), None)
    return Shape(element, unseen, placeholder, tuple(words), table)


def _box(element: etree._Element, at: str, size: str) -> tuple[int, int, int, int] | None:
    """Left, top, width, height of a shape's own frame; None where its layout sets it."""
    for one in element.iter():
        if local(one) == "xfrm":
            off = next((x for x in one if local(x) == at), None)
            ext = next((x for x in one if local(x) == size), None)
            if off is None or ext is None:
                return None
            return (
                int(off.get("x", 0)), int(off.get("y", 0)),
                int(ext.get("cx", 0)), int(ext.get("cy", 0)),
            )  # fmt: skip
    return None


def _is_faint(element: etree._Element) -> bool:
    """Whether all runs of a shape are tiny, or have the colour that the shape is filled with."""
    runs = [one for one in element.iter(f"{A}r") if (one.findtext(f"{A}t") or "").strip()]
    if not runs:
        return False
    own = next((one for one in element if local(one) == "spPr"), None)
    fill = _colour(own) if own is not None else ""
    for run in runs:
        looks = run.find(f"{A}rPr")
        size = "" if looks is None else looks.get("sz", "")
        tiny = size.isdigit() and int(size) <= 100 * limit("tiny_points")
        same = bool(fill) and looks is not None and _colour(looks) == fill
        if not tiny and not same:
            return False
    return True


def _colour(element: etree._Element) -> str:
    fill = element.find(f"{A}solidFill")
    if fill is None or not len(fill):
        return ""
    colour = fill[0]
    return "" if len(colour) else f"{local(colour)} {colour.get('val', '')}"
