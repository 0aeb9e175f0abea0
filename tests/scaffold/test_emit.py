"""What is written as YAML reads back as it was, and looks as an editor would write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.emit import to_markdown, to_yaml
from generator.load import read_yaml

# Texts that some reader of YAML takes for something else.
TRAPS = [
    "007", "yes", "No", "on", "y", "null", "~", "true", "1.0", "1e3", "0x1f", "1_000", ".5",
    "2026-11-20 09:30", "- a", "a: b", "a:", "# a", "a #b", "|", ">", "@a", "`a", "%a", "&a",
    "*a", "!a", "?", "? a", "---", "...", "{a", "[a]", "a, b", "'a'", '"', "\\", " a", "a ",
    "a\nb", "a\nb\n", "\n", "a\n\n\n", " a\nb", "甲：乙", "“引号”", "",
]  # fmt: skip
SIGNS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff"
)
TEXTS = st.sampled_from(TRAPS) | st.text(SIGNS, max_size=20)
SCALARS = TEXTS | st.booleans() | st.integers(-(10**15), 10**15) | st.none()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def read_back(text):
    parsed = read_yaml(text)
    assert not parsed.problems, (text, parsed.problems)
    return parsed.value


@pytest.mark.parametrize("trap", TRAPS)
def test_a_text_stays_the_text_it_is(trap):
    value = {"a": trap, "b": [trap, {"c": trap}]}
    assert read_back(to_yaml(value)) == value


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=5))
def test_any_value_reads_back(value):
    assert read_back(to_yaml(value)) == value


@pytest.mark.parametrize(
    ("value", "line"),
    [
        pytest.param("2026-11-20 09:30", "a: 2026-11-20 09:30", id="a time stands plain"),
        pytest.param("048000", 'a: "048000"', id="a number with a leading zero is quoted"),
        pytest.param("yes", 'a: "yes"', id="a word that some take for true is quoted"),
        pytest.param(0.00001, "a: 0.00001", id="a small number without an exponent"),
        pytest.param([], "a: []", id="an empty list"),
        pytest.param({}, "a: {}", id="an empty group"),
        pytest.param("一\n二", "a: |-\n  一\n  二", id="lines as a block"),
    ],
)
def test_the_form(value, line):
    assert to_yaml({"a": value}) == line + "\n"


def test_comments_follow_the_line_on_which_a_value_begins():
    value = {"a": {"b": 1}, "c": [{"d": "x", "e": "y"}, {"d": "z"}]}
    comments = {("a",): "甲", ("a", "b"): "乙", ("c",): "丙", ("c", 0, "d"): "丁"}
    text = to_yaml(value, comments)
    assert text.splitlines() == [
        "a:  # 甲",
        "  b: 1  # 乙",
        "c:  # 丙",
        "  - d: x  # 丁",
        '    e: "y"',
        "  - d: z",
    ]
    assert read_back(text) == value


def test_markdown_has_its_fences():
    assert to_markdown({"title": "题"}, "\n正文。\n") == "---\ntitle: 题\n---\n\n正文。\n"
