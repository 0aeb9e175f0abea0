"""Bytes become text only as UTF-8, and nothing in it hides from a reviewer's eye."""

import pytest

from generator.load.text import decoded, hidden_signs


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("标题: 甲\n".encode(), "标题: 甲\n", id="plain"),
        pytest.param("\ufeff标题: 甲\n".encode(), "标题: 甲\n", id="mark of Notepad"),
        pytest.param(b"a\r\nb\r\n", "a\nb\n", id="Windows"),
        pytest.param(b"a\rb\r", "a\nb\n", id="old Macintosh"),
        pytest.param(b"a\r\r\nb\n\r", "a\n\nb\n\n", id="mixed"),
        pytest.param(b"", "", id="empty"),
        pytest.param("😀𠮷".encode(), "😀𠮷", id="beyond the first plane"),
    ],
)
def test_decoded(data, text):
    assert decoded(data) == (text, None)


@pytest.mark.parametrize(
    ("data", "line", "column", "encoding"),
    [
        pytest.param("title: 关于通知\n".encode("gbk"), 1, 8, "GBK", id="GBK"),
        pytest.param("a: 1\nb: 2\nc: 关于\n".encode("gb18030"), 3, 4, "GBK", id="third line"),
        pytest.param("甲乙".encode() + b"\xff\n", 1, 3, "无法识别", id="stray byte"),
        pytest.param(b"\xef\xbb\xbfa\xff", 1, 2, "无法识别", id="after the mark of Notepad"),
        pytest.param("标题".encode("utf-16"), 1, 1, "无法识别", id="UTF-16"),
        pytest.param("标题".encode()[:-1], 1, 2, "无法识别", id="cut in a character"),
        pytest.param(b"a\xed\xa0\x80", 1, 2, "无法识别", id="half of a surrogate pair"),
        pytest.param(b"a\xc0\xaf", 1, 2, "", id="overlong slash"),
    ],
)
def test_undecodable(data, line, column, encoding):
    text, problem = decoded(data)
    assert text == ""
    assert (problem.code, problem.line, problem.column) == ("SRC-002", line, column)
    assert encoding in problem.values["encoding"]["zh"]


HIDDEN = [
    "\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\xad", "\u034f", "\u061c", "\u115f",
    "\u1160", "\u17b4", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028",
    "\u2029", "\u202a", "\u202e", "\u2060", "\u2064", "\u2066", "\u2069", "\u206f", "\u3164",
    "\ufeff", "\uffa0", "\ufff9", "\ufffe", "\ue000", "\U000e0001", "\U000e0041", "\U000e0100",
    "\U000f0000", "\U0010fffd",
]  # fmt: skip


@pytest.mark.parametrize("sign", HIDDEN, ids=lambda sign: f"{ord(sign):04X}")
def test_hidden(sign):
    (problem,) = hidden_signs(f"一\n二三{sign}四\n")
    assert (problem.code, problem.line, problem.column) == ("SRC-004", 2, 3)
    assert problem.values["sign"] == f"U+{ord(sign):04X}"
    assert problem.values["name"]


@pytest.mark.parametrize(
    "text", ["一\t二\n", "，。：“”‘’《》—…　", "é ñ ü", "🙂️", "①②〔2026〕", "㎡℃"]
)
def test_seen(text):
    assert list(hidden_signs(text)) == []


def test_a_file_full_of_hidden_signs_is_told_twenty_times():
    assert len(list(hidden_signs("\u200b" * 1000))) == 20
