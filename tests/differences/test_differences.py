"""What changed in a record, as an editor would say it."""

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.differences import as_markdown, as_text, change_of, pieces
from generator.schema import Schemas

PAGE = "content/units/tax/articles/2026/0042.md"


@pytest.fixture(scope="module")
def schemas(root):
    return Schemas.read(root / "schemas")


def page(front, body=""):
    return f"---\n{dedent(front).strip()}\n---\n\n{dedent(body).strip()}\n".encode()


def told(schemas, old, new, path=PAGE):
    return as_text([change_of(path, old, new, schemas)])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param(
            "publishedAt: 2026-03-01 09:30",
            "publishedAt: 2026-03-04 09:30",
            "发布时间：3月1日 09:30→3月4日 09:30",
            id="a day of the same year",
        ),
        pytest.param(
            "publishedAt: 2025-12-31 09:30",
            "publishedAt: 2026-01-01 09:30",
            "发布时间：2025年12月31日 09:30→2026年1月1日 09:30",
            id="a day of another year",
        ),
        pytest.param("source: 市税务局", "source: 市政府", "来源：市税务局→市政府", id="a word"),
        pytest.param("editor: 王某", "x: 1", "责任编辑：去掉 王某", id="a field gone"),
        pytest.param("x: 1", "editor: 王某", "责任编辑：新填 王某", id="a field come"),
        pytest.param("x: 1", "x: 2", "x：1→2", id="a field that no schema names"),
        pytest.param("x: true", "x: false", "x：是→否", id="yes and no"),
        pytest.param("x: [a, b]", "x: [a, c]", "x：a、b→a、c", id="a list of words"),
        pytest.param(
            "x: [{y: 1}, {y: 2}]", "x: [{y: 1}, {y: 3}]", "x › 第2项 › y：2→3", id="a row"
        ),
        pytest.param(
            "x: [{y: 1}, {y: 2}]", "x: [{y: 2}]", "x › 第1项 › y：去掉 1", id="a row gone"
        ),
    ],
)
def test_a_field_is_told_by_its_title(schemas, old, new, line):
    text = told(schemas, page(f"title: 通知\n{old}"), page(f"title: 通知\n{new}"))
    assert f"  {line}" in text.splitlines()
    assert text.splitlines()[0] == "修改动态稿件《通知》"


def test_an_enumeration_is_told_by_its_labels(schemas):
    schema = schemas.at("article", ("origin",))
    (one, other) = list(schema["x-labels"])[:2]
    text = told(schemas, page(f"title: 通知\norigin: {one}"), page(f"title: 通知\norigin: {other}"))
    labels = schema["x-labels"]
    assert f"{schema['title']}：{labels[one]}→{labels[other]}" in text


def test_a_body_is_told_by_paragraph_and_word(schemas):
    old = page("title: 通知", "第一段没有变。\n\n定于3月1日8时停水，请提前储水。")
    new = page("title: 通知", "第一段没有变。\n\n定于3月4日8时停水，请提前储水。")
    text = told(schemas, old, new)
    assert text.splitlines()[1] == "  正文：定于3月[-1-]{+4+}日8时停水，请提前储水。"
    markdown = as_markdown([change_of(PAGE, old, new, schemas)])
    assert "定于3月<del>1</del><ins>4</ins>日8时停水" in markdown
    assert "第一段" not in markdown


@pytest.mark.parametrize(
    ("old", "new", "heading"),
    [
        (None, page("title: 通知", "正文"), "新增动态稿件《通知》"),
        (page("title: 通知", "正文"), None, "删除动态稿件《通知》"),
    ],
)
def test_a_page_that_comes_or_goes(schemas, old, new, heading):
    assert told(schemas, old, new).splitlines()[0] == heading


def test_an_attachment_is_told_by_its_size(schemas):
    path = "content/units/tax/articles/2026/0042/plan.pdf"
    assert told(schemas, b"%PDF-1", b"%PDF-12", path).splitlines() == [
        "修改附件《plan.pdf》",
        "  大小 6 字节、7 字节",
    ]


@pytest.mark.parametrize("data", [b"---\ntitle: [\n---\n", b"\xff", b"no front matter"])
def test_what_is_no_record_is_told_as_a_whole(schemas, data):
    change = change_of(PAGE, page("title: 通知"), data, schemas)
    assert change.note == "不能读成一条记录"
    assert as_text([change])


def test_nothing_an_author_writes_becomes_markdown(schemas):
    evil = "</del>@li-tax ![x](http://x.invalid/y.png) `code` **b** |"
    old, new = page("title: 通知", "甲乙丙丁"), page("title: 通知", evil)
    text = as_markdown([change_of(PAGE, old, new, schemas)])
    body = text.split("正文：", 1)[1]
    for sign in ("@", "![", "</del>&", "](", "`code`", "**b**"):
        assert sign not in body.replace("\\", "\0")


@given(st.text("甲乙丙丁ab12 ，。", max_size=30), st.text("甲乙丙丁ab12 ，。", max_size=30))
@settings(max_examples=200, deadline=None)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    runs = pieces(old, new)
    assert "".join(run.text for run in runs if run.kind != "new") == old
    assert "".join(run.text for run in runs if run.kind != "gone") == new
