"""`gongkai build --release` and `--preview`: what is approved, and what is not, as a website."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from generator.cli.common import now, output_folder
from generator.cli.ledger_common import Signing, again, guarded, moment, refused
from generator.crew import Crew, default_jobs

__all__ = ["Asked", "build_preview", "build_release"]

_SINCE = re.compile(r"([1-9][0-9]{0,8}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks of a release."""

    signing: Signing
    out: Path | None
    since: str | None
    jobs: int | None
    moment: datetime | None
    holds: bool


@guarded
def build_release(asked: Asked) -> None:
    """Builds what the ledger approves, writes the `release` entry, and puts it in place at once."""
    from generator.keeper.book import Book, open_book
    from generator.keeper.down import overdue
    from generator.keeper.memory import is_rolled_back, remember_seen
    from generator.keeper.memory import trusted as known
    from generator.keeper.refused import RefusedError
    from generator.keeper.release import plan_release, produce, record
    from generator.review.ledger import LedgerError
    from generator.tree.safety import unsafe

    objects = asked.signing.objects()
    jobs = asked.jobs or default_jobs()
    target = (asked.out or objects.root / "public").resolve()
    if objects.root.is_relative_to(target):
        raise click.UsageError(f"不能生成到 {target}：那里是内容库本身。")
    seen = _SINCE.fullmatch(asked.since) if asked.since is not None else None
    if asked.since is not None and seen is None:
        raise click.UsageError("--since 写成“条数:摘要”，摘要是 64 位十六进制。")
    signer = asked.signing.signer()
    wrong = unsafe(objects)
    if wrong:
        raise RefusedError("repository_unsafe", "；".join(wrong))

    def opened() -> Book:
        asked.signing.fetched(objects)
        try:
            with Crew(jobs) as crew:
                book = open_book(objects, crew, asked.signing.trusted or known(objects))
        except LedgerError as error:
            raise RefusedError("ledger_invalid", str(error)) from error
        state = book.state
        told = seen is None or state.heads[int(seen[1]) - 1 : int(seen[1])] == [seen[2]]
        if book.entries and (not told or is_rolled_back(objects, state)):
            said = "台账比这里见过的旧，或者不是同一本：可能被回退，请先查明"
            raise RefusedError("ledger_rolled_back", said)
        return book

    def run() -> int:
        book = opened()
        plan = plan_release(book, asked.moment or now(), holds=asked.holds)
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".release-", dir=target.parent) as work:
            released = produce(book, plan, Path(work), jobs)
            entry = record(book, plan, released, signer, moment())
            _swap(released.folder, target)
        remember_seen(objects, book.state)
        files = sum(one.by != "gone" for one in released.outputs.values())
        click.echo(f"已发布到 {target}：{files} 个文件，台账第 {entry.seq} 条。", err=True)
        for hold in overdue(book, moment()):
            paths = "、".join(hold.paths)
            click.echo(f"撤稿第 {hold.seq} 条超过时限没有确认，仍然撤着：{paths}", err=True)
        return 0

    again(run)


def _swap(made: Path, target: Path) -> None:
    """Puts a finished folder in the place of the old one, which is removed last."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    made.rename(target)
    shutil.rmtree(old, ignore_errors=True)


@guarded
def build_preview(top: Path, out: Path | None, at: datetime | None, jobs: int | None) -> None:
    """Builds the files on disk with every page marked as approved by nobody."""
    from generator.keeper.building import errors_of, make
    from generator.keeper.preview import mark
    from generator.keeper.refused import RefusedError

    target = output_folder(top, out, "build/preview")
    instant = at or now()
    errors = errors_of(top, instant, jobs or default_jobs())
    if errors:
        click.echo(f"内容有 {len(errors)} 个错误，试看里可能缺页：请运行 gongkai check。", err=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".preview-", dir=target.parent) as work:
        try:
            made = make(top, Path(work, "public"), instant, jobs or default_jobs())
        except RefusedError as error:
            raise refused(f"没有生成：{error}") from error
        count = mark(made.folder)
        _swap(made.folder, target)
    click.echo(f"试看在 {target / 'index.html'}，共 {count} 页，每页注明“未经审核”。", err=True)
