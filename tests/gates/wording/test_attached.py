"""What readers see of an attachment is read as text is; what cannot be opened does not pass."""

from __future__ import annotations

import io
import random

import docx
import openpyxl
import pikepdf
import pptx
import pytest

from generator.gates import Known, scan
from generator.gates.wording import GATE
from tests.gates.wording.test_sheet import TODAY

FOLDER = "content/units/gxj/articles/2026/0001/"


def document() -> bytes:
    made = docx.Document()
    made.add_paragraph("会议对下一阶段工作进行了部署。")
    made.add_paragraph("会议对下一阶段工作进行了布署。")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 1).text = "2019年06月06日"
    return saved(made)


def workbook() -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "汇总"
    made.active["B4"] = "国办发[2018]33号"
    hidden = made.create_sheet("草稿")
    hidden["A1"] = "布署"
    hidden.sheet_state = "hidden"
    return saved(made)


def slides() -> bytes:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "工作布署"
    return saved(made)


def page() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.pages[0].Contents = made.make_stream(b"BT /F1 12 Tf 72 720 Td (TODO) Tj ET")
    return saved(made)


def saved(made) -> bytes:
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "expected"),
    [
        ("a.docx", document, [("DT2", "表1第1行第2列", "hint"), ("T", "第2段", "error")]),
        ("a.xlsx", workbook, [("DN1", "工作表“汇总”B4", "error")]),
        ("a.pptx", slides, [("T", "第1张幻灯片", "error")]),
        ("a.pdf", page, [("RS1", "第1页", "error")]),
    ],
)
def test_what_an_attachment_shows(name, make, expected):
    found = scan(GATE, [(FOLDER + name, make())], Known(), TODAY).findings
    assert [(one.rule, one.place, one.severity) for one in found] == expected
    assert all((one.line, one.column) == (1, 1) for one in found)


@pytest.mark.parametrize("make", [document, workbook, slides, page])
def test_a_damaged_attachment_does_not_pass_and_brings_nothing_down(make):
    data = make()
    name = FOLDER + {document: "a.docx", workbook: "a.xlsx", slides: "a.pptx", page: "a.pdf"}[make]
    for cut in (0, 10, len(data) // 2):
        result = scan(GATE, [(name, data[:cut])], Known(), TODAY)
        assert result.result == "fail" and "SRC" in {one.rule for one in result.findings}
    chance = random.Random(1)
    for _ in range(20):
        spoilt = bytearray(data)
        for _ in range(10):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        scan(GATE, [(name, bytes(spoilt))], Known(), TODAY)


def test_pictures_are_left_to_the_secrecy_gate():
    assert scan(GATE, [(FOLDER + "a.png", b"\x89PNG")], Known(), TODAY).result == "pass"
