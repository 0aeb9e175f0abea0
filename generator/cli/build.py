"""`gongkai build`: the whole group, or some of its sites, into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.common import ROOT_OPTION, now, output_folder, root_of
from generator.cli.ways import Ways, with_ways
from generator.cli.work import Means, with_means, work_at
from generator.crew import Crew

__all__ = ["build"]


@click.command()
@click.option("--site", "names", multiple=True, metavar="网站", help="只生成这个网站，可重复使用。")
@click.option("--at", "revision", metavar="提交", help="生成某个提交的内容，而不是磁盘上的文件。")
@click.option(
    "--out", type=click.Path(path_type=Path), help="输出文件夹，默认为内容库下的 public。"
)
@click.option("--force", is_flag=True, help="内容有错误时也生成能生成的部分。")
@click.option("--quiet", is_flag=True, help="不显示进度和小结。")
@click.option("--release", "is_release", is_flag=True, help="正式发布：只用台账批准的字节。")
@click.option("--holds", is_flag=True, help="和 --release 一起：上次发布的网站去掉已撤的页面。")
@click.option("--preview", is_flag=True, help="试看：每页注明“未经审核”，搜索引擎不收录。")
@click.option(
    "--key", "keys", multiple=True, envvar="GONGKAI_LEDGER_KEY",
    type=click.Path(path_type=Path, dir_okay=False), help="正式发布记入台账时签名的密钥。",
)  # fmt: skip
@click.option("--push", "remote", metavar="远程", help="正式发布：台账推送到这个远程。")
@click.option(
    "--trust-root", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="正式发布：写有根密钥指纹的文件。",
)  # fmt: skip
@click.option("--since", metavar="条数:摘要", help="正式发布：另外记下的台账条数和摘要。")
@with_ways
@with_means
@ROOT_OPTION
def build(  # noqa: PLR0913, PLR0917 -- one parameter an option
    names: tuple[str, ...],
    revision: str | None,
    out: Path | None,
    force: bool,
    quiet: bool,
    is_release: bool,
    holds: bool,
    preview: bool,
    keys: tuple[Path, ...],
    remote: str | None,
    trust_root: Path | None,
    since: str | None,
    ways: Ways,
    means: Means,
    root: Path | None,
) -> None:
    """生成网站：先检查全部内容，再把每个网站生成为一个文件夹；没有变化的不重做。"""
    if is_release or preview or holds:
        alone = names or revision or force or ways.apart or (is_release and preview)
        if alone or (holds and not is_release):
            raise click.UsageError(
                "--release 和 --preview 各自单独使用；--holds 和 --release 一起。"
            )
        from generator.cli import release
        from generator.cli.ledger_common import Signing

        if is_release:
            signing = Signing(root, keys, remote, trust_root)
            asked = release.Asked(signing, out, since, means.jobs, ways.moment, holds)
            release.build_release(asked)
        else:
            release.build_preview(root_of(root), out, ways.moment, means.jobs)
        return
    top = root_of(root)
    target = output_folder(top, out, ways.usual_folder)
    moment = ways.moment or now()
    if ways.apart:
        from generator.cli.shard import Asked, build_apart

        sys.exit(build_apart(ways, Asked(top, revision, target, force, quiet), moment, means))
    with work_at(top, means) as work, Crew(work.jobs) as crew:
        opened = work.open(top, revision, moment)
        from generator.cli.building import Wish, build_opened

        wish = Wish(tuple(dict.fromkeys(names)), target, moment, force, quiet)
        code = build_opened(work, opened, crew, wish)
    sys.exit(code)
