"""What two lists say together, what attachments' readers mark, and what trunk knows."""

from datetime import date

import pytest
import yaml

from generator.gates import Known, known_of, scan
from generator.gates.passage import Kind, Passage
from generator.gates.secrecy import GATE
from generator.gates.secrecy.about import About
from generator.gates.secrecy.hits import weighed
from generator.gates.secrecy.patterns import pattern_hits
from generator.gates.secrecy.people import is_name, surely_name
from generator.gates.secrecy.whole import Whole
from generator.gates.text import TextFile
from tests.gates.secrecy.planted import TODAY, A, filled


def of_passages(*passages):
    """The hits in passages as an attachment's reader gives them."""
    text = TextFile("content/units/tax/articles/2026/0042/a.docx", "", passages)
    about = About(text, Whole.of(passages))
    return [
        (hit.rule.id, weighed(hit, about).severity) for hit in pattern_hits(about, Known(), TODAY)
    ]


def piece(text, kind, **more):
    return Passage(filled(text), kind, ((0, 0),), where="第1页", **more)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("某局 内部资料 第1页", [("K4", "error")]),
        ("工作秘密", [("K6", "error")]),
        ("机密", [("K2", "error")]),
        ("内部资料性出版物 第1页", []),
        ("学习《保守国家秘密法》 第1页", []),
    ],
)
def test_a_mark_counts_anywhere_in_a_header(text, found):
    body = [piece(f"第{number}段正文。", Kind.PARAGRAPH) for number in range(20)]
    assert of_passages(*body, piece(text, Kind.EDGE)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("秘密★3年", [("K1", "error")]),
        ("号码{A}", [("N1", "error")]),
        ("身份证号{wrong A}", [("N1", "hint")]),
        ("电话{P1}", [("N9", "hint")]),
        ("内部资料", [("K4", "warning")]),
    ],
)
def test_what_is_read_off_a_picture_weighs_less(text, found):
    assert of_passages(piece(text, Kind.SEEN)) == found


def test_a_number_goes_on_in_the_next_line_of_a_page():
    assert of_passages(piece(A[:10], Kind.PAGE), piece(A[10:], Kind.PAGE)) == [("N1", "error")]
    other = Passage(A[10:], Kind.PAGE, ((0, 0),), where="第2页")
    assert of_passages(piece(A[:10], Kind.PAGE), other) == []


def test_the_header_of_a_sheet_may_stand_below_its_title():
    rows = (("某乡人员表",), ("姓名", "家庭电话"), ("王某", "0356-2198345"))
    cells = [
        piece(text, Kind.CELL, cell=(1, row, column))
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
    ]
    assert of_passages(*cells) == [("N10", "warning")]


def list_of(number, *columns):
    """A CSV file of one person, with what else its columns say."""
    titles = ",".join(["姓名", "村组", "身份证号", *(title for title, _ in columns)])
    values = ",".join(["赵小树", "某村", number, *(value for _, value in columns)])
    return f"{titles}\n{values}\n".encode()


def test_two_lists_that_hide_different_digits_tell_the_number():
    first = ("content/units/tax/articles/2026/0001/a.csv", list_of("*" * 14 + A[14:]))
    born = [("出生年月", f"{A[6:10]}年{A[10:12]}月")]
    second = ("content/units/tax/articles/2026/0002/b.csv", list_of("*" * 18, *born))
    assert not scan(GATE, [first], Known(), TODAY).findings
    assert not scan(GATE, [second], Known(), TODAY).findings
    hits = scan(GATE, [first, second], Known(), TODAY).findings
    assert [(hit.rule, hit.severity, hit.path[-5:]) for hit in hits] == [("5.1", "error", "b.csv")]


@pytest.mark.parametrize(
    ("row", "known"),
    [
        ({}, {"13800138001"}),
        ({"value": "+86 138-0013-8001"}, {"13800138001"}),
        ({"public": False}, set()),
        ({"reason": ""}, set()),
        ({"date": "昨天"}, set()),
    ],
)
def test_what_a_unit_declares_public(row, known):
    whole = {"value": "13800138001", "public": True, "reason": "采购", "date": "2026-11-01", **row}
    data = yaml.safe_dump({"name": "某局", "phones": [whole]}, allow_unicode=True).encode()
    assert known_of([("content/units/tax/unit.yml", data)]).public == known


def test_a_change_cannot_declare_its_own_number():
    row = "{value: '13800138001', public: true, reason: 采购, date: 2026-11-01}"
    unit = f"name: 某局\nphones:\n- {row}\n"
    files = [("content/units/tax/unit.yml", unit.encode())]
    assert [hit.rule for hit in scan(GATE, files, Known(), date(2026, 11, 28)).findings] == ["N9"]


def test_names():
    assert all(map(is_name, ("赵小树", "欧阳修", "王 明", "阿卜杜拉·买买提", "钱国庆")))
    assert not any(map(is_name, ("赵某某", "王*", "合计", "某公司", "赵小树的")))
    assert surely_name("赵小树")
    assert not any(map(surely_name, ("高平市", "方法", "金额", "应当", "管理员", "符合")))
