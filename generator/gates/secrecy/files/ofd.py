"""OFD, the national fixed layout (GB/T 33190): a ZIP of XML, walked by its parts."""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.members import Members
from generator.gates.secrecy.files.package import local
from generator.gates.secrecy.files.properties import custom, property_of
from generator.gates.secrecy.files.walk import Walk, guarded

__all__ = ["ofd"]

_PERSONS = {"Author", "Creator"}
_ABOUT = {"Title", "Subject", "Abstract", "Keyword", "DocUsage", *_PERSONS}


def ofd(data: bytes, walk: Walk) -> Found:
    """What an OFD file holds."""
    members = Members.of(data, walk.budget)
    pages = sorted(
        (name for name in members.names if re.search(r"Pages/Page_\d+/Content\.xml$", name)),
        key=lambda name: int(re.findall(r"Page_(\d+)/", name)[-1]),
    )
    for number, name in enumerate(pages, 1):
        yield from guarded(_page(members.tree(name), f"第{number}页"), f"第{number}页")
    for name in members.names:
        if name not in pages:
            yield from guarded(_part(name, members, walk), f"部件 {name}")


def _page(tree: etree._Element, place: str) -> Found:
    for element in tree.iter():
        if local(element) != "TextObject":
            continue
        text = "".join(one.text or "" for one in element.iter() if local(one) == "TextCode")
        unseen = element.get("Visible") == "false" or element.get("Alpha") == "0"
        if unseen and text.strip():
            yield Fault("F6", f"{place}（看不见）", text)
        yield Piece(text, f"{place}（看不见）" if unseen else place, Kind.PAGE, hidden=unseen)


def _part(name: str, members: Members, walk: Walk) -> Found:
    base = posixpath.basename(name)
    if "/Attachs/" in name or ("/Res/" in name and not name.endswith(".xml")):
        if re.search(r"\.(?:ttf|otf|ttc|jb2|gbig2)$", base, re.IGNORECASE):
            return
        if "/Attachs/" in name and name.endswith(".xml"):
            return
        place = f"夹带的文件“{base}”" if "/Attachs/" in name else f"图片 {base}"
        if "/Attachs/" in name:
            yield Fault("F8", place)
        yield from walk.inner(base, members.read(name), f"{place}：")
    elif name.endswith(".xml"):
        yield from _words(name, members.tree(name))


def _words(name: str, tree: etree._Element) -> Found:
    place = {"OFD.xml": "文件属性"}.get(name, "部件 " + name)
    if re.search(r"/Annots?/.*Annotation[^/]*\.xml$", name, re.IGNORECASE) and any(
        local(one) == "Annot" and one.get("Type") not in {"Link", "Watermark"}
        for one in tree.iter()
    ):
        yield Fault("F2", "批注")
    for element in tree.iter():
        tag, text = local(element), (element.text or "").strip()
        if tag == "CustomData":
            yield from custom(element.get("Name", ""), text, "自定义属性")
        elif tag in _ABOUT:
            yield from property_of(text, place, "F1", tag in _PERSONS)
        elif tag in {"TextCode", "CustomTag", "OutlineElem", "Remark"} or element.get("Title"):
            yield Piece(text or element.get("Title", ""), place, hidden=True)
        elif tag == "Action" and any(local(one) in {"GotoA", "Sound", "Movie"} for one in element):
            yield Fault("F9", place)
