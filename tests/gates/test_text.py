"""Every sign that a passage holds stands where it is said to stand, and no shown sign is lost."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import lxml.html
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.gates.text import GAP, Kind, TextFile, read_text
from generator.markup import render_placed

ARTICLE = "content/units/gxj/articles/2026/0001.md"
RECORD = "content/units/gxj/unit.yml"
TABLE = "content/units/gxj/fees/sfml.csv"

WORDS = [
    "通知",
    "一",
    "关于",
    "，",
    "。",
    "（2019）",
    "“引”",
    "《书》",
    "a",
    "12",
    " ",
    "—",
    "★",
    "😀",
]
INLINE = [
    "**{}**", "*{}*", "_{}_", "***{}***", "~~{}~~", "[{}](甲.md)", '[{}](乙.html "题")',
    "[{}][r]", "`{}`", "``{} ` ``", "\\*{}", "&amp;{}", "&nbsp;{}", "&#20013;{}", "<sub>{}</sub>",
    "![{}](图.png)", "<https://a.b/{}>", "{}[^1]", "{}\\\n", "{}  \n", "{}\n", "<br>{}", "\\[{}\\]",
    "<!-- {} -->", "{}\\", "*{}", "[{}", "](", "`{}", "<b title='{}'>{}</b>", "&bogus;{}", "\\\\{}",
]  # fmt: skip
BLOCKS = [
    "{}\n\n", "# {}\n\n", "## {} ##\n\n", "{}\n===\n\n", "> {}\n\n", "> > {}\n>\n> {}\n\n",
    "- {}\n- {}\n\n", "- {}\n\n  {}\n\n", "1. {}\n   - {}\n\n", "    {}\n\n", "```\n{}\n```\n\n",
    "| {} | {} |\n|---|---|\n| {} | {} |\n\n", "- | {} | \n  |---|\n  | {} |\n\n", "---\n\n",
    "<div>\n{}\n</div>\n\n", "<div>\n\n{}\n\n</div>\n\n", "[^1]: {}\n\n", "<td>{}</td>\n\n",
    "\u3000\u3000{}\n\n", "> - {}\n>   {}\n\n", "\t{}\n\n", "[r]: 丙.md\n\n", "<p>{}\n\n",
    "<script>{}</script>\n\n", "（一）{}\n（二）{}\n\n",
]  # fmt: skip


def filled(template: str, parts: list[str]) -> str:
    pieces = template.split("{}")
    return "".join(
        piece + (parts[index % len(parts)] if index + 1 < len(pieces) else "")
        for index, piece in enumerate(pieces)
    )


words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join)
inlines = st.one_of(
    words,
    st.tuples(st.sampled_from(INLINE), st.lists(words, min_size=1, max_size=2)).map(
        lambda pair: filled(*pair)
    ),
)
lines = st.lists(inlines, min_size=1, max_size=4).map("".join)
blocks = st.tuples(st.sampled_from(BLOCKS), st.lists(lines, min_size=1, max_size=3)).map(
    lambda pair: filled(*pair)
)
bodies = st.lists(blocks, max_size=5).map("".join)


def of_body(body: str) -> TextFile:
    return read_text(ARTICLE, f"---\ntitle: 题\n---\n\n{body}".encode())


def written_so(file: TextFile, offset: int, sign: str) -> bool:
    """Whether the source holds a sign at an offset: itself, or a reference that stands for it."""
    here = file.text[offset : offset + 1]
    reference = re.match(r"&#?\w+;", file.text[offset:])
    return (
        here == sign
        or (here == "\n" and sign == " ")
        or bool(reference and sign in unescape(reference[0]))
    )


@settings(max_examples=300, deadline=None)
@given(bodies)
@example("（一）`通知\n（二）&amp;通知`通知\n\n")  # a reference in code is text
def test_every_sign_stands_where_it_is_said_to_stand(body):
    file = of_body(body)
    for passage in file.passages:
        offsets = [passage.source(index) for index in range(len(passage.text))]
        assert offsets == sorted(offsets), (passage, body)
        indents = {
            index for at in re.finditer(r"\n[ \t]+", passage.text) for index in range(*at.span())
        }
        for index, (offset, sign) in enumerate(zip(offsets, passage.text, strict=True)):
            if sign not in {GAP, "\n"} and index not in indents:  # an indent may be the block's
                assert written_so(file, offset, sign), (sign, passage, body)


def shown(html: str) -> str:
    """The text of HTML without code, pictures, scripts and what the renderer adds."""
    tree = lxml.html.fromstring(f"<main>{html}</main>")
    for gone in tree.xpath("//code|//script|//style|//sup[@class]|//a[@data-footnote-backref]"):
        gone.drop_tree()
    for comment in tree.xpath("//comment()"):
        comment.drop_tag() if hasattr(comment, "drop_tag") else None
    text = "".join(tree.xpath("//main//text()[not(parent::comment())]"))
    return re.sub(r"\s", "", text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([b for b in BLOCKS if "<" not in b]), max_size=5), lines, lines)
def test_no_shown_sign_is_lost(chosen, first, second):
    body = "".join(filled(block, [first, second]) for block in chosen)
    if "<" in body:
        return
    found = "".join(
        passage.text
        for passage in of_body(body).passages
        if passage.kind not in {Kind.CODE, Kind.ALT, Kind.FIELD}
    )
    found = re.sub(rf"[\s{GAP}]", "", found)
    assert sorted(found) == sorted(shown(render_placed(body))), body


scalars = st.one_of(
    words,
    words.map(lambda text: f"{text}\n{text}"),
    words.map(lambda text: f"{text}\"'\\{text}\t"),
    words.map(lambda text: f" {text}\n\n{text}  {text} "),
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["title", "summary", "note"]),
        st.one_of(scalars, st.lists(scalars, max_size=3)),
        min_size=1,
    ),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.sampled_from([20, 1000]),
)  # fmt: skip
def test_fields_in_every_style(value, style, width):
    source = yaml.safe_dump(value, allow_unicode=True, default_style=style, width=width)
    file = read_text(RECORD, source.encode())
    if file.faults:
        return
    for passage in file.passages:
        place = file.data
        for part in passage.pointer:
            place = place[part]
        assert passage.text == place
        for index, sign in enumerate(passage.text):
            here = file.text[passage.source(index)]
            assert sign == here or sign in " \n\t" or here == "\\", (sign, here, source)


cells = st.one_of(words, st.sampled_from(["", 'a"b', "甲,乙", "甲\n乙", '"', '""']))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=4))
def test_cells_of_a_table(rows):
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    file = read_text(TABLE, written.getvalue().encode())
    expected = [cell for row in rows for cell in row if cell.strip()]
    assert [passage.text for passage in file.passages] == expected
    for passage in file.passages:
        for index, sign in enumerate(passage.text):
            assert file.text[passage.source(index)] == sign


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
    st.sampled_from([ARTICLE, RECORD, TABLE, "content/x.md"]),
)
def test_no_bytes_bring_it_down(data, path):
    for prefix in (b"", b"---\ntitle: x\n---\n"):
        file = read_text(path, prefix + data)
        for passage in file.passages:
            line, column = file.place(passage, len(passage.text))
            assert line >= 1 and column >= 1


@pytest.mark.parametrize(
    ("body", "word", "place"),
    [
        ("正文，[布署](布署.md)布署。", "布署", [(5, 5), (5, 15)]),
        ("> 一\n> 布署", "布署", [(6, 3)]),
        ("| 甲 | 布署 |\n|---|---|\n| 布署 | *布署* |", "布署", [(5, 7), (7, 3), (7, 9)]),
        ("**布**署 &amp;布署", "布署", [(5, 3), (5, 13)]),
        ("`布署`", "布署", []),
        ("![布署](a.png)", "布署", [(5, 3)]),
        ("<div title='布署'>布署</div>", "布署", [(5, 17)]),
        ("<!-- 布署 -->", "布署", []),
    ],
)
def test_places(body, word, place):
    file = of_body(body)
    found = [
        file.place(passage, match.start())
        for passage in file.passages
        if passage.kind is not Kind.CODE
        for match in re.finditer(word, passage.text)
    ]
    assert found == place


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (ARTICLE, "没有字段".encode()),
        (ARTICLE, b"---\ntitle: [\n---\nx"),
        (RECORD, b"\xff\xfe"),
        (RECORD, b"a: 'b"),
    ],
)
def test_what_cannot_be_read_is_a_fault(path, data):
    assert read_text(path, data).faults


@pytest.mark.parametrize(
    ("path", "text", "cells"),
    [
        pytest.param(
            ARTICLE,
            "| 姓名 | 电话 |\n|---|---|\n| 甲 | `1` |\n|  | 乙 |\n\n段\n\n| 丙 |\n|---|\n",
            {"姓名": (1, 1, 1), "电话": (1, 1, 2), "甲": (1, 2, 1), "1": (1, 2, 2),
             "乙": (1, 3, 2), "段": None, "丙": (2, 1, 1)},
            id="Markdown",
        ),
        pytest.param(
            ARTICLE,
            '<table><tr><td colspan="2">甲</td><td>乙</td></tr></table>\n',
            {"甲": (1, 1, 1), "乙": (1, 1, 3)},
            id="a cell over two columns",
        ),
        pytest.param(TABLE, "甲,乙\n,丙\n", {"甲": (1, 1, 1), "乙": (1, 1, 2), "丙": (1, 2, 2)},
                     id="CSV"),
        pytest.param(
            RECORD,
            "name: 甲\nrows:\n- {name: 乙, phone: 丙}\n- {phone: 丁}\nwords: [戊]\n",
            {"甲": None, "乙": (1, 2, 1), "丙": (1, 2, 2), "丁": (1, 3, 2), "戊": None},
            id="YAML, whose rows have no header",
        ),
    ],
)  # fmt: skip
def test_a_cell_says_where_in_its_table_it_stands(path, text, cells):
    head = "---\ntitle: 题\n---\n" if path == ARTICLE else ""
    found = {
        passage.text: passage.cell for passage in read_text(path, (head + text).encode()).passages
    }
    found.pop("题", None)
    assert found == cells
