"""The history of everything below `content/`, part by part, remembered between runs.

The log is read once for a commit. When HEAD has moved on along the main line, only the new commits
are read, and only the parts they touched are written again; anything else (another branch, a memo
that is damaged or of another form) is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.tree.files import History, Replaced
from generator.tree.log import Past, history_of, pasts
from generator.tree.memo import digest_of, recall, remember
from generator.tree.parts import TOP, folded
from generator.tree.repository import GitError, Repository

__all__ = ["GitHistories", "NoHistories"]

_FORM = "gongkai-history-1"

# By what a part's names have in common: the digest of its past, and how much of it was replaced.
_Index = dict[str, tuple[str, int]]


@dataclass(frozen=True)
class NoHistories:
    """What can be said where git knows nothing: nothing."""

    complete: bool = False
    unsettled: frozenset[str] = frozenset()

    def of(self, part: str) -> History:
        return History()

    def key(self, part: str) -> str:
        return ""

    def replaced(self) -> tuple[Replaced, ...]:
        return ()


@dataclass
class GitHistories:
    """The history up to the commit `head`, and what was edited since, at `taken_at`.

    `memo` is a folder that remembers it; None remembers nothing.
    """

    repository: Repository
    head: str
    memo: Path | None = None
    edited: Mapping[str, Sequence[str]] = field(default_factory=dict)  # paths by part
    taken_at: datetime | None = None
    _pasts: dict[str, Past] = field(default_factory=dict)
    _told: dict[str, History] = field(default_factory=dict)

    @cached_property
    def complete(self) -> bool:
        return not self._grafts

    @cached_property
    def unsettled(self) -> frozenset[str]:
        return frozenset(self.edited)

    def of(self, part: str) -> History:
        name = folded(part)
        if name not in self._told:
            past, later = self._past(name), self._later.get(name, ())
            self._told[name] = history_of(past, later, self.taken_at, complete=self.complete)
        return self._told[name]

    def key(self, part: str) -> str:
        name = folded(part)
        digest, _ = self._index.get(name, ("", 0))
        later = self._later.get(name)
        if self.complete and not later:
            return digest
        return digest_of([digest, self.complete, later, str(self.taken_at) if later else ""])

    def replaced(self) -> tuple[Replaced, ...]:
        return tuple(
            Replaced(path, blob)
            for name, (_, count) in sorted(self._index.items())
            if count
            for path, blob in self._past(name).replaced
        )

    @cached_property
    def _later(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for part, paths in sorted(self.edited.items()):
            found.setdefault(folded(part), []).extend(paths)
        return found

    @cached_property
    def _grafts(self) -> bytes:
        return self.repository.grafts

    @cached_property
    def _index(self) -> _Index:
        known = self._recalled()
        if known is None:
            return self._remembered({}, self._read(self.head))
        index = {name: (digest, count) for name, (digest, count) in known["parts"].items()}
        if known["head"] == self.head:
            return index
        later = self._read(f"{known['head']}..{self.head}")
        merged: dict[str, Past] = {}
        for name, past in later.items():
            older = self._kept(name, index[name][0]) if name in index else Past()
            if older is None:
                return self._remembered({}, self._read(self.head))
            merged[name] = past.after(older)
        return self._remembered(index, merged)

    def _recalled(self) -> Any:
        """The index that the memo holds, if it speaks of a commit that HEAD has come from."""
        known = recall(self.memo / "index", _FORM) if self.memo is not None else None
        if known is None or known["grafts"] != self._grafts.decode():
            return None
        return known if known["head"] == self.head or self._comes_from(known["head"]) else None

    def _comes_from(self, old: str) -> bool:
        """Whether the main line goes from `old` to here without a break."""
        since = f"{old}..{self.head}"
        try:
            rows = self.repository.out("rev-list", "--first-parent", "--parents", since).split(
                b"\n"
            )
        except GitError:
            return False  # no such commit any more
        first = rows[-2].split() if len(rows) > 1 else []
        return len(first) > 1 and first[1].decode() == old

    def _read(self, revisions: str) -> dict[str, Past]:
        return pasts(self.repository, revisions, TOP)

    def _remembered(self, index: _Index, changed: Mapping[str, Past]) -> _Index:
        """The index with the changed parts in it, all put into the memo, and itself last."""
        self._pasts.update(changed)
        for name, past in changed.items():
            plain = [past.brought, past.changed, list(past.replaced)]
            digest = remember(self._file(name), _FORM, plain) if self.memo else digest_of(plain)
            index[name] = digest, len(past.replaced)
        if self.memo is not None:
            known = {"head": self.head, "grafts": self._grafts.decode(), "parts": index}
            remember(self.memo / "index", _FORM, known)
        return index

    def _past(self, name: str) -> Past:
        if name not in self._index:
            return Past()
        if name not in self._pasts:
            kept = self._kept(name, self._index[name][0])
            if kept is None:  # lost, or replaced by another process meanwhile
                self._pasts = self._read(self.head)
            else:
                self._pasts[name] = kept
        return self._pasts[name]

    def _kept(self, name: str, digest: str) -> Past | None:
        """The past of a part from the memo; None where it is lost."""
        plain = recall(self._file(name), _FORM, digest)
        if plain is None:
            return None
        brought, changed, replaced = plain
        return Past(brought, changed, dict.fromkeys((path, blob) for path, blob in replaced))

    def _file(self, name: str) -> Path:
        assert self.memo is not None  # without one, every past is at hand
        return self.memo / sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:24]
