"""Which findings a change has to answer for, and which files a person asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from generator.diagnostics import Diagnostic

__all__ = ["brought_in", "within"]


def brought_in(
    findings: Iterable[Diagnostic], before: Iterable[Diagnostic], changed: Collection[str]
) -> list[Diagnostic]:
    """The findings in changed files, and those elsewhere that were not there before the change.

    Compared by code, file and what is said, without the line: a rule may look from any record to
    any other (a number used twice, a report's carry-over), so only the comparison knows how far a
    change reaches. What stood elsewhere before is not the change's to answer for.
    """
    old = {_said(finding) for finding in before}
    return [f for f in findings if f.place.path in changed or _said(f) not in old]


def _said(finding: Diagnostic) -> tuple[str, str, str]:
    return finding.code, finding.place.path, repr(sorted(finding.values.items()))


def within(path: str, asked: Sequence[str]) -> bool:
    """Whether `path` is one of `asked`, or lies in a folder that is; `.` is the whole."""
    return any(name in {".", path} or path.startswith(name + "/") for name in asked)
