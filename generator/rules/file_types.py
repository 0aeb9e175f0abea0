"""What type a file is, by its bytes: the ending that it ought to have.

Containers are told apart by what is in them, pictures by how they begin, and whatever is left by
puremagic, which is slow: it is asked only of sound and film, and of what is not what it should be.
"""

from __future__ import annotations

import io
import re

__all__ = ["PICTURES", "plain", "said", "type_of"]

PICTURES = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_SAME = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg", ".mpga": ".mp3", ".m4v": ".mp4"}
_MAIN_PARTS = {
    "word/document.xml": ".docx",
    "xl/workbook.xml": ".xlsx",
    "xl/workbook.bin": ".xlsb",
    "ppt/presentation.xml": ".pptx",
}


def plain(ending: str) -> str:
    """The one ending that stands for a type that has several."""
    return _SAME.get(ending, ending)


def type_of(data: bytes, wanted: str) -> str | None:
    """The ending that the content asks for, empty where unknown; None for a broken archive."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        names = _names(data)
        if names is None:
            return None
        return next((kind for part, kind in _MAIN_PARTS.items() if part in names), ".zip")
    if wanted == ".csv":
        return wanted if _is_text(data) else _guess(data[:4096], wanted)
    if wanted == ".pdf" and b"%PDF-" in data[:1024]:
        return wanted
    if wanted in PICTURES and PICTURES[wanted].match(data):
        return wanted
    return _guess(data[:4096] + data[-256:], wanted)


def _guess(data: bytes, wanted: str) -> str:
    import puremagic

    try:
        matches = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return ""
    found = [plain(match.extension) for match in matches]
    return wanted if wanted in found else found[0]


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _names(data: bytes) -> frozenset[str] | None:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except Exception:
        return None


def said(ending: str) -> dict[str, str]:
    """What people call the type of an ending."""
    if not ending:
        return {"zh": "无法识别的格式", "en": "of an unknown type"}
    if ending == ".doc":
        return {"zh": "旧版 Office 格式（doc、xls）", "en": "an old Office file"}
    return {"zh": f"{ending[1:]} 格式", "en": f"{ending[1:]}"}
