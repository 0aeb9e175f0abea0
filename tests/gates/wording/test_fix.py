"""`--fix` puts right what is certain, once and for all, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.gates import Known, scan
from generator.gates.text import read_text
from generator.gates.wording import GATE
from generator.gates.wording.fixing import fixed
from generator.gates.wording.packs import rules
from tests.gates.wording.test_sheet import PATH, TODAY, rows, written
from tests.support.timing import seconds

RECORD = "content/units/gxj/unit.yml"


def fix(body: str, front: str = "title: 示例") -> str:
    text = f"---\n{front}\n---\n\n{body}\n"
    after = fixed(PATH, text.encode(), Known(), TODAY).decode()
    head = f"---\n{front}\n---\n\n"
    return after.removeprefix(head).removesuffix("\n") if after.startswith(head) else after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("晋市政办发（2019）25号", "晋市政办发〔2019〕25号"),
        ("国办发[2018]33号文件", "国办发〔2018〕33号文件"),
        ("晋市政发〔2019〕第8号", "晋市政发〔2019〕8号"),
        ("晋市政函〔2019〕06号", "晋市政函〔2019〕6号"),
        ("晋市政发〔 2019 〕8号", "晋市政发〔2019〕8号"),
        ("2019年06月06日起施行", "2019年6月6日起施行"),
        ("成立于２０１９年。", "成立于2019年。"),
        ("限速60KM，载重500Kg", "限速60km，载重500kg"),
        ("广场800m2，库容3㎡", "广场800m²，库容3m²"),
        ("会议指出,要压实责任.", "会议指出，要压实责任。"),
        ("市局(以下简称本局)负责", "市局（以下简称本局）负责"),
        ("办公室（政务科)负责", "办公室（政务科）负责"),
        ("大考--全市上下一心", "大考——全市上下一心"),
        ("艾力.买买提参加", "艾力·买买提参加"),
        ("会议要求 ，抓好落实", "会议要求，抓好落实"),
        ("　　会议要求", "会议要求"),
        ("（一）、加强领导", "（一）加强领导"),
        ("一.总体要求", "一、总体要求"),
        ("1、明确责任", "1.明确责任"),
        ("附件: 分工表", "附件： 分工表"),
        ("附件：1、分工表", "附件：1.分工表"),
        ("⼈民政府", "人民政府"),
        ("5个工\u200b作日", "5个工作日"),
        ("进行了布署", "进行了部署"),
        ("[布署](布署.md)与`布署`", "[部署](布署.md)与`布署`"),
        ("**布**署", "**布**署"),  # the word is parted by marks: only a person can tell
        ("《关于布署工作的决定》", "《关于布署工作的决定》"),
        ("> 布署", "> 布署"),
        ("立既组织", "立既组织"),  # the table has several right forms
        ("交待清楚", "交待清楚"),  # taste
        ("１. 明确责任，布署工作", "１. 明确责任，部署工作"),  # 1. with a blank were a list
    ],
)
def test_what_is_certain(before, after):
    assert fix(before) == after
    assert fix(after) == after


def test_a_field_stays_a_word():
    before = b"name: \xef\xbc\x91\xef\xbc\x92\nshortName: \xef\xbc\x91\xe5\x8f\xb7\n"
    assert fixed(RECORD, before, Known(), TODAY).decode() == "name: １２\nshortName: 1号\n"


def test_line_ends_and_the_mark_stay():
    before = "\ufeff---\r\ntitle: 示例\r\n---\r\n\r\n布署\r\n".encode()
    after = fixed(PATH, before, Known(), TODAY)
    assert after == "\ufeff---\r\ntitle: 示例\r\n---\r\n\r\n部署\r\n".encode()


def test_a_file_with_two_kinds_of_line_ends_is_left_alone():
    data = "---\r\ntitle: 示例\n---\n\n布署\n".encode()
    assert fixed(PATH, data, Known(), TODAY) == data


def test_a_broken_file_is_left_alone():
    data = "---\ntitle: [\n---\n布署".encode()
    assert fixed(PATH, data, Known(), TODAY) == data


SENTENCES = [written(row["sentence"]) for row in rows("seeds.tsv")]
SIGNS = st.sampled_from(
    [
        *"（）()《》“”‘’,，.。、;:：-—~～ \u3000\n\u200b0１2一二月日年第号〔〕*_[]`#><&|",
        "布署",
        "市政府",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(SENTENCES), SIGNS), max_size=12).map("".join))
def test_fixing_twice_is_fixing_once(body):
    data = f"---\ntitle: 示例\n---\n\n{body}\n".encode()
    once = fixed(PATH, data, Known(), TODAY)
    assert fixed(PATH, once, Known(), TODAY) == once
    if once != data:
        certain = {rule.id for rule in rules().values() if rule.proposal == "fix"}
        before = scan(GATE, [(PATH, data)], Known(), TODAY).findings
        assert certain & {one.rule for one in before}


PIECES = st.lists(st.one_of(st.sampled_from(SENTENCES), SIGNS, st.text(max_size=3)), max_size=15)


@settings(max_examples=120, deadline=None)
@given(st.one_of(PIECES.map("".join), st.text(max_size=60)))
def test_no_text_brings_it_down(text):
    for path in (PATH, RECORD, "content/units/gxj/fees/sfml.csv"):
        for said in (text, f"---\ntitle: 示例\n---\n{text}"):
            data = said.encode("utf-8", "replace")
            file = read_text(path, data)
            for one in scan(GATE, [(path, data)], Known(), date(2026, 1, 1)).findings:
                assert 1 <= one.line <= len(file.lines) and one.column >= 1
                whole = one.rule != "SRC" and "…" not in one.text and "⏎" not in one.text
                if whole:  # a find begins in its line; the blank of a fold is the line's end
                    assert one.column <= len(file.line(one.line)) + 1, (one, data)


HOSTILE = [
    *"（“《〈[*`<&１族\\\u200b", "](", "<!--", "> ", "- ", "| a ", "通知", "《关于", "“甲”",
    "以下简称“甲乙”", "第1条》", "人民代表大会", "月1日（周一）", "一、\n\n",
]  # fmt: skip


@pytest.mark.parametrize("sign", HOSTILE)
def test_time_grows_with_the_text_and_not_with_its_square(sign):
    def taken(length: int) -> float:
        data = ("---\ntitle: 示例\n---\n\n" + sign * (length // len(sign))).encode()
        return seconds(lambda: scan(GATE, [(PATH, data)], Known(), TODAY))

    taken(100)  # what is read and compiled once
    short, long = taken(2_000), taken(16_000)
    assert long < 40 * short + 0.1
