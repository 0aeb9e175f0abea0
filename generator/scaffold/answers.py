"""Texts → values: what was typed, or given by `--set`, read as the type of its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from generator.load import Pointer, read_yaml
from generator.reference.words import options
from generator.schema import Schemas

__all__ = ["AnswerError", "dotted", "given_values", "typed"]

_YES = {"是": True, "true": True, "yes": True, "y": True}
_NO = {"否": False, "false": False, "no": False, "n": False}


class AnswerError(ValueError):
    """What was given on the command line cannot be understood; the text says why, in Chinese."""


def dotted(pointer: Pointer) -> str:
    """The pointer as `--set` takes it."""
    return ".".join(str(part) for part in pointer)


def typed(text: str, schema: Mapping[str, Any]) -> object:
    """The text as the field's type; what does not read as it stays text, for the schema to refuse.

    >>> typed("12", {"type": "integer"}), typed("原创", {"enum": ["a"], "x-labels": {"a": "原创"}})
    (12, 'a')
    """
    for value, label in options(schema):
        if text in (str(value), label):
            return value
    names = schema.get("type", ())
    names = (names,) if isinstance(names, str) else names
    if "null" in names and text in ("", "null"):
        return None
    if "boolean" in names:
        return {**_YES, **_NO}.get(text.lower(), text)
    if "array" in names or "object" in names:
        return _flow(text, schema)
    if "integer" in names or "number" in names:
        number = read_yaml(f"- {text}").value
        if isinstance(number, list) and isinstance(number[0], (int, float)):
            return number[0]
    return text


def _flow(text: str, schema: Mapping[str, Any]) -> object:
    """A list or a group, written as YAML or JSON in one line; a list of one may be bare."""
    if not text.startswith(("[", "{")):
        return [text] if schema.get("type") == "array" and text else []
    parsed = read_yaml(f"- {text}")
    if parsed.problems:
        raise AnswerError(f"看不懂 {text}：列表写成 [甲, 乙]，一组字段写成 {{name: 甲}}。")
    return parsed.value[0]


def given_values(schemas: Schemas, kind: str, pairs: Iterable[str]) -> dict[str, Any]:
    """The values of `--set key=value` as one record in the making.

    A key may lead inwards (`contact.phone`, `columns.0.title`); a list given twice grows.
    Errors: AnswerError for a pair without `=`, and for a key that leads to no field.
    """
    record: dict[str, Any] = {}
    for pair in pairs:
        key, mark, text = pair.partition("=")
        if not mark:
            raise AnswerError(f"--set {pair} 少了等号，应写成 --set 字段=内容。")
        pointer: Pointer = tuple(
            int(part) if part.isdigit() else part for part in key.strip().split(".")
        )
        schema = schemas.at(kind, pointer)
        if not schema:
            raise AnswerError(f"没有 {key} 这个字段。用 gongkai schema {kind} 查看全部字段。")
        value = typed(text.strip(), schema)
        _put(record, pointer, value, grow=schema.get("type") == "array")
    return record


def _put(record: Any, pointer: Pointer, value: object, *, grow: bool) -> None:
    """Puts a value at a pointer, making what lies on the way."""
    place = record
    for part, after in pairwise(pointer):
        fresh: object = [] if isinstance(after, int) else {}
        if isinstance(part, int):
            place += [{} for _ in range(part + 1 - len(place))]
            place = place[part]
        else:
            place = place.setdefault(part, fresh)
    last = pointer[-1]
    if isinstance(last, int):
        place += [None] * (last + 1 - len(place))
    if grow and isinstance(place, dict) and isinstance(place.get(str(last)), list):
        place[str(last)] += value
    else:
        place[last] = value
