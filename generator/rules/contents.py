"""What a file really holds: bytes → faults, without an opinion on who uses the file.

The content decides, never the name: a type is read from the bytes (`file_types.py`),
pictures are opened (Pillow), archives and PDF files (`pdf.py`) are looked into. Strangers' files
break parsers in any way they like, so any failure of one means: damaged. What reads files of a
type is imported when the first of them is read.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.rules.file_types import PICTURES, plain, said, type_of
from generator.rules.pdf import pdf_deed

if TYPE_CHECKING:
    import zipfile

__all__ = ["IMAGES", "Fault", "Limits", "content_faults"]

Fault = tuple[str, dict[str, Any]]

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".webp"})
_OFFICE = frozenset({".docx", ".xlsx", ".pptx"})
_ARCHIVES = frozenset({"zip", "rar", "7z", "gz", "bz2", "xz", "tar", "tgz"})
_ACTIVE_PART = re.compile(r"vbaProject\.bin\Z|/activeX/|/macrosheets/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large things may be, and which endings an archive may not hold."""

    pixels: int
    unpacked: int
    members: int
    refused: frozenset[str]


def content_faults(ending: str, data: bytes, limits: Limits) -> Iterator[Fault]:
    """What is wrong with a file of this ending that holds these bytes."""
    if not data:
        yield "AST-007", {"reason": {"zh": "文件是空的", "en": "it is empty"}}
        return
    wanted = plain(ending)
    actual = type_of(data, wanted)
    if actual is None:
        yield "AST-007", {"reason": _DAMAGED}
    elif actual != wanted:
        yield "AST-003", {"ending": ending, "actual": said(actual)}
    elif wanted in PICTURES:
        yield from _picture(data, limits)
    elif wanted == ".pdf":
        yield from _pdf(data)
    elif wanted in {".zip", *_OFFICE}:
        yield from _archive(wanted, data, limits)


_DAMAGED = {"zh": "文件损坏或不完整", "en": "it is damaged or cut short"}
_LOCKED = {"zh": "文件加了密码", "en": "it is locked by a password"}


def _picture(data: bytes, limits: Limits) -> Iterator[Fault]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
                picture.verify()
    except Exception:
        yield "AST-007", {"reason": _DAMAGED}
        return
    if max(width, height) > limits.pixels:
        yield "AST-006", {"width": width, "height": height, "limit": limits.pixels}


def _pdf(data: bytes) -> Iterator[Fault]:
    if b"startxref" not in data[-2048:]:
        yield "AST-007", {"reason": _DAMAGED}
        return
    try:
        deed = pdf_deed(data)
    except Exception:
        yield "AST-007", {"reason": _DAMAGED}
        return
    if deed is None:
        yield "AST-007", {"reason": _LOCKED}
    elif deed:
        yield "AST-004", {"what": deed}


def _archive(kind: str, data: bytes, limits: Limits) -> Iterator[Fault]:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _members(kind, archive, limits)
    except Exception:
        yield "AST-007", {"reason": _DAMAGED}


def _members(kind: str, archive: zipfile.ZipFile, limits: Limits) -> Iterator[Fault]:
    import zipfile

    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked or len(members) > limits.members:
        yield (
            "AST-008",
            {
                "size": f"{unpacked / 1_000_000:.0f}",
                "files": len(members),
                "limit": f"{limits.unpacked // 1_000_000}",
                "most": limits.members,
            },
        )
        return
    if any(member.flag_bits & 1 for member in members):
        yield "AST-007", {"reason": _LOCKED}
        return
    if kind in _OFFICE:
        yield from _office(archive, limits)
        return
    for member in members:
        ending = member.filename.rpartition(".")[2].lower()
        if ending in limits.refused or ending in _ARCHIVES:
            yield "AST-004", {"what": member.filename}
        elif f".{ending}" in _OFFICE:
            inner = _read(archive, member, limits)
            with zipfile.ZipFile(io.BytesIO(inner)) as office:
                yield from _office(office, limits, member.filename + "/")


def _office(archive: zipfile.ZipFile, limits: Limits, within: str = "") -> Iterator[Fault]:
    for name in archive.namelist():
        if _ACTIVE_PART.search(name):
            yield "AST-004", {"what": within + name}
            return
    types = archive.getinfo("[Content_Types].xml")
    if b"macroEnabled" in _read(archive, types, limits):
        yield "AST-004", {"what": within + types.filename}


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The bytes of a member, never more than the limit, whatever size its header claims."""
    with archive.open(member) as stream:
        return stream.read(limits.unpacked)
