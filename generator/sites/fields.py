"""A record as rows for people: titles, labels and links instead of keys, codes and ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    return tuple(_rows(record, schemas, links, record.data, (), _OWN | leave_out))


def _rows(
    record: Record,
    schemas: Schemas,
    links: Links,
    data: Mapping[str, Any],
    pointer: tuple[str | int, ...],
    leave_out: frozenset[str],
) -> Iterator[Row]:
    for name in schemas.at(record.kind, pointer).get("properties", {}):
        value = data.get(name)
        schema = schemas.at(record.kind, (*pointer, name))
        if value in (None, "", [], {}) or name in leave_out or schema.get("x-public") is False:
            continue
        title = str(schema.get("title", name))
        if isinstance(value, Mapping):
            inner = _rows(record, schemas, links, value, (*pointer, name), frozenset())
            yield Row(title, inner=tuple(inner))
        elif isinstance(value, list) and isinstance(value[0], Mapping):
            yield _table(record, schemas, links, value, (*pointer, name), title)
        elif isinstance(value, list):
            item = schemas.at(record.kind, (*pointer, name, 0))
            yield Row(title, tuple(_cell(record, links, each, item) for each in value))
        else:
            yield Row(title, (_cell(record, links, value, schema),))


def _table(
    record: Record,
    schemas: Schemas,
    links: Links,
    items: list[Mapping[str, Any]],
    pointer: tuple[str | int, ...],
    title: str,
) -> Row:
    properties = schemas.at(record.kind, (*pointer, 0)).get("properties", {})
    used = [name for name in properties if any(name in item for item in items)]
    shown = {name: schemas.at(record.kind, (*pointer, 0, name)) for name in used}
    shown = {name: schema for name, schema in shown.items() if schema.get("x-public") is not False}
    lines = tuple(
        tuple(_cell(record, links, item.get(name), schema) for name, schema in shown.items())
        for item in items
    )
    return Row(title, header=tuple(str(s.get("title", n)) for n, s in shown.items()), table=lines)


def _cell(record: Record, links: Links, value: Any, schema: Mapping[str, Any]) -> Cell:
    if isinstance(value, (Mapping, list)):
        inner = value.values() if isinstance(value, Mapping) else value
        mark = "；" if isinstance(value, Mapping) else "、"
        return Cell(mark.join(_cell(record, links, each, {}).text for each in inner))
    text = _text(value, schema)
    if "x-asset" in schema:
        return Cell(text.rpartition("/")[2], links.file(record, text))
    if text.startswith(("http://", "https://")):
        return Cell(text, text)
    return _reference(links, text) if "x-reference" in schema else Cell(text)


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
        return Cell(record.title, links.record(record))
    return Cell(name)
