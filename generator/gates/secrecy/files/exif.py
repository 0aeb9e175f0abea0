"""EXIF: where a picture was taken, by whom, and the small picture that it was given then."""

from __future__ import annotations

import io

from PIL import ExifTags, Image, ImageChops, ImageStat

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.pack import limit, words
from generator.gates.secrecy.files.properties import property_of

__all__ = ["exif"]

_GPS, _DETAILS, _SMALL = ExifTags.IFD.GPSInfo, ExifTags.IFD.Exif, ExifTags.IFD.IFD1
_OFFSET, _LENGTH = 0x0201, 0x0202
_PERSONS = {0x013B: "作者", 0x9C9D: "作者", 0xA430: "相机主人"}
_WORDS = {
    0x010E: "说明", 0x8298: "版权", 0x9C9B: "标题", 0x9C9C: "备注", 0x9C9E: "关键词",
    0x9C9F: "主题", 0x9286: "备注", 0x013C: "电脑",
}  # fmt: skip
_BLACK = 24
_MARK = b"Exif\0\0"


def exif(image: Image.Image, path: str) -> Found:
    """What the EXIF of a picture tells; `path` says what the picture is for."""
    found = image.getexif()
    details = found.get_ifd(_DETAILS)
    about = {**found, **details}
    said = " ".join(_text(about[tag]) for tag in _WORDS if tag in about)
    position = found.get_ifd(_GPS)
    if any(tag in position for tag in (2, 4)):
        home = words().homes.search(path) or words().homes.search(said)
        yield Fault("I1-home" if home else "I1", "拍摄地点")
    for tag, place in {**_PERSONS, **_WORDS}.items():
        if tag in about:
            yield from property_of(_text(about[tag]), place, "I3", tag in _PERSONS)
    small = _thumbnail(image, found)
    if small is not None and not _is_same(small, image):
        yield Fault("I2", "缩略图")


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    for head in (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0", b"\0" * 8):
        value = value.removeprefix(head)
    wide = len(value) > 1 and (value[1::2].count(0) * 4 > len(value) or not value.isascii())
    return value.decode("utf-16-le" if wide and len(value) % 2 == 0 else "utf-8", "ignore")


def _thumbnail(image: Image.Image, found: Image.Exif) -> Image.Image | None:
    raw = image.info.get("exif", b"")
    small = found.get_ifd(_SMALL)
    start, size = small.get(_OFFSET), small.get(_LENGTH)
    if not isinstance(raw, bytes) or not isinstance(start, int) or not isinstance(size, int):
        return None
    data = raw.removeprefix(_MARK)[start : start + size]
    try:
        shown = Image.open(io.BytesIO(data))
        shown.load()
    except (OSError, ValueError):
        return None
    return shown.convert("L")


def _is_same(small: Image.Image, image: Image.Image) -> bool:
    """Whether a small picture shows the large one: in shape, without black bars, and in light."""
    box = small.point(lambda value: 255 if value > _BLACK else 0).getbbox()
    for shown in (small, small.crop(box) if box else small):
        ratio = shown.width / shown.height * image.height / image.width
        if 100 * abs(ratio - 1) <= limit("thumbnail_ratio"):
            size = (16, 16)
            large = image.convert("L").resize(size)
            apart = ImageStat.Stat(ImageChops.difference(shown.resize(size), large)).mean[0]
            return apart <= limit("thumbnail_apart")
    return False
