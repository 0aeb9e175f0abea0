"""Every value of a record knows its place in the file, whatever its form."""

import pytest

from generator.diagnostics import Place
from generator.load import Document
from tests.support.trees import loaded

ARTICLE = "content/units/tax/articles/2026/0042.md"
TABLE = "content/units/tax/powers/list"


@pytest.fixture
def article(tmp_path):
    """An article whose fields begin on line 2."""
    text = "---\ntitle: 甲\nattachments:\n  - {file: a.pdf, title: 附件}\n---\n\n正文\n"
    return loaded(tmp_path, {ARTICLE: text}).documents[0]


@pytest.mark.parametrize(
    ("pointer", "key", "spot"),
    [
        pytest.param((), False, (2, 1), id="the record"),
        pytest.param(("title",), False, (2, 8), id="a value"),
        pytest.param(("title",), True, (2, 1), id="its key"),
        pytest.param(("attachments", 0, "title"), False, (4, 26), id="inside a list"),
        pytest.param(("attachments", 0, "title"), True, (4, 19), id="a key inside a list"),
        pytest.param(("column",), False, (2, 1), id="absent: the record"),
        pytest.param(("attachments", 0, "kind"), False, (4, 5), id="absent: its parent"),
        pytest.param(("attachments", 7, "kind"), True, (4, 3), id="absent: the list"),
    ],
)
def test_place(article, pointer, key, spot):
    assert article.place(pointer, key=key) == Place(ARTICLE, *spot)


def test_place_in_the_body(article):
    assert article.body_place(2, 3) == Place(ARTICLE, 7, 3)


@pytest.mark.parametrize(
    ("pointer", "spot"),
    [
        pytest.param(("rows", 0, "依据"), (2, 3), id="second cell"),
        pytest.param(("rows", 0, "名称"), (2, 1), id="first cell"),
        pytest.param(("rows", 1, "依据"), (3, 7), id="after a quoted comma"),
        pytest.param(("rows", 2, "依据"), (4, 3), id="after a cell of two lines"),
        pytest.param(("rows", 3, "依据"), (6, 1), id="a row too short"),
        pytest.param(("rows", 1, "备注"), (3, 1), id="no such column"),
        pytest.param(("rows", 1), (3, 1), id="a row"),
    ],
)
def test_place_in_a_table(pointer, spot, tmp_path):
    text = '名称,依据\n甲,乙\n"丙,丁",戊\n"己\n庚",辛\n壬\n'
    files = {f"{TABLE}.yml": "name: 甲\n", f"{TABLE}.csv": text}
    document = loaded(tmp_path, files).documents[0]
    assert document.place(pointer) == Place(f"{TABLE}.csv", *spot)
    assert document.place(("name",)) == Place(f"{TABLE}.yml", 1, 7)
    assert document.place(("rows",)) == Place(f"{TABLE}.yml", 1, 1)


def test_strange_line_ends_do_not_move_the_place_of_a_cell(tmp_path):
    text = "名称,依据\n甲\x0c,乙\n丙,丁\n"
    files = {f"{TABLE}.yml": "name: 甲\n", f"{TABLE}.csv": text}
    document = loaded(tmp_path, files).documents[0]
    assert document.place(("rows", 1, "依据")) == Place(f"{TABLE}.csv", 3, 3)


def restored(document, files, **kept):
    """The document from what a cache keeps of it, and the paths that it reads on the way."""
    asked = []

    def contents(path):
        asked.append(path)
        return files[path].encode()

    again = Document.restored(
        document.id, document.kind, document.unit, list(files), document.value, contents, **kept
    )
    return again, asked


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (ARTICLE, "---\ntitle: 甲\nkeywords: [乙]\n---\n\n正文\n"),
        ("content/units/tax/unit.yml", "name: 税务局\ntype: department\n"),
    ],
)
def test_a_restored_document_is_what_was_read(path, text, tmp_path):
    (read,) = loaded(tmp_path, {path: text}).documents
    again, asked = restored(read, {path: text})
    assert (again.id, again.unit, again.path) == (read.id, read.unit, read.path)
    assert (again.value, again.table) == (read.value, None)
    assert asked == []
    for pointer in [(), ("title",), ("name",), ("keywords", 0)]:
        assert again.place(pointer) == read.place(pointer)
    assert again.written == read.written
    assert (again.body, again.body_line) == (read.body, read.body_line)
    assert again.body_place(2) == read.body_place(2)
    assert again.body_digest == read.body_digest
    assert asked == [path], "its file is read once"


def test_a_kept_digest_of_the_body_is_not_reckoned_again(article):
    again, asked = restored(article, {ARTICLE: ""}, body_digest=article.body_digest)
    assert again.body_digest == article.body_digest
    assert asked == []


def test_a_restored_table_is_read_when_a_cell_is_asked_for(tmp_path):
    files = {f"{TABLE}.csv": "名称,依据\n甲,乙\n", f"{TABLE}.yml": "name: 甲\n"}
    (read,) = loaded(tmp_path, files).documents
    again, asked = restored(read, files, header=("name", "basis"))
    assert again.path == f"{TABLE}.yml"
    assert again.place(("name",)) == Place(f"{TABLE}.yml", 1, 7)
    assert asked == [f"{TABLE}.yml"]
    assert again.place(("rows", 0, "basis")) == Place(f"{TABLE}.csv", 2, 3)
    assert again.table.rows == read.table.rows
    assert asked == [f"{TABLE}.yml", f"{TABLE}.csv"]


@pytest.mark.parametrize(
    ("path", "pointer"), [(ARTICLE, ("title",)), (f"{TABLE}.csv", ("rows", 0, "name"))]
)
def test_a_file_that_is_another_by_now_is_not_taken_for_it(path, pointer, tmp_path):
    files = {ARTICLE: "---\ntitle: 甲\n---\n"}
    if path != ARTICLE:
        files = {path: "名称\n甲\n", f"{TABLE}.yml": "name: 甲\n"}
    (read,) = loaded(tmp_path, files).documents
    again, _ = restored(read, {**files, path: ""})
    with pytest.raises(ValueError, match=path):
        again.place(pointer)
