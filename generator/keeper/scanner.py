"""A machine gate as the gatekeeper runs it: files in, a result and its findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.review.instants import instant

__all__ = ["Files", "Noticed", "Scanner", "unscanned"]

Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A finding, as far as the comment shows it; what is private is masked already."""

    gate: str
    rule: str
    severity: str  # error | warning | hint
    path: str
    line: int
    message: str
    proposal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """One machine gate with trunk's own rules, whose digest is `ruleset`.

    find: every finding in the files; one of severity `error` fails the gate
    every_commit: it reads what any commit of the change brought, not only the last
    """

    gate: str
    tool: str
    ruleset: str
    find: Callable[[Files], Iterable[Noticed]]
    every_commit: bool = False

    def run(self, subject: str, files: Files, at: str) -> tuple[dict[str, Any], list[Noticed]]:
        """The facts' row for these files, and what was found."""
        found = list(self.find(files))
        failed = any(one.severity == "error" for one in found)
        row = {
            "gate": self.gate,
            "subject": subject,
            "result": "fail" if failed else "pass",
            "tool": self.tool,
            "ruleset": self.ruleset,
            "at": at,
            "escalate_to": None,
        }
        return row, found


def unscanned(
    scanners: Iterable[Scanner], rows: Iterable[Mapping[str, Any]], subject: str, since: int
) -> list[Scanner]:
    """The scanners that have no result for this subject and their own rules that is young enough.

    since: microseconds; a result before it is too old to be counted on
    """
    known = {
        (row["gate"], row["ruleset"])
        for row in rows
        if row["subject"] == subject and (instant(row["at"]) or 0) >= since
    }
    return [one for one in scanners if (one.gate, one.ruleset) not in known]
