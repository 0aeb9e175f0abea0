"""What Word files, workbooks and slides have in common: properties, links, and what they carry."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from generator.gates.secrecy.files.found import Fault, Found, Piece, within
from generator.gates.secrecy.files.kinds import kind_of
from generator.gates.secrecy.files.mashup import mashup
from generator.gates.secrecy.files.members import Members
from generator.gates.secrecy.files.pack import words
from generator.gates.secrecy.files.plain import is_text, runs
from generator.gates.secrecy.files.properties import custom, property_of
from generator.gates.secrecy.files.walk import Walk, guarded

__all__ = ["Link", "Package", "attribute", "local"]

_PERSONS = {"creator", "lastModifiedBy", "Manager"}
_QUIET = {"Application", "AppVersion", "TotalTime", "created", "modified", "lastPrinted"}
_MACROS = re.compile(r"vbaProject\.bin$|/activeX/|macrosheets/|vbaData\.xml$")
_PICTURES = re.compile(r"/media/|docProps/thumbnail\.")
_CARRIED = re.compile(r"/embeddings/|oleObject[^/]*\.bin$|afchunk", re.IGNORECASE)
# Parts that hold no text: how things look, lists of parts, what printers are told.
_BARE = re.compile(
    r"\[Content_Types\]\.xml$|/theme/|printerSettings|/fonts?/|\.odttf$|fontTable\.xml$"
    r"|webSettings\.xml$|tableStyles\.xml$|presProps\.xml$|viewProps\.xml$|calcChain\.xml$"
    r"|commentsIds\.xml$|commentsExtended\.xml$|commentsExtensible\.xml$|numbering\.xml$"
    r"|_rels/[^/]*\.rels$|/styles\.xml$|stylesWithEffects\.xml$|\.psmdcp$|/colors\d*\.xml$"
    r"|docMetadata/|/style\d*\.xml$|/ctrlProps/|itemProps\d*\.xml$"
)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str, default: str = "") -> str:
    """An attribute by its name without namespace."""
    for key, value in element.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return default


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of a part: to another part, or to a place outside the file."""

    id: str
    kind: str  # the last word of its type: "image", "attachedTemplate"
    target: str  # the name of a part, or what stands there if it is outside
    outside: bool


@dataclass(frozen=True, slots=True)
class Package:
    """An Office file: its parts, and which of them a reader of the form has read itself."""

    members: Members
    walk: Walk
    done: set[str]

    @classmethod
    def of(cls, data: bytes, walk: Walk) -> Package:
        return cls(Members.of(data, walk.budget), walk, set())

    def main(self, usual: str) -> str:
        """The part that holds the document itself; the usual one where no link names it."""
        links = self.links("").values()
        return next((one.target for one in links if one.kind == "officeDocument"), usual)

    def links(self, part: str) -> dict[str, Link]:
        """The relations of a part, by id."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.members:
            return {}
        found = {}
        for element in self.members.tree(rels):
            target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Link(element.get("Id", ""), kind, target, outside)
        return found

    def parts(self, pattern: str) -> Iterator[str]:
        """The names of parts of a form, in the order of the numbers in them."""
        wanted = [name for name in self.members.names if re.fullmatch(pattern, name)]
        yield from sorted(wanted, key=lambda name: int((re.findall(r"\d+", name) or [0])[-1]))

    def read(self, part: str, place: str, reader: Callable[[etree._Element], Found]) -> Found:
        """What a reader finds in a part, which counts as read even where it fails."""
        self.done.add(part)

        def inside() -> Found:
            yield from reader(self.members.tree(part))

        yield from guarded(inside(), place)

    def rest(self) -> Found:
        """What all parts tell that the form's reader has left."""
        for name in self.members.names:
            if name.endswith(".rels"):
                yield from guarded(self._outside(name), "链接")
            if name in self.done or _BARE.search(f"/{name}"):
                continue
            self.done.add(name)
            yield from guarded(self._part(name), f"部件 {name}")

    def _part(self, name: str) -> Found:
        path = f"/{name}"
        if name.startswith("docProps/") and name.endswith(".xml"):
            yield from _properties(self.members.tree(name), name)
        elif _MACROS.search(path):
            yield Fault("W8", f"部件 {name}")
        elif _PICTURES.search(path):
            place = "缩略图" if "thumbnail" in path else f"图片 {posixpath.basename(name)}"
            yield from self.walk.inner(name, self.members.read(name), place)
        elif _CARRIED.search(path):
            place = f"嵌入的文件 {posixpath.basename(name)}"
            yield Fault("W8-inner", place)
            inside = self.walk.inner(name, self.members.read(name), "：")
            yield from within(inside, place, hidden=True)
        elif name.endswith((".xml", ".vml")):
            place = f"部件 {name}"
            yield Fault("W8-parts", place)
            yield from within(_any(self.members.tree(name), self.walk), place)
        else:
            data = self.members.read(name)
            if kind_of(name, data) or is_text(data):
                yield from self.walk.inner(name, data, f"部件 {name}")
            else:  # what only one program knows: the words in it are all that can be read
                yield Fault("W8-parts", f"部件 {name}")
                yield from within(runs(data), f"部件 {name}", hidden=True)

    def _outside(self, rels: str) -> Found:
        cached = "/externalLinks/" in rels
        for element in self.members.tree(rels):
            target = element.get("Target", "")
            if element.get("TargetMode") != "External" or target.startswith("mailto:"):
                continue
            if words().inner.match(target):
                yield Fault("X7" if cached else "W10", "外部链接" if cached else "链接", target)
            elif "?" in target or target.startswith("tel:"):
                yield Piece(target, "链接")


def _properties(tree: etree._Element, name: str) -> Found:
    if name.endswith("custom.xml"):
        for element in tree:
            text = "".join(map(str, element.itertext()))
            yield from custom(element.get("name", ""), text, "自定义属性")
        return
    for element in tree.iter():
        tag = local(element)
        if tag not in _QUIET and not len(element):
            person = tag in _PERSONS
            yield from property_of(element.text or "", "文件属性", "W1", person)


def _any(tree: etree._Element, walk: Walk) -> Found:
    """The words of a part that no reader knows, wherever they stand in it."""
    if local(tree) == "DataMashup":
        yield from mashup("".join(map(str, tree.itertext())), walk)
        return
    for element in tree.iter():
        if element.text and element.text.strip():
            yield Piece(element.text.strip(), hidden=True)
        for name in ("descr", "title"):
            if text := element.get(name):
                yield Piece(text)
