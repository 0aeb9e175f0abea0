"""A complete record of a kind with a comment at every field: a file that a clerk can copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.emit import to_yaml
from generator.load import KINDS_BY_NAME, Form, Pointer
from generator.reference.words import example_of, options
from generator.schema import Schemas

__all__ = ["annotated", "example_record"]

_BODY = "正文从这里开始，用 Markdown 书写；小标题用 ## 开头，附件和图片用相对路径。"
_OTHERS = "# 以下字段按需要填写：去掉行首的“# ”，再改内容。\n"
_SHOWN_OPTIONS = 12


def example_record(schemas: Schemas, kind: str) -> dict[str, Any]:
    """The record that the schema itself gives as an example."""
    record: dict[str, Any] = example_of(schemas.of(kind))
    return record


def annotated(schemas: Schemas, kind: str) -> str:
    """The example record as its file would read, each field with its title and description.

    In a list only the first item is annotated. Fields that the example leaves out follow as
    comments. The text is a valid record as it stands.
    """
    record = example_record(schemas, kind)
    text = to_yaml(record, dict(_comments(schemas, kind, (), record)))
    properties = {name: schemas.at(kind, (name,)) for name in schemas.of(kind)["properties"]}
    others = {
        name: example_of(schema)
        for name, schema in properties.items()
        if name not in record and "examples" in schema
    }
    if others:
        lines = to_yaml(others, dict(_comments(schemas, kind, (), others))).splitlines()
        text += _OTHERS + "".join(f"# {line}\n" for line in lines)
    if KINDS_BY_NAME[kind].form is Form.MARKDOWN:
        return f"---\n{text}---\n\n{_BODY}\n"
    return text


def _comments(
    schemas: Schemas, kind: str, at: Pointer, value: object
) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            schema = schemas.at(kind, (*at, key))
            if schema:
                yield (*at, key), _said(schema)
            yield from _comments(schemas, kind, (*at, key), inner)
    elif isinstance(value, list) and value:
        yield from _comments(schemas, kind, (*at, 0), value[0])


def _said(schema: Mapping[str, Any]) -> str:
    said = f"{schema.get('title', '')}：{schema.get('description', '')}"
    words = [f"{code} {label}" for code, label in options(schema) if str(code) != label]
    if words and len(words) <= _SHOWN_OPTIONS:
        said += f"可填：{'、'.join(words)}。"
    return said
