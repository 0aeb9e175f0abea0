"""The key of a page: a digest of all that its bytes follow from.

It covers the page as planned, with every record that the plan gave it under the name of its bytes;
what the page looks up besides while it is drawn is written down then, and held against the present
before the next build trusts the key. Templates, frame, units and sites stand in `context`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any

from generator.model import Column, Record
from generator.sites.plan import Crumb, Page

__all__ = ["Keys"]


class Keys:
    """The keys of the pages of one site; `mark` names a record's bytes and whether it is seen."""

    def __init__(self, context: str, today: str, dated: frozenset[str], mark: _Mark) -> None:
        self._context = context.encode()
        self._today = today.encode()
        self._dated = dated  # the templates that tell the day
        self._mark = mark
        self._trails: dict[tuple[Crumb, ...], bytes] = {}
        self._lists: dict[int, tuple[object, bytes]] = {}

    def of(self, page: Page) -> str:
        """The key of a page."""
        total = blake2b(self._context, digest_size=12)
        feed = total.update
        if page.template in self._dated:
            feed(self._today)
        feed(
            f"{page.path}\0{page.template}\0{page.title}\0{page.type}\0{page.description}"
            f"\0{page.indexed}\0{page.changed}\0".encode()
        )
        feed(self._trail(page.trail))
        if page.column is not None:
            feed(f"{page.column.site}\0{page.column.id}\0".encode())
        if page.record is not None:
            feed(self._mark(page.record).encode())
        feed(self._of(page.context))
        return total.hexdigest()

    def _trail(self, trail: tuple[Crumb, ...]) -> bytes:
        """What the way down to a page adds, written once for all pages below it."""
        if trail not in self._trails:
            self._trails[trail] = f"{trail}\0".encode()
        return self._trails[trail]

    def _of(self, value: Any) -> bytes:
        """What a value of a page's context adds; a list that many pages share is walked once."""
        if isinstance(value, str):
            return b"s" + value.encode() + b"\0"
        if isinstance(value, Record):
            return b"r" + self._mark(value).encode() + b"\0"
        if isinstance(value, Column):
            return f"c{value.site}/{value.id}\0".encode()
        if isinstance(value, (list, tuple, Mapping)):
            return self._of_many(value)
        return b"v" + repr(value).encode() + b"\0"

    def _of_many(self, value: list[Any] | tuple[Any, ...] | Mapping[str, Any]) -> bytes:
        known = self._lists.get(id(value))
        if known is not None:
            return known[1]
        total = blake2b(digest_size=12)
        if isinstance(value, Mapping):
            for name, inner in value.items():
                total.update(f"{name}=".encode() + self._of(inner))
        else:
            for inner in value:
                total.update(self._of(inner))
        found = f"({len(value)}:".encode() + total.digest()
        self._lists[id(value)] = value, found  # held, so that its id stays its own
        return found


_Mark = Callable[[Record], str]
