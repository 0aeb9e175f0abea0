"""The words that a pattern needs: no match is missed because of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.gates.literals import needed
from generator.gates.passage import Kind, Passage
from generator.gates.text import TextFile
from generator.gates.wording.batch import batches, matches
from generator.gates.wording.packs import patterns
from tests.gates.wording.test_sheet import rows, written

SENTENCES = [
    written(row.get("sentence") or row["body"])
    for name in ("seeds.tsv", "traps.tsv", "lookalikes.tsv", "cases.tsv", "right.tsv")
    for row in rows(name)
]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("布署", {"布署"}),
        ("[俾稗]益", {"俾益", "稗益"}),
        ("(?:人才|人文)汇萃", {"人才汇萃", "人文汇萃"}),
        ("(?<![营篷])帐(?=[号户])", {"帐"}),
        ("己(?=经(?:完成|建成))", {"经完成", "经建成"}),
        (r"〔\d{2}〕", {f"〔{number:02}〕" for number in range(100)}),
        ("a?b", {"ab", "b"}),
        ("a*", None),
        ("[^a]", None),
        ("a|", None),
        (r"\s+", None),
        ("(a", None),
        ("(?P<x>a)", None),
        ("甲.{0,9}乙丙", {"乙丙"}),
    ],
)
def test_what_a_pattern_needs(pattern, words):
    assert needed(pattern) == words


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8))
def test_a_batch_finds_what_each_pattern_finds_alone(sentences):
    passages = tuple(Passage(text, Kind.PARAGRAPH, ((0, 0),)) for text in sentences)
    (batch,) = batches([TextFile("a.md", "", passages)])
    found = {(pattern.written, at, start, end) for pattern, at, start, end in matches(batch)}
    alone = {
        (pattern.written, at, *match.span())
        for pattern in patterns()
        for at, text in enumerate(sentences)
        for match in re.finditer(pattern.written, text, pattern.flags)
        if pattern.rule.id != "LV6"  # looks at the paragraph after it, too
    }
    assert {row for row in found if "、[^。；，：、" not in row[0]} == alone
