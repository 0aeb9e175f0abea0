"""A folder becomes documents: front matter, tables, and one bad file never hides another."""

import os

import pytest

from tests.support.trees import loaded, spoken, write

ARTICLE = "content/units/tax/articles/2026/0042.md"
UNIT = "content/units/tax/unit.yml"
TABLE = "content/units/tax/powers/list"
GOOD = "name: 税务局\n"


def read_one(folder, path, content):
    """The document of one file, or None, and the findings without their path."""
    result = loaded(folder, {path: content})
    found = [line.removeprefix(path + ":") for line in spoken(result.findings)]
    return (result.documents[0] if result.documents else None), found


@pytest.mark.parametrize(
    ("content", "value", "body", "body_line"),
    [
        pytest.param("---\na: 1\n---\n\n正文。\n", {"a": 1}, "\n正文。\n", 4, id="usual"),
        pytest.param("---\na: 1\n---", {"a": 1}, "", 4, id="no body, no line end"),
        pytest.param("---  \na: 1\n---\t\n文", {"a": 1}, "文", 4, id="blanks after the fence"),
        pytest.param("---\r\na: 1\r\n---\r\n文\r\n", {"a": 1}, "文\n", 4, id="Windows"),
        pytest.param("\ufeff---\na: 1\n---\n文", {"a": 1}, "文", 4, id="mark of Notepad"),
        pytest.param(
            "---\na: 1\n---\n文\n---\n字", {"a": 1}, "文\n---\n字", 4, id="rule in the body"
        ),
        pytest.param(
            "---\na: |\n  ---\n  x\n---\n文", {"a": "---\nx\n"}, "文", 6, id="indented dashes"
        ),
    ],
)
def test_front_matter(content, value, body, body_line, tmp_path):
    document, found = read_one(tmp_path, ARTICLE, content)
    assert found == []
    assert (document.value, document.body, document.body_line) == (value, body, body_line)
    assert document.id == "units/tax/articles/2026/0042"
    assert document.unit == "tax"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param("", ["1:1 SRC-005"], id="empty"),
        pytest.param("正文。\n", ["1:1 SRC-005"], id="no fence"),
        pytest.param("\n---\na: 1\n---\n", ["1:1 SRC-005"], id="a line above the fence"),
        pytest.param(" ---\na: 1\n---\n", ["1:1 SRC-005"], id="indented fence"),
        pytest.param("----\na: 1\n----\n", ["1:1 SRC-005"], id="four dashes"),
        pytest.param("———\na: 1\n———\n", ["1:1 SRC-005"], id="Chinese dashes"),
        pytest.param("---\na: 1\n\n正文。\n", ["5:1 SRC-006"], id="never closed"),
        pytest.param("---", ["1:1 SRC-006"], id="a fence alone"),
        pytest.param("---\n---\n正文。\n", ["2:1 SRC-007"], id="no fields"),
        pytest.param("---\n# 说明\n---\n", ["2:1 SRC-007"], id="a comment alone"),
        pytest.param("---\n甲\n---\n", ["2:1 SRC-008"], id="a text"),
        pytest.param("---\n- 甲\n---\n", ["2:1 SRC-008"], id="a list"),
        pytest.param("---\na: 1\nb: @x\n---\n", ["3:4 SRC-010"], id="syntax"),
        pytest.param("---\na: 1\na: 2\n---\n", ["3:1 SRC-012"], id="twice"),
        pytest.param("---\na: 1\n---\n文\u200b字\n", ["4:2 SRC-004"], id="hidden in the body"),
        pytest.param("---\na: yes\n---\n", ["2:4 SRC-014"], id="yes"),
        pytest.param("---\na: 关于\n---\n".encode("gbk"), ["2:4 SRC-002"], id="GBK"),
    ],
)
def test_bad_front_matter(content, found, tmp_path):
    assert read_one(tmp_path, ARTICLE, content)[1] == found


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param("", ["1:1 SRC-007"], id="empty"),
        pytest.param("# 说明\n", ["1:1 SRC-007"], id="a comment alone"),
        pytest.param("null\n", ["1:1 SRC-007"], id="null"),
        pytest.param("[]\n", ["1:1 SRC-008"], id="a list"),
        pytest.param("甲\n", ["1:1 SRC-008"], id="a text"),
        pytest.param("a: 1\n---\nb: 1\n", ["2:1 SRC-017"], id="two documents"),
        pytest.param("a: " + "[" * 40, ["1:35 SRC-016"], id="too deep"),
    ],
)
def test_bad_yaml_records(content, found, tmp_path):
    assert read_one(tmp_path, UNIT, content)[1] == found


def test_a_file_may_have_a_mebibyte_and_no_more(tmp_path):
    text = b"a: '" + b"x" * (1024 * 1024 - 5) + b"'"
    assert read_one(tmp_path, UNIT, text)[1] == []
    assert read_one(tmp_path, UNIT, text + b"\n")[1] == ["1:1 SRC-003"]


def test_one_bad_file_never_hides_another(tmp_path):
    files = {
        "content/units/a/unit.yml": b"\xff",
        "content/units/b/unit.yml": "a: [",
        "content/units/c/unit.yml": GOOD,
        "content/units/d/unit.yml": "",
        "content/units/d/news/1.md": "",
        "content/stray.md": "",
    }
    result = loaded(tmp_path, files)
    assert [document.unit for document in result.documents] == ["c"]
    assert spoken(result.findings) == [
        "content/stray.md:1:1 SRC-030",
        "content/units/a/unit.yml:1:1 SRC-002",
        "content/units/b/unit.yml:1:5 SRC-010",
        "content/units/d/news/1.md:1:1 SRC-031",
        "content/units/d/unit.yml:1:1 SRC-007",
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/units/tax/articles/0042.md", "SRC-032"),
        ("content/units/tax/articles/2026/0042.txt", "SRC-033"),
        ("content/units/tax/articles/2026/06/0042.md", "SRC-034"),
    ],
)
def test_misplaced_files_are_told_where_they_belong(path, code, tmp_path):
    (found,) = loaded(tmp_path, {path: "x"}).findings
    assert found.code == code
    assert found.values["pattern"] == "content/units/<单位>/articles/<年份>/<编号>.md"


