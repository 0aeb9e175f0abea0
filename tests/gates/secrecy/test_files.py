"""What a file hides is found; a clean file of the same form is not; no file makes the gate fail."""

import io
from datetime import date

import docx
import openpyxl
import pikepdf
import pytest
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation

from generator.gates import scan
from generator.gates.known import Known
from generator.gates.secrecy import GATE

TODAY = date(2026, 11, 28)


def saved(thing):
    stream = io.BytesIO()
    thing.save(stream)
    return stream.getvalue()


def rules(name, data):
    path = f"content/units/tax/articles/2026/0042/{name}"
    return {hit.rule: hit for hit in scan(GATE, [(path, data)], Known(), TODAY).findings}


def word(text="正文", author="python-docx"):
    document = docx.Document()
    document.core_properties.author = author
    document.add_paragraph(text)
    return document


def hidden_run():
    document = word()
    document.add_paragraph().add_run("藏着的话").font.hidden = True
    return document


def inserted():
    document = word()
    document.paragraphs[0]._p.append(OxmlElement("w:ins"))
    return document


def commented():
    document = word()
    document.add_comment(document.paragraphs[0].runs, text="改一下", author="王某（示例）")
    return document


def headed():
    document = word()
    document.sections[0].header.paragraphs[0].text = "内部资料 注意保存"
    return document


def workbook(change=lambda book: None):
    book = openpyxl.Workbook()
    book.active["A1"] = "户数"
    change(book)
    return book


def hide_sheet(book):
    book.create_sheet("底表")["B3"] = "名单"
    book["底表"].sheet_state = "veryHidden"


def hide_columns(book):
    book.active["D2"] = "名单"
    book.active.column_dimensions.group("C", "E", hidden=True)


def number_as_number(book):
    book.active["B2"] = 140502190304120000


def pdf(change=lambda file: None):
    file = pikepdf.new()
    file.add_blank_page()
    change(file)
    return file


def note(file):
    annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text)
    annotation.Contents = pikepdf.String("改一下")
    file.pages[0].Annots = file.make_indirect([annotation])


def script(file):
    file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
    file.Root.OpenAction = file.make_indirect(file.Root.OpenAction)


def carries(file):
    file.attachments["底稿.txt"] = b"x"


def author(file):
    file.docinfo["/Author"] = pikepdf.String("赵小四")


def notes():
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    slide.notes_slide.notes_text_frame.text = "只给自己看"
    return slides


def picture(form="JPEG", **options):
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, form, **options)
    return stream.getvalue()


def located():
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x8825] = {1: "N", 2: (35.0, 29.0, 26.0)}
    return picture(exif=exif)


CASES = [
    ("a.docx", lambda: saved(word(author="赵小四")), "W1"),
    ("a.docx", lambda: saved(commented()), "W3"),
    ("a.docx", lambda: saved(inserted()), "W4"),
    ("a.docx", lambda: saved(hidden_run()), "W5"),
    ("a.docx", lambda: saved(headed()), "K4"),
    ("a.docx", lambda: saved(word("机密★5年")), "K1"),
    ("a.xlsx", lambda: saved(workbook(hide_sheet)), "X1"),
    ("a.xlsx", lambda: saved(workbook(hide_columns)), "X2"),
    ("a.xlsx", lambda: saved(workbook(number_as_number)), "N6"),
    ("a.pptx", lambda: saved(notes()), "Q1"),
    ("a.pdf", lambda: saved(pdf(author)), "F1"),
    ("a.pdf", lambda: saved(pdf(note)), "F2"),
    ("a.pdf", lambda: saved(pdf(carries)), "F8"),
    ("a.pdf", lambda: saved(pdf(script)), "F9"),
    ("a.jpg", located, "I1"),
    ("a.png", lambda: picture("PNG") + b"rest of another picture", "I5"),
    ("a.jpg", lambda: b"no picture", "A0"),
    ("a.docx", lambda: saved(word())[:900], "A0"),
    ("a.zip", lambda: saved(word()), "Z6"),
]


@pytest.mark.parametrize(("name", "make", "rule"), CASES, ids=[case[2] for case in CASES])
def test_what_a_file_hides_is_found(name, make, rule):
    assert rule in rules(name, make())


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", lambda: saved(word())),
        ("a.xlsx", lambda: saved(workbook())),
        ("a.pdf", lambda: saved(pdf())),
        ("a.jpg", picture),
        ("a.png", lambda: picture("PNG")),
        ("a.webp", lambda: picture("WEBP")),
    ],
)
def test_a_clean_file_passes(name, make):
    assert rules(name, make()) == {}


FILES = {name: make() for name, make, rule in CASES if rule in {"W3", "X1", "Q1", "F2", "I1"}}


@given(st.sampled_from(sorted(FILES)), st.integers(0, 1 << 20), st.binary(min_size=1, max_size=9))
@settings(max_examples=60, deadline=None)
def test_no_damaged_file_makes_it_fail(name, at, noise):
    data = FILES[name]
    start = at % len(data)
    assert rules(name, data[:start] + noise + data[start + len(noise) :]) is not None
