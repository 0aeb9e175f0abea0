"""The loader of governance files takes what all readers read alike, and refuses the rest."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from generator.review.strict_yaml import MAX_BYTES, load

FILE = 'version: 1\nname: 王某\nid: "007"\nrows:\n  - {a: b, to: null}\n  - []\nkeys: ~\n'


def test_a_plain_file():
    value, fault = load(FILE.encode())
    assert fault is None
    assert value == {
        "version": 1,
        "name": "王某",
        "id": "007",
        "rows": [{"a": "b", "to": None}, []],
        "keys": None,
    }


DOUBTFUL = """
    007 0o7 0x1F 0b11 1_000 1e3 1.5 1. .5 -.5e3 .inf -.Inf .NaN no Yes ON off y N true False
    2026-01-01 2026-1-1 2026-01-01T09:00:00Z 1:30 190:20:30.5 = << 12345678901234567890 -012 +0x1
    1e+3
"""


@pytest.mark.parametrize("word", DOUBTFUL.split())
def test_a_word_of_two_readings_is_refused(word):
    value, fault = load(f"a: 1\nb: {word}\n".encode())
    assert value is None
    assert fault.line == 2
    assert word in fault.text
    quoted, none = load(f'b: "{word}"\n'.encode())
    assert (quoted, none) == ({"b": word}, None)


@pytest.mark.parametrize(
    "word", ["A", "p-0007", "e5", "王某", "1a", "税办〔2026〕3号", "-", ".", "_1"]
)
def test_a_word_of_one_reading_is_text(word):
    assert load(f"[{word}]".encode() if word != "-" else b"['-']") == ([word], None)


@pytest.mark.parametrize(
    ("word", "number"), [("0", 0), ("-5", -5), ("+7", 7), ("20000000", 20000000)]
)
def test_a_whole_number(word, number):
    assert load(f"- {word}".encode()) == ([number], None)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        pytest.param("a: 1\na: 2", 2, "重复", id="a key twice"),
        pytest.param("a: 1\n'a': 2", 2, "重复", id="a key twice, quoted"),
        pytest.param("{a: 1, b: {c: 1, c: 1}}", 1, "重复", id="a key twice within"),
        pytest.param("a: &x 1", 1, "锚点", id="an anchor on a word"),
        pytest.param("a: &x {b: 1}", 1, "锚点", id="an anchor on a mapping"),
        pytest.param("&x a: 1", 1, "锚点", id="an anchor on a key"),
        pytest.param("a: *x", 1, "引用", id="an alias"),
        pytest.param("<<: {a: 1}", 1, "<<", id="a merge key"),
        pytest.param("a: !!str 1", 1, "类型", id="a tag"),
        pytest.param("a: ! x", 1, "类型", id="the tag without a name"),
        pytest.param("a: !local []", 1, "类型", id="a tag on a list"),
        pytest.param("%YAML 1.1\n---\na: b", 1, "%", id="a directive"),
        pytest.param("%TAG ! x:\n---\na: b", 1, "%", id="a tag directive"),
        pytest.param("a: b\n---\nc: d", 2, "一份", id="two documents"),
        pytest.param("", 1, "空", id="nothing"),
        pytest.param("# a remark\n", 1, "空", id="a remark only"),
        pytest.param("1: a", 1, "引号", id="a number as key"),
        pytest.param("no: a", 1, "读法", id="a doubtful key"),
        pytest.param("~: a", 1, "引号", id="nothing as key"),
        pytest.param(": a", 1, "YAML", id="no key"),
        pytest.param("? [a]\n: b", 1, "键", id="a list as key"),
        pytest.param("? {a: b}\n: b", 1, "键", id="a mapping as key"),
        pytest.param("a: [1", 2, "YAML", id="an open bracket"),
        pytest.param("a: \tb: c: d", 1, "YAML", id="broken"),
        pytest.param("\n\na: b\u200b", 3, "U+200B", id="a zero-width space"),
        pytest.param("\na: b\u200b", 2, "U+200B", id="a zero-width space in line 2"),
        pytest.param("a: \u202eb", 1, "U+202E", id="a bidirectional override"),
        pytest.param("\ufeffa: b", 1, "U+FEFF", id="a byte order mark"),
        pytest.param("a: b\u2028c: d", 1, "U+2028", id="a line end of YAML 1.1 alone"),
        pytest.param("a: b\u0085c: d", 1, "U+0085", id="another one"),
        pytest.param("a: \x00", 0, "YAML", id="a null byte"),
    ],
)
def test_what_is_refused(text, line, word):
    value, fault = load(text.encode())
    assert value is None
    assert (fault.line, word in fault.text) == (line, True), fault


def test_bytes_that_are_no_text():
    assert load(b"a: b\nc: \xff")[1].line == 2
    assert load("a: b".encode("utf-16"))[1] is not None


def test_depth_and_size():
    assert load(b"[" * 32 + b"]" * 32)[1] is None
    assert "32" in load(b"[" * 33 + b"]" * 33)[1].text
    assert load(b"[" * 500_000)[1] is not None
    text = b"a: b\n#" + b"x" * (MAX_BYTES - 6)
    assert load(text) == ({"a": "b"}, None)
    assert load(text + b"x")[1] is not None


SIGNS = [
    ":",
    ": ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&x ",
    "*x",
    "!!int ",
    "<<",
    "|",
    ">",
]
MARKS = ["'", '"', "#", "%YAML 1.2\n", "---\n", "...\n", "?", "\t", "\\x41", "=", "\r\n", "\x07"]
SCALARS = ["a", "b", "0", "1", "no", "~", "é", "2026-01-01", "1e3"]
WORDS = st.sampled_from([*SIGNS, *MARKS, *SCALARS])


@settings(max_examples=600)
@given(st.lists(WORDS, max_size=14).map("".join))
def test_two_other_readers_agree_with_what_is_taken(text):
    """Whatever is not refused means the same to PyYAML (1.1) and to ruamel (1.2)."""
    value, fault = load(text.encode())
    if fault is not None:
        return
    assert yaml.load(text, Loader=yaml.CSafeLoader) == value
    try:
        assert YAML(typ="safe", pure=True).load(text) == value
    except (YAMLError, ValueError, AttributeError, IndexError) as error:
        assert value is not None, error  # ruamel reads less than libyaml here and there


@settings(max_examples=300)
@given(st.binary(max_size=60))
def test_any_bytes_end_in_a_value_or_a_fault(data):
    value, fault = load(data)
    assert value is None or fault is None
