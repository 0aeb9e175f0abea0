"""When a record counts as published: the date that places it in lists, by kind."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Item, Message, Record

__all__ = ["moment_of", "placed_in"]

# The field that dates a record in lists, by kind; an item has its publication time.
_MOMENTS: Mapping[str, tuple[str, ...]] = {
    "adoption": ("adoptedAt",),
    "annual-report": ("publishedAt",),
    "attestation": ("attestedAt",),
    "error-report": ("publishedAt", "answeredAt", "receivedAt"),
    "finding": ("foundAt",),
    "leader": ("updatedAt",),
    "media-account": ("openedAt",),
    "meeting": ("heldAt",),
    "message": ("publishedAt", "answeredAt", "receivedAt"),
    "migration": ("migratedAt", "application.filedAt"),
    "partner": ("registeredAt",),
    "probe": ("to", "from"),
    "reward": ("publishedAt", "decidedAt"),
    "task": ("issuedAt",),
    "unit": ("updatedAt",),
}
_PLACED = (Item, Message)
_FALLBACKS = ("publishedAt", "sentAt", "updatedAt", "issuedAt", "filedAt", "syncedAt")
_NAMES = {kind: (*names, *_FALLBACKS) for kind, names in _MOMENTS.items()}


def moment_of(record: Record) -> str:
    """The date or time that places a record in a list, as text that sorts; empty for none."""
    data = record.data
    for name in _NAMES.get(record.kind, _FALLBACKS):
        value: object = data.get(name)
        if isinstance(value, str):
            return value
        if "." in name:
            above, _, below = name.partition(".")
            value = (data.get(above) or {}).get(below)
            if isinstance(value, str):
                return value
    return ""


def placed_in(record: Record) -> str:
    """The column that a record names as its own place; empty where it names none."""
    return record.data.get("column") or "" if isinstance(record, _PLACED) else ""
