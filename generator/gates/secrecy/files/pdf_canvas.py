"""A page of a PDF file → its signs and what is painted, in the order in which it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import sqrt
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

from generator.gates.secrecy.files.pack import limit

__all__ = ["Canvas", "Paint", "Sign", "draw", "layers_off"]

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign as it is drawn."""

    text: str
    box: Box
    size: float  # points
    order: int
    invisible: bool  # its mode of drawing leaves nothing
    white: bool
    layer_off: bool

    @property
    def centre(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        return (left + right) / 2, (bottom + top) / 2


@dataclass(frozen=True, slots=True)
class Paint:
    """Something opaque that is laid on the page: a filled path, a picture."""

    box: Box
    order: int
    picture: bool  # or anything else of many colours
    white: bool
    clear: bool = False  # what lies under it shines through
    layer_off: bool = False


@dataclass(slots=True)
class Canvas:
    """What one page draws, from its lower left corner."""

    box: Box = (0.0, 0.0, 0.0, 0.0)  # what is shown of the page
    signs: list[Sign] = field(default_factory=list)
    paints: list[Paint] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)  # texts that stand for others (ActualText)


def draw(page: PDFPage, off: frozenset[int], manager: PDFResourceManager) -> Canvas:
    """Draws a page; `off` are the numbers of the layers that are switched off."""
    device = _Device(manager, off)
    _Interpreter(manager, device).process_page(page)
    return device.canvas


class _Device(PDFTextDevice):
    """Takes note of what the interpreter draws."""

    def __init__(self, manager: PDFResourceManager, off: frozenset[int]) -> None:
        super().__init__(manager)
        self.canvas = Canvas()
        self.off = off
        self.opaque = True
        self.mode = 0
        self.tags: list[bool] = []  # of each open piece, whether its layer is off
        self.order = 0

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self.canvas.box = apply_matrix_rect(ctm, page.cropbox)

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        self.tags.append(literal_name(tag) == "OC" and self._is_off(props))
        found = resolve1(props)
        if isinstance(found, dict) and isinstance(text := resolve1(found.get("ActualText")), bytes):
            self.canvas.replaced.append(_string(text))

    def end_tag(self) -> None:
        if self.tags:
            self.tags.pop()

    def _is_off(self, group: Any) -> bool:
        """Whether a layer is off; of several, whether all are."""
        if isinstance(group, PDFObjRef) and group.objid in self.off:
            return True
        found = resolve1(group)
        if not isinstance(found, dict) or "OCGs" not in found:
            return False
        groups = found["OCGs"]
        if isinstance(groups, PDFObjRef) and groups.objid in self.off:
            return True
        members = resolve1(groups)
        members = members if isinstance(members, list) else []
        return bool(members) and all(
            isinstance(one, PDFObjRef) and one.objid in self.off for one in members
        )

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self.mode = textstate.render
        if textstate.font is not None:
            super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(  # noqa: PLR0917 (the library calls it so)
        self, matrix: Any, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int,
        ncs: Any, graphicstate: Any,
    ) -> float:  # fmt: skip
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        wide = font.char_width(cid) * fontsize * scaling
        low, high = font.get_descent() * fontsize + rise, (font.get_descent() + 1) * fontsize + rise
        if font.is_vertical():
            box: Box = (-fontsize / 2, wide, fontsize / 2, 0)
        else:
            box = (0, low, wide, high)
        placed = apply_matrix_rect(matrix, box)
        self.order += 1
        size = fontsize * sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        self.canvas.signs.append(Sign(
            text, placed, size, self.order, self.mode in {3, 7},
            _is_white(graphicstate) and self.mode in {0, 4}, any(self.tags),
        ))  # fmt: skip
        return wide

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        for points in _outlines(path) if fill and self.opaque else ():
            placed = [apply_matrix_pt(self.ctm, point) for point in points]  # type: ignore[arg-type]
            across, up = [x for x, _ in placed], [y for _, y in placed]
            box = (min(across), min(up), max(across), max(up))
            whole = (box[2] - box[0]) * (box[3] - box[1])
            full = 100 * _area(placed) >= limit("cover_full") * whole
            self._lay(Paint(box, 0, picture=False, white=_is_white(gstate), clear=not full))
        for box in self._bars(gstate.linewidth, path) if stroke else ():
            white = _is_white_in(gstate.scolor, gstate.scs)
            self._lay(Paint(box, 0, picture=False, white=white, clear=True))

    def _bars(self, width: float, path: Sequence[Any]) -> Iterator[Box]:
        """The upright and level lines of a path that are as thick as a bar behind text."""
        a, b, c, d, *_ = self.ctm or (1.0, 0.0, 0.0, 1.0)
        thick = width * sqrt(abs(a * d - b * c)) / 2
        if 2 * thick < limit("bar"):
            return
        for points in _outlines(path):
            placed = [apply_matrix_pt(self.ctm, point) for point in points]  # type: ignore[arg-type]
            for (x, y), (u, v) in pairwise(placed):
                across, up = thick * (x == u), thick * (y == v)
                if across or up:
                    yield min(x, u) - across, min(y, v) - up, max(x, u) + across, max(y, v) + up

    def render_image(self, name: str, stream: PDFStream) -> None:
        clear = any(key in stream for key in ("SMask", "Mask", "ImageMask")) or not self.opaque
        box = apply_matrix_rect(self.ctm, (0, 0, 1, 1))  # type: ignore[arg-type]
        self._lay(Paint(box, 0, picture=True, white=False, clear=clear))

    def shade(self) -> None:
        """A run of colours, over whatever part of the page."""
        self._lay(Paint(self.canvas.box, 0, picture=True, white=False, clear=True))

    def _lay(self, paint: Paint) -> None:
        self.order += 1
        self.canvas.paints.append(replace(paint, order=self.order, layer_off=any(self.tags)))


