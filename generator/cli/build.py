"""`gongkai build`: the whole group, or some of its sites, into a folder."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from generator.check import Checked
from generator.cli.common import (
    ROOT_OPTION,
    check_stages,
    now,
    output_folder,
    progress_bar,
    root_of,
)
from generator.cli.work import Means, with_means, work_at
from generator.crew import Crew
from generator.diagnostics.catalogue import Severity, codes
from generator.diagnostics.render import as_text
from generator.model import Site
from generator.sites.build import BuiltSite
from generator.sites.fragments import keep_compiled
from generator.sites.group import FailedSite, Group, build_group, theme_of, write_group_files
from generator.sites.listing import Listing
from generator.store import locked

__all__ = ["build"]


@click.command()
@click.option("--site", "names", multiple=True, metavar="网站", help="只生成这个网站，可重复使用。")
@click.option("--at", "revision", metavar="提交", help="生成某个提交的内容，而不是磁盘上的文件。")
@click.option(
    "--out", type=click.Path(path_type=Path), help="输出文件夹，默认为内容库下的 public。"
)
@click.option("--force", is_flag=True, help="内容有错误时也生成能生成的部分。")
@click.option("--quiet", is_flag=True, help="不显示进度和小结。")
@with_means
@ROOT_OPTION
def build(  # noqa: PLR0917 -- one parameter an option
    names: tuple[str, ...],
    revision: str | None,
    out: Path | None,
    force: bool,
    quiet: bool,
    means: Means,
    root: Path | None,
) -> None:
    """生成网站：先检查全部内容，再把每个网站生成为一个文件夹；没有变化的不重做。"""
    top = root_of(root)
    target = output_folder(top, out, "public")
    moment = now()
    start = time.perf_counter()
    with work_at(top, means) as work, Crew(work.jobs) as crew:
        with progress_bar(quiet) as progress:
            checked = work.check(top, revision, moment, crew, check_stages(progress))
        checked_in = time.perf_counter() - start
        if not _may_go_on(checked, force):
            sys.exit(1)
        if Listing.at(checked.group, moment) is None:
            raise click.UsageError("缺少 content/group.yml 或它所写的门户网站，无法生成。")
        sites = _chosen(list(checked.group.sites.values()), tuple(dict.fromkeys(names)))
        built: list[BuiltSite] = []
        failed: list[FailedSite] = []
        keep_compiled(top / "theme" / "fragments", work.templates)
        group = Group(checked, theme_of(top), target, moment)
        with locked(target / ".gongkai" / "lock"), progress_bar(quiet) as progress:
            bar = progress.add_task("生成网站", total=len(sites))
            for done in build_group(group, crew, [site.unit for site in sites]):
                if isinstance(done, BuiltSite):
                    built.append(done)
                else:
                    failed.append(done)
                progress.advance(bar)
            write_group_files(checked.group, target)
    if not quiet:
        names_of = {site.unit: site.name for site in sites}
        _summary(built, names_of, checked_in, time.perf_counter() - start)
    for failure in failed:
        click.echo(
            f"网站 {failure.site} 没有生成，保留上一次的结果。原因：{failure.reason}", err=True
        )
    sys.exit(1 if failed else 0)


def _may_go_on(checked: Checked, force: bool) -> bool:
    errors = [f for f in checked.findings if codes()[f.code].severity is Severity.ERROR]
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


def _summary(
    built: Sequence[BuiltSite], names: dict[str, str], checked_in: float, seconds: float
) -> None:
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
    for row in sorted(built, key=lambda row: row.site):
        size = f"{row.bytes / 1e6:.1f} MB"
        counts = (str(row.pages), str(row.files), size, str(row.written))
        table.add_row(row.site, names[row.site], *counts)
    console = Console(stderr=True)
    console.print(table)
    pages = sum(row.pages for row in built)
    written = sum(row.written for row in built)
    console.print(
        f"{len(built)} 个网站，{pages} 个页面，重做 {written} 个文件；"
        f"检查 {checked_in:.1f} 秒，共 {seconds:.1f} 秒。",
        highlight=False,
    )
