"""What the bytes of a file are, by how they begin; its name only says what they should be."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

__all__ = ["expected", "kind_of", "second_kind"]

_SIGNATURES = (
    (b"%PDF-", 0, "pdf"),
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"WEBP", 8, "webp"),
    (b"GIF8", 0, "gif"),
    (b"BM", 0, "bmp"),
    (b"II*\0", 0, "tiff"),
    (b"MM\0*", 0, "tiff"),
    (b"ftyphei", 4, "heic"),
    (b"ftypmif", 4, "heic"),
    (b"ftyp", 4, "mp4"),
    (b"ID3", 0, "mp3"),
    (b"\xff\xfb", 0, "mp3"),
    (b"\xff\xf3", 0, "mp3"),
    (b"RIFF", 0, "media"),
    (b"PK\x03\x04", 0, "zip"),
    (b"PK\x05\x06", 0, "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "ole"),
    (b"Rar!\x1a\x07", 0, "packed"),
    (b"7z\xbc\xaf\x27\x1c", 0, "packed"),
    (b"\x1f\x8b", 0, "packed"),
    (b"BZh", 0, "packed"),
    (b"\xfd7zXZ", 0, "packed"),
    (b"\x28\xb5\x2f\xfd", 0, "packed"),
    (b"ustar", 257, "packed"),
    (b"CD001", 32769, "packed"),
    (b"{\\rtf", 0, "rtf"),
    (b" EMF", 40, "emf"),
    (b"\xd7\xcd\xc6\x9a", 0, "wmf"),
    (b"\x01\0\x09\0\0\x03", 0, "wmf"),
)
_BY_MAIN_PART = (
    ("word/", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("OFD.xml", "ofd"),
)
_ENDINGS = {
    "docx": "docx", "docm": "docx", "dotx": "docx", "xlsx": "xlsx", "xlsm": "xlsx",
    "xltx": "xlsx", "xlsb": "xlsb", "pptx": "pptx", "pptm": "pptx", "ppsx": "pptx", "ofd": "ofd",
    "pdf": "pdf", "png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp", "gif": "gif",
    "bmp": "bmp", "tif": "tiff", "tiff": "tiff", "heic": "heic", "zip": "zip", "mp3": "mp3",
    "mp4": "mp4", "m4a": "mp4", "doc": "ole", "xls": "ole", "ppt": "ole", "wps": "ole",
    "et": "ole", "dps": "ole", "msg": "ole", "rar": "packed", "7z": "packed", "gz": "packed",
    "tgz": "packed", "tar": "packed", "bz2": "packed", "xz": "packed", "iso": "packed",
    "rtf": "rtf", "emf": "emf", "wmf": "wmf", "svg": "svg", "htm": "html", "html": "html",
    "mht": "mail", "mhtml": "mail", "eml": "mail", "ics": "mail", "vcf": "mail", "txt": "text",
    "csv": "table", "md": "text", "yml": "text", "json": "text", "xml": "xml", "rels": "xml",
}  # fmt: skip
_SHOWN = frozenset({"pdf", "png", "jpg", "webp", "gif", "bmp", "tiff", "html", "svg", "mp3", "mp4"})
_LAST, _MOST_COMMENT = b"PK\x05\x06", 65_557
_TEXTS = frozenset({"svg", "html", "mail", "table", "text", "xml"})


def expected(name: str) -> str:
    """What a name says that the file is; empty where it says nothing that is known."""
    return _ENDINGS.get(PurePosixPath(name).suffix.lower().lstrip("."), "")


def kind_of(name: str, data: bytes) -> str:
    """What the bytes are; empty where nobody can tell. The name only tells kinds of text apart."""
    for mark, at, kind in _SIGNATURES:
        if data.startswith(mark, at):
            return _archive(data) if kind == "zip" else kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if expected(name) == "zip" and _LAST in data[-_MOST_COMMENT:]:  # with something before it
        return "zip"
    if expected(name) in _TEXTS:
        return expected(name)
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<?xml", b"<svg")):
        return "svg" if b"<svg" in head else "xml"
    return "html" if head.startswith((b"<!doctype html", b"<html")) else ""


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:  # the name says what it was
        return ""
    if "[Content_Types].xml" not in names and "OFD.xml" not in names:
        return "zip"
    for part, kind in _BY_MAIN_PART:
        if any(name.startswith(part) for name in names):
            return kind
    return "zip"


def second_kind(kind: str, data: bytes) -> str:
    """What else the bytes are, for a program that looks at another place; empty as a rule."""
    if kind in _SHOWN and _ends_as_archive(data):
        return "zip"
    return "pdf" if kind in _SHOWN - {"pdf"} and b"%PDF-" in data[1:1024] else ""


def _ends_as_archive(data: bytes) -> bool:
    """Whether the very end is an archive's; one that lies inside, as an attachment, is not."""
    at = data.rfind(_LAST, max(0, len(data) - _MOST_COMMENT))
    if at < 0:
        return False
    comment = int.from_bytes(data[at + 20 : at + 22], "little")
    return at + 22 + comment >= len(data.rstrip(b"\r\n \0"))
