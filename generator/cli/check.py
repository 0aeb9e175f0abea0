"""`gongkai check`: every fault of the content, at its line, with what to do about it."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import click

from generator.cli.common import (
    ROOT_OPTION,
    check_stages,
    now,
    progress_bar,
    repository_paths,
    root_of,
)
from generator.cli.work import Means, with_means, work_at
from generator.crew import Crew
from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import LANGUAGES, Severity, codes
from generator.diagnostics.render import RENDERINGS, as_text
from generator.load import CONTENT
from generator.scope import brought_in, within
from generator.tree import (
    Change,
    NotARevisionError,
    change_since,
    open_tree,
)

__all__ = ["check"]


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--since", metavar="版本", help="只报告从这个版本以来的改动带来的问题，以及改动过的文件的问题。"
)
@click.option("--at", "revision", metavar="提交", help="检查某个提交，而不是磁盘上的文件。")
@click.option(
    "--format", "form", type=click.Choice(["text", *RENDERINGS]), default="text", help="输出格式。"
)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="zh", help="提示语言。")
@click.option("--quiet", is_flag=True, help="不显示进度和小结。")
@with_means
@ROOT_OPTION
def check(  # noqa: PLR0917 -- one parameter an option
    paths: tuple[str, ...],
    since: str | None,
    revision: str | None,
    form: str,
    language: str,
    quiet: bool,
    means: Means,
    root: Path | None,
) -> None:
    """检查内容：格式、字段、引用、日期、附件……逐条指出位置和改法。

    不带参数检查全部内容；写上文件或文件夹则只报告它们的问题。
    """
    top = root_of(root)
    start, moment = time.perf_counter(), now()
    change: Change | None = None
    if since:
        try:
            change = change_since(top, since, revision, CONTENT)
        except NotARevisionError as error:
            raise click.UsageError(f"找不到版本 {error}。请核对提交号或分支名。") from error
    with work_at(top, means) as work, progress_bar(quiet) as progress:
        opened = work.open(top, revision, moment)
        with Crew(work.jobs) as crew:
            checked = work.check(opened, crew, check_stages(progress))
        findings: Sequence[Diagnostic] = checked.findings
        if change is not None:
            with Crew(work.jobs) as crew:
                earlier = work.open(top, change.base, moment)
                before = work.check(earlier, crew, before=True)
            findings = brought_in(findings, before.findings, change.paths)
    if paths:
        asked = repository_paths(top, opened.tree, paths)
        findings = [finding for finding in findings if within(finding.place.path, asked)]
    _print(top, revision, findings, form, language)
    faults = [f for f in findings if codes()[f.code].severity is not Severity.NOTE]
    if not quiet and form == "text":
        _summary(checked.count, findings, time.perf_counter() - start, language)
    sys.exit(1 if faults else 0)


def _print(
    top: Path, revision: str | None, findings: Sequence[Diagnostic], form: str, language: str
) -> None:
    if form != "text":
        click.echo(RENDERINGS[form](findings, language), nl=False)
        return

    @lru_cache(maxsize=32)
    def lines(path: str) -> tuple[str, ...]:
        try:
            if revision is None:
                data = (top / path).read_bytes()
            else:
                tree = open_tree(top, revision, now())
                tree.entries(path)
                data = next(iter(tree.read([path])))[1]
        except (OSError, KeyError, StopIteration):
            return ()
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        return tuple(text.split("\n"))

    def source_line(path: str, line: int) -> str | None:
        text = lines(path)
        return text[line - 1] if 0 < line <= len(text) else None

    colour = sys.stdout.isatty()
    click.echo(as_text(findings, language, source_line, colour), nl=False)


def _summary(records: int, findings: Sequence[Diagnostic], seconds: float, language: str) -> None:
    weights = [codes()[finding.code].severity for finding in findings]
    errors, warnings = weights.count(Severity.ERROR), weights.count(Severity.WARNING)
    notes = len(weights) - errors - warnings
    counts = f"{errors} 个错误，{warnings} 个警告，{notes} 个提示"
    said = f"共 {records} 条记录：{counts}（{seconds:.1f} 秒）"
    if language == "en":
        counts = f"{errors} errors, {warnings} warnings, {notes} notes"
        said = f"{records} records: {counts} ({seconds:.1f} s)"
    click.echo(said, err=True)