def test_the_readme_is_no_content(tmp_path):
    assert loaded(tmp_path, {"content/README.md": "说明\n"}).findings == ()


def test_symlinks_are_not_followed(tmp_path):
    write(tmp_path, {"secret.yml": "name: 秘密\n", "content/group.yml": "name: 甲\n"})
    (tmp_path / "content/units/tax").mkdir(parents=True)
    (tmp_path / UNIT).symlink_to(tmp_path / "secret.yml")
    result = loaded(tmp_path, {})
    assert [document.path for document in result.documents] == ["content/group.yml"]
    assert spoken(result.findings) == [f"{UNIT}:1:1 SRC-020"]


def test_a_name_that_is_no_text_is_told_and_not_read(tmp_path):
    folder = tmp_path / "content/units/tax/articles/2026"
    folder.mkdir(parents=True)
    for name in (b"\xce\xc4.md", b"\xce\xc4.txt"):
        (folder / os.fsdecode(name)).write_bytes(b"x")
    result = loaded(tmp_path, {})
    assert {found.code for found in result.findings} == {"SRC-022"}
    for found in result.findings:
        found.place.path.encode()


CSV = "权力名称,实施依据\n"


@pytest.mark.parametrize(
    ("text", "rows", "lines"),
    [
        pytest.param("名称,依据\n甲,乙\n", [("甲", "乙")], (2,), id="usual"),
        pytest.param("\ufeff名称,依据\r\n甲,乙\r\n", [("甲", "乙")], (2,), id="from a spreadsheet"),
        pytest.param(
            "名称,依据\n\n甲,乙\n,\n丙,丁", [("甲", "乙"), ("丙", "丁")], (3, 5), id="blank rows"
        ),
        pytest.param(
            '名称,依据\n"甲\n乙",丙\n丁,戊\n',
            [("甲\n乙", "丙"), ("丁", "戊")],
            (2, 4),
            id="line end in a cell",
        ),
        pytest.param(
            '名称,依据\n"甲,""乙""",丙\n', [('甲,"乙"', "丙")], (2,), id="comma and quotes"
        ),
        pytest.param(" 名称 , 依据\n 甲 ,乙 \n", [("甲", "乙")], (2,), id="blanks around"),
        pytest.param("名称,依据\n", [], (), id="header alone"),
    ],
)
def test_tables(text, rows, lines, tmp_path):
    result = loaded(tmp_path, {f"{TABLE}.yml": GOOD, f"{TABLE}.csv": text})
    assert result.findings == ()
    (document,) = result.documents
    assert document.table.header == ("名称", "依据")
    assert list(document.table.rows) == rows
    assert document.table.lines == lines
    assert document.value["rows"] == [{"名称": name, "依据": basis} for name, basis in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", ["1:1 SRC-007"], id="empty"),
        pytest.param(",,\n\n", ["1:1 SRC-007"], id="commas alone"),
        pytest.param("名称,名称\n甲,乙\n", ["1:1 SRC-041"], id="header twice"),
        pytest.param("名称,依据\n甲\n乙,丙,丁\n", ["2:1 SRC-042", "3:1 SRC-042"], id="cells"),
        pytest.param('名称,依据\n甲,"乙\n', ["2:1 SRC-040"], id="quote never closed"),
        pytest.param('名称,依据\n"甲"乙,丙\n', ["2:1 SRC-040"], id="text after a quote"),
        pytest.param("名称,依据\n甲,\u200b乙\n", ["2:3 SRC-004"], id="hidden"),
        pytest.param("名称,依据\n甲,乙\n".encode("gbk"), ["1:1 SRC-002"], id="GBK"),
        pytest.param("名称；依据\n甲；乙\n", [], id="one column with semicolons"),
    ],
)
def test_bad_tables(text, found, tmp_path):
    result = loaded(tmp_path, {f"{TABLE}.yml": GOOD, f"{TABLE}.csv": text})
    assert [line.removeprefix(TABLE + ".csv:") for line in spoken(result.findings)] == found


def test_a_table_needs_its_record(tmp_path):
    result = loaded(tmp_path, {f"{TABLE}.csv": "名称\n甲\n"})
    (found,) = result.findings
    assert (found.code, found.values["record"]) == ("SRC-043", f"{TABLE}.yml")


@pytest.mark.parametrize(
    "record", ["a: [", "", "- 甲\n", b"\xff", "a: '" + "x" * 1024 * 1024 + "'"]
)
def test_a_table_beside_a_broken_record_is_not_called_orphan(record, tmp_path):
    result = loaded(tmp_path, {f"{TABLE}.csv": "名称\n甲\n", f"{TABLE}.yml": record})
    assert len(result.findings) == 1
    assert result.findings[0].place.path == f"{TABLE}.yml"


def test_documents_stand_in_path_order(tmp_path):
    files = {f"content/units/{unit}/unit.yml": GOOD for unit in ("b", "a-b", "a", "a0")}
    documents = loaded(tmp_path, files).documents
    assert [document.path for document in documents] == sorted(files)
