"""The schemas of one repository: read once, compiled twice (to decide, and to explain).

Each file is read, and each kind compiled, when it is first asked for; the library that explains
is only loaded where there is something to explain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.schema.formats import FORMATS
from generator.schema.quick import BASE, compiled

if TYPE_CHECKING:
    import jsonschema
    from jsonschema_rs import Draft202012Validator
    from referencing import Registry

__all__ = ["Schemas"]

_ENDING = ".schema.json"
_AT_END = re.compile(r"(?<!\\)\$")


def _anchored(schema: Any) -> Any:
    """The schema with `$` as the standard has it in patterns: the end of the text alone.

    To Python it is also the place before a last line end, which would let one pass unexplained.
    """
    if isinstance(schema, list):
        return [_anchored(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _AT_END.sub(r"\\Z", part)
        if key == "pattern" and isinstance(part, str)
        else _anchored(part)
        for key, part in schema.items()
    }


class _Folder(Mapping[str, Any]):
    """The schema files of a folder by name, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._paths = {path.name: path for path in sorted(folder.glob("*" + _ENDING))}
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            self._read[name] = json.loads(self._paths[name].read_text("utf-8"))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@dataclass(frozen=True)
class Schemas:
    """Every `*.schema.json` of a folder, by file name."""

    files: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path) -> Schemas:
        """The schemas in `folder`; they belong to the program, so a bad one is our fault."""
        return cls(_Folder(folder))

    def of(self, kind: str) -> dict[str, Any]:
        """The schema of a kind, as its file has it."""
        schema: dict[str, Any] = self.files[kind + _ENDING]
        return schema

    @cached_property
    def _quick(self) -> dict[str, Draft202012Validator]:
        return {}

    @cached_property
    def _known(self) -> dict[tuple[str | int, ...], dict[str, Any]]:
        return {}

    @cached_property
    def _formats(self) -> jsonschema.FormatChecker:
        import jsonschema

        checker = jsonschema.FormatChecker(formats=())
        for name, check in FORMATS.items():
            checker.checks(name)(
                lambda value, check=check: not isinstance(value, str) or check(value)
            )
        return checker

    @cached_property
    def _registry(self) -> Registry[Any]:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        resources = [
            (BASE + name, Resource.from_contents(_anchored(schema), DRAFT202012))
            for name, schema in self.files.items()
        ]
        registry: Registry[Any] = Registry().with_resources(resources)
        return registry

    def is_valid(self, kind: str, value: object) -> bool:
        """Whether `value` is a record of `kind`; the fast answer."""
        validator = self._quick.get(kind)
        if validator is None:
            validator = self._quick[kind] = compiled(self.files, kind + _ENDING)
        return validator.is_valid(value)

    def errors(self, kind: str, value: object) -> Iterator[jsonschema.ValidationError]:
        """Why it is not; the slow answer, for a person."""
        import jsonschema

        validator = jsonschema.Draft202012Validator(
            {"$ref": BASE + kind + _ENDING}, registry=self._registry, format_checker=self._formats
        )
        return validator.iter_errors(value)

    def resolved(self, schema: Mapping[str, Any], file: str) -> tuple[dict[str, Any], str]:
        """A schema with its `$ref` followed, own keywords winning; and the file it stands in."""
        merged = dict(schema)
        while "$ref" in merged:
            target, _, fragment = merged.pop("$ref").partition("#")
            file = target or file
            found = self.files[file]
            for part in fragment.strip("/").split("/"):
                if part:
                    found = found[part]
            merged = {**found, **merged}
        return merged, file

    def at(self, kind: str, pointer: tuple[str | int, ...]) -> dict[str, Any]:
        """The schema that governs the value at `pointer`; empty where none is known.

        All who ask for one place get the same object, the items of a list being one place: nobody
        may change it.
        """
        place = (kind, *(0 if isinstance(part, int) else part for part in pointer))
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = self._at(kind, pointer)
        return found

    def _at(self, kind: str, pointer: tuple[str | int, ...]) -> dict[str, Any]:
        schema, file = self.resolved(self.of(kind), kind + _ENDING)
        for part in pointer:
            inner = (
                schema.get("items")
                if isinstance(part, int)
                else schema.get("properties", {}).get(part, schema.get("additionalProperties"))
            )
            if not isinstance(inner, dict):
                return {}
            schema, file = self.resolved(inner, file)
        return schema

    def properties(self, kind: str) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
        """Every property of a kind, nested ones after their parent; a list's items as `*`.

        A schema that contains itself (a column's children) is entered once.
        """

        def walk(
            schema: Mapping[str, Any], file: str, path: tuple[str, ...], above: tuple[str, ...]
        ) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
            for name, raw in schema.get("properties", {}).items():
                yield from enter(raw, file, (*path, name), above)
            if isinstance(items := schema.get("items"), dict):
                merged, inner_file = self.resolved(items, file)
                if "properties" in merged and items.get("$ref", "") not in above:
                    inner_above = (*above, items["$ref"]) if "$ref" in items else above
                    yield from walk(merged, inner_file, (*path, "*"), inner_above)

        def enter(
            raw: Mapping[str, Any], file: str, path: tuple[str, ...], above: tuple[str, ...]
        ) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
            merged, inner_file = self.resolved(raw, file)
            yield path, merged
            yield from walk(merged, inner_file, path, above)

        yield from walk(self.of(kind), kind + _ENDING, (), ())

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that have a schema, in alphabetical order."""
        names = (name.removesuffix(_ENDING) for name in self.files)
        return tuple(sorted(name for name in names if name != "common"))
