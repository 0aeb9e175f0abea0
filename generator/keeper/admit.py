"""Admitting: what came to trunk, held against what was approved, commit by commit.

Whoever merged, the commit is asked the same: is its tree the merge of the judged head, are its
files exactly the subject's, and does a fresh evaluation from the ledger alone approve? What fails
is written down as `reject`, what no change stands behind as `bypass`; the site stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.keeper.behind import LONGEST_RUN
from generator.keeper.book import Book, Signer
from generator.keeper.judge import Judge
from generator.keeper.judgement import Judgement, rejected
from generator.keeper.refused import RefusedError
from generator.keeper.rules import rules_at

__all__ = ["admit"]


def admit(
    book: Book,
    signer: Signer,
    now: str,
    commit: str | None = None,
    merged_by_us: Iterable[str] = (),
) -> list[Judgement]:
    """What became of each commit that trunk has got since the last admitted one; [] for nothing.

    Shapes: with a `commit`, none after it is looked at; `merged_by_us` are commits that the
        gatekeeper made itself.
    Errors: RefusedError where there is no ledger or no trunk; MovedError.
    """
    if not book.entries:
        raise RefusedError("ledger_missing", "还没有台账，请先建账")
    _, policy = rules_at(book.objects, book.state)
    tip = book.objects.ref(policy.target)
    if tip is None:
        raise RefusedError("wrong_target", f"这里没有 {policy.target}")
    if not book.objects.is_ancestor(book.state.trunk, tip):
        return _rewritten(book, signer, now, tip)
    line = book.objects.line(book.state.trunk, tip)
    if commit is not None:
        known = commit in book.state.commits or commit == book.state.trunk
        if commit not in line and not known:
            raise RefusedError("history_rewritten", f"{commit} 不在主干上")
        line = line[: line.index(commit) + 1] if commit in line else []
    ours = frozenset(merged_by_us)
    judged = []
    for at, name in enumerate(line):
        if name not in book.state.commits:
            judge = Judge(book, now, name in ours)
            judgement, additions = judge.of(name, line[at : at + LONGEST_RUN], line[:at])
            added = book.append(additions, now, signer)
            seq = next(one.seq for one in added if one.type in ("publish", "reject", "bypass"))
            judged.append(replace(judgement, seq=seq))
    return judged


def _rewritten(book: Book, signer: Signer, now: str, tip: str) -> list[Judgement]:
    if tip in book.state.commits:
        return []
    trunk = book.state.trunk
    found = book.objects.difference(trunk, tip) if book.objects.has(trunk) else []
    codes = ("history_rewritten",)
    body = rejected(tip, None, found, codes)
    added = book.append([("reject", body)], now, signer)
    return [Judgement(tip, "rejected", None, codes, seq=added[0].seq)]
