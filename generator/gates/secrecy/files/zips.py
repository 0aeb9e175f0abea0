"""A ZIP archive: what it carries, what stands beside its members, and what hides between them."""

from __future__ import annotations

import posixpath
import re
import zipfile
from bisect import bisect_right
from collections import Counter

from generator.gates.secrecy.files.found import Fault, Found, Piece, within
from generator.gates.secrecy.files.members import Members
from generator.gates.secrecy.files.plain import label
from generator.gates.secrecy.files.walk import Walk, guarded

__all__ = ["name_of", "zips"]

_LEFT = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
_UTF8, _LOCKED = 0x800, 0x1
_LOCAL = b"PK\x03\x04"
_OFFSET = 30  # bytes of a member's own head, before its name


def zips(data: bytes, walk: Walk) -> Found:
    """What an archive holds."""
    members = Members.of(data, walk.budget)
    archive = members.archive
    yield Fault("Z1", "压缩包")
    yield Piece(label(archive.comment), "压缩包注释", hidden=True)
    infos = [one for one in archive.infolist() if not one.is_dir()]
    names = Counter(one.filename for one in infos)
    twice = [name for name, count in names.items() if count > 1]
    if twice or _between(data, archive):
        yield Fault("Z1-odd", "压缩包", "、".join(twice))
    for info in infos:
        yield from within(guarded(_member(info, members, walk)), "压缩包里的")


def _member(info: zipfile.ZipInfo, members: Members, walk: Walk) -> Found:
    name = name_of(info)
    place = f"“{name}”"
    yield Piece(posixpath.basename(name).rpartition(".")[0], f"{place}文件名", title=True)
    yield Piece(label(info.comment), f"{place}注释", hidden=True)
    if info.flag_bits & _LOCKED:
        yield Fault("Z1-locked", place)
    elif _LEFT.search(name):
        yield Fault("Z1-left", place)
    else:
        yield from walk.inner(name, members.read(info), f"{place}：")


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name; without a flag for UTF-8 it is most often in the coding of Chinese Windows.

    >>> info = zipfile.ZipInfo("名单.txt".encode("gb18030").decode("cp437"))
    >>> name_of(info)
    '名单.txt'
    """
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return label(raw)


def _between(data: bytes, archive: zipfile.ZipFile) -> bool:
    """Whether there is anything before the first member, or a member that the list leaves out."""
    if not data.startswith((_LOCAL, b"PK\x05\x06")):
        return True
    infos = sorted(archive.infolist(), key=lambda one: one.header_offset)
    starts = [one.header_offset for one in infos]
    at = data.find(_LOCAL)
    while 0 <= at < archive.start_dir:
        number = bisect_right(starts, at) - 1
        if number < 0 or (starts[number] != at and at >= _end(infos[number], data)):
            return True
        at = data.find(_LOCAL, at + 4)
    return False


def _end(info: zipfile.ZipInfo, data: bytes) -> int:
    """Where the content of a member ends; an archive inside it lies before that."""
    head = data[info.header_offset : info.header_offset + _OFFSET]
    skip = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    return info.header_offset + _OFFSET + skip + info.compress_size
