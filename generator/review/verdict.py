"""The verdict: reasons put in order, the worst one decides, as canonical JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.review.canonical import canonical
from generator.review.reasons import SEVERITIES, Reason

__all__ = ["EVALUATOR", "EXIT_CODES", "assemble", "verdict_bytes"]

EVALUATOR = "1"
EXIT_CODES: Mapping[str, int] = {"approve": 0, "wait": 1, "refuse": 3, "error": 4}
_DECIDE = ("error", "refuse", "wait")


def assemble(reasons: Iterable[Reason], **parts: Any) -> dict[str, Any]:
    """The verdict of these reasons and parts.

    Shapes: as schemas/review/verdict.schema.json; a reason given twice stands once.
    """
    documents = {canonical(row): row for row in (reason.document() for reason in reasons)}
    ordered = sorted(documents.values(), key=_place)
    found = {row["severity"] for row in ordered}
    decision = next((word for word in _DECIDE if word in found), "approve")
    return {"v": 1, "decision": decision, "reasons": ordered, "evaluator": EVALUATOR, **parts}


def _place(row: Mapping[str, str | None]) -> tuple[int, tuple[str, ...]]:
    keys = ("code", "level", "gate", "path", "act", "person", "text_zh")
    return SEVERITIES.index(row["severity"] or ""), tuple(row[key] or "" for key in keys)


def verdict_bytes(verdict: Mapping[str, Any]) -> bytes:
    """The verdict as it is printed, kept and compared: canonical JSON."""
    return canonical(verdict)
