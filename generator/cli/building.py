"""What `gongkai build` does once the files are being listed: check, build, say what was done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from generator.cli.common import check_stages, progress_bar
from generator.cli.work import Opened, Work
from generator.crew import Crew
from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import Severity, codes
from generator.diagnostics.render import as_text
from generator.model import Site
from generator.sites.build import BuiltSite
from generator.sites.fragments import keep_compiled
from generator.sites.group import FailedSite, Group, build_group, theme_of, write_group_files
from generator.sites.listing import Listing
from generator.store import locked

__all__ = ["Wish", "build_opened", "may_go_on", "summary", "tell_failed"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants built: these sites or all, where, as of when, and how."""

    names: tuple[str, ...]
    target: Path
    moment: datetime
    force: bool
    quiet: bool


def build_opened(work: Work, opened: Opened, crew: Crew, wish: Wish) -> int:
    """The exit code of a build of the files that `opened` lists."""
    start = time.perf_counter()
    with progress_bar(wish.quiet) as progress:
        checked = work.check(opened, crew, check_stages(progress))
    checked_in = time.perf_counter() - start
    if not may_go_on(checked.findings, wish.force):
        return 1
    if Listing.at(checked.group, wish.moment) is None:
        raise click.UsageError("缺少 content/group.yml 或它所写的门户网站，无法生成。")
    sites = _chosen(list(checked.group.sites.values()), wish.names)
    group = Group(checked, theme_of(opened.root), wish.target, wish.moment)
    keep_compiled(group.theme.fragments, work.templates)
    built: list[BuiltSite] = []
    failed: list[FailedSite] = []
    with locked(wish.target / ".gongkai" / "lock"), progress_bar(wish.quiet) as progress:
        bar = progress.add_task("生成网站", total=len(sites))
        for done in build_group(group, crew, [site.unit for site in sites]):
            if isinstance(done, BuiltSite):
                built.append(done)
            else:
                failed.append(done)
            progress.advance(bar)
        write_group_files(checked.group, wish.target)
    if not wish.quiet:
        summary(built, {s.unit: s.name for s in sites}, checked_in, time.perf_counter() - start)
    tell_failed(failed)
    return 1 if failed else 0


def tell_failed(failed: Iterable[FailedSite]) -> None:
    """Tells which sites could not be built, and why."""
    for failure in failed:
        click.echo(
            f"网站 {failure.site} 没有生成，保留上一次的结果。原因：{failure.reason}", err=True
        )


def may_go_on(findings: Iterable[Diagnostic], force: bool) -> bool:
    """Tells the errors; whether there are none, or none that is to stop anything."""
    errors = [f for f in findings if codes()[f.code].severity is Severity.ERROR]
    if not errors:
        return True
    click.echo(as_text(errors, "zh", colour=sys.stderr.isatty()), nl=False, err=True)
    if force:
        click.echo(f"内容有 {len(errors)} 个错误，按要求继续生成其余部分。", err=True)
        return True
    click.echo(
        f"内容有 {len(errors)} 个错误，没有生成。改正后再试，或用 --force 先看其余部分。", err=True
    )
    return False


def _chosen(sites: Sequence[Site], names: tuple[str, ...]) -> list[Site]:
    known = {site.unit: site for site in sites}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.UsageError(f"没有网站 {'、'.join(unknown)}；已有：{'、'.join(sorted(known))}。")
    return [known[name] for name in names] if names else list(sites)


def summary(
    built: Sequence[BuiltSite], names: Mapping[str, str], checked_in: float, seconds: float
) -> None:
    """Tells what each site holds that was made anew, and how long all took."""
    from rich.console import Console
    from rich.table import Table

    made = [row for row in built if row.written]
    table = Table(box=None, pad_edge=False)
    for title, right in (
        ("网站", False),
        ("名称", False),
        ("页面", True),
        ("附件", True),
        ("大小", True),
        ("重做", True),
    ):
        table.add_column(title, justify="right" if right else "left")
    for row in sorted(made, key=lambda row: row.site):
        size = f"{row.bytes / 1e6:.1f} MB"
        counts = (str(row.pages), str(row.files), size, str(row.written))
        table.add_row(row.site, names[row.site], *counts)
    console = Console(stderr=True)
    if made:
        console.print(table)
    pages = sum(row.pages for row in built)
    written = sum(row.written for row in built)
    console.print(
        f"{len(built)} 个网站，{pages} 个页面，重做 {written} 个文件；"
        f"检查 {checked_in:.1f} 秒，共 {seconds:.1f} 秒。",
        highlight=False,
    )
