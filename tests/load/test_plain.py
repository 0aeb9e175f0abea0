"""The quick reader gives what the careful one gives, or gives nothing."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.load import read_yaml
from generator.load.plain import read_plain
from generator.load.text import Written, decoded, parted
from generator.load.yaml_reader import MAX_DEPTH
from tests.bench.generate import generate
from tests.conftest import ROOT

ENDINGS = {".md", ".yml"}
MANY = settings(max_examples=600)


def yaml_texts(top: Path) -> dict[str, str]:
    """The YAML of every record file below a folder, by path; where it cannot be parted, all."""
    texts = {}
    for file in sorted(f for f in top.rglob("*.[my]*") if f.is_file() and f.suffix in ENDINGS):
        text, _ = decoded(file.read_bytes())
        written = parted(text) if file.suffix == ".md" else Written(text)
        texts[str(file)] = written.text if isinstance(written, Written) else text
    return texts


def agree(text: str) -> bool:
    """Whether the quick reader took the text; if so, to the very types and the order of keys."""
    value = read_plain(text)
    if value is None:
        return False
    parsed = read_yaml(text)
    assert parsed.problems == []
    assert repr(value) == repr(parsed.value)
    return True


@pytest.mark.parametrize("folder", ["content", "tests/cases", "tests/bad"])
def test_every_file_of_the_repository_reads_the_same(folder):
    for text in yaml_texts(ROOT / folder).values():
        agree(text)


def test_nearly_all_records_are_plain(tmp_path):
    generate(tmp_path, sites=3, articles=60, seed=7)
    for top in (ROOT, tmp_path):
        records = yaml_texts(top / "content")
        taken = [path for path, text in records.items() if agree(text)]
        assert len(taken) >= 0.98 * len(records)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1",
        "a: 1\n\nb: 甲\n",
        "a:\n- 1\n- b: 2\n  c: 3\n- {}\n",
        "a:\n  b:\n    c: 甲\n  d: 乙\ne: 丙\n",
        "a:\n  - b:\n      c: 1\n    d: 2\n  - b:\n    - 1\n    - 2\n    d: 3\n",
        "a: []\nb: {}\n",
        "a: [甲, 乙丙 丁, 12, 0.5, true, null]\n",
        "a: [{b: 甲, c: 2026-11-20 09:30}, {b: 乙, c: 2026-11}]\n",
        'a: [{b: [], c: {d: "甲, 乙"}, e: ["x]"]}, 1]\n',
        "a: '甲: 乙 # 丙'\nb: \"甲: 乙 # 丙\"\n",
        "a: |\n  甲\n    乙\n\n  丙: # 丁\nb: |-\n  甲\n\nc: 1\n",
        "a:\n  - |\n    甲\n  - 1\n",
        "a: -1\nb: -0.5\nc: +1\nd: ~\ne: null\nf: True\n",
        "a: 关于“十四五”的通知 - 甲[1]{2}\nb: https://www.gov.cn/a?b=1#c\nc: ./a/../b\n",
        "a: " + "甲" * 3000 + "\nb: 1\n",
    ],
)
def test_taken(text):
    assert agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "# 说明\n", "a: 1 # 说明\n", "# 说明\na: 1\n", "a:\n", "a: \n", "a:\nb: 1\n",
        "甲\n", "- 甲\n", "[甲]\n", "{a: 1}\n", "a: yes\n", "a: 14:30\n", "a: 007\n", "a: 1e3\n",
        "a: 1_0\n", "a: 12345678901234567890\n", "yes: 1\n", "null: 1\n", "1: 1\n", "'a': 1\n",
        "甲: 1\n", "a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: {b: yes}\n", "a: [off]\n",
        "a: {n: 1}\n", "a: &x 1\n", "a: *x\n", "a: !!str 1\n", "a: @甲\n", "a: %甲\n",
        "a: >\n  甲\n", "a: | # 甲\n  乙\n", "a: |2\n  甲\n", "a: |+\n  甲\n", "a: |\n甲\n",
        "a: |\n  甲\n 乙\n", "a: |\n    甲\n   乙\n", "a: |\n  甲", "a: |\n", "a: |\n\n  甲\n",
        "a: |\n   \n  甲\n", "a: 甲\n  乙\n", "a: '甲\n  乙'\n", "a:\n  甲\n", "a: 甲: 乙\n",
        "a: 甲 #乙\n", "a: 甲:\n", "a: 甲 \n", "a:  甲\n", "a : 1\n", " a: 1\n", "a:甲\n",
        "a：甲\n", "a:\n  b: 1\n c: 2\n", "a: 1\n  b: 2\n", "a:\n  - 1\n  b: 2\n", "a: 1\n- 2\n",
        "a:\n- 1\n - 2\n", "a:\n-\n", "a:\n- - 1\n", "a: - 1\n", "---\na: 1\n", "a: 1\n...\n",
        "a: 1\n---\nb: 1\n", "%YAML 1.1\n---\na: 1\n", "? a\n: 1\n", "<<: 1\n", "a:\tb\n",
        "\ta: 1\n", "a: 甲\tb\n", "a: 甲\u2028乙\n", "a: 甲\x85乙\n", "a: 甲\u200b\n",
        "a: '甲''乙'\n", 'a: "甲\\n"\n', 'a: "甲" \n', 'a: "甲"乙\n', 'a: "甲\n', "a: '\n", 'a: "',
        "a: [甲, ]\n", "a: [甲,乙]\n", "a: [甲 , 乙]\n", "a: [甲\n",
        "a: [甲], 乙\n", "a: [, 甲]\n", "a: [甲: 乙]\n", "a: [甲:乙]\n", "a: {甲}\n", "a: {b}\n",
        "a: {b:1}\n", "a: {b: }\n", "a: [\n  甲]\n", "a: [-]\n", "a: [- 甲]\n", "a: -\n",
        "a: --- 甲\n", "a: [[]]]\n", "a: [{]}\n",
    ],
)  # fmt: skip
def test_left_to_the_careful_reader(text):
    assert read_plain(text) is None


@pytest.mark.parametrize("unit", ["a:\n", "- a:\n"])
def test_depth_is_never_past_the_limit(unit):
    for depth in range(1, MAX_DEPTH + 4):
        lines = ["r:\n"] + [" " * (2 * n + 1) + unit for n in range(depth)]
        agree("".join(lines)[:-1] + " 1\n")
        agree("a: " + "[" * depth + "1" + "]" * depth)
        agree("a: " + "[{b: " * depth + "1" + "}]" * depth)


EDGES = r"""
甲 甲乙 a title 1 -1 +1 0 007 0.5 .5 5. 1e3 1_0 0x1F 14:30 1:1 2026-11-20 2026-11 9999 1.0 -0 -0.0
12345678901234567890 yes No on y null ~ true FALSE .nan - -- --- ... -a :a a: a:b a:,b a#b #a ? ?a
! !a & *a % @ ` | |- > = << \ / ( （甲） “甲” '甲' "甲" '' "" ' " ''' '甲''乙' "甲\n" "\u202e" '甲
"甲 甲' [] [ ] {} { } [甲] [a,b] [a, , ,a a, {a:1} {a: }] ], }, ̀ 🙂 é
"""
PHRASES = """
2026-11-20 09:30
甲 乙
a  b
a # b
a: b
[甲, 乙]
{a: 1, b: 甲}
[{a: 1}, {b: 2}]
[{a: [1, 甲], b: {c: "x, y"}}]
"""
SIGNS = ["a ", " a", "\t", "\u3000", "\u00a0", "\u3164", "\u00ad", "甲\u200b", "\u2028"]
WORDS = st.sampled_from([*EDGES.split(), *PHRASES.strip().split("\n"), *SIGNS])
KEYS = st.sampled_from(
    [
        *(
            "a",
            "b",
            "c",
            "title",
            "a-b",
            "x_1",
            "on",
            "No",
            "null",
            "true",
            "1",
            "甲",
            "'a'",
            '"b"',
        ),
        *("<<", "a" * 61, "a" * 62, "a" * 1100, "? a", "a b", "", "- a", "&x a", "[a]"),
    ]
)
VALUES = (
    WORDS
    | st.lists(WORDS, max_size=4).map(" ".join)
    | st.lists(WORDS, max_size=4).map(lambda words: f"[{', '.join(words)}]")
    | st.lists(st.tuples(KEYS, WORDS), max_size=3).map(
        lambda pairs: "{" + ", ".join(f"{key}: {word}" for key, word in pairs) + "}"
    )
    | st.text("ab:-?[]{},&*!|>'\"%@`#~ \n\t.…：甲", max_size=8)
)
BLANKS = st.sampled_from(["", "", "", "  ", "  ", "    ", " ", "   ", "      "])
LINES = st.one_of(
    st.tuples(BLANKS, KEYS, VALUES).map(lambda t: f"{t[0]}{t[1]}: {t[2]}"),
    st.tuples(BLANKS, KEYS, VALUES).map(lambda t: f"{t[0]}- {t[1]}: {t[2]}"),
    st.tuples(BLANKS, VALUES).map(lambda t: f"{t[0]}- {t[1]}"),
    st.tuples(BLANKS, st.sampled_from(["", "- "]), KEYS).map(lambda t: f"{t[0]}{t[1]}{t[2]}:"),
    st.tuples(BLANKS, KEYS, st.sampled_from(["|", "|-", "|+", "|2", ">", "| #"])).map(
        lambda t: f"{t[0]}{t[1]}: {t[2]}"
    ),
    st.tuples(BLANKS, VALUES).map(lambda t: t[0] + t[1]),
    st.sampled_from(
        ["", "", "  ", "---", "...", "# 说明", "  # 说明", "-", "  -", ":", "%YAML 1.1"]
    ),
)
TEXTS = st.tuples(st.lists(LINES, max_size=8).map("\n".join), st.sampled_from(["", "\n", "\n\n"]))


