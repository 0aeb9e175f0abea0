"""Every value of a record knows its place in the file, whatever its form."""

import pytest

from generator.diagnostics import Place
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
