"""Archives and old forms with leaks, and the tools that other builders take files apart with."""

import io
import struct
import zipfile

__all__ = [
    "bomb", "doubled", "gbk_names", "locked", "nested", "old_document", "packed", "prefixed",
    "rewritten", "saved", "too_deep",
]  # fmt: skip


def saved(thing):
    stream = io.BytesIO()
    thing.save(stream)
    return stream.getvalue()


def rewritten(data, change, added=None):
    """An archive with some parts changed or added: part → function of its bytes, part → bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change[name](part) if name in change else part)
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def packed(files, comment=b""):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", 8) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.comment = comment
    return stream.getvalue()


def nested():
    """Seed 77: an archive in an archive, a workbook in that; a comment on the outer one."""
    from tests.support.leaks import sheets

    inner = packed({"名单.xlsx": sheets.plain_list()})
    return packed({"附件.zip": inner}, "内部文件".encode())


def too_deep():
    data = packed({"a.txt": b"x"})
    for _ in range(6):
        data = packed({"a.zip": data})
    return data


def bomb():
    return packed({"a.txt": b"0" * 30_000_000})


def prefixed():
    return b"what stands before an archive" * 9 + packed({"a.txt": "正文".encode()})


def doubled():
    return packed({"a.txt": b"1", "b.txt": b"2"}).replace(b"b.txt", b"a.txt")


def gbk_names():
    """The name of a member in the coding of Chinese Windows, without the flag for UTF-8."""
    name = "讨论稿.txt".encode("gb18030")
    data = packed({"x" * len(name): b"text"})
    return data.replace(b"x" * len(name), name)


def locked():
    data = bytearray(packed({"a.txt": b"secret"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    return bytes(data)


def old_document(streams=("VBA", "WordDocument")):
    """Seed 78: an OLE2 file of one sector of entries, with a stream for macros."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack("<128I", table, end, *[free] * 126)
    entries = [_entry("Root Entry", 5, child=1, start=end)]
    for number, name in enumerate(streams, 1):
        right = number + 1 if number < len(streams) else free
        entries.append(_entry(name, 2, right=right, start=end))
    entries += [_entry("", 0, start=0)] * (4 - len(entries))
    return head + fat + b"".join(entries)


def _entry(name, kind, *, child=0xFFFFFFFF, right=0xFFFFFFFF, start=0):
    raw = name.encode("utf-16-le")
    size = len(raw) + 2 if name else 0
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", size, kind, 1)
        + struct.pack("<III", 0xFFFFFFFF, right, child)
        + b"\0" * 16
        + struct.pack("<IQQIQ", 0, 0, 0, start, 0)
    )


def texts():
    """A list in the coding of Chinese Windows, another in two bytes a sign without a mark."""
    from tests.support.leaks.numbers import P1, A

    return packed({
        "名单.csv": f"姓名,身份证号\n赵小树,{A}\n".encode("gb18030"),
        "电话.txt": f"请拨打 {P1}\n".encode("utf-16-le"),
    })  # fmt: skip


def layout():
    """A file of the national fixed layout with a level among its properties."""
    from tests.support.leaks.numbers import A

    about = """<OFD xmlns="http://www.ofdspec.org/2016"><DocBody><DocInfo><Author>赵小树</Author>
      <CustomDatas><CustomData Name="密级">秘密</CustomData></CustomDatas></DocInfo>
      </DocBody></OFD>"""
    page = (
        '<Page xmlns="http://www.ofdspec.org/2016"><Content><Layer><TextObject><TextCode>关于方案的通知'
        f'</TextCode></TextObject><TextObject Visible="false"><TextCode>{A}</TextCode></TextObject>'
        "</Layer></Content></Page>"
    )
    return packed({
        "OFD.xml": about.encode(), "Doc_0/Document.xml": b"<Document/>",
        "Doc_0/Pages/Page_0/Content.xml": page.encode(),
    })  # fmt: skip