@MANY
@given(TEXTS.map("".join))
@example("a: |\n  甲\n# 乙\n")
@example("a:\n  - b: |\n    甲\n")
@example("a:\n- |\n 甲\n")
def test_texts_of_a_grammar_that_loves_the_edges(text):
    agree(text)


SOUND = st.sampled_from(
    [
        *(
            "甲",
            "甲乙：丙",
            "title",
            "a-b",
            "12",
            "-1",
            "0.5",
            "true",
            "2026-11-20 09:30",
            "“甲” - 乙",
        ),
        *("'甲: 乙'", '"007"', "[甲, 乙]", "[]", "{a: 1, b: 甲}", "[{a: 甲}, {b: [1, 乙]}]"),
    ]
)
RARELY = st.integers(0, 11).map(lambda n: n == 0)


@st.composite
def blocks(draw, indent=0, depth=0):
    """The lines of a mapping as an editor writes it, with something odd here and there."""
    lines = []
    for name in draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=4, unique=True)):
        key = draw(KEYS) if draw(RARELY) else name
        margin = " " * (draw(st.integers(0, 6)) if draw(RARELY) else indent)
        form = draw(st.integers(0, 6)) if depth < 3 else 0
        if form == 1:
            inner = draw(blocks(indent + draw(st.sampled_from([2, 2, 1, 4])), depth + 1))
            lines += [f"{margin}{key}:", *inner]
        elif form == 2:
            lines.append(f"{margin}{key}: {draw(st.sampled_from(['|', '|', '|-', '>', '|+']))}")
            deeper = " " * (indent + draw(st.sampled_from([2, 2, 2, 1, 3])))
            lines += [
                draw(SOUND | WORDS).join((deeper, "")) for _ in range(draw(st.integers(1, 3)))
            ]
        elif form == 3:
            dash = indent + draw(st.sampled_from([0, 2, 2, 1]))
            lines.append(f"{margin}{key}:")
            for _ in range(draw(st.integers(1, 3))):
                if draw(st.booleans()):
                    first, *more = draw(blocks(dash + 2, depth + 1))
                    lines += [" " * dash + "- " + first.lstrip(" "), *more]
                else:
                    lines.append(" " * dash + "- " + draw(VALUES if draw(RARELY) else SOUND))
        else:
            lines.append(f"{margin}{key}: {draw(VALUES if draw(RARELY) else SOUND)}")
        if draw(RARELY):
            lines.append(draw(LINES))
    return lines


@MANY
@given(blocks(), st.sampled_from(["\n", "\n", "", "\n\n"]))
def test_records_nearly_as_an_editor_writes_them(lines, end):
    agree("\n".join(lines) + end)


RECORDS = sorted(
    {
        text
        for folder in ("tests/cases/_base", "content/units/portal", "content/governance")
        for text in yaml_texts(ROOT / folder).values()
        if len(text) < 3000
    }
)
PIECES = WORDS | st.sampled_from(
    [" ", "  ", "\n", "\n  ", "\n- ", ": ", ":", "- ", ", ", "\n\n", "\r"]
)


@MANY
@given(
    st.sampled_from(RECORDS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), min_size=1, max_size=3),
)
def test_records_with_something_changed(text, changes):
    for spot, length, put in changes:
        start = int(spot * len(text))
        text = text[:start] + put + text[start + length :]
    agree(text)


@MANY
@given(st.sampled_from(RECORDS), st.data())
def test_records_with_lines_changed(text, data):
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = data.draw(LINES | st.sampled_from(lines).map(lambda line: "  " + line))
        lines[at : at + data.draw(st.integers(0, 2))] = [line]
    agree("\n".join(lines))
