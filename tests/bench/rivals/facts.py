"""A record's fields as a template prints them without knowing the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model import Record
from generator.schema import Schemas

__all__ = ["facts_of"]

_LEFT_OUT = frozenset(
    {
        "attachments", "author", "backdated", "column", "editor", "embargo", "formerAddresses",
        "image", "keywords", "outlets", "public", "publishedAt", "source", "submission", "summary",
        "title", "withdrawn",
    }
)  # fmt: skip


def facts_of(record: Record, schemas: Schemas) -> list[dict[str, Any]]:
    """The public fields in the schema's order, as rows of a title and what stands beside it.

    A row has one of `text`, `list` (of texts), `facts` (rows again) and `rows` (of texts, the
    first of them the titles).
    """
    data = {name: value for name, value in record.data.items() if name not in _LEFT_OUT}
    return _facts(schemas, record.kind, data, ())


def _facts(
    schemas: Schemas, kind: str, data: Mapping[str, Any], at: tuple[str | int, ...]
) -> list[dict[str, Any]]:
    found = []
    for name, title in _titles(schemas, kind, at, data).items():
        value, here = data[name], (*at, name)
        if value in (None, "", [], {}):
            continue
        if isinstance(value, Mapping):
            row: dict[str, Any] = {"facts": _facts(schemas, kind, value, here)}
        elif isinstance(value, list) and isinstance(value[0], Mapping):
            row = {"rows": _rows(schemas, kind, value, here)}
        elif isinstance(value, list):
            row = {"list": [_text(schemas, kind, each, (*here, 0)) for each in value]}
        else:
            row = {"text": _text(schemas, kind, value, here)}
        found.append({"title": title, **row})
    return found


def _rows(
    schemas: Schemas, kind: str, items: list[Mapping[str, Any]], at: tuple[str | int, ...]
) -> list[list[str]]:
    titles = _titles(schemas, kind, (*at, 0), {name: None for item in items for name in item})
    cells = [
        [_text(schemas, kind, item.get(name), (*at, 0, name)) for name in titles] for item in items
    ]
    return [list(titles.values()), *cells]


def _titles(
    schemas: Schemas, kind: str, at: tuple[str | int, ...], names: Mapping[str, Any]
) -> dict[str, str]:
    """The titles of those of `names` that the public may see."""
    below = schemas.at(kind, at).get("properties", {})
    inner = {name: schemas.at(kind, (*at, name)) for name in below if name in names}
    return {
        name: str(schema.get("title", name))
        for name, schema in inner.items()
        if schema.get("x-public") is not False
    }


def _text(schemas: Schemas, kind: str, value: Any, at: tuple[str | int, ...]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        titles = _titles(schemas, kind, at, value)
        return "，".join(_text(schemas, kind, value[name], (*at, name)) for name in titles)
    if isinstance(value, list):
        return "、".join(_text(schemas, kind, each, (*at, 0)) for each in value)
    return str(schemas.at(kind, at).get("x-labels", {}).get(value, value))
