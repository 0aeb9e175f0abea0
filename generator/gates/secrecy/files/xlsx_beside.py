"""What stands on a sheet beside its cells: comments, choices, prompts, headers and footers."""

from __future__ import annotations

import re

from lxml import etree

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.pack import limit, words
from generator.gates.secrecy.files.package import Package, local
from generator.gates.secrecy.files.walk import guarded

__all__ = ["beside_sheet", "comments"]

_CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Za-z])')
_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")
_NAME = range(2, 5)


def beside_sheet(tree: etree._Element, place: str, hidden: bool) -> Found:
    """The settings of a sheet that hold words."""
    for element in tree.iter():
        name = local(element)
        if re.fullmatch(r"(?:odd|even|first)(?:Header|Footer)", name) and element.text:
            side = "页眉" if name.endswith("Header") else "页脚"
            yield Fault("X9", f"{place}{side}")
            for text in _CODES.sub("\n", element.text).split("\n"):
                yield Piece(text, f"{place}{side}", Kind.EDGE, hidden=hidden)
        elif name == "dataValidation":
            yield from _choices(element, place)


def _choices(element: etree._Element, place: str) -> Found:
    """A list of choices that was typed in, and what is said to those who choose."""
    for name in _PROMPTS:
        yield Piece(element.get(name, ""), f"{place}输入提示", hidden=True)
    for child in element.iter():
        if local(child) not in {"formula1", "formula2", "f"}:
            continue
        listed = re.fullmatch(r'\s*"(.*)"\s*', child.text or "", re.DOTALL)
        if listed is None:
            continue
        choices = [one.strip() for one in re.split("[,，、;；]", listed[1]) if one.strip()]
        names = [one for one in choices if _is_name(one)]
        many = 100 * len(names) >= limit("names_share") * len(choices)
        if len(names) >= limit("names") and many:
            yield Fault("X6-names", f"{place}下拉选项", "、".join(names))
        for choice in choices:
            yield Piece(choice, f"{place}下拉选项", hidden=True)


def _is_name(text: str) -> bool:
    """Whether a word can be a person's name, by its length and its first sign."""
    return (
        len(text) in _NAME
        and all("\u4e00" <= sign <= "\u9fff" for sign in text)
        and text[0] in words().surnames
    )


def comments(package: Package, part: str, place: str) -> Found:
    """The comments of a sheet, old and threaded, each with its cell."""

    def read(tree: etree._Element) -> Found:
        for element in tree.iter():
            if local(element) not in {"comment", "threadedComment"}:
                continue
            there = f"{place}{element.get('ref', '')}批注"
            text = "".join(one.text or "" for one in element.iter() if local(one) in {"t", "text"})
            if text.startswith("[Threaded comment]"):  # stands for a threaded one in old programs
                continue
            yield Fault("X6", there)
            yield Piece(text, there, Kind.NOTE, hidden=True)

    yield from guarded(package.read(part, place, read), place)
