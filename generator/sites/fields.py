"""A record as rows for people: titles, labels and links instead of keys, codes and ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.model import Record
from generator.sites.links import Links
from generator.sites.shapes import Shape

__all__ = ["Cell", "Fields", "Maybe", "Row", "filled", "rows"]

# What every kind may carry and no reader needs: publishing's own fields.
_OWN = frozenset(
    {
        "attachments", "backdated", "column", "embargo", "formerAddresses", "hash", "outlets",
        "public", "restoreOf", "reviewClass", "submission", "title", "withdrawn",
    }
)  # fmt: skip


# What stands for a record that the public may not see, or not yet: its title is part of it.
_UNSEEN = "（未公开）"


class Cell(NamedTuple):
    """One value as shown: text, with a link where it names something that has a page."""

    text: str
    href: str = ""


class Row(NamedTuple):
    """One field: its title and one of a value, a list, a table, or rows of its own."""

    title: str
    cells: tuple[Cell, ...] = ()
    header: tuple[str, ...] = ()
    table: tuple[tuple[Cell, ...], ...] = ()
    inner: tuple[Row, ...] = ()


def filled(value: Any, shape: Shape) -> Any:
    """A value with None for every field that its schema knows and the record leaves out."""
    if isinstance(value, dict):
        fields: dict[str, Any] = dict(shape.names)
        for name, inner in value.items():
            held = isinstance(inner, (dict, list))
            fields[name] = filled(inner, shape.inner(name)) if held else inner
        return fields
    if isinstance(value, list) and value and isinstance(value[0], dict):
        items = shape.inner(0)
        return [filled(inner, items) for inner in value]
    return value


class Fields(dict[str, Any]):
    """A record's values as a template asks for them.

    A field that the schema knows and the record leaves out is None, at every depth; a name the
    schema lacks is an error.
    """

    def __init__(self, data: Mapping[str, Any], shape: Shape) -> None:
        super().__init__(data)
        self._shape = shape
        for name, value in data.items():
            if isinstance(value, (dict, list)):
                self[name] = filled(value, shape.inner(name))

    def __missing__(self, name: str) -> None:
        if name not in self._shape.names:
            raise KeyError(name)


class Maybe(Fields):
    """A record's values as a template of several kinds asks for them: None for any unknown name."""

    def __missing__(self, name: str) -> None:
        return None


def rows(record: Record, links: Links, leave_out: frozenset[str] = frozenset()) -> tuple[Row, ...]:
    """The record's fields in its schema's order, without those in `leave_out`."""
    shape = links.listing.shapes.of(record.kind)
    return tuple(_rows(record, links, record.data, shape, _OWN | leave_out))


def _rows(
    record: Record,
    links: Links,
    data: Mapping[str, Any],
    shape: Shape,
    leave_out: frozenset[str] = frozenset(),
) -> Iterator[Row]:
    """The fields of one object of the record that hold something and may be seen."""
    for name, title, inner in shape.public:
        if name not in data or name in leave_out:
            continue
        value = data[name]
        if value is None or value in ("", [], {}):
            continue
        if isinstance(value, Mapping):
            yield Row(title, inner=tuple(_rows(record, links, value, inner)))
        elif isinstance(value, list) and isinstance(value[0], Mapping):
            yield _table(record, links, title, value, inner.inner(0))
        elif isinstance(value, list):
            items = inner.inner(0)
            yield Row(title, tuple(_cell(record, links, each, items) for each in value))
        else:
            yield Row(title, (_cell(record, links, value, inner),))


def _table(
    record: Record, links: Links, title: str, items: list[Mapping[str, Any]], shape: Shape
) -> Row:
    used = {name for item in items for name in item}
    columns = [(name, title, inner) for name, title, inner in shape.public if name in used]
    lines = tuple(
        tuple(_cell(record, links, item.get(name), inner) for name, _, inner in columns)
        for item in items
    )
    return Row(title, header=tuple(title for _, title, _ in columns), table=lines)


def _cell(record: Record, links: Links, value: Any, shape: Shape) -> Cell:
    if isinstance(value, (list, Mapping)):
        return _joined(record, links, value, shape)
    text = _text(value, shape)
    if text and shape.is_asset:
        return Cell(text.rpartition("/")[2], links.file(record, text))
    if text.startswith(("http://", "https://")):
        return Cell(text, text)
    return _reference(links, text) if shape.is_reference else Cell(text)


def _joined(
    record: Record, links: Links, value: list[Any] | Mapping[str, Any], shape: Shape
) -> Cell:
    """A value of several parts, in one cell."""
    if isinstance(value, list):
        items = shape.inner(0)
        mark = "；" if value and isinstance(value[0], Mapping) else "、"
        return Cell(mark.join(_cell(record, links, each, items).text for each in value))
    if "alt" in value and "file" in value:
        return Cell(value["alt"], links.file(record, value["file"]))
    cells = [
        _cell(record, links, value[name], inner) for name, _, inner in shape.public if name in value
    ]
    return Cell("，".join(cell.text for cell in cells))


def _text(value: Any, shape: Shape) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return shape.label(value)


def _reference(links: Links, name: str) -> Cell:
    if unit := links.corpus.units.get(name):
        return Cell(unit.name, links.unit(unit))
    if record := links.corpus.records.get(name):
        seen = links.listing.is_shown(record)
        return Cell(record.title if seen else _UNSEEN, links.record(record))
    return Cell(name)
