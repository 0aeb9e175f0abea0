"""A report says the same in every form, and nothing in a file can speak through it."""

import json
import re

import pytest

from generator.diagnostics import Diagnostic, Place
from generator.diagnostics.catalogue import LANGUAGES, codes
from generator.diagnostics.render import RENDERINGS, as_github, as_json, as_sarif, as_text

PATH = "content/units/tax/articles/2026/0042.md"
MISSPELT = Diagnostic(
    "SCH-003", Place(PATH, 3, 5), {"name": "tilte", "near": "title", "field": "甲", "known": []}
)
NOTE = Diagnostic("SRC-050", Place("content"))
TWICE = Diagnostic("SRC-012", Place(PATH, 7, 1), {"key": "title"})
ALL = [NOTE, MISSPELT, TWICE]


def with_key(key, path=PATH):
    """A finding that quotes a text of the author's."""
    return Diagnostic("SRC-012", Place(path, 7, 1), {"key": key})


def test_text():
    said = as_text([MISSPELT], "zh", lambda path, line: "tilte: 关于通知\n")
    assert said == (
        f"{PATH}:3:5: 错误 SCH-003: 没有 tilte 这个字段，是不是 title？\n"
        "       3 | tilte: 关于通知\n"
        "    怎么办: 把 tilte 改成 title\n"
    )


def test_text_in_english():
    said = as_text([MISSPELT], "en")
    assert said.startswith(f"{PATH}:3:5: error SCH-003: ")
    assert "    hint: " in said
    assert not re.search("[一-鿿]", said)


def test_text_without_findings():
    assert as_text([], "zh") == ""


@pytest.mark.parametrize("line", [None, "", "  \n"])
def test_text_without_a_source_line(line):
    assert " | " not in as_text([MISSPELT], "zh", lambda *_: line)


def test_text_shortens_a_long_line():
    shown = as_text([MISSPELT], "zh", lambda *_: "字" * 500).splitlines()[1]
    assert shown.endswith("字" * 100 + "…")
    assert shown.count("字") == 100


def test_colour_is_asked_for():
    assert "\x1b[" not in as_text(ALL, "zh")
    assert "\x1b[31m错误\x1b[0m" in as_text(ALL, "zh", colour=True)


HOSTILE = [
    "\x1b]0;owned\x07",
    "\x1b[2J",
    "a\rb",
    "a\n::error::x",
    "\u202egpj",
    "\u200b",
    "\udcff",
    "\x9b1m",
]


@pytest.mark.parametrize("sign", HOSTILE, ids=ascii)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_quoted_cannot_act(sign, language):
    finding = with_key(sign)
    reports = [as_text([finding], language, lambda *_: sign)]
    reports += [render([finding], language) for render in RENDERINGS.values()]
    for report in reports:
        report.encode()
        assert (
            not set(sign.replace("\n", "")) & set("\x1b\x07\r\u202e\u200b\udcff\x9b") & set(report)
        )
    assert all(line.startswith("::error ") for line in as_github([finding], language).splitlines())


def test_json():
    document = json.loads(as_json(ALL, "zh"))
    assert document["version"] == 1
    assert [row["code"] for row in document["findings"]] == ["SRC-050", "SCH-003", "SRC-012"]
    assert document["findings"][1] == {
        "code": "SCH-003",
        "severity": "error",
        "path": PATH,
        "line": 3,
        "column": 5,
        "message": "没有 tilte 这个字段，是不是 title？",
        "hint": "把 tilte 改成 title",
        "article": "",
    }
    assert json.loads(as_json([], "zh")) == {"version": 1, "findings": []}


def test_github():
    note, misspelt, _ = as_github(ALL, "zh").splitlines()
    assert note.startswith("::notice file=content,line=1,col=1,title=SRC-050 ")
    assert misspelt == (
        f"::error file={PATH},line=3,col=5,title=SCH-003 字段名写错::"
        "没有 tilte 这个字段，是不是 title？%0A把 tilte 改成 title"
    )


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("content/a,b.md", "content/a%2Cb.md"),
        ("content/a:b.md", "content/a%3Ab.md"),
        ("a%b", "a%25b"),
    ],
)
def test_github_escapes_properties(path, shown):
    assert f"::error file={shown},line=7," in as_github([with_key("x", path)], "zh")


def test_github_escapes_the_message_less():
    said = as_github([with_key("50%: a, b")], "zh")
    assert "字段 50%25: a, b 写了两次" in said


def test_sarif_is_a_sarif_log():
    """The parts of SARIF 2.1.0 that GitHub's code scanning reads, by its rules."""
    log = json.loads(as_sarif([*ALL, with_key("x", "content/通知 1%.md")], "zh"))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    driver = run["tool"]["driver"]
    assert driver["name"] == "gongkai"
    assert driver["version"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert ids == sorted(set(ids))
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"none", "note", "warning", "error"}
    assert len(run["results"]) == 4
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", physical["artifactLocation"]["uri"])
        assert physical["region"]["startLine"] >= 1
        assert physical["region"]["startColumn"] >= 1
    uri = run["results"][-1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "content/%E9%80%9A%E7%9F%A5%201%25.md"


def test_sarif_without_findings():
    (run,) = json.loads(as_sarif([], "zh"))["runs"]
    assert run["results"] == run["tool"]["driver"]["rules"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_by_language_and_lists(language):
    finding = Diagnostic(
        "SCH-002", Place(PATH), {"name": "x", "known": ["a", {"zh": "甲", "en": "first"}]}
    )
    said = as_text([finding], language)
    assert ("a、甲" if language == "zh" else "a, first") in said


def test_findings_sort_by_place_then_code():
    findings = [
        Diagnostic("SRC-012", Place("b", 1, 1)),
        Diagnostic("SRC-013", Place("a", 2, 1)),
        Diagnostic("SRC-012", Place("a", 10, 1)),
        Diagnostic("SRC-012", Place("a", 2, 1), {"key": "b"}),
        Diagnostic("SRC-012", Place("a", 2, 1), {"key": "a"}),
        Diagnostic("SRC-014", Place("a", 2, 0)),
    ]
    ordered = sorted(findings, key=lambda finding: finding.order)
    assert [(f.place.path, f.place.line, f.code, f.values.get("key")) for f in ordered] == [
        ("a", 2, "SRC-014", None),
        ("a", 2, "SRC-012", "a"),
        ("a", 2, "SRC-012", "b"),
        ("a", 2, "SRC-013", None),
        ("a", 10, "SRC-012", None),
        ("b", 1, "SRC-012", None),
    ]


def test_every_code_can_be_rendered():
    for code in codes():
        assert re.fullmatch(r"[A-Z]{3}-[0-9]{3}", code)
