"""The seeds of the sheet are found at their places; its traps and look-alikes are not reported."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator.gates import Finding, Known, scan
from generator.gates.wording import GATE

HERE = Path(__file__).parent
PATH = "content/units/gxj/articles/2026/0001.md"
TODAY = date(2026, 11, 28)


def rows(name: str) -> list[dict[str, str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=False)) for line in lines[1:]]


def written(sentence: str) -> str:
    text = sentence.replace("⏎", "\n")
    return re.sub(r"\{([0-9A-F]{4})\}", lambda code: chr(int(code[1], 16)), text)


def findings_of(sentence: str, front: str = "title: 示例") -> tuple[Finding, ...]:
    # `<` and `&` of a seed stand in the text that readers see, so the source escapes them
    body = re.sub("[<&]", r"\\\g<0>", written(sentence))
    data = f"---\n{front}\n---\n\n{body}\n".encode()
    return scan(GATE, [(PATH, data)], Known(), TODAY).findings


def places(rule: str, row: dict[str, str]) -> list[str]:
    """The words at which a rule must find something; the notes of the sheet are in English."""
    if row["no"] == "F58":
        return ["\u200b"]
    if row["no"] == "F55":
        return ["釆", "審"]
    place = re.sub(r"\s*\(登陆.*", "", row["place"])
    return place.split(", ") if rule == "T" else [place]


@pytest.mark.parametrize("row", rows("seeds.tsv"), ids=lambda row: row["no"])
def test_a_planted_fault_is_found_at_its_place(row):
    sentence = written(row["sentence"])
    lines = sentence.split("\n")
    found = findings_of(row["sentence"])
    for place in places(row["rule"], row):
        line = next(at for at, text in enumerate(lines) if place in text)
        start = lines[line].index(place)
        escapes = len(re.findall("[<&]", lines[line][: start + 1]))
        assert any(
            one.rule == row["rule"]
            and one.line == line + 5
            and one.column - 1 - escapes < start + len(place)
            and one.column - 1 + len(one.text) > start
            for one in found
        ), (row, [(f.rule, f.line, f.column, f.text) for f in found])
    others = {one.rule for one in found if one.severity != "hint"} - {row["rule"]}
    assert others <= {row["allowed"]}, [(f.rule, f.text) for f in found]


@pytest.mark.parametrize("row", rows("traps.tsv"), ids=lambda row: row["no"])
def test_a_trap_is_not_reported(row):
    assert findings_of(row["sentence"]) == ()
