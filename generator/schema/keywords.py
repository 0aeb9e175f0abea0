"""The keywords of JSON Schema → codes and values: one function a keyword that can be broken.

Each picks a code and fills the values its sentence names from the schema's own Chinese title,
description and example.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from generator.load import Pointer
from generator.schema.store import Schemas

if TYPE_CHECKING:
    from jsonschema import ValidationError

__all__ = ["HANDLERS", "Fault", "field_name", "other"]

# code, pointer, whether the place is the key's, values
Fault = tuple[str, Pointer, bool, dict[str, Any]]

_TYPES: Mapping[str, dict[str, str]] = {
    "string": {"zh": "文字", "en": "text"},
    "integer": {"zh": "整数", "en": "a whole number"},
    "number": {"zh": "数字", "en": "a number"},
    "boolean": {"zh": "true 或 false", "en": "true or false"},
    "array": {"zh": "列表（每项一行，以减号开头）", "en": "a list"},
    "object": {"zh": "一组“字段名: 内容”", "en": "a group of keys"},
    "null": {"zh": "空", "en": "nothing"},
    "quoted": {"zh": "加引号的文字", "en": "a text in quotes"},
}
_SHOWN = 60
_CLOSENESS = 0.7


def _schema(error: ValidationError) -> Mapping[str, Any]:
    """The schema that the error came from; jsonschema types it loosely."""
    return error.schema if isinstance(error.schema, Mapping) else {}


def _asked(error: ValidationError) -> Any:
    """The value of the keyword that was not met."""
    return error.validator_value


def field_name(schemas: Schemas, kind: str, pointer: Pointer) -> str:
    """A field by its Chinese title and its key: `发布时间（publishedAt）`."""
    if not pointer:
        return str(schemas.of(kind)["title"])
    names = [str(part) for part in pointer if isinstance(part, str)]
    title = schemas.at(kind, pointer).get("title", "")
    key = names[-1] if names else ""
    numbers = "".join(f"第{part + 1}项" for part in pointer if isinstance(part, int))
    if not title:
        return key
    return f"{title}（{key}{numbers}）"


def _required(schemas: Schemas, kind: str, error: ValidationError) -> Iterator[Fault]:
    assert isinstance(error.instance, dict)
    pointer: Pointer = tuple(error.absolute_path)
    # One error per missing name; jsonschema quotes the name at the front of its message.
    asked = _asked(error)
    if isinstance(asked, Mapping):  # of `dependentRequired`: a key asks for others
        asked = [name for names in asked.values() for name in names]
    name = next(n for n in asked if error.message.startswith(repr(n)))
    inner = schemas.at(kind, (*pointer, name))
    values = {
        "name": name,
        "title": inner.get("title", name),
        "description": inner.get("description", ""),
        "example": _example(inner),
    }
    if isinstance(_asked(error), Mapping):
        given = [key for key, names in _asked(error).items() if name in names]
        told = [
            field_name(schemas, kind, (*pointer, key)) for key in given if key in error.instance
        ]
        when = {"zh": f"填写了{'、'.join(told)}", "en": f"{', '.join(told)} is given"}
        yield "SCH-010", pointer, False, {**values, "when": when}
    elif "then" in error.absolute_schema_path or "else" in error.absolute_schema_path:
        yield "SCH-010", pointer, False, {**values, "when": _condition(schemas, kind, error)}
    else:
        yield "SCH-001", pointer, False, values


def _condition(schemas: Schemas, kind: str, error: ValidationError) -> str:
    schema: Any = schemas.of(kind)
    said = ""
    for part in error.absolute_schema_path:
        if isinstance(schema, dict) and "$ref" in schema and part not in schema:
            schema, _ = schemas.resolved(schema, kind + ".schema.json")
        try:
            schema = schema[part]
        except (KeyError, IndexError, TypeError):
            break
        if part in {"then", "else"} and isinstance(schema, dict):
            said = schema.get("description", said)
    return said


def _unknown(schemas: Schemas, kind: str, error: ValidationError) -> Iterator[Fault]:
    assert isinstance(error.instance, dict)
    pointer: Pointer = tuple(error.absolute_path)
    governing = schemas.at(kind, pointer) or _schema(error)
    known = governing.get("properties", {})
    patterns = governing.get("patternProperties", {})
    absent = {_plain(name): name for name in known if name not in error.instance}
    titles = {schemas.at(kind, (*pointer, name)).get("title", name): name for name in known}
    for name in error.instance:
        if name in known or any(re.search(pattern, name) for pattern in patterns):
            continue
        near = [absent[word] for word in get_close_matches(_plain(name), absent, 1, _CLOSENESS)]
        if titles.get(name, name) not in error.instance:
            near = [titles[name]]
        yield (
            "SCH-003" if near else "SCH-002",
            (*pointer, name),
            True,
            {"name": name, "near": near[0] if near else "", "known": list(known)},
        )


def _plain(name: str) -> str:
    """A key without what people get wrong first: `Published_At` is near `publishedAt`."""
    return name.lower().replace("_", "").replace("-", "")


def _type(schemas: Schemas, kind: str, error: ValidationError) -> Iterator[Fault]:
    pointer: Pointer = tuple(error.absolute_path)
    inner = schemas.at(kind, pointer)
    if error.instance is None:
        yield "SCH-005", pointer, True, {"example": _example(inner)}
        return
    wanted = _asked(error)
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = {
        language: ("或" if language == "zh" else " or ").join(_TYPES[n][language] for n in names)
        for language in ("zh", "en")
    }
    yield (
        "SCH-004",
        pointer,
        False,
        {"expected": expected, "value": _shown(error.instance), "example": _example(inner)},
    )


def _enum(schemas: Schemas, kind: str, error: ValidationError) -> Iterator[Fault]:
    pointer: Pointer = tuple(error.absolute_path)
    if error.instance is None:
        example = _example(schemas.at(kind, pointer))
        yield "SCH-005", pointer, True, {"example": example}
        return
    labels = _schema(error).get("x-labels", {})
    codes = _schema(error).get("enum", [])
    options = [
        f"{code}（{labels[str(code)]}）" if str(code) in labels else str(code) for code in codes
    ]
    alike = [code for code in codes if str(code) == str(error.instance)]
    if alike:  # 7 where "7" is asked, or the other way round
        yield (
            "SCH-004",
            pointer,
            False,
            {
                "expected": _TYPES["integer" if isinstance(alike[0], int) else "quoted"],
                "value": _shown(error.instance),
                "example": _example(schemas.at(kind, pointer)),
            },
        )
        return
    by_label = {label: code for code, label in labels.items()}
    near = by_label.get(str(error.instance), "")
    values = {"value": _shown(error.instance), "options": options, "near": near}
    yield "SCH-007" if near else "SCH-006", pointer, False, values


def _pattern(schemas: Schemas, kind: str, error: ValidationError) -> Iterator[Fault]:
    pointer: Pointer = tuple(error.absolute_path)
    inner = schemas.at(kind, pointer) or _schema(error)
    values = {
        "value": _shown(error.instance),
        "description": inner.get("description", ""),
        "example": _example(inner),
    }
    yield "SCH-009" if error.validator == "format" else "SCH-008", pointer, False, values


def _size(schemas: Schemas, kind: str, error: ValidationError) -> Iterator[Fault]:
    limits = {
        "minLength": ("SCH-011", {"zh": "至少 {n} 个字", "en": "at least {n} characters"}),
        "maxLength": ("SCH-011", {"zh": "最多 {n} 个字", "en": "at most {n} characters"}),
        "minItems": ("SCH-012", {"zh": "至少 {n} 项", "en": "at least {n} items"}),
        "maxItems": ("SCH-012", {"zh": "最多 {n} 项", "en": "at most {n} items"}),
        "uniqueItems": ("SCH-012", {"zh": "各项不能重复", "en": "no item twice"}),
        "minProperties": ("SCH-012", {"zh": "至少 {n} 项", "en": "at least {n} keys"}),
        "minimum": ("SCH-013", {"zh": "不小于 {n}", "en": "at least {n}"}),
        "maximum": ("SCH-013", {"zh": "不大于 {n}", "en": "at most {n}"}),
        "exclusiveMinimum": ("SCH-013", {"zh": "大于 {n}", "en": "more than {n}"}),
        "exclusiveMaximum": ("SCH-013", {"zh": "小于 {n}", "en": "less than {n}"}),
        "multipleOf": ("SCH-013", {"zh": "{n} 的整倍数", "en": "a multiple of {n}"}),
    }
    code, said = limits[str(error.validator)]
    limit = {lang: text.format(n=_asked(error)) for lang, text in said.items()}
    size: object = error.instance
    if isinstance(error.instance, (str, list, dict)):
        size = len(error.instance)
    yield code, tuple(error.absolute_path), False, {"limit": limit, "actual": _shown(size)}


def _choice(schemas: Schemas, kind: str, error: ValidationError) -> Iterator[Fault]:
    pointer: Pointer = tuple(error.absolute_path)
    options = [
        option.get("title")
        or option.get("description")
        or "、".join(
            field_name(schemas, kind, (*pointer, key)) for key in option.get("required", [])
        )
        for option in _asked(error)
        if isinstance(option, dict)
    ]
    values = {
        "value": _shown(error.instance),
        "options": [str(option) for option in options if option],
        "description": _schema(error).get("description", ""),
    }
    yield "SCH-014", pointer, False, values


def other(schemas: Schemas, kind: str, error: ValidationError) -> Iterator[Fault]:
    pointer: Pointer = tuple(error.absolute_path)
    described = _condition(schemas, kind, error) or schemas.at(kind, pointer).get("description", "")
    whole = isinstance(error.instance, dict) and described
    values = {"value": described if whole else _shown(error.instance), "description": described}
    yield "SCH-015", pointer, False, values


def _example(schema: Mapping[str, Any]) -> str:
    examples = schema.get("examples") or [""]
    return _shown(examples[0])


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


HANDLERS: Mapping[str, Callable[[Schemas, str, ValidationError], Iterator[Fault]]] = {
    "required": _required,
    "dependentRequired": _required,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "format": _pattern,
    **dict.fromkeys(
        (
            "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties",
            "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        ),
        _size,
    ),
    "anyOf": _choice,
    "oneOf": _choice,
}  # fmt: skip
