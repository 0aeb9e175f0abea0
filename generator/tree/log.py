"""The log of the main line → when paths came and changed, and what they held before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from generator.tree.files import History, Replaced
from generator.tree.parts import folded, folder_of
from generator.tree.repository import Repository

__all__ = ["Past", "history", "history_of", "pasts"]

_GITLINK = b"160000"


@dataclass(slots=True)
class Past:
    """What the main line did to some paths; times in seconds since 1970, newest bytes first."""

    brought: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    replaced: dict[tuple[str, str], None] = field(default_factory=dict)

    def after(self, older: Past) -> Past:
        """This past with an older one before it."""
        return Past(
            self.brought | older.brought,
            older.changed | self.changed,
            self.replaced | older.replaced,
        )


class _Instants(Mapping[str, datetime]):
    """Times by path, made when they are asked for."""

    __slots__ = ("_seconds",)

    def __init__(self, seconds: dict[str, int | datetime]) -> None:
        self._seconds = seconds

    def __getitem__(self, path: str) -> datetime:
        moment = self._seconds[path]
        return datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) else moment

    def __contains__(self, path: object) -> bool:
        return path in self._seconds

    def __iter__(self) -> Iterator[str]:
        return iter(self._seconds)

    def __len__(self) -> int:
        return len(self._seconds)


def history_of(
    past: Past, edited: Iterable[str] = (), at: datetime | None = None, *, complete: bool
) -> History:
    """A past for those who ask; `edited` are the paths that changed at `at`, after all commits."""
    brought: dict[str, int | datetime] = {**past.brought}
    changed: dict[str, int | datetime] = {**past.changed}
    if at is not None:
        for path in edited:
            brought.setdefault(path, at)
            changed[path] = at
    replaced = tuple(Replaced(path, blob) for path, blob in past.replaced)
    return History(_Instants(brought), _Instants(changed), replaced, complete)


def history(
    repository: Repository,
    revision: str,
    under: str,
    edited: Iterable[str] = (),
    at: datetime | None = None,
) -> History:
    """The history of the files below `under` up to a revision, read anew."""
    past = _read(repository, revision, under, lambda _: "").get("", Past())
    return history_of(past, edited, at, complete=not repository.grafts)


def pasts(repository: Repository, revisions: str, under: str) -> dict[str, Past]:
    """The pasts of all parts, by what their names have in common (`parts.folded`)."""
    keys: dict[bytes, str] = {}

    def part(path: bytes) -> str:
        folder = folder_of(path)
        if folder not in keys:
            keys[folder] = folded(folder.decode("utf-8", "surrogateescape"))
        return keys[folder]

    return _read(repository, revisions, under, part)


def _read(
    repository: Repository, revisions: str, under: str, part: Callable[[bytes], str]
) -> dict[str, Past]:
    """One pass over the main line, newest first, with what `part` says a path belongs to."""
    found: dict[str, Past] = {}
    at = 0
    words = repository.pieces(
        "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--raw",
        "--no-abbrev", "--no-color", "--no-show-signature", "-z", "--format=%x01%ct", revisions,
        *([] if under in ("", ".") else ["--", under]),
    )  # fmt: skip
    for word in words:
        line = word.lstrip(b"\n")
        if line.startswith(b"\x01"):
            at = int(line[1:])
        if not line.startswith(b":"):
            continue
        before, after, old, _, status = line[1:].split(b" ")
        name = next(words)
        key = part(name)
        past = found.get(key)
        if past is None:
            past = found[key] = Past()
        path = name.decode("utf-8", "surrogateescape")
        if status != b"A" and before != _GITLINK:
            past.replaced[path, old.decode()] = None
        if status != b"D" and after != _GITLINK:
            past.brought[path] = at
            past.changed.setdefault(path, at)
    return found
