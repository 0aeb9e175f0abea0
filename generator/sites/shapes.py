"""The schemas as pages walk them: each place of a kind resolved once, and then read from memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.rules.kept import kept
from generator.schema import Schemas

__all__ = ["Shape", "Shapes", "shapes_of"]

_NOTHING: dict[str, Any] = {}


class Shape:
    """What the schema says of one place: its title, its words for codes, what may stand below."""

    __slots__ = (
        "_fields", "_file", "_inner", "_public", "_schema", "_schemas", "is_asset", "is_public",
        "is_reference", "labels", "names", "title",
    )  # fmt: skip

    def __init__(self, schemas: Schemas, schema: Mapping[str, Any], file: str) -> None:
        self._schemas = schemas
        self._schema = schema
        self._file = file
        self._inner: dict[str | int, Shape] = {}
        self._fields: tuple[_Field, ...] | None = None
        self._public: tuple[_Field, ...] | None = None
        self.title: str = schema.get("title", "")
        self.labels: Mapping[Any, str] = schema.get("x-labels", _NOTHING)
        self.names: dict[str, None] = dict.fromkeys(schema.get("properties", _NOTHING))
        self.is_asset = "x-asset" in schema
        self.is_public = schema.get("x-public") is not False
        self.is_reference = "x-reference" in schema

    def inner(self, part: str | int) -> Shape:
        """The shape of a field, or of the items of a list; of no fields where none is known."""
        key = 0 if isinstance(part, int) else part
        if key not in self._inner:
            self._inner[key] = self._below(key)
        return self._inner[key]

    def at(self, *parts: str | int) -> Shape:
        """The shape of a place further below."""
        shape = self
        for part in parts:
            shape = shape.inner(part)
        return shape

    def _below(self, part: str | int) -> Shape:
        schema = self._schema
        inner = (
            schema.get("items")
            if isinstance(part, int)
            else schema.get("properties", {}).get(part, schema.get("additionalProperties"))
        )
        resolved: tuple[Mapping[str, Any], str] = (_NOTHING, "")
        if isinstance(inner, dict):
            resolved = self._schemas.resolved(inner, self._file)
        return Shape(self._schemas, *resolved)

    @property
    def fields(self) -> tuple[_Field, ...]:
        """The fields below, in the schema's order: name, title and shape."""
        if self._fields is None:
            below = ((name, self.inner(name)) for name in self.names)
            self._fields = tuple((name, shape.title or name, shape) for name, shape in below)
        return self._fields

    @property
    def public(self) -> tuple[_Field, ...]:
        """The fields below that the public may see."""
        if self._public is None:
            self._public = tuple(row for row in self.fields if row[2].is_public)
        return self._public

    def used_in(self, rows: Iterable[Mapping[str, Any]]) -> list[_Field]:
        """The columns of a table of objects: those fields, seen or not, that any of them holds."""
        used = {name for row in rows for name in row}
        return [row for row in self.fields if row[0] in used]

    def label(self, value: Any) -> str:
        """The Chinese word for a code; the value itself where it has none."""
        return str(self.labels.get(value, value))


_Field = tuple[str, str, Shape]


@kept
def shapes_of(schemas: Schemas) -> Shapes:
    """The shapes of a set of schemas, walked once a process."""
    return Shapes(schemas)


class Shapes:
    """The shapes of every kind of one set of schemas."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._kinds: dict[str, Shape] = {}

    def of(self, kind: str) -> Shape:
        """The shape of a record of a kind."""
        if kind not in self._kinds:
            file = f"{kind}.schema.json"
            resolved = self._schemas.resolved(self._schemas.of(kind), file)
            self._kinds[kind] = Shape(self._schemas, *resolved)
        return self._kinds[kind]
