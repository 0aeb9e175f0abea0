"""Whether text that a reviewer proposed was taken into a change: then he had a part in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.keeper.items import blob
from generator.tree.raw import Objects

__all__ = ["is_taken"]


def is_taken(objects: Objects, items: Sequence[Mapping[str, Any]], path: str, text: str) -> bool:
    """Whether the new file at a path has all proposed lines, and the old one had them not all.

    Errors: MissingObjectError; Differs.
    """
    lines = {line.strip() for line in text.splitlines()} - {""}
    for item in items:
        if item["path"] != path or item["op"] != "put" or not lines:
            continue
        new, old = (_lines(objects, item[name]) for name in ("git", "base"))
        if lines <= new and not lines <= old:
            return True
    return False


def _lines(objects: Objects, name: str | None) -> set[str]:
    data = blob(objects, name) or b""
    return {line.strip() for line in data.decode("utf-8", "replace").splitlines()}
