"""Paths and patterns: what is allowed, what a pattern names, and whether two patterns meet."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.review.globs import matches, meet
from generator.review.paths import fault_of_path, folded


@pytest.mark.parametrize(
    "path",
    [
        "content/units/tax/articles/2026/0042.md",
        "content/units/tax/关于停水.md",
        ".github/workflows/a.yml",
        "a" * 240,
        "content/console.md",
        "content/com10.md",
        "content/a..b/c d.md",
        "gitignore",
    ],
)
def test_a_good_path(path):
    assert fault_of_path(path) == ""


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("a" * 241, "240"),
        ("税" * 81, "240"),
        ("e\u0301.md", "NFC"),
        ("", "空"),
        ("/a", "空"),
        ("a//b", "空"),
        ("a/", "空"),
        ("a/./b", "空"),
        ("a/../b", "空"),
        ("a/.git/b", "git"),
        (".GIT", "git"),
        ("a/GIT~1/b", "git"),
        ("a/con.md", "设备"),
        ("a/CON", "设备"),
        ("a/nul.tar.gz", "设备"),
        ("a/aux .md", "设备"),
        ("COM1.md", "设备"),
        ("lpt9", "设备"),
        ("com¹", "设备"),
        ("a/prn/b", "设备"),
        (" a", "空格"),
        ("a /b", "空格"),
        ("a/b\u3000", "空格"),
        ("a./b", "点结尾"),
        ("a\\b", "\\"),
        ("a:b", ":"),
        ("a*b", "*"),
        ("a?b", "?"),
        ('a"b', '"'),
        ("a<b", "<"),
        ("a>b", ">"),
        ("a|b", "|"),
        ("a\nb", "U+000A"),
        ("a\x7fb", "U+007F"),
        ("a\u200bb", "U+200B"),
        ("a\u202eb", "U+202E"),
        ("a\u2028b", "U+2028"),
        ("a\ud800b", "U+D800"),
    ],
)
def test_a_bad_path(path, word):
    assert word in fault_of_path(path)


def test_what_a_disk_may_take_for_one():
    assert folded("A/É.md") == folded("a/e\u0301.MD")
    assert folded("straße") == folded("STRASSE")
    assert folded("a/b") != folded("a/c")


@pytest.mark.parametrize(
    ("pattern", "path", "named"),
    [
        ("*", "Makefile", True),
        ("*", ".gitignore", True),
        ("*", "a/b", False),
        ("a/*", "a/b", True),
        ("a/*", "a", False),
        ("a/*", "a/b/c", False),
        ("a/**", "a/b/c", True),
        ("a/**", "a", True),
        ("a/**", "ab/c", False),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b", True),
        ("a/**/b", "a/xb", False),
        ("**/b", "b", True),
        ("**/b", "a/b", True),
        ("a/*.{md,yml}", "a/x.yml", True),
        ("a/*.{md,yml}", "a/x.yaml", False),
        ("a/*.{md,yml}", "a/x.mdx", False),
        ("a/*.{md,yml}", "a/.md", True),
        ("{a,b}/{c,d}", "b/c", True),
        ("{a,b}/{c,d}", "b/e", False),
        ("a.b", "axb", False),
        ("a+b", "aab", False),
        ("a**b", "axxb", True),
        ("a**b", "a/b", False),
        ("content/units/*/**/*.{md,yml,csv}", "content/units/tax/0042.md", True),
        ("content/units/*/**/*.{md,yml,csv}", "content/units/0042.md", False),
        ("content/units/*/**/*.{md,yml,csv}", "content.bak/units/tax/0042.md", False),
        ("a", "a\n", False),
        ("*", "a\nb", True),
    ],
)
def test_a_pattern(pattern, path, named):
    assert matches(pattern, path) is named


PATTERNS = st.lists(
    st.lists(st.sampled_from(["a", "b", "*", "{a,b}", "ab"]), min_size=1, max_size=3).map("".join)
    | st.just("**"),
    min_size=1,
    max_size=3,
).map("/".join)
PATHS = st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)


@settings(max_examples=400)
@given(PATTERNS, PATTERNS, PATHS)
def test_patterns_that_name_one_path_meet(one, other, path):
    assert meet(one, other) == meet(other, one)
    if matches(one, path) and matches(other, path):
        assert meet(one, other)


@settings(max_examples=150)
@given(PATTERNS, PATTERNS)
def test_patterns_meet_only_where_a_path_shows_it(one, other):
    """Each pattern read as a path, with a letter for every star, is tried on both."""
    if meet(one, other):
        return
    for pattern in (one, other):
        shown = re.sub(r"\{(\w),\w\}", r"\1", pattern)
        for letter in ("", "a", "b"):
            path = "/".join(part.replace("*", letter) or "a" for part in shown.split("/"))
            assert not (matches(one, path) and matches(other, path))
