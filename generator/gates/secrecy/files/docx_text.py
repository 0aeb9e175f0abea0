"""A paragraph of a Word file → what it shows, what it hides, and what it was before its changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from generator.gates.secrecy.files.docx_looks import Looks, W
from generator.gates.secrecy.files.package import attribute, local

__all__ = ["CHANGES", "Paragraph"]

CHANGES = frozenset(
    f"{W}{name}"
    for name in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "cellDel",
        "cellIns", "cellMerge", "sectPrChange", "trPrChange", "tcPrChange", "tblGridChange",
        "numberingChange", "tblPrExChange",
    )
)  # fmt: skip
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_APART = frozenset({"drawing", "pict", "object", "AlternateContent"})


@dataclass(slots=True)
class Paragraph:
    """The texts of one paragraph. What floats beside it (boxes, pictures) is kept for later."""

    looks: Looks
    element: etree._Element
    shown: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)  # as it was without the tracked changes
    fields: list[str] = field(default_factory=list)  # instructions
    floats: list[etree._Element] = field(default_factory=list)
    inserted: bool = False
    deleted: bool = False

    @classmethod
    def of(cls, element: etree._Element, looks: Looks) -> Paragraph:
        found = cls(looks, element)
        found._walk(element, "")
        return found

    def _walk(self, element: etree._Element, change: str) -> None:
        for child in element:
            name = local(child)
            if name in {"ins", "moveTo"}:
                self._walk(child, "in")
            elif name in {"del", "moveFrom"}:
                self._walk(child, "out")
            elif name == "r":
                self._run(child, change)
            elif name == "fldSimple":
                self.fields.append(attribute(child, "instr"))
                self._walk(child, change)
            elif name in _APART:
                self.floats.append(child)
            elif name == "t" and "math" in str(child.tag):  # a formula
                self._put(child.text or "", change)
            elif not name.endswith("Pr"):
                self._walk(child, change)

    def _run(self, run: etree._Element, change: str) -> None:
        text = ""
        for child in run:
            name = local(child)
            if name in {"t", "delText"}:
                text += child.text or ""
            elif name in _SIGNS:
                text += _SIGNS[name]
            elif name == "sym":
                text += _symbol(attribute(child, "char"))
            elif name in {"instrText", "delInstrText"}:
                self.fields.append(child.text or "")
            elif name in _APART:
                self.floats.append(child)
            elif name == "ruby":
                self._walk(child, change)
        if text and self.looks.unseen(run, self.element, text):
            self.unseen.append(text)
        elif text:
            self._put(text, change)

    def _put(self, text: str, change: str) -> None:
        self.inserted |= change == "in" and bool(text.strip())
        self.deleted |= change == "out" and bool(text.strip())
        if change != "out":
            self.shown.append(text)
        if change != "in":
            self.before.append(text)

    @property
    def instructions(self) -> list[str]:
        """The field codes, each whole: Word cuts them into runs as it likes."""
        joined = "".join(self.fields)
        return [part.strip() for part in re.split(r"(?<=[\s\"])(?=[A-Z]{3,}\b)", joined)]


def _symbol(code: str) -> str:
    """The sign of a symbol; those of picture fonts have numbers in the private area."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return sign if sign.isprintable() and not "\ue000" <= sign <= "\uf8ff" else ""
