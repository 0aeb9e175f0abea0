"""A record as rows for people: titles, labels and links instead of keys, codes and ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.load import Pointer
from generator.model import Record
from generator.schema import Schemas
from generator.sites.links import Links

__all__ = ["Cell", "Row", "filled", "rows"]

# What every kind may carry and no reader needs: publishing's own fields.
_OWN = frozenset(
    {
        "attachments", "backdated", "column", "embargo", "formerAddresses", "hash", "outlets",
        "public", "restoreOf", "reviewClass", "submission", "title", "withdrawn",
    }
)  # fmt: skip


# What stands for a record that the public may not see, or not yet: its title is part of it.
_UNSEEN = "（未公开）"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as shown: text, with a link where it names something that has a page."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its title and one of a value, a list, a table, or rows of its own."""

    title: str
    cells: tuple[Cell, ...] = ()
    header: tuple[str, ...] = ()
    table: tuple[tuple[Cell, ...], ...] = ()
    inner: tuple[Row, ...] = ()


def filled(schemas: Schemas, kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values with None for every field that the schema knows and the record leaves out.

    A template may then ask for any field of the schema, and a name the schema lacks is an error.
    """

    def fill(value: Any, pointer: tuple[str | int, ...]) -> Any:
        if isinstance(value, Mapping):
            known = schemas.at(kind, pointer).get("properties", {})
            return {
                **dict.fromkeys(known),
                **{name: fill(inner, (*pointer, name)) for name, inner in value.items()},
            }
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            return [fill(inner, (*pointer, 0)) for inner in value]
        return value

    result: dict[str, Any] = fill(data, ())
    return result


def rows(
    record: Record, schemas: Schemas, links: Links, leave_out: frozenset[str] = frozenset()
) -> tuple[Row, ...]:
    """The record's fields in its schema's order, without those in `leave_out`."""
    return tuple(_Shown(record, schemas, links).rows(record.data, (), _OWN | leave_out))


@dataclass(frozen=True, slots=True)
class _Shown:
    """One record on its way to a reader: each value is read beside its place in the schema."""

    record: Record
    schemas: Schemas
    links: Links

    def _schema(self, pointer: Pointer) -> Mapping[str, Any]:
        return self.schemas.at(self.record.kind, pointer)

    def _public(self, pointer: Pointer, names: Collection[str]) -> dict[str, str]:
        """The titles of what the schema lets be seen below `pointer`, of `names`, in its order."""
        below = self._schema(pointer).get("properties", {})
        inner = {name: self._schema((*pointer, name)) for name in below if name in names}
        return {
            name: str(schema.get("title", name))
            for name, schema in inner.items()
            if schema.get("x-public") is not False
        }

    def rows(
        self, data: Mapping[str, Any], pointer: Pointer, leave_out: frozenset[str] = frozenset()
    ) -> Iterator[Row]:
        """The fields of one object of the record that hold something."""
        for name, title in self._public(pointer, data.keys() - leave_out).items():
            value, inner = data[name], (*pointer, name)
            if value in (None, "", [], {}):
                continue
            if isinstance(value, Mapping):
                yield Row(title, inner=tuple(self.rows(value, inner)))
            elif isinstance(value, list) and isinstance(value[0], Mapping):
                yield self._table(title, value, inner)
            elif isinstance(value, list):
                yield Row(title, tuple(self._cell(each, (*inner, 0)) for each in value))
            else:
                yield Row(title, (self._cell(value, inner),))

    def _table(self, title: str, items: list[Mapping[str, Any]], pointer: Pointer) -> Row:
        titles = self._public((*pointer, 0), {name for item in items for name in item})
        lines = tuple(
            tuple(self._cell(item.get(name), (*pointer, 0, name)) for name in titles)
            for item in items
        )
        return Row(title, header=tuple(titles.values()), table=lines)

    def _cell(self, value: Any, pointer: Pointer) -> Cell:
        if isinstance(value, list):
            cells = [self._cell(each, (*pointer, 0)) for each in value]
            mark = "；" if value and isinstance(value[0], Mapping) else "、"
            return Cell(mark.join(cell.text for cell in cells))
        if isinstance(value, Mapping):
            cells = [self._cell(value[n], (*pointer, n)) for n in self._public(pointer, value)]
            if "alt" in value and "file" in value:
                return Cell(value["alt"], self.links.file(self.record, value["file"]))
            return Cell("，".join(cell.text for cell in cells))
        schema = self._schema(pointer)
        text = _text(value, schema)
        if text and "x-asset" in schema:
            return Cell(text.rpartition("/")[2], self.links.file(self.record, text))
        if text.startswith(("http://", "https://")):
            return Cell(text, text)
        return _reference(self.links, text) if "x-reference" in schema else Cell(text)


def _text(value: Any, schema: Mapping[str, Any]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(schema.get("x-labels", {}).get(value, value))


def _reference(links: Links, name: str) -> Cell:
    if unit := links.corpus.units.get(name):
        return Cell(unit.name, links.unit(unit))
    if record := links.corpus.records.get(name):
        seen = links.listing.is_shown(record)
        return Cell(record.title if seen else _UNSEEN, links.record(record))
    return Cell(name)
