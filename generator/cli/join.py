"""`gongkai join`: pieces that `gongkai build --shard` made → the whole group."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from generator.cli.building import may_go_on, tell_failed
from generator.cli.common import (
    ROOT_OPTION,
    check_stages,
    output_folder,
    progress_bar,
    read_schemas,
    root_of,
)
from generator.cli.work import Means, Work, with_means, work_at
from generator.shards.join import Joined, RefusedError, read_pieces
from generator.sites.group import theme_of
from generator.sites.listing import Listing
from generator.store import locked
from generator.tools import tools_key

__all__ = ["Asked", "join", "join_folders"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be built, from where, into which folder."""

    root: Path
    revision: str | None
    out: Path
    force: bool
    quiet: bool


@click.command()
@click.argument(
    "pieces",
    nargs=-1,
    required=True,
    metavar="分片…",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@click.option(
    "--at", "revision", metavar="提交", help="各分片是某个提交的内容，而不是磁盘上的文件。"
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="输出文件夹，默认为内容库下的 public。"
)
@click.option("--force", is_flag=True, help="内容有错误时也合并已生成的部分。")
@click.option("--quiet", is_flag=True, help="不显示进度和小结。")
@with_means
@ROOT_OPTION
def join(  # noqa: PLR0917 -- one parameter an option
    pieces: tuple[Path, ...],
    revision: str | None,
    out: Path | None,
    force: bool,
    quiet: bool,
    means: Means,
    root: Path | None,
) -> None:
    """合并分片：把 gongkai build --shard 的全部结果合成一个网站群，和一次生成的完全相同。

    各分片的检查结果合在一起，再查只有整体才看得出的问题；没有错误才把网站移到输出文件夹。
    """
    top = root_of(root)
    asked = Asked(top, revision, output_folder(top, out, "public"), force, quiet)
    with work_at(top, means) as work, locked(asked.out / ".gongkai" / "lock"):
        code = join_folders(pieces, work, asked)
    sys.exit(code)


def join_folders(folders: Sequence[Path], work: Work, asked: Asked) -> int:
    """Joins pieces into a folder, whose lock is held; the exit code."""
    start = time.perf_counter()
    try:
        pieces = read_pieces(folders, tools_key(asked.root))
        opened = work.open(asked.root, asked.revision, pieces.moment)
        opened.looking.join()
        with progress_bar(asked.quiet) as progress:
            stages = check_stages(progress)
            schemas, theme = read_schemas(asked.root), theme_of(asked.root)
            joined = pieces.join(opened.tree, schemas, theme, work.store, stages)
    except RefusedError as error:
        raise click.UsageError(f"不能合并：{error}") from error
    if not may_go_on(joined.checked.findings, asked.force):
        return 1
    _is_complete(joined)
    joined.put_in_place(asked.out)
    if not asked.quiet:
        manifests = pieces.manifests.values()
        sites, pages = sum(len(m.sites) for m in manifests), sum(m.pages for m in manifests)
        seconds = time.perf_counter() - start
        said = f"合并 {len(manifests)} 片：{sites} 个网站，{pages} 个页面（{seconds:.1f} 秒）。"
        click.echo(said, err=True)
    tell_failed(joined.failed)
    return 1 if joined.failed else 0


def _is_complete(joined: Joined) -> None:
    if Listing.at(joined.checked.group, joined.pieces.moment) is None:
        raise click.UsageError("缺少 content/group.yml 或它所写的门户网站，无法生成。")
    if withheld := joined.withheld():
        said = "、".join(str(shard) for shard in withheld)
        raise click.UsageError(f"分片 {said} 因内容有错误没有生成网站：请加上 --force 重新生成。")
