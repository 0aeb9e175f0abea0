"""Which runs of a Word file no reader can see, by their own looks or those of a style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from generator.gates.secrecy.files.pack import limit

__all__ = ["Looks", "W"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off"}
_WHITE = {"FFFFFF", "FEFEFE", "FDFDFD"}
_PLAIN = {"", "auto", "FFFFFF"}
_LIGHT = {"background1", "light1"}


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a file: their properties of signs, their fill, and what they are based on."""

    runs: Mapping[str, Mapping[str, str]]  # style → property → value
    base: Mapping[str, str]
    filled: frozenset[str]  # styles that lay a colour under their text
    default: Mapping[str, str]

    @classmethod
    def of(cls, tree: etree._Element | None) -> Looks:
        runs, base, filled, default = {}, {}, set(), {}
        for style in tree.iter(f"{W}style") if tree is not None else ():
            name = style.get(f"{W}styleId", "")
            runs[name] = _properties(style.find(f"{W}rPr"))
            above = style.find(f"{W}basedOn")
            base[name] = above.get(f"{W}val", "") if above is not None else ""
            if any(_fills(shade) for shade in style.iter(f"{W}shd")):
                filled.add(name)
        if tree is not None:
            default = _properties(tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        return cls(runs, base, frozenset(filled), default)

    def chain(self, style: str) -> list[str]:
        """A style and those that it is based on, the nearest first."""
        found: list[str] = []
        while style and style not in found:
            found.append(style)
            style = self.base.get(style, "")
        return found

    def unseen(self, run: etree._Element, paragraph: etree._Element, text: str) -> bool:
        """Whether a run's text cannot be seen: hidden, tiny, white upon white, off the page."""
        if _is_off_the_page(paragraph.find(f"{W}pPr/{W}framePr")):
            return True
        own = run.find(f"{W}rPr")
        properties = dict(self.default)
        for styles in (_style(paragraph.find(f"{W}pPr"), "pStyle"), _style(own, "rStyle")):
            for name in reversed(self.chain(styles)):
                properties |= self.runs.get(name, {})
        properties |= _properties(own)
        if properties.get("vanish"):
            return True
        if properties.get("webHidden"):  # the page numbers of a table of contents are, always
            return not all(sign.isdigit() or not sign.isalnum() for sign in text)
        size = properties.get("sz", "")
        if size.isdigit() and int(size) <= 2 * limit("tiny_points"):
            return True
        return bool(properties.get("white")) and not self._on_colour(run, paragraph)

    def _on_colour(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether something that is not white lies under a run, as far as can be told."""
        own = run.find(f"{W}rPr")
        if own is not None and own.find(f"{W}highlight") is not None:
            return True
        styles = [*self.chain(_style(own, "rStyle"))]
        styles += self.chain(_style(paragraph.find(f"{W}pPr"), "pStyle"))
        shades = [] if own is None else own.findall(f"{W}shd")
        shades += paragraph.findall(f"{W}pPr/{W}shd")
        for above in paragraph.iterancestors():
            if above.tag == f"{W}txbxContent":  # a shape's colour, or a picture under it
                return True
            if above.tag in {f"{W}tc", f"{W}tbl"}:
                shades += above.findall(f"{W}tcPr/{W}shd") + above.findall(f"{W}tblPr/{W}shd")
                styles += self.chain(_style(above.find(f"{W}tblPr"), "tblStyle"))
        return any(_fills(one) for one in shades) or not self.filled.isdisjoint(styles)


def _style(properties: etree._Element | None, name: str) -> str:
    found = None if properties is None else properties.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _properties(element: etree._Element | None) -> dict[str, str]:
    """What counts of the properties of signs; "" where one that a style sets is taken back."""
    found: dict[str, str] = {}
    for one in element if element is not None else ():
        name, value = str(one.tag).removeprefix(W), one.get(f"{W}val", "")
        if name in {"vanish", "webHidden"}:
            found[name] = "" if value in _OFF else "1"
        elif name == "sz":
            found[name] = value
        elif name == "color":
            light = one.get(f"{W}themeColor", "") in _LIGHT and not one.get(f"{W}themeShade")
            found["white"] = "1" if light or value.upper() in _WHITE else ""
    return found


def _fills(shade: etree._Element) -> bool:
    if shade.get(f"{W}themeFill") not in {None, "background1"}:
        return True
    pattern = shade.get(f"{W}val", "clear")
    if shade.get(f"{W}fill", "auto").upper() not in {name.upper() for name in _PLAIN}:
        return True
    return pattern not in {"clear", "nil"}


def _is_off_the_page(frame: etree._Element | None) -> bool:
    """Whether a frame stands where no page is: far left of or above it, past the largest."""
    for side in ("x", "y") if frame is not None else ():
        said = frame.get(f"{W}{side}", "")  # type: ignore[union-attr]
        place = int(said) if said.lstrip("-").isdecimal() else 0
        if not -limit("frame_before") < place < limit("frame_after"):
            return True
    return False
