"""The files of a change, by our own diff of trees: what the forge lists is only held against it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from generator.keeper.reader import Read, read
from generator.review.paths import folded
from generator.tree.raw import Difference, Objects

__all__ = ["PLAIN", "blob", "items_between", "shown"]

PLAIN = "100644"
_BLOBS = (PLAIN, "100755", "120000")
_NOTHING = Read("unknown")


def items_between(objects: Objects, base: str, head: str, tip: str) -> list[dict[str, Any]]:
    """The items of the facts: what `head` changes against `base`, with each blob at `tip`.

    Errors: GitError; MissingObjectError; Differs.
    """
    found = objects.difference(base, head)
    there, after = objects.files(tip), objects.files(head)
    twins = _twins([*there, *after])
    wanted = [one.git for one in found if one.git and one.mode in _BLOBS]
    before = objects.files(base)
    wanted += [one.base for one in found if one.base and before[one.path][0] in _BLOBS]
    names = list(dict.fromkeys(wanted))
    data = dict(zip(names, objects.objects(names), strict=True))
    return [_item(one, data, there, twins) for one in found]


def _twins(paths: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in dict.fromkeys(paths):
        found.setdefault(folded(path), []).append(path)
    return {key: sorted(names) for key, names in found.items() if len(names) > 1}


def _item(
    one: Difference,
    data: Mapping[str, bytes],
    there: Mapping[str, tuple[str, str]],
    twins: Mapping[str, list[str]],
) -> dict[str, Any]:
    put = one.op == "put"
    new = data.get(one.git) if one.git else None
    old = data.get(one.base) if one.base else None
    now = read(one.path, new) if new is not None and one.mode == PLAIN else _NOTHING
    before = read(one.path, old) if old is not None else _NOTHING
    others = [path for path in twins.get(folded(one.path), []) if path != one.path]
    return {
        "path": shown(one.path),
        "op": one.op,
        "mode": one.mode,
        "size": len(new) if new is not None else 0 if put else None,
        "git": one.git,
        "sha256": hashlib.sha256(new or b"").hexdigest() if put else None,
        "base": one.base,
        "tip": there.get(one.path, (None, None))[1],
        "type": now.type if put else None,
        "problems": sorted(now.problems),
        "declared": {"old": before.review_class, "new": now.review_class},
        "twin_of": shown(others[0]) if others and put else None,
        "restore_of": now.restore_of,
    }


def shown(path: str) -> str:
    """A path as the facts can hold it; bytes that are no UTF-8 become `?`, which no path may hold.

    >>> shown("a/b.md"), shown("a\\udcff")
    ('a/b.md', 'a?')
    """
    return path.encode("utf-8", "replace").decode()


def blob(objects: Objects, name: str | None) -> bytes | None:
    """The bytes of a blob; None for no name. Errors: MissingObjectError; Differs."""
    return next(iter(objects.objects([name]))) if name else None
