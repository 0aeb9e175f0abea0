"""The machine gates run on a change: which results are due, over which files, and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.keeper.book import Book
from generator.keeper.change import Told
from generator.keeper.items import PLAIN, blob
from generator.keeper.scanner import Noticed, Scanner, unscanned
from generator.review.instants import instant
from generator.review.policy import read_policy

__all__ = ["gate_entries"]

_DAY = 86_400_000_000  # microseconds
Additions = list[tuple[str, Mapping[str, Any]]]


def gate_entries(
    scanners: Sequence[Scanner], book: Book, told: Told, now: str
) -> tuple[Additions, list[Noticed]]:
    """Results of the machines for bytes and rules that they have not judged, or not lately."""
    subject, identity = told.subject, told.identity
    if subject is None or identity is None or identity.kind == "governance":
        return [], []
    policy, _ = read_policy(told.policy)
    age = policy.limits.gate_age_days * _DAY if policy else 0
    since = (instant(now) or 0) - age // 2  # renewed at half its age, before it runs out
    due = unscanned(scanners, told.facts["gates"], subject, since)
    found: Additions = []
    noticed: list[Noticed] = []
    for scanner in scanners:
        row, findings = scanner.run(subject, _files(book, told, scanner), now)
        noticed += findings
        if scanner in due or _differs(row, told.facts["gates"]):
            found.append(("gate", {"change": told.facts["change"], "gate": row}))
    return found, noticed


def _differs(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the newest result for these bytes and rules was another one."""
    same = [
        one for one in rows if all(one[key] == row[key] for key in ("gate", "subject", "ruleset"))
    ]
    return bool(same) and same[-1]["result"] != row["result"]


def _files(book: Book, told: Told, scanner: Scanner) -> list[tuple[str, bytes]]:
    """What a scanner reads: the new files, or whatever any commit of the change brought."""
    objects, facts = book.objects, told.facts
    wanted = {(item["path"], item["git"]) for item in facts["items"] if item["mode"] == PLAIN}
    if scanner.every_commit and facts["head"]:
        names = objects.said("rev-list", facts["head"], f"^{facts['target_tip']}").split()
        for name in names:
            parents = objects.read_commit(name).parents
            rows = objects.difference(parents[0], name) if parents else []
            wanted |= {(row.path, row.git) for row in rows if row.mode == PLAIN}
    return [(path, blob(objects, git) or b"") for path, git in sorted(wanted)]
