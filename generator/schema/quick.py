"""The schema of one kind → a compiled validator that says yes or no.

A kind is compiled when its first record comes, with the files that its schema names and no
others: a command that looks at one record does not wait for the schemas of the other kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from generator.schema.formats import PATTERNS

if TYPE_CHECKING:  # the library is loaded with the first schema
    from jsonschema_rs import Draft202012Validator

__all__ = ["BASE", "compiled"]

BASE = "https://gongkai.invalid/schemas/"


def compiled(files: Mapping[str, Any], name: str) -> Draft202012Validator:
    """The validator of the schema in the file `name`."""
    import jsonschema_rs

    needed: dict[str, Any] = {}
    asked = [name]
    while asked:
        file = asked.pop()
        if file not in needed:
            needed[file] = files[file]
            asked += _named(needed[file])
    registry = jsonschema_rs.Registry(
        [(BASE + file, _spelt_out(schema)) for file, schema in needed.items()]
    )
    return jsonschema_rs.Draft202012Validator({"$ref": BASE + name}, registry=registry)


def _named(schema: Any) -> Iterator[str]:
    """The other files that a schema refers to."""
    if isinstance(schema, list):
        for part in schema:
            yield from _named(part)
    elif isinstance(schema, dict):
        for key, part in schema.items():
            if key == "$ref" and isinstance(part, str):
                file, _, _ = part.partition("#")
                if file:
                    yield file
            else:
                yield from _named(part)


def _spelt_out(schema: Any) -> Any:
    """The schema with the pattern of each of our formats in its place."""
    if isinstance(schema, list):
        return [_spelt_out(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    spelt = {key: _spelt_out(part) for key, part in schema.items()}
    if isinstance(form := schema.get("format"), str) and form in PATTERNS:
        spelt["allOf"] = [*spelt.get("allOf", ()), {"pattern": PATTERNS[form]}]
    return spelt
