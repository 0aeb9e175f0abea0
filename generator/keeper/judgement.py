"""What became of a commit of trunk, as a value and as the body of an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.tree.raw import Difference

__all__ = ["Additions", "Judgement", "rejected"]

_MOST_FOUND = 400
Additions = list[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one commit of trunk. `codes` say why not, `notes` what is worth knowing."""

    commit: str
    decision: str  # admitted | rejected | bypass
    change: str | None
    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seq: int = 0


def rejected(
    commit: str,
    parent: str | None,
    found: Sequence[Difference],
    codes: Iterable[str],
    told: Mapping[str, Any] | None = None,
    verdict: int | None = None,
) -> dict[str, Any]:
    """What lay on trunk, and why it is not published."""
    rows = [
        {"path": one.path.encode("utf-8", "replace").decode(), "op": one.op, "mode": one.mode,
         "git": one.git}
        for one in found[:_MOST_FOUND]
    ]  # fmt: skip
    return {
        "commit": commit, "parent": parent,
        "change": told["change"] if told is not None else None,
        "subject": told["verdict"]["subject"] if told is not None else None,
        "verdict": verdict, "codes": sorted(set(codes)), "found": rows, "found_total": len(found),
    }  # fmt: skip
