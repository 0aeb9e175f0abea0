"""Which of a unit's records fall under which item of articles 20 and 21 of the regulation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.corpus import Corpus
from generator.model import Article20, Disclosure, Policy, Record

__all__ = ["Group", "Statutory"]

Group = tuple[dict[str, Any], list[Record]]  # an item of the table, and what falls under it


@dataclass(frozen=True)
class Statutory:
    """The items of the table, in its order, each found by what may fall under it."""

    items: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, corpus: Corpus) -> Statutory:
        """The table of a corpus; no items where there is none."""
        table = next(corpus.common(Article20), None)
        return cls(tuple(dict(row) for row in table.rows) if table else ())

    @cached_property
    def _by_number(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, item in enumerate(self.items):
            if item["article"] == "20":
                found.setdefault(item["number"], []).append(place)
        return found

    @cached_property
    def _by_id(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, item in enumerate(self.items):
            if item["article"] != "20":
                found.setdefault(item["id"], []).append(place)
        return found

    @cached_property
    def _by_kind(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, item in enumerate(self.items):
            if item["article"] == "20":
                for kind in item.get("kinds", ()):
                    found.setdefault(kind, []).append(place)
        return found

    def _places(self, record: Record) -> Iterable[int]:
        if isinstance(record, (Policy, Disclosure)):
            other = self._by_id.get(str(record.data.get("article21Item")), [])
            return [*self._by_number.get(record.article20, []), *other]
        return self._by_kind.get(record.kind, ())

    def groups(self, records: Iterable[Record]) -> list[Group]:
        """The items of article 20 and, where anything falls under them, those of article 21.

        Records stand under an item in the order given.
        """
        found: list[list[Record]] = [[] for _ in self.items]
        for record in records:
            for place in self._places(record):
                found[place].append(record)
        rows = zip(self.items, found, strict=True)
        return [(item, under) for item, under in rows if item["article"] == "20" or under]
