"""Pictures: where and by whom they were taken, and what stands after their end."""

from __future__ import annotations

import io

from PIL import Image

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.properties import is_somebody
from generator.gates.secrecy.files.walk import Walk

__all__ = ["picture"]

_GPS, _NAMES = 0x8825, {0x013B: "作者", 0x9C9D: "作者", 0xA430: "相机主人"}
_PNG_END = b"IEND\xaeB`\x82"
_MOST_PIXELS = 100_000_000


def picture(data: bytes, walk: Walk) -> Found:
    """What a picture tells besides what it shows."""
    with Image.open(io.BytesIO(data)) as image:
        if image.width * image.height > _MOST_PIXELS:
            raise ValueError("too large")
        exif = image.getexif()
        form = image.format
    if exif.get_ifd(_GPS):
        yield Fault("I1")
    for tag, place in _NAMES.items():
        value = exif.get(tag)
        text = value.decode("utf-16-le", "ignore") if isinstance(value, bytes) else str(value or "")
        text = text.strip("\0 ")
        if is_somebody(text):
            yield Fault("I3", place, text)
    if _after(data, form or "").strip(b"\0\r\n "):
        yield Fault("I5")


def _after(data: bytes, form: str) -> bytes:
    """The bytes after a picture's end."""
    if form == "PNG":
        return data.partition(_PNG_END)[2]
    if form == "JPEG":
        return data[data.rfind(b"\xff\xd9") + 2 :]
    if form == "WEBP":
        return data[8 + int.from_bytes(data[4:8], "little") :]
    return b""
