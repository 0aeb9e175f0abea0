"""The edges of YAML: what is read as what, what is refused, and at which place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load import read_yaml
from generator.load.yaml_reader import MAX_DEPTH
from tests.support.timing import seconds


def told(text):
    """What was wrong with a text, as `(code, line, column)`."""
    return [(found.code, found.line, found.column) for found in read_yaml(text).problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("甲", "甲"),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("0.50", 0.5),
        ("-1.25", -1.25),
        ("1,000", "1,000"),
        ("1.2.3", "1.2.3"),
        ("12%", "12%"),
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20 09:30", "2026-11-20 09:30"),
        ("2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z"),
        ("2026-11", "2026-11"),
        ("0356-2000000", "0356-2000000"),
        ("yes and no", "yes and no"),
        ("是", "是"),
        ("99999999999999999", 99999999999999999),
        ("'yes'", "yes"),
        ('"007"', "007"),
        ("'14:30'", "14:30"),
        ('"a\\nb"', "a\nb"),
        ("关于“十四五”的通知", "关于“十四五”的通知"),
        ("https://www.gov.cn/a?b=1#c", "https://www.gov.cn/a?b=1#c"),
        ("甲 # 说明", "甲"),
        ("甲#乙", "甲#乙"),
        ("[甲, 乙]", ["甲", "乙"]),
        ("{甲: 1}", {"甲": 1}),
        ("|\n  一\n  二", "一\n二"),
        (">\n  一\n  二", "一 二"),
    ],
)
def test_values(written, value):
    parsed = read_yaml(f"a: {written}")
    assert parsed.problems == []
    assert parsed.value == {"a": value}
    assert type(parsed.value["a"]) is type(value)


@pytest.mark.parametrize(
    "word", ["y", "Y", "yes", "Yes", "YES", "n", "no", "NO", "on", "On", "OFF"]
)
def test_words_that_mean_true_to_some(word):
    assert told(f"a: {word}") == [("SRC-014", 1, 4)]
    assert told(f"a: '{word}'") == []


@pytest.mark.parametrize(
    "number",
    [
        "007", "00", "+01", "0_1", "0x1F", "0o17", "0b101", "1_000", "1e3", "1E-3", "2.5e+3",
        "5.", ".5", "+.5", ".inf", "-.Inf", ".nan", ".NaN", "14:30", "08:30", "9:05:30", "1:30.5",
        "12345678901234567890", "1234567890.1234567890",
    ],
)  # fmt: skip
def test_numbers_that_differ_between_readers(number):
    assert told(f"a: {number}") == [("SRC-015", 1, 4)]
    assert told(f'a: "{number}"') == []
    assert read_yaml(f"a: {number}").value == {"a": number}, "the text stays for the schema to see"


@pytest.mark.parametrize(
    "key", ["1", "1.5", "true", "null", "~", "yes", "off", "007", "0x1", "8:30"]
)
def test_keys_must_be_texts(key):
    assert told(f"{key}: 甲") == [("SRC-013", 1, 1)]
    assert told(f"'{key}': 甲") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("? \n: 甲", [("SRC-013", 1, 2)], id="empty key"),
        pytest.param("[a, b]: 甲", [("SRC-013", 1, 1)], id="list as key"),
        pytest.param("{a: b}: 甲", [("SRC-013", 1, 1)], id="mapping as key"),
        pytest.param("? - a\n: 甲\nb: 1", [("SRC-013", 1, 3)], id="block list as key"),
        pytest.param("? {a: {b: c}}\n: [d]\ne: 1", [("SRC-013", 1, 3)], id="nested key"),
        pytest.param("a: 1\na: 2\na: 3", [("SRC-012", 2, 1), ("SRC-012", 3, 1)], id="twice"),
        pytest.param("a:\n  b: 1\n  'b': 2", [("SRC-012", 3, 3)], id="twice below"),
        pytest.param("a: &x 1", [("SRC-011", 1, 4)], id="anchor"),
        pytest.param("a: &x 1\nb: *x", [("SRC-011", 1, 4), ("SRC-011", 2, 4)], id="alias"),
        pytest.param("&x a: 1\n*x : 2", [("SRC-011", 1, 1), ("SRC-011", 2, 1)], id="alias as key"),
        pytest.param("a: !!str 1", [("SRC-011", 1, 4)], id="tag"),
        pytest.param("a: !!python/object:os.system []", [("SRC-011", 1, 4)], id="python tag"),
        pytest.param("a: ! 甲", [("SRC-011", 1, 4)], id="non-specific tag"),
        pytest.param("b: {c: 1}\na:\n  <<: {c: 2}", [("SRC-011", 3, 3)], id="merge"),
        pytest.param("%YAML 1.1\n---\na: 1", [("SRC-011", 1, 1)], id="version"),
        pytest.param("%TAG ! tag:x,2000:\n---\na: 1", [("SRC-011", 1, 1)], id="tag handle"),
        pytest.param("a: 1\n---\nb: 2", [("SRC-017", 2, 1)], id="two documents"),
        pytest.param("---\na: 1\n...\n---\nb: 2", [("SRC-017", 4, 1)], id="two with ends"),
        pytest.param("---\na: 1\n...\n", [], id="one with fences"),
        pytest.param("a: \"x\\u202Ey\"", [("SRC-004", 1, 4)], id="hidden sign by its number"),
        pytest.param("\"\\0a\": 1", [("SRC-004", 1, 1)], id="control in a key"),
        pytest.param("a: \"x\\ty\\n\"", [], id="tab and line end by escape"),
    ],
)  # fmt: skip
def test_refused(text, found):
    assert told(text) == found


def test_what_was_refused_leaves_no_trace():
    text = "a: 1\na: 2\n? [x]\n: 3\n*y : 4\nb: [1, {c: 1, c: 2}]"
    assert read_yaml(text).value == {"a": 1, "b": [1, {"c": 1}]}


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("a:\n", "")]
)
def test_depth(opening, closing):
    def nested(depth):
        if opening == "a:\n":
            return "".join(f"{' ' * level}a:\n" for level in range(depth)) + " " * depth + "b"
        return opening * depth + "b" + closing * depth

    assert told(nested(MAX_DEPTH)) == []
    assert [code for code, _, _ in told(nested(MAX_DEPTH + 1))] == ["SRC-016"]
    assert read_yaml(nested(MAX_DEPTH + 1)).value is None


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500_000, "{" * 500_000, "- " * 500_000, "? " * 500_000, "a: " * 300_000,
        "&a " * 300_000, "!" * 1_000_000, "'" * 999_999, "a:\n" * 300_000, "*a : 1\n" * 100_000,
    ],
    ids=lambda text: repr(text[:4]),
)  # fmt: skip
def test_a_hostile_text_ends_soon(text):
    parsed = []
    assert seconds(lambda: parsed.append(read_yaml(text)), runs=1) < 5
    assert 0 < len(parsed[0].problems) <= 100


SYNTAX = [
    pytest.param("title 通知\ncolumn: tzgg", 2, 7, "缺少冒号", id="no colon"),
    pytest.param("title：通知\ncolumn: tzgg", 1, 6, "中文冒号", id="full-width colon first"),
    pytest.param("a: 1\ntitle：通知\ncolumn: tzgg", 2, 6, "中文冒号", id="full-width colon"),
    pytest.param(
        "a:\n  - name：通知\n    url: b", 2, 9, "中文冒号", id="full-width colon in a list"
    ),
    pytest.param("title:通知\ncolumn: tzgg", 1, 7, "缺少一个空格", id="no blank"),
    pytest.param("a: 1\ntitle:通知\n", 2, 7, "缺少一个空格", id="no blank in the last line"),
    pytest.param("a: 1\n\tb: 2", 2, 1, "制表符", id="tab"),
    pytest.param("a:\n  b: 1\n \tc: 2", 3, 2, "制表符", id="tab after a blank"),
    pytest.param("title: 通知: 一\n", 1, 10, "冒号", id="two colons"),
    pytest.param('title: "通知\ncolumn: tzgg\nb: 1', 1, 8, "没有成对", id="quote never closed"),
    pytest.param("title: '通知\ncolumn: tzgg", 1, 8, "没有成对", id="single quote"),
    pytest.param("a: [甲, 乙\nb: 1", 1, 4, "没有成对", id="bracket over lines"),
    pytest.param("a: [甲, 乙", 1, 4, "没有成对", id="bracket at the end"),
    pytest.param("a: {b: 1\n", 1, 4, "没有成对", id="brace"),
    pytest.param("a: ['甲' 乙]", 1, 9, "英文逗号", id="comma missing"),
    pytest.param("a: [甲, , 乙]", 1, 8, "内容", id="comma too many"),
    pytest.param('title: "甲"乙"', 1, 11, "引号", id="quotes in quotes"),
    pytest.param("a: 1\n  b: 2", 2, 4, "冒号", id="indented too far"),
    pytest.param("a:\n    b: 1\n  c: 2", 3, 3, "缩进", id="dedented halfway"),
    pytest.param("- a\nb: 1", 2, 1, "减号", id="list then key"),
    pytest.param("a: 1\n- b", 2, 1, "字段名", id="key then list"),
    pytest.param("a: - b", 1, 4, "减号", id="list on the line of the key"),
    pytest.param("a: @甲", 1, 4, "引号", id="at sign"),
    pytest.param("a: `甲`", 1, 4, "引号", id="backquote"),
    pytest.param("a: %甲", 1, 4, "引号", id="per cent"),
    pytest.param("a: & 甲", 1, 5, "引号", id="ampersand"),
    pytest.param("a: *", 1, 5, "引号", id="asterisk"),
    pytest.param("a: !<甲", 1, 6, "叹号", id="exclamation"),
    pytest.param("a: !甲", 1, 5, "叹号", id="exclamation and text"),
    pytest.param("a: !x!y 1", 1, 4, "叹号", id="unknown tag handle"),
    pytest.param("a: !%zz 1", 1, 5, "叹号", id="tag escape"),
    pytest.param('a: "C:\\数据"', 1, 7, "反斜杠", id="backslash"),
    pytest.param('a: "\\xZZ"', 1, 7, "十六进制", id="hexadecimal"),
    pytest.param('a: "\\UFFFFFFFF"', 1, 7, "编号", id="no such character"),
    pytest.param("a: |0\n  b", 1, 5, "竖线", id="block of indentation 0"),
    pytest.param("a: | 甲\n  b", 1, 6, "竖线", id="text after the bar"),
    pytest.param("%甲\na: 1", 1, 2, "百分号", id="directive"),
    pytest.param("%FOO\na: 1", 1, 5, "百分号", id="unknown directive"),
    pytest.param("%YAML x\n---\na: 1", 1, 7, "%YAML", id="version word"),
    pytest.param("%YAML 3.0\n---\na: 1", 1, 1, "%YAML", id="version too new"),
    pytest.param("%YAML 1.1\n%YAML 1.1\n---\na: 1", 2, 1, "两次", id="version twice"),
    pytest.param("a: 1\n...\nb: 2", 3, 1, "第一层", id="text after the end"),
    pytest.param('a: "甲\n---\nb: 1', 1, 4, "没有成对", id="fence in a quote"),
    pytest.param("a: 1\nb: x\x00y\n", 2, 5, "控制字符", id="control character"),
    pytest.param("甲: 乙\n\x07: 1\n", 2, 1, "控制字符", id="bell"),
    pytest.param("a: ? b", 1, 4, "问号", id="question mark"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), SYNTAX)
def test_syntax_errors_are_told_in_a_clerks_words(text, line, column, words):
    found = read_yaml(text).problems[-1]
    assert found.code == "SRC-010"
    assert words in found.values["reason"]["zh"]
    assert found.values["reason"]["en"]
    assert (found.line, found.column) == (line, column)


@pytest.mark.parametrize(
    ("pointer", "spot"),
    [
        ((), (1, 1)),
        (("标题",), (1, 5)),
        (("list",), (3, 3)),
        (("list", 0), (3, 5)),
        (("list", 1), (4, 5)),
        (("list", 1, "a"), (4, 8)),
        (("list", 1, "b", 0), (5, 10)),
        (("block",), (6, 8)),
        (("last",), (9, 7)),
    ],
)
def test_every_value_has_its_place(pointer, spot):
    text = "标题: 甲\nlist:\n  - 一\n  - a: 1\n    b: [ 😀, 2]\nblock: |\n  文\n  字\nlast: 1\n"
    parsed = read_yaml(text, positions=True)
    assert parsed.spots[pointer] == spot
    assert parsed.keys[("last",)] == (9, 1)
    assert parsed.keys[("list", 1, "b")] == (5, 5)


def test_only_line_feeds_are_line_ends():
    parsed = read_yaml("a: 一\u2028二\u0085三\nb: 1\n", positions=True)
    assert parsed.value == {"a": "一 二 三", "b": 1}
    assert parsed.spots[("b",)] == (2, 4)


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_crash(text):
    parsed = read_yaml(text, positions=True)
    lines = text.count("\n") + text.count("\r") + 1
    for line, column in [*parsed.spots.values(), *parsed.keys.values()]:
        assert 1 <= line <= lines + 1
        assert column >= 1
    assert all(1 <= found.line <= lines + 1 for found in parsed.problems)


INDICATORS = st.text("ab:-?[]{},&*!|>'\"%@`#~ \n\t.…：甲", max_size=60)


@given(INDICATORS)
def test_every_complaint_is_in_chinese(text):
    for found in read_yaml(text).problems:
        if found.code == "SRC-010":
            reason = found.values["reason"]["zh"]
            assert any("一" <= sign <= "鿿" for sign in reason), (text, reason)
