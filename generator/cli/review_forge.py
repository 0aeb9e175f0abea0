"""`gongkai review status` and `capture`: what the forge shows, judged, told and merged."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import ledger_common as common
from generator.cli.common import now, read_schemas
from generator.cli.forge_at import At, number_of, with_forge

if TYPE_CHECKING:
    from generator.forge import GitHub
    from generator.keeper.book import Book
    from generator.keeper.capture import Captured
    from generator.keeper.scanner import Scanner
    from generator.tree.raw import Objects

__all__ = ["capture", "status"]


@click.command()
@click.argument("change", metavar="修改")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
@with_forge
@common.guarded
def status(change: str, as_json: bool, at: At) -> None:
    """看一次修改审核到哪一步、接下来请谁；只看，不写。

    退出码：0 可以发布，1 等待审核，2 用法不对，3 不能合并，4 无法判定。
    """
    from generator.forge import ForgeError
    from generator.keeper.capture import look
    from generator.review.verdict import EXIT_CODES, verdict_bytes

    github, objects = at.github(), common.objects_at(at.root)
    remote = at.source(objects)
    book = at.book(objects, remote)
    at_moment = common.moment()
    scanners = _scanners(objects)
    try:
        found = look(github, remote, book, scanners, number_of(change), at_moment)
    except ForgeError as error:
        click.echo(f"没能从 GitHub 读到这次修改：{error}", err=True)
        sys.exit(common.ERROR)
    if as_json:
        sys.stdout.buffer.write(verdict_bytes(dict(found.verdict)) + b"\n")
        sys.stdout.buffer.flush()
    else:
        click.echo(_told(found, book, at_moment), nl=False)
        for fault in found.faults:
            click.echo(f"采集时的问题：{fault}", err=True)
    sys.exit(EXIT_CODES[found.verdict["decision"]])


@click.command()
@click.option(
    "--event",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="触发流程的事件（JSON）；其中的修改最先处理。",
)
@click.option("--no-merge", is_flag=True, help="不合并，只记录和告知。")
@click.option(
    "--merged-out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把合并出的提交写进这个文件，一行一个。",
)
@click.option(
    "--key", "keys", multiple=True, envvar="GONGKAI_LEDGER_KEY",
    type=click.Path(path_type=Path, dir_okay=False), help="台账的签名密钥（旁边要有 .pub）。",
)  # fmt: skip
@click.option("--push", default="origin", show_default=True, help="台账推送到这个远程。")
@with_forge
@common.guarded
def capture(
    event: Path | None,
    no_merge: bool,
    merged_out: Path | None,
    keys: tuple[Path, ...],
    push: str,
    at: At,
) -> None:
    """采集：把各项修改的审核情况记入台账，更新评论和检查，合并已经通过的。

    每次都看全部未合并的修改。退出码：0 完成，2 用法不对，4 有修改没能处理。
    """
    from generator.forge import ForgeError
    from generator.keeper.book import Signer
    from generator.keeper.capture import Desk, stop_if_public
    from generator.keeper.capture import capture as capture_one
    from generator.keeper.numbers import numbers_of
    from generator.keeper.rules import rules_at

    if not keys:
        raise click.UsageError("请用 --key 指定签名密钥的文件，或设置 GONGKAI_LEDGER_KEY。")
    named = _named(event)
    github, objects = at.github(), common.objects_at(at.root)
    remote = at.source(objects)
    book = at.book(objects, remote)
    _, policy = rules_at(objects, book.state)
    try:
        stop_if_public(github, policy.policy)
        numbers = numbers_of(github, book, named)
    except ForgeError as error:
        click.echo(f"没能从 GitHub 读到各项修改：{error}", err=True)
        sys.exit(common.ERROR)
    words = _Words(objects.root, github)
    desk = Desk(
        github=github,
        remote=remote,
        book=lambda: at.book(objects, remote, book),
        signer=Signer.of(keys, push),
        scanners=_scanners(objects),
        now=common.moment,
        words=words.of,
    )
    merged: list[str] = []
    failed = False
    for number in numbers:
        try:
            found = capture_one(desk, number, merge=not no_merge)
        except Exception as error:  # one change in fault must not keep the others from their turn
            failed = True
            click.echo(f"github:{number} 没能处理：{type(error).__name__}：{error}", err=True)
            continue
        click.echo(f"github:{number}：{_decision(found)}")
        if found.merged:
            merged.append(found.merged)
    if merged_out is not None:
        merged_out.write_text("".join(f"{commit}\n" for commit in merged), "utf-8")
    sys.exit(common.ERROR if failed else common.DONE)


def _decision(found: Captured) -> str:
    from generator.review.reasons import words_of

    said = words_of("decisions")[found.verdict["decision"]]
    if found.merged:
        return f"{said}，已合并为 {found.merged[:12]}"
    return f"{said}。{found.message}" if found.message else said


def _named(event: Path | None) -> int | None:
    """The change that an event speaks of; what else it says is not read. Errors: UsageError."""
    if event is None:
        return None
    try:
        value = json.loads(event.read_bytes())
        told = value.get("pull_request") if isinstance(value, dict) else None
        number = told.get("number") if isinstance(told, dict) else None
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"{event} 不是 GitHub 的事件文件。") from error
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _scanners(objects: Objects) -> list[Scanner]:
    """The machine gates, with what trunk's own files tell them."""
    from generator.keeper.change import TRUNK
    from generator.keeper.machines import machine_gates

    return machine_gates(objects, objects.ref(TRUNK) or "", now().date())


def _told(found: Captured, book: Book, now: str) -> str:
    from generator.keeper.telling import told

    return told(found, book, now)


class _Words:
    """What the comment and the check say of a change."""

    def __init__(self, root: Path, github: GitHub) -> None:
        self._schemas, self._github = read_schemas(root), github

    def of(self, found: Captured, book: Book) -> tuple[str, str]:
        from generator.keeper.telling import comment_of, told

        moment = common.moment()
        said = comment_of(found, book, self._schemas, moment, self._preview(found))
        return said, told(found, book, moment)

    def _preview(self, found: Captured) -> str:
        """A link to the run that holds the preview and the pictures of this head."""
        head = found.reading.head
        run = self._github.preview_run(head) if head else None
        if run is None:
            return ""
        server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
        return f"{server}/{self._github.repository}/actions/runs/{run}#artifacts"
