"""What verifying found.

Exit codes are a public contract: 0 verified · 10 not approved, or not the newest effective version
· 11 bytes differ · 12 evidence missing from this clone · 13 signature or key not acceptable · 14
the evaluation of that time does not approve · 15 held or taken down · 16 ledger forked, rolled back
or altered · 17 expunged, authorised.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from generator.keeper.book import Book
from generator.review.ledger_state import PathState

__all__ = ["Code", "Finding", "Verified"]


class Code(IntEnum):
    """The exit codes of `gongkai ledger verify`."""

    VERIFIED = 0
    NOT_APPROVED = 10
    BYTES_DIFFER = 11
    EVIDENCE_MISSING = 12
    KEY = 13
    NOT_APPROVING = 14
    HELD = 15
    ALTERED = 16
    EXPUNGED = 17


_WORST = (
    Code.ALTERED, Code.KEY, Code.EVIDENCE_MISSING, Code.BYTES_DIFFER, Code.NOT_APPROVING,
    Code.EXPUNGED, Code.HELD, Code.NOT_APPROVED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Why something is not verified: the code, the words, and the page if it is about one."""

    code: Code
    text: str
    path: str | None = None


@dataclass(slots=True)
class Verified:
    """What was found. `found` is the page as it stood at the time asked for."""

    findings: list[Finding] = field(default_factory=list)
    book: Book | None = None
    found: PathState | None = None
    pages: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def code(self) -> Code:
        """The exit code: the gravest finding."""
        found = {finding.code for finding in self.findings}
        return next((code for code in _WORST if code in found), Code.VERIFIED)
