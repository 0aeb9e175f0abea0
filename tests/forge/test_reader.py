"""What the bytes of a file are, and what is wrong with them; any bytes at all."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.differences import as_markdown, change_of
from generator.keeper.reader import read
from generator.schema import Schemas

PAGE = "content/units/tax/articles/2026/0042.md"


def archive(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("path", "data", "kind", "problems"),
    [
        (PAGE, b"---\ntitle: x\n---\n", "markdown", ()),
        ("a.yml", b"title: x\n", "yaml", ()),
        ("a.csv", b"a,b\n", "csv", ()),
        ("a.html", b"<p>x</p>", "html", ()),
        ("a", b"x", "text", ()),
        ("a.pdf", b"%PDF-1.7\n", "pdf", ()),
        ("a.png", b"\x89PNG\r\n\x1a\n", "png", ()),
        ("a.jpg", b"\xff\xd8\xff\xe0", "jpg", ()),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "webp", ()),
        ("a.mp4", b"\0\0\0\x20ftypisom", "mp4", ()),
        ("a.mp3", b"ID3\x04", "mp3", ()),
        ("a.docx", archive("word/document.xml"), "docx", ()),
        ("a.xlsx", archive("xl/workbook.xml"), "xlsx", ()),
        ("a.zip", archive("a.txt"), "zip", ()),
        ("a.md", b"%PDF-1.7\n", "pdf", ()),
        ("a.pdf", b"MZ\x90\0\xff", "unknown", ("not_utf8",)),
        (PAGE, b"version https://git-lfs.github.com/spec/v1\noid x\n", "unknown", ("lfs_pointer",)),
        (PAGE, "停\u202e水".encode(), "markdown", ("invisible",)),
        (PAGE, "停\u200b水".encode(), "markdown", ("invisible",)),
        (PAGE, "停\U000e0041水".encode(), "markdown", ("invisible",)),
        (PAGE, "停\ufeff水".encode(), "markdown", ("invisible",)),
        (PAGE, b"---\na: 1\na: 2\n---\n", "markdown", ("front_matter",)),
        (PAGE, b"---\na: &x 1\nb: *x\n---\n", "markdown", ("front_matter",)),
        (PAGE, b"<script>alert(1)</script>", "markdown", ("active",)),
        (PAGE, b"<img src=x onerror=alert(1)>", "markdown", ("active",)),
        (PAGE, b"[x](javascript:alert(1))", "markdown", ("active",)),
        ("a.pdf", b"%PDF-1.7\n/OpenAction << /S /JavaScript >>", "pdf", ("active",)),
        ("a.png", b"\x89PNG\r\n\x1a\n" + archive("a"), "png", ("polyglot",)),
        ("a.jpg", b"\xff\xd8\xff\xe0 %PDF-1.4", "jpg", ("polyglot",)),
    ],
)
def test_a_file(path, data, kind, problems):
    found = read(path, data)
    assert (found.type, found.problems) == (kind, problems)


@pytest.mark.parametrize(
    ("front", "review_class", "restore_of"),
    [
        ("reviewClass: B", "B", None),
        ("restoreOf: 311", None, 311),
        ("reviewClass: [B]", None, None),
        ("restoreOf: true", None, None),
        ("restoreOf: -1", None, None),
        (f"reviewClass: {'x' * 65}", None, None),
    ],
)
def test_front_matter(front, review_class, restore_of):
    found = read(PAGE, f"---\n{front}\n---\n".encode())
    assert (found.review_class, found.restore_of) == (review_class, restore_of)


def test_the_sample_content_has_no_problem(root):
    """Dates, truth values and numbers of records are plain words here: their schemas know them."""
    found = {
        path.relative_to(root).as_posix(): read(path.name, path.read_bytes()).problems
        for path in (root / "content").rglob("*")
        if path.is_file()
    }
    assert len(found) > 1000
    assert {path: problems for path, problems in found.items() if problems} == {}


@given(st.sampled_from([PAGE, "a.yml", "a.csv", "a.pdf", "a"]), st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_something(path, data):
    found = read(path, data)
    assert found.type
    assert read(path, data) == found


@pytest.fixture(scope="module")
def schemas(root):
    return Schemas.read(root / "schemas")


@given(
    path=st.sampled_from([PAGE, "content/units/tax/unit.yml", "content/units/tax/fees/a.csv"]),
    old=st.binary(max_size=120)
    | st.text(max_size=80).map(lambda text: f"---\n{text}\n---\n".encode()),
    new=st.text(max_size=80).map(lambda text: f"---\n{text}\n---\n{text}".encode()),
)
@settings(max_examples=150, deadline=None)
def test_any_two_files_can_be_compared(schemas, path, old, new):
    text = as_markdown([change_of(path, old, new, schemas)])
    assert text
    assert "<script" not in text
