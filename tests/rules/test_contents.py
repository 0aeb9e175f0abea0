"""What files hold: whatever the bytes, an answer and no exception; archives within bounds."""

import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from generator.load.kinds import ASSET_ENDINGS
from generator.rules.contents import Limits, content_faults

LIMITS = Limits(pixels=4000, unpacked=100_000, members=20, refused=frozenset({"exe", "docm"}))
SIGNATURES = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
]


def codes(ending: str, data: bytes) -> list[str]:
    """The codes of what is wrong with a file."""
    return [code for code, _ in content_faults(ending, data, LIMITS)]


def archive(**members: bytes) -> bytes:
    """A ZIP file; in a name `__` stands for a full stop."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in members.items():
            out.writestr(name.replace("__", "."), data)
    return buffer.getvalue()


def picture() -> bytes:
    """A small PNG file."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6)).save(buffer, "PNG")
    return buffer.getvalue()


@given(
    ending=st.sampled_from(sorted(ASSET_ENDINGS)),
    signature=st.sampled_from(SIGNATURES),
    rest=st.binary(max_size=400),
)
def test_any_bytes_get_an_answer(ending, signature, rest):
    codes(ending, signature + rest)


@pytest.mark.parametrize(
    ("ending", "data"), [(".png", picture()), (".zip", archive(a__txt=b"text", b__docx=b"no zip"))]
)
def test_any_damage_gets_an_answer(ending, data):
    chance = random.Random(1)
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(3):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        codes(ending, bytes(damaged))


@pytest.mark.parametrize(
    ("ending", "data", "expected"),
    [
        pytest.param(".csv", "名称,数量\n甲,1\n".encode("gb18030"), [], id="a table in GBK"),
        pytest.param(".csv", "﻿名称,数量\n".encode(), [], id="a table with a mark"),
        pytest.param(".csv", b"a\0b", ["AST-003"], id="no text"),
        pytest.param(".jpeg", picture(), ["AST-003"], id="a picture of another type"),
        pytest.param(".zip", archive(a__txt=b"1"), [], id="an archive"),
        pytest.param(".zip", archive(a__docx=b"no zip"), ["AST-007"], id="a damaged member"),
        pytest.param(".zip", archive(a__EXE=b"MZ"), ["AST-004"], id="a program"),
        pytest.param(".zip", archive(a__zip=b"1"), ["AST-004"], id="an archive in an archive"),
        pytest.param(".zip", archive(a__txt=b"0" * 100_000), [], id="unpacked at the limit"),
        pytest.param(".zip", archive(a__txt=b"0" * 100_001), ["AST-008"], id="past the limit"),
        pytest.param(".docx", archive(a__txt=b"1"), ["AST-003"], id="no document"),
        pytest.param(".mp3", b"ID3\x04" + bytes(40), [], id="sound"),
        pytest.param(".pdf", b"\n\n%PDF-1.4\n...", ["AST-007"], id="cut short"),
        pytest.param(".png", b"", ["AST-007"], id="empty"),
    ],
)
def test_content_faults(ending, data, expected):
    assert codes(ending, data) == expected


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param(b"/JavaScript", b"/JavaScript", id="plain"),
        pytest.param(b"/JavaScript", b"/J#61vaScript", id="a letter written as its number"),
    ],
)
def test_a_script_in_a_pdf_is_found_however_it_is_written(name, written):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    buffer = io.BytesIO()
    writer.write(buffer)
    data = buffer.getvalue().replace(b"/JS", b"/#4AS").replace(name, written)
    data = data.replace(b"/OpenAction", b"/Open#41ction")
    assert codes(".pdf", data) == ["AST-004"]
