"""The schemas themselves: complete, in Chinese, and each with a true example."""

import re
import subprocess
import sys

import pytest

from generator.emit import to_markdown, to_yaml
from generator.load import KINDS, KINDS_BY_NAME, Form, read_document
from generator.load.kinds import locate
from generator.schema import Schemas, shape_findings
from generator.schema.formats import FORMATS

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


def test_every_format_is_one_of_ours(schemas):
    named = [schema.get("format") for schema in walk(dict(schemas.files))]
    assert {form for form in named if isinstance(form, str)} == set(FORMATS)


def test_a_file_is_read_when_it_is_asked_for(root, tmp_path):
    for name in ("article", "common"):
        file = f"{name}.schema.json"
        (tmp_path / file).write_bytes((root / "schemas" / file).read_bytes())
    (tmp_path / "policy.schema.json").write_text("broken")
    schemas = Schemas.read(tmp_path)
    assert schemas.kinds == ("article", "policy")
    assert not schemas.is_valid("article", {})
    with pytest.raises(ValueError, match="Expecting value"):
        schemas.is_valid("policy", {})


def test_a_schema_may_name_others(schemas):
    """A kind is compiled with the files that it needs, and those with the ones they need."""
    files = {
        "a.schema.json": {"properties": {"x": {"$ref": "b.schema.json#/$defs/y"}}},
        "b.schema.json": {"$defs": {"y": {"allOf": [{"$ref": "c.schema.json"}]}}},
        "c.schema.json": {"type": "integer"},
    }
    assert Schemas(files).is_valid("a", {"x": 1})
    assert not Schemas(files).is_valid("a", {"x": "1"})


def test_the_schema_of_a_place_is_found_once(schemas):
    first = schemas.at("article", ("attachments", 0, "file"))
    assert first["title"]
    assert schemas.at("article", ("attachments", 7, "file")) is first
    assert schemas.at("policy", ("attachments", 0, "file")) is not first
    assert schemas.at("article", ("attachments", "file")) == {}


def test_what_explains_is_not_loaded_before_there_is_something_to_explain(root):
    said = """
        import sys
        from pathlib import Path
        from generator.schema import Schemas
        schemas = Schemas.read(Path("schemas"))
        assert not {"jsonschema", "jsonschema_rs", "referencing", "yaml"} & set(sys.modules)
        schemas.is_valid("article", schemas.of("article")["examples"][0])
        assert not {"jsonschema", "referencing", "yaml"} & set(sys.modules)
    """
    lines = "\n".join(line.strip() for line in said.splitlines())
    subprocess.run([sys.executable, "-c", lines], cwd=root, check=True)


@pytest.mark.parametrize("name", NAMES)
def test_conditions_say_when(name, schemas):
    for rule in schemas.of(name).get("allOf", []):
        for branch in ("then", "else"):
            if branch in rule:
                assert rule[branch].get("description"), rule
