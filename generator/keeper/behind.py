"""Which change stands behind a commit of trunk: by its files, whatever its message says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.keeper.book import Book
from generator.tree.raw import Difference

__all__ = ["LONGEST_RUN", "Behind", "brought"]

LONGEST_RUN = 50  # commits in a row that may be one change in pieces
_Row = tuple[str, str, str | None, str | None, str | None]


def _rows_of(items: Iterable[Mapping[str, Any]]) -> frozenset[_Row]:
    keys = ("path", "op", "mode", "git", "base")
    return frozenset(tuple(item[key] for key in keys) for item in items)


def brought(found: Iterable[Difference]) -> frozenset[_Row]:
    return frozenset((one.path, one.op, one.mode, one.git, one.base) for one in found)


class Behind:
    """The changes that the ledger knows, held against what commits bring."""

    def __init__(self, book: Book) -> None:
        self._objects = book.objects
        self._state = book.state

    def _open(self) -> list[Mapping[str, Any]]:
        """The newest verdict of every change, those that approve last, then by position."""
        seen = [one for one in self._state.changes.values() if one.verdict_body is not None]
        seen.sort(
            key=lambda one: (
                (one.verdict_body or {})["verdict"]["decision"] == "approve",
                (one.verdict_body or {})["verdict"]["subject"] not in self._state.consumed,
                one.verdict,
            )
        )
        return [one.verdict_body for one in seen if one.verdict_body is not None]

    def exactly(self, rows: frozenset[_Row]) -> Mapping[str, Any] | None:
        """The change whose files are exactly these."""
        exact = [told for told in self._open() if _rows_of(told["facts"]["items"]) == rows]
        return exact[-1] if rows and exact else None

    def related(
        self, found: Sequence[Difference], following: Sequence[str], before: Sequence[str]
    ) -> tuple[Mapping[str, Any] | None, str]:
        """The change that a commit has to do with though it is not it, and what is wrong."""
        for told in reversed(self._open()):
            rows = _rows_of(told["facts"]["items"])
            if told["verdict"]["subject"] in self._state.consumed:
                continue
            if self._in_pieces(rows, following, before):
                return told, "method_not_allowed"
            blobs = {(row[0], row[3]) for row in rows}
            touched = {row[0] for row in rows} & {one.path for one in found}
            same = blobs & {(one.path, one.git) for one in found}
            merged = told["verdict"]["decision"] == "approve" or told["facts"]["state"] == "merged"
            if same or (touched and merged):
                return told, "tree_mismatch"
        return None, ""

    def _in_pieces(
        self, rows: frozenset[_Row], following: Sequence[str], before: Sequence[str]
    ) -> bool:
        """Whether several commits in a row, this among them, bring what should be one."""
        for first in [following[0], *reversed(before[-LONGEST_RUN:])]:
            parents = self._objects.read_commit(first).parents
            if not parents:
                return False
            for last in following:
                if last != first and brought(self._objects.difference(parents[0], last)) == rows:
                    return True
        return False
