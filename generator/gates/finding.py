"""What a gate finds: a value that says where, which rule, what to write instead, and by which text.

Gates speak to clerks only, so a finding carries its Chinese sentences itself; they stand in the
gate's data packs, beside the rule that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["ERROR", "GATES", "HINT", "LEVELS", "WARNING", "Finding", "counts", "in_order"]

ERROR, WARNING, HINT = LEVELS = ("error", "warning", "hint")
GATES = ("wording", "secrecy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding of a gate, complete enough to act on without opening the code."""

    gate: str  # "wording" | "secrecy"
    rule: str  # "DN1": the id that the domain sheets give it
    severity: str  # "error" | "warning" | "hint"
    path: str  # from the repository root, with forward slashes
    line: int = 1  # line and column count from 1, in the text file; 1, 1 for an attachment
    column: int = 1
    place: str = ""  # where inside an attachment, in Chinese words: "第3页", "工作表“汇总”B4"
    text: str = ""  # what was found; masked where it is private
    proposal: str = ""  # what to write instead; empty where only a person can tell
    message: str = ""  # a sentence for the clerk
    source: str = ""  # the standard and clause that ask for it
    mark: str = ""  # how sure the source is: "C" | "C-" | "R+" | "R" | "R-"

    @property
    def order(self) -> tuple[str, int, int, str, str, str, str]:
        """The sort key of a report: path, line, column, rule, then what is said."""
        return (
            self.path, self.line, self.column, self.rule, self.place, self.text, self.message
        )  # fmt: skip


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as a report lists them, each once."""
    return tuple(sorted(set(findings), key=lambda finding: finding.order))


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, all three named.

    >>> counts([Finding(gate="wording", rule="DN1", severity="error", path="a.md")])
    {'error': 1, 'warning': 0, 'hint': 0}
    """
    found = dict.fromkeys(LEVELS, 0)
    for finding in findings:
        found[finding.severity] += 1
    return found
