"""Tables of counts, such as the cells of an annual report: offered as a whole, 0 to begin with."""

from __future__ import annotations

from collections.abc import Iterator

from generator.load import Pointer
from generator.schema import Schemas

__all__ = ["counts", "zero"]


def counts(schemas: Schemas, kind: str, at: Pointer) -> Iterator[Pointer]:
    """The cells of a group that holds counts and nothing else; none for any other group."""
    cells: list[Pointer] = []
    for name in schemas.at(kind, at).get("required", ()):
        schema = schemas.at(kind, (*at, name))
        if schema.get("type") == "object":
            inner = list(counts(schemas, kind, (*at, name)))
            if not inner:
                return
            cells += inner
        elif schema.get("type") in ("integer", "number") and schema.get("minimum", 0) <= 0:
            cells.append((*at, name))
        else:
            return
    yield from cells


def zero(schemas: Schemas, kind: str, at: Pointer) -> object:
    """The same group with 0 in every cell."""
    schema = schemas.at(kind, at)
    if schema.get("type") != "object":
        return 0
    return {name: zero(schemas, kind, (*at, name)) for name in schema.get("required", ())}
