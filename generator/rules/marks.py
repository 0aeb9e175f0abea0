"""Fields that name something outside their record: where a schema keyword marks values.

The schemas are walked once a kind, into a graph that holds only the branches with a mark in them;
a record is then walked along that graph, so that a record costs what it names, not what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.corpus import Corpus
from generator.load import Pointer
from generator.model import Record
from generator.rules.kept import kept
from generator.schema import Schemas

__all__ = ["Mark", "Marks", "marked"]


class Mark(NamedTuple):
    """A marked value of one record, the schema that marks it, and the group it stands in."""

    pointer: Pointer
    value: str
    schema: Mapping[str, Any]
    holder: Mapping[str, Any]


@dataclass(slots=True, eq=False)
class _Node:
    """A place of a schema; a schema that contains itself gives a graph with a loop."""

    schema: Mapping[str, Any]
    marked: bool = False
    properties: dict[str, _Node] = field(default_factory=dict)
    items: _Node | None = None

    def leads(self, seen: set[int]) -> bool:
        """Whether a mark stands here or below."""
        if self.marked:
            return True
        if id(self) in seen:
            return False
        seen.add(id(self))
        below = [*self.properties.values(), *([self.items] if self.items else [])]
        return any(node.leads(seen) for node in below)

    def prune(self, seen: set[int]) -> None:
        """Drops what leads to no mark."""
        if id(self) in seen:
            return
        seen.add(id(self))
        self.properties = {k: node for k, node in self.properties.items() if node.leads(set())}
        if self.items is not None and not self.items.leads(set()):
            self.items = None
        for node in (*self.properties.values(), *([self.items] if self.items else [])):
            node.prune(seen)


class Marks:
    """The values of records that the schema keyword `keyword` marks."""

    def __init__(self, schemas: Schemas, keyword: str) -> None:
        self._schemas = schemas
        self._keyword = keyword
        self._kinds: dict[str, _Node] = {}

    def of(self, kind: str, data: Mapping[str, Any]) -> Sequence[Mark]:
        """Every marked string of a record of `kind`, in no promised order."""
        node = self._kinds.get(kind)
        if node is None:
            node = self._node(self._schemas.of(kind), kind + ".schema.json", {})
            node.prune(set())
            self._kinds[kind] = node
        found: list[Mark] = []
        if node.properties:
            _take(node, data, (), found)
        return found

    def _node(self, raw: Mapping[str, Any], file: str, known: dict[str, _Node]) -> _Node:
        schema, inner = self._schemas.resolved(raw, file)
        name = f"{file}:{raw['$ref']}" if set(raw) == {"$ref"} else ""
        if name in known:
            return known[name]
        node = _Node(schema, marked=self._keyword in schema)
        if name:
            known[name] = node
        for key, value in schema.get("properties", {}).items():
            if isinstance(value, dict):
                node.properties[key] = self._node(value, inner, known)
        if isinstance(items := schema.get("items"), dict):
            node.items = self._node(items, inner, known)
        return node


def _take(node: _Node, group: Mapping[str, Any], pointer: Pointer, found: list[Mark]) -> None:
    """Adds the marked values of a group of keys."""
    for key, inner in node.properties.items():
        if key in group:
            _take_value(inner, group[key], (*pointer, key), group, found)


def _take_value(
    node: _Node, value: Any, pointer: Pointer, holder: Mapping[str, Any], found: list[Mark]
) -> None:
    if isinstance(value, str):
        if node.marked:
            found.append(Mark(pointer, value, node.schema, holder))
    elif isinstance(value, list):
        if node.items is not None:
            for index, each in enumerate(value):
                _take_value(node.items, each, (*pointer, index), holder, found)
    elif isinstance(value, Mapping):
        _take(node, value, pointer, found)


@kept
def marks_of(schemas: Schemas, keyword: str) -> Marks:
    """The marks of one keyword, whose graphs are built once."""
    return Marks(schemas, keyword)


@kept
def marked(corpus: Corpus, keyword: str) -> tuple[tuple[Record, Mark], ...]:
    """Every marked value of the subjects, walked once for all rules that ask."""
    marks = marks_of(corpus.schemas, keyword)
    return tuple(
        (record, mark)
        for record in corpus.subjects.values()
        for mark in marks.of(record.kind, record.data)
    )