class _Interpreter(PDFPageInterpreter):
    """Also tells its device of layers and of what is transparent, which the library passes over."""

    device: _Device

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        if isinstance(props, PSLiteral):
            named = resolve1(self.resources.get("Properties"))
            props = named.get(literal_name(props)) if isinstance(named, dict) else None
        super().do_BDC(tag, props)

    def do_sh(self, name: Any) -> None:
        self.device.shade()

    def do_gs(self, name: Any) -> None:
        states = dict_value(self.resources.get("ExtGState") or {})
        state = resolve1(states.get(literal_name(name)))
        if isinstance(state, dict):
            alpha, blend = resolve1(state.get("ca")), resolve1(state.get("BM"))
            if alpha is not None or blend is not None:
                strong = not isinstance(alpha, (int, float)) or alpha > 0.8
                plain = not isinstance(blend, PSLiteral) or literal_name(blend) in {
                    "Normal", "Compatible",
                }  # fmt: skip
                self.device.opaque = strong and plain

    def do_q(self) -> None:
        super().do_q()
        self._kept().append(self.device.opaque)

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        if kept := self._kept():
            self.device.opaque = kept.pop()

    def _kept(self) -> list[bool]:
        if not hasattr(self, "_opaque"):
            self._opaque: list[bool] = []
        return self._opaque

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        found = self.xobjmap.get(literal_name(xobjid_arg))
        stream = resolve1(found)
        layer = stream.attrs.get("OC") if isinstance(stream, PDFStream) else None
        self.device.tags.append(layer is not None and self.device._is_off(layer))
        opaque = self.device.opaque
        super().do_Do(xobjid_arg)
        self.device.opaque = opaque
        self.device.end_tag()


def _outlines(path: Sequence[Any]) -> Iterator[list[tuple[float, float]]]:
    """The points of each closed part of a path, bends by the points that shape them."""
    points: list[tuple[float, float]] = []
    for part in path:
        if part[0] == "m" and points:
            yield points
            points = []
        points += [(float(part[at]), float(part[at + 1])) for at in range(1, len(part) - 1, 2)]
    if points:
        yield points


def _area(points: list[tuple[float, float]]) -> float:
    """The area that points go round."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2


def _is_white(state: Any) -> bool:
    """Whether a colour is that of paper, by its space: of ink no drop, of light all."""
    return _is_white_in(state.ncolor, state.ncs)


def _is_white_in(colour: Any, space: Any) -> bool:
    values = list(_numbers(colour))
    name = getattr(space, "name", "")
    if name in {"Separation", "DeviceN"} or len(values) == 4:
        return bool(values) and max(values) < 0.02
    return name not in {"Indexed", "Pattern", "Lab"} and bool(values) and min(values) > 0.98


def _numbers(colour: Any) -> Iterator[float]:
    if isinstance(colour, (int, float)):
        yield float(colour)
    elif isinstance(colour, (tuple, list)):
        for one in colour:
            if not isinstance(one, (int, float)):
                return
            yield float(one)


def _string(data: bytes) -> str:
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    return data.decode("latin-1")


def layers_off(catalog: dict[str, Any]) -> frozenset[int]:
    """The numbers of the layers that a reader does not see, of a file's catalog."""
    settings = resolve1(catalog.get("OCProperties"))
    if not isinstance(settings, dict):
        return frozenset()
    first = resolve1(settings.get("D"))
    first = first if isinstance(first, dict) else {}
    groups = [one for one in list_value(settings.get("OCGs") or []) if isinstance(one, PDFObjRef)]
    off = {one.objid for one in list_value(first.get("OFF") or []) if isinstance(one, PDFObjRef)}
    state = resolve1(first.get("BaseState"))
    if isinstance(state, PSLiteral) and literal_name(state) == "OFF":
        on = {one.objid for one in list_value(first.get("ON") or []) if isinstance(one, PDFObjRef)}
        off |= {one.objid for one in groups} - on
    for one in groups:
        usage = resolve1(dict_value(one).get("Usage"))
        view = resolve1(usage.get("View")) if isinstance(usage, dict) else None
        shown = resolve1(view.get("ViewState")) if isinstance(view, dict) else None
        if isinstance(shown, PSLiteral) and literal_name(shown) == "OFF":
            off.add(one.objid)
    return frozenset(off)
