"""Typed views of a record's values: each field is named once, beside the key it reads.

The values themselves stay as the schema let them through, so a field that no code needs is not
listed anywhere but in its schema. Times are wall times of the group's time zone, without an offset.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

__all__ = [
    "Day",
    "Flag",
    "MaybeDay",
    "MaybeMoment",
    "MaybeNumber",
    "Moment",
    "Number",
    "Part",
    "Parts",
    "Text",
    "Texts",
]


class _HasData(Protocol):
    @property
    def data(self) -> Mapping[str, Any]: ...


class _Field:
    """A field of a record, read from the value under `key`."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        self.key = key


class Text(_Field):
    """A string; empty where absent."""

    def __get__(self, record: _HasData, owner: type) -> str:
        value = record.data.get(self.key)
        return "" if value is None else str(value)


class Texts(_Field):
    """A list of strings; empty where absent."""

    def __get__(self, record: _HasData, owner: type) -> tuple[str, ...]:
        return tuple(record.data.get(self.key) or ())


class Number(_Field):
    """A whole number that the schema requires."""

    def __get__(self, record: _HasData, owner: type) -> int:
        return int(record.data[self.key])


class MaybeNumber(_Field):
    """A number, or None."""

    def __get__(self, record: _HasData, owner: type) -> float | None:
        value: float | None = record.data.get(self.key)
        return value


class Flag(_Field):
    """True only where the record says so."""

    def __get__(self, record: _HasData, owner: type) -> bool:
        return record.data.get(self.key) is True


class Moment(_Field):
    """A time that the schema requires."""

    def __get__(self, record: _HasData, owner: type) -> datetime:
        return datetime.fromisoformat(record.data[self.key])


class MaybeMoment(_Field):
    """A time, or None."""

    def __get__(self, record: _HasData, owner: type) -> datetime | None:
        value = record.data.get(self.key)
        return None if value is None else datetime.fromisoformat(value)


class Day(_Field):
    """A day that the schema requires."""

    def __get__(self, record: _HasData, owner: type) -> date:
        return date.fromisoformat(record.data[self.key])


class MaybeDay(_Field):
    """A day, or None."""

    def __get__(self, record: _HasData, owner: type) -> date | None:
        value = record.data.get(self.key)
        return None if value is None else date.fromisoformat(value)


class Part(_Field):
    """A group of keys; empty where absent."""

    def __get__(self, record: _HasData, owner: type) -> Mapping[str, Any]:
        return record.data.get(self.key) or {}


class Parts(_Field):
    """A list of groups; empty where absent."""

    def __get__(self, record: _HasData, owner: type) -> tuple[Mapping[str, Any], ...]:
        return tuple(record.data.get(self.key) or ())
