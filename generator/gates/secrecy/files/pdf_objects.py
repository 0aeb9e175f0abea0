"""The objects of a PDF file beside its pages: notes, forms, actions, strings, what it carries."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pikepdf

from generator.gates.passage import Kind
from generator.gates.secrecy.files.found import Fault, Found, Piece, within
from generator.gates.secrecy.files.members import tree_of
from generator.gates.secrecy.files.pack import words
from generator.gates.secrecy.files.walk import Budget, Walk, guarded

__all__ = ["objects", "text_of", "unpacked"]

_QUIET = {"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet", "/Watermark"}
_ACTS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/Rendition",
    "/GoToE",
}  # fmt: skip
_FIELD = ("/V", "/DV", "/TU")
_STRINGS = {"/Alt": "替代文字", "/ActualText": "替换文字", "/RC": "批注"}
_DEEPEST = 40
_PRIVATE = 6  # deep enough for PieceInfo, program, Private, and its own lists


def objects(file: pikepdf.Pdf, walk: Walk) -> Found:
    """What all objects of a file tell, each looked at once."""
    yield from _notes(file)
    yield from guarded(_outline(file), "书签")
    carried: set[tuple[int, int]] = set()
    for item in file.objects:
        for one in _dictionaries(item, 0):
            yield from guarded(_object(one, walk, carried), "部件")
    form = file.Root.get("/AcroForm")
    packets = form.get("/XFA") if isinstance(form, pikepdf.Dictionary) else None
    for packet in [packets] if isinstance(packets, pikepdf.Stream) else list(packets or ()):
        if isinstance(packet, pikepdf.Stream):
            yield from guarded(_packet(packet, walk), "表单")


def unpacked(stream: pikepdf.Stream, budget: Budget) -> bytes:
    """The content of a stream, no more than may still be read. Errors: TooMuchError."""
    if stream.get("/Filter") == pikepdf.Name.FlateDecode and "/DecodeParms" not in stream:
        most = max(budget.bytes, 0) + 1
        data = zlib.decompressobj().decompress(bytes(stream.read_raw_bytes()), most)
    else:
        data = bytes(stream.read_bytes())
    budget.take(len(data))
    return data


def text_of(value: object) -> str:
    """A string of a file; empty for anything else."""
    return str(value) if isinstance(value, pikepdf.String) else ""


def _dictionaries(item: object, depth: int) -> Iterator[pikepdf.Object]:
    """An object and the ones that are written inside it, not those that it only names."""
    if depth > _DEEPEST:
        return
    if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        yield item
        for key in item.keys():  # noqa: SIM118 (a stream is no mapping)
            yield from _dictionaries(_own(item.get(key)), depth + 1)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            yield from _dictionaries(_own(value), depth + 1)


def _own(value: object) -> object:
    """A value that is written in its holder; None for one that is only named there."""
    return None if getattr(value, "is_indirect", False) else value


def _notes(file: pikepdf.Pdf) -> Found:
    for number, page in enumerate(file.pages, 1):
        place = f"第{number}页批注"
        annotations = page.get("/Annots")
        for note in annotations if isinstance(annotations, pikepdf.Array) else ():
            if not isinstance(note, pikepdf.Dictionary):
                continue
            kind = str(note.get("/Subtype", ""))
            if kind == "/Redact":
                yield Fault("F2-redact", place)
            elif kind not in _QUIET:
                yield Fault("F2", place)
            for key in ("/Contents", "/T", "/Subj", "/OverlayText"):
                if text := text_of(note.get(key)):
                    yield Piece(text, place, Kind.NOTE, hidden=True)


def _outline(file: pikepdf.Pdf) -> Found:
    with file.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            entry = waiting.pop(0)
            yield Piece(entry.title, "书签", Kind.HEADING)
            waiting += entry.children


def _object(one: pikepdf.Object, walk: Walk, carried: set[tuple[int, int]]) -> Found:
    action = str(one.get("/S", ""))
    if action in _ACTS or "/JS" in one or str(one.get("/Subtype", "")) == "/RichMedia":
        yield Fault("F9", text=action.lstrip("/"))
    if "/FT" in one or str(one.get("/Subtype", "")) == "/Widget":
        for key in _FIELD:
            if text := text_of(one.get(key)):
                yield Fault("F3", "表单")
                yield Piece(text, "表单", hidden=True)
        if str(one.get("/FT", "")) == "/Sig" and "/V" in one:
            yield Fault("F12")
    for key, place in _STRINGS.items():
        if text := text_of(one.get(key)):
            yield Fault("F11", place)
            yield Piece(text, place, Kind.ALT, hidden=key != "/Alt")
    for text in _strings(one.get("/PieceInfo"), set()):
        yield Fault("F11", "程序的私有数据")
        yield Piece(text, "程序的私有数据", hidden=True)
    target = text_of(one.get("/URI")) or text_of(one.get("/F"))
    if target and words().inner.match(target):
        yield Fault("F2-link", "链接", target)
    elif target and "?" in target:
        yield Piece(target, "链接")
    if "/EF" in one and isinstance(one["/EF"], pikepdf.Dictionary):
        yield from _carried(one, walk, carried)


def _strings(value: object, seen: set[tuple[int, int]], depth: int = 0) -> Iterator[str]:
    """The strings in what a program keeps for itself; what it only names there, each once."""
    if depth > _PRIVATE or getattr(value, "objgen", (0, 0)) in seen:
        return
    if getattr(value, "is_indirect", False):
        seen.add(value.objgen)  # type: ignore[attr-defined]
    if text := text_of(value):
        yield text
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in value.keys():  # noqa: SIM118 (a stream is no mapping)
            if key not in {"/Parent", "/P"}:
                yield from _strings(value.get(key), seen, depth + 1)
    elif isinstance(value, pikepdf.Array):
        for one in value:
            yield from _strings(one, seen, depth + 1)


def _carried(one: pikepdf.Object, walk: Walk, carried: set[tuple[int, int]]) -> Found:
    """A file inside the file, opened as any other."""
    name = text_of(one.get("/UF")) or text_of(one.get("/F")) or "附件"
    for stream in one["/EF"].as_dict().values():
        if not isinstance(stream, pikepdf.Stream) or stream.objgen in carried:
            continue
        carried.add(stream.objgen)
        place = f"夹带的文件“{name}”"
        yield Fault("F8", place)
        data = unpacked(stream, walk.budget)
        yield from within(walk.inner(name, data, "："), place, hidden=True)


def _packet(packet: pikepdf.Stream, walk: Walk) -> Found:
    data = unpacked(packet, walk.budget)
    yield Fault("F3", "表单")
    try:
        texts = [str(text) for text in tree_of(data).itertext()]
    except ValueError:  # a form may be cut into packets that are no XML alone
        texts = data.decode("utf-8", "replace").replace(">", "<").split("<")
    for text in texts:
        yield Piece(text, "表单", hidden=True)
