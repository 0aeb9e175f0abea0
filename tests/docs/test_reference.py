"""The reference says all that the schemas and the catalogues say, and its examples are records."""

import pytest

from generator.diagnostics.catalogue import LANGUAGES, codes
from generator.load import KINDS, Form, locate, read_document
from generator.reference import (
    annotated,
    by_family,
    conditions,
    example_record,
    family_title,
    fields,
    handbook,
    navigation,
    page,
)
from generator.reference.cases import difference
from generator.reference.groups import KIND_GROUPS
from generator.reference.words import limits, options, type_words
from generator.schema import Schemas, shape_findings


@pytest.fixture(scope="module")
def schemas(root):
    return Schemas.read(root / "schemas")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_annotated_example_is_a_record(kind, schemas):
    text = annotated(schemas, kind.name)
    path = kind.pattern.replace("<单位>", "edu").replace("<年份>", "2026").replace("<编号>", "0001")
    document, found = read_document(path, text.encode(), locate(path))
    assert document is not None
    assert found == []
    assert document.value == example_record(schemas, kind.name)
    assert shape_findings(document, schemas) == []
    assert bool(document.body) == (kind.form is Form.MARKDOWN)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_described(kind, schemas):
    rows = list(fields(schemas, kind.name))
    assert len(rows) == len(list(schemas.properties(kind.name)))
    bare = [row.path for row in rows if not (row.title and row.description and row.form)]
    assert bare == []
    assert all(conditions(schemas, kind.name))


def test_what_a_field_row_says(schemas):
    rows = {row.path: row for row in fields(schemas, "article")}
    assert rows["title"].need == "必填"
    assert rows["title"].limits == "2 至 200 个字"
    assert rows["sourceUrl"].need == "有条件"
    assert rows["summary"].need == "选填"
    assert rows["origin"].options == (("original", "原创"), ("relayed", "转载"))
    assert rows["outlets[].column"].depth == 1
    assert rows["keywords"].form == "列表，每项是文字"


@pytest.mark.parametrize(
    ("schema", "words", "bounds"),
    [
        pytest.param({"type": "string", "minLength": 1}, "文字", "", id="not empty, unsaid"),
        pytest.param({"type": "integer", "minimum": 0}, "整数", "不小于 0", id="one bound"),
        pytest.param({"type": ["string", "null"]}, "文字或空", "", id="two types"),
        pytest.param(
            {"type": "array", "minItems": 2, "uniqueItems": True},
            "列表",
            "至少 2 项；各项不重复",
            id="a list",
        ),
        pytest.param({"const": 1}, "选项", "", id="one value only"),
        pytest.param(
            {"type": "string", "format": "local-date"}, "日期（年-月-日）", "", id="a day"
        ),
    ],
)
def test_words(schema, words, bounds):
    assert type_words(schema) == words
    assert limits(schema) == bounds


def test_options_have_their_labels():
    assert options({"enum": [1, 2], "x-labels": {"1": "甲"}}) == ((1, "甲"), (2, "2"))


def test_every_kind_and_code_has_a_page_that_the_navigation_names(schemas):
    pages = handbook(schemas, lambda code: f"-wrong {code}\n+right")
    assert {f"kinds/{kind.name}.md" for kind in KINDS} <= pages.keys()
    assert {f"codes/{code}.md" for code in codes()} <= pages.keys()
    named = []

    def walk(entry):
        if isinstance(entry, str):
            named.append(entry)
        elif isinstance(entry, dict):
            for inner in entry.values():
                walk(inner)
        else:
            for inner in entry:
                walk(inner)

    walk(navigation())
    assert sorted(named) == sorted(pages)
    assert "-wrong SRC-002" in pages["codes/SRC-002.md"]


def test_every_kind_stands_in_one_group():
    names = [name for _, names in KIND_GROUPS for name in names]
    assert sorted(names) == sorted(kind.name for kind in KINDS)


def test_every_family_of_codes_has_a_name():
    assert [family for family, _ in by_family() if family_title(family) == family] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_shows_no_braces(language):
    for code in codes():
        said = page(code, language)
        assert "{" not in said.message + said.hint, code


def test_the_difference_of_a_case(tmp_path):
    for tree, column in (("wrong", "x"), ("right", "tzgg")):
        file = tmp_path / "REF-004" / tree / "content" / "a.yml"
        file.parent.mkdir(parents=True)
        file.write_text(f"title: 题\ncolumn: {column}\n", "utf-8")
    assert difference(tmp_path, "REF-004").splitlines() == [
        "# content/a.yml",
        " title: 题",
        "-column: x",
        "+column: tzgg",
    ]
    assert difference(tmp_path, "REF-999") == ""
