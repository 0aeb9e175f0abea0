"""A sound record with one thing changed: never a crash, and a real fault is never missed."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.diagnostics.catalogue import LANGUAGES, hint, message
from generator.emit import to_markdown, to_yaml
from generator.load import KINDS, Form, read_document
from generator.load.kinds import locate
from generator.schema import Schemas, shape_findings
from tests.conftest import ROOT
from tests.robustness.test_any_bytes import path_of

SCHEMAS = Schemas.read(ROOT / "schemas")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["", " ", "\n", "a\n", "甲" * 600, "😀", "https://x", "2026-02-30", "是", "true", "007"]
)
LEAVES = TEXTS | st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(-1e9, 1e9)
STRANGE = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def deep(levels):
    """A value nested as deep as a file may be."""
    value = "底"
    for level in range(levels):
        value = [value] if level % 2 else {"层": value}
    return value


def pointers(value, at=()):
    """Every place within a value."""
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from pointers(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from pointers(inner, (*at, index))


def parent_of(record, pointer):
    """The container that holds the place."""
    for part in pointer[:-1]:
        record = record[part]
    return record


@st.composite
def mutated(draw, kind):
    """An example with a key dropped, added, renamed, or a value replaced, once or twice."""
    record = copy.deepcopy(draw(st.sampled_from(SCHEMAS.of(kind.name)["examples"])))
    for _ in range(draw(st.integers(1, 2))):
        places = [place for place in pointers(record) if place]
        if not places:
            break
        pointer = draw(st.sampled_from(places))
        holder, last = parent_of(record, pointer), pointer[-1]
        change = draw(st.sampled_from(["drop", "replace", "add", "rename", "nest", "double"]))
        if change == "drop":
            del holder[last]
        elif change == "replace":
            holder[last] = draw(STRANGE)
        elif change == "nest":
            holder[last] = deep(draw(st.integers(1, 20)))
        elif isinstance(holder, list):
            holder.append(copy.deepcopy(holder[last]) if change == "double" else draw(STRANGE))
        elif change == "rename":
            holder[draw(TEXTS)] = holder.pop(last)
        else:
            holder[draw(TEXTS)] = draw(STRANGE)
    return record


def read(kind, record):
    """The record written as a file, and read again."""
    path = path_of(kind)
    text = to_markdown(record, "正文。") if kind.form is Form.MARKDOWN else to_yaml(record)
    return read_document(path, text.encode(), locate(path))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutations(kind, data):
    record = data.draw(mutated(kind))
    document, problems = read(kind, record)
    if document is None:
        assert problems
        return
    findings = shape_findings(document, SCHEMAS)
    is_valid = SCHEMAS.is_valid(kind.name, document.value)
    assert (not findings) == is_valid
    assert is_valid == (not list(SCHEMAS.errors(kind.name, document.value))), (
        "two validators differ"
    )
    lines = document.text.count("\n") + document.text_line
    for finding in findings:
        assert 1 <= finding.place.line <= lines
        for language in LANGUAGES:
            assert message(finding, language)
            assert hint(finding, language)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_required_key_is_missed(kind):
    for example in SCHEMAS.of(kind.name)["examples"]:
        for name in SCHEMAS.of(kind.name).get("required", []):
            record = {key: value for key, value in example.items() if key != name}
            document, _ = read(kind, record or {"x": 1})
            told = {
                (f.code, f.values["name"])
                for f in shape_findings(document, SCHEMAS)
                if "name" in f.values
            }
            assert ("SCH-001", name) in told


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_key_misspelt_is_found_and_guessed(kind):
    (example, *_) = SCHEMAS.of(kind.name)["examples"]
    for name in example:
        if len(name) < 5:
            continue
        record = {
            key if key != name else key[:2] + key[3] + key[2] + key[4:]: value
            for key, value in example.items()
        }
        if set(record) == set(example):
            continue
        document, _ = read(kind, record)
        findings = [f for f in shape_findings(document, SCHEMAS) if f.code == "SCH-003"]
        assert [f.values["near"] for f in findings] == [name]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_key_of_the_wrong_type_is_found(kind):
    (example, *_) = SCHEMAS.of(kind.name)["examples"]
    for name, value in example.items():
        wrong = ["x"] if not isinstance(value, list) else "x"
        document, _ = read(kind, {**example, name: wrong})
        findings = shape_findings(document, SCHEMAS)
        assert findings, name
        assert any(
            f.place == document.place((name,)) or f.place == document.place((name, 0))
            for f in findings
        ), name
