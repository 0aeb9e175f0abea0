"""The fields of a kind, one row each: the one source of every table and page about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.reference.words import example_of, limits, options, type_words
from generator.schema import Schemas

__all__ = ["Field", "conditions", "fields"]

REQUIRED, CONDITIONAL, OPTIONAL = "必填", "有条件", "选填"


@dataclass(frozen=True, slots=True)
class Field:
    """One field as a clerk meets it."""

    path: str  # `contact.phone`; `columns[].id` for the items of a list
    title: str
    need: str  # REQUIRED, CONDITIONAL or OPTIONAL
    form: str
    limits: str
    options: tuple[tuple[Any, str], ...]
    description: str
    example: Any
    public: bool

    @property
    def depth(self) -> int:
        """0 for a field of the record itself."""
        return self.path.count(".")


def fields(schemas: Schemas, kind: str) -> Iterator[Field]:
    """The fields of a kind in schema order, inner ones after the field that holds them."""
    asked_sometimes = _asked_sometimes(schemas, kind)
    for path, schema in schemas.properties(kind):
        pointer = tuple(0 if part == "*" else part for part in path)
        above = schemas.at(kind, pointer[:-1])
        need = OPTIONAL
        if path[-1] in above.get("required", ()):
            need = REQUIRED
        elif len(path) == 1 and path[0] in asked_sometimes:
            need = CONDITIONAL
        items = schemas.at(kind, (*pointer, 0)) if "items" in schema else None
        yield Field(
            path=".".join(path).replace(".*", "[]"),
            title=schema.get("title", path[-1]),
            need=need,
            form=type_words(schema, items),
            limits=limits(schema),
            options=options(schema) or options(items or {}),
            description=schema.get("description", ""),
            example=example_of(schema),
            public=schema.get("x-public", True),
        )


def conditions(schemas: Schemas, kind: str) -> list[str]:
    """What a record of the kind must hold in some cases, a sentence each."""
    rows = schemas.of(kind).get("allOf", ())
    branches = (row.get(part, {}) for row in rows for part in ("then", "else"))
    return [branch["description"] for branch in branches if "description" in branch]


def _asked_sometimes(schemas: Schemas, kind: str) -> set[str]:
    return {
        name
        for row in schemas.of(kind).get("allOf", ())
        for part in ("then", "else")
        for name in row.get(part, {}).get("required", ())
    }
