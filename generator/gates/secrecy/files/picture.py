"""A picture: what its file tells beside the pixels, and what can be read off the pixels."""

from __future__ import annotations

import io
import re
import warnings
from urllib.parse import unquote

from PIL import Image, ImageOps

from generator.gates.passage import Kind
from generator.gates.secrecy.files import ocr
from generator.gates.secrecy.files.exif import exif
from generator.gates.secrecy.files.found import Fault, Found, Piece
from generator.gates.secrecy.files.kinds import kind_of
from generator.gates.secrecy.files.pack import limit, words
from generator.gates.secrecy.files.pdf_about import xmp
from generator.gates.secrecy.files.properties import property_of
from generator.gates.secrecy.files.segments import png_texts, segments, tail
from generator.gates.secrecy.files.walk import Walk, guarded

__all__ = ["picture"]

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_OLDER = (b"\x04\x09", b"\x04\x0c")  # 8BIM 1033 and 1036: small pictures of Photoshop
_PNG_PERSONS = {"Author", "Artist", "author", "artist", "Creator"}


def picture(data: bytes, walk: Walk) -> Found:
    """What a picture holds. Errors: whatever Pillow raises for what is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(data))
        if image.width * image.height > limit("pixels"):
            yield Fault("A1", "图片", why="图片太大")
            return
        image.load()
        yield from guarded(exif(image, walk.path), "照片属性")
        yield from guarded(_blocks(data, image.format or ""), "照片属性")
        yield from guarded(_after(data, image.format or "", walk), "图片末尾")
        yield from guarded(_seen(image, walk), "图中文字")


def _blocks(data: bytes, form: str) -> Found:
    """Blocks with words or with older pictures."""
    told: set[str] = set()
    for name, block in segments(data, form):
        key, text = png_texts(name, block)
        packet = block.removeprefix(_XMP) if name == "APP1" and block.startswith(_XMP) else b""
        if name == "XMP ":
            packet = block
        elif key == "XML:com.adobe.xmp":
            packet = text.encode()
        elif key and text not in told:
            told.add(text)
            yield from property_of(text, "照片属性", "I3", key in _PNG_PERSONS)
        elif name == "COM":
            yield from property_of(block.decode("utf-8", "replace"), "照片属性", "I3")
        if packet:
            if b"xmpMM:History" in packet or b"xmpMM:DerivedFrom" in packet:
                yield Fault("I4", "编辑记录")
            yield from guarded(xmp(packet, "照片属性", "I3", told), "照片属性")
        elif name == "APP13" and any(b"8BIM" + mark in block for mark in _OLDER):
            yield Fault("I4", "缩略图")
        elif name == "APP2" and block.startswith(b"MPF\0"):
            yield Fault("I4", "另一张图")


def _after(data: bytes, form: str, walk: Walk) -> Found:
    rest = tail(data, form)
    if len(rest) < limit("tail"):
        return
    second = rest.startswith(b"\xff\xd8\xff") and b"MPF\0" in data[: len(data) - len(rest)]
    if not second:  # a second picture that the first one names is told already
        yield Fault("I5", "图片末尾", f"{len(rest)} 字节")
    if kind_of("", rest):
        yield from walk.inner("", rest, "图片末尾：", hidden=True)


def _seen(image: Image.Image, walk: Walk) -> Found:
    """Codes and text on the picture, as people hold it."""
    if min(image.size) < limit("ocr_side"):
        return
    upright = _flat(ImageOps.exif_transpose(image))
    for text in ocr.codes(upright):
        yield Fault("I11", "二维码")
        for said in dict.fromkeys((text, unquote(text))):
            yield Piece(said, "二维码", hidden=True)
    if not ocr.can_read():
        yield Fault("I7")
        return
    walk.budget.pictures -= 1
    if walk.budget.pictures < 0:
        yield Fault("A1", "图片", why=f"图片超过 {limit('pictures')} 张")
        return
    lines = ocr.lines(upright)
    for line in lines:
        yield Piece(line, "图中文字", Kind.SEEN)
    if _is_certificate(lines):
        yield Fault("I8", "图中文字")


def _flat(image: Image.Image) -> Image.Image:
    """A picture on white paper, without what shines through."""
    if image.mode not in {"RGBA", "LA", "PA"} and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(paper, clear).convert("RGB")


def _is_certificate(lines: list[str]) -> bool:
    """Whether a picture shows a filled certificate: fields with values, or its title and one."""
    fields = {
        name
        for line in lines
        for name in words().fields
        if re.search(rf"{name}[\s：:]*[^\s：:、，,。；/（()）_和与及]", line)
    }
    titled = any(words().certificates.fullmatch(re.sub(r"\W", "", line)) for line in lines)
    return len(fields) >= limit("card_fields") or (titled and bool(fields))
