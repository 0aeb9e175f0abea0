"""What `gongkai ledger` tells of commits that it judged and of takedowns that nobody confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.keeper.book import Book
    from generator.keeper.judgement import Judgement
    from generator.review.ledger_state import Hold

__all__ = ["tell_judged", "tell_overdue"]

_DECISIONS = {"admitted": "准予发布", "rejected": "不予发布", "bypass": "没有经过审核"}
_CODES = {
    "tree_mismatch": "内容和批准的不一样", "method_not_allowed": "合并方式不对，应当压缩成一个提交",
    "history_rewritten": "主干历史被改写", "verdict_not_approve": "审核没有通过",
    "bypass": "背后没有合并请求", "merged_by_person": "由人工合并", "head_gone": "原分支已不在",
}  # fmt: skip


def tell_judged(judged: Sequence[Judgement], book: Book) -> None:
    """Tells what became of each commit, and for what was rejected how to take it back."""
    for one in judged:
        words = "、".join(
            f"{_CODES.get(code, code)}〔{code}〕" for code in (*one.codes, *one.notes)
        )
        change = f"，{one.change}" if one.change else ""
        said = f"{one.commit[:12]}{change}：{_DECISIONS[one.decision]}，台账第 {one.seq} 条"
        click.echo(said + (f"。{words}" if words else ""))
        if one.decision != "admitted":
            click.echo(f"  下一步：网站没有变。请提一个撤销它的变更：git revert {one.commit[:12]}")
    if not judged:
        click.echo(f"主干没有新的提交，台账共 {book.state.size} 条。")


def tell_overdue(holds: Sequence[Hold], book: Book) -> None:
    """Tells of takedowns that no supervisor has confirmed in time."""
    for hold in holds:
        at = book.entries[hold.seq - 1].at
        click.echo(
            f"撤稿第 {hold.seq} 条（{at}）超过时限没有确认，页面仍然撤着："
            f"{'、'.join(hold.paths)}。请信息主管尽快确认。",
            err=True,
        )
