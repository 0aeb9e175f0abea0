"""A drawing in SVG: its words, what acts or hides in it, the pictures that it holds."""

from __future__ import annotations

import base64
import re

from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.members import tree_of
from generator.gates.secrecy.files.package import attribute, local
from generator.gates.secrecy.files.walk import Walk

__all__ = ["svg"]

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?(?:;|$)")
_CARRIED = re.compile(r"data:([\w/+.-]*);base64,(.*)", re.DOTALL)


def svg(data: bytes, walk: Walk) -> Found:
    """What a drawing holds."""
    for element in tree_of(data).iter():
        name, target = local(element), attribute(element, "href")
        if name in {"script", "foreignObject"} or any(
            str(key).startswith("on")
            for key in element.keys()  # noqa: SIM118
        ):
            yield Fault("I6", "矢量图", name)
        text = "".join(map(str, element.itertext())).strip()
        style = attribute(element, "style")
        unseen = _HIDDEN.search(style) or attribute(element, "display") == "none"
        if unseen and text:
            yield Fault("I6", "矢量图")
        if name in {"text", "title", "desc", "metadata"} and text:
            yield Piece(text, "矢量图", hidden=name == "metadata")
        if carried := _CARRIED.match(target):
            yield from walk.inner("", base64.b64decode(carried[2]), "矢量图里的图片：")
        elif re.match(r"(?i)(?:https?:|file:|\\\\)", target) and name != "a":
            yield Fault("I6", "矢量图", target)
