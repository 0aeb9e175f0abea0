"""The schemas themselves: complete, in Chinese, and each with a true example."""

import re

import pytest

from generator.emit import to_markdown, to_yaml
from generator.load import KINDS, KINDS_BY_NAME, Form, read_document
from generator.load.kinds import locate
from generator.schema import shape_findings

NAMES = [kind.name for kind in KINDS]


def example_path(kind):
    """A path where a record of the kind may stand."""
    return kind.pattern.replace("<单位>", "tax").replace("<年份>", "2026").replace("<编号>", "a")


def test_every_kind_has_a_schema_and_no_schema_lacks_a_kind(schemas):
    assert list(schemas.kinds) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_example_of_a_record_is_valid(name, schemas):
    examples = schemas.of(name)["examples"]
    assert examples
    for example in examples:
        assert schemas.is_valid(name, example)
        assert list(schemas.errors(name, example)) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_example_written_as_a_file_reads_back_clean(name, schemas):
    kind = KINDS_BY_NAME[name]
    path = example_path(kind)
    for example in schemas.of(name)["examples"]:
        text = to_markdown(example, "正文。") if kind.form is Form.MARKDOWN else to_yaml(example)
        document, findings = read_document(path, text.encode(), locate(path))
        assert findings == []
        assert document.value == example
        assert shape_findings(document, schemas) == []


@pytest.mark.parametrize("name", [*NAMES, "common"])
def test_every_property_is_told_to_a_clerk(name, schemas):
    chinese = re.compile(r"[一-鿿]")
    for pointer, schema in schemas.properties(name):
        where = ".".join(pointer)
        assert chinese.search(schema.get("title", "")), where
        assert chinese.search(schema.get("description", "")), where
        assert schema.get("examples"), where
        labels = schema.get("x-labels")
        if labels is not None:
            options = schema["items"]["enum"] if "items" in schema else schema["enum"]
            assert set(labels) == {str(option) for option in options}, where
            assert len(set(labels.values())) == len(labels), f"{where}: two codes, one word"


@pytest.mark.parametrize("name", NAMES)
def test_every_example_of_a_property_is_valid(name, schemas):
    """The example shown in a sentence is one that the check would take."""
    checker = schemas.of(name)["properties"]
    for key in checker:
        for example in schemas.at(name, (key,)).get("examples", []):
            bad = [
                error
                for error in schemas.errors(name, {key: example})
                if error.absolute_path and error.absolute_path[0] == key
            ]
            assert bad == [], (key, [error.message for error in bad])


def walk(value):
    """Every schema within a schema."""
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key not in {"examples", "x-labels", "enum", "const"}:
                yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def test_patterns_are_whole_and_alike_in_every_engine(schemas):
    for schema in walk(dict(schemas.files)):
        pattern = schema.get("pattern")
        if isinstance(pattern, str) and pattern != "\\S":
            assert pattern[0] + pattern[-1] == "^$", pattern
            assert not re.search(r"\\[dDwWbB]", pattern), f"{pattern}: engines differ"


@pytest.mark.parametrize("name", NAMES)
def test_conditions_say_when(name, schemas):
    for rule in schemas.of(name).get("allOf", []):
        for branch in ("then", "else"):
            if branch in rule:
                assert rule[branch].get("description"), rule
