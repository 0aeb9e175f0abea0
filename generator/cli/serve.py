"""`gongkai serve`: the whole group at one local address, rebuilt on save."""

from __future__ import annotations

import threading
import time
from collections.abc import Set
from functools import partial
from pathlib import Path

import click

from generator.cli.common import ROOT_OPTION, now, output_folder, root_of
from generator.cli.work import Means, Work, with_means, work_at
from generator.crew import Crew
from generator.diagnostics.render import as_text
from generator.serve.server import Server
from generator.sites.fragments import keep_compiled
from generator.sites.group import FailedSite, Group, build_group, theme_of, write_group_files
from generator.sites.listing import Listing

__all__ = ["serve"]

_LAST_PORT = 65535


@click.command()
@click.option("--port", type=click.IntRange(1, _LAST_PORT), default=8000, help="端口，默认 8000。")
@click.option("--host", default="127.0.0.1", help="监听地址，默认只允许本机访问。")
@click.option("--out", type=click.Path(path_type=Path), help="输出文件夹，默认 build/serve。")
@with_means
@ROOT_OPTION
def serve(
    port: int,
    host: str,
    out: Path | None,
    means: Means,
    root: Path | None,
) -> None:
    """在本机预览整个网站群，保存文件后自动重新生成并刷新页面。"""
    top = root_of(root)
    target = output_folder(top, out, "build/serve")
    with work_at(top, means) as work:
        keep_compiled(top / "theme" / "fragments", work.templates)
        rebuild = partial(_rebuild, top, target, work)
        rebuild(frozenset())
        _serve(Server(top, target, rebuild, _tell), host, port)


def _serve(server: Server, host: str, port: int) -> None:
    try:
        listening = server.listen(host, port)
    except OSError as error:
        raise click.UsageError(f"端口 {port} 已被占用，请用 --port 换一个。") from error
    watcher = threading.Thread(target=server.watch, daemon=True)
    watcher.start()
    click.echo(f"预览地址：http://{host}:{port}/　按 Ctrl+C 结束。")
    try:
        listening.serve_forever()
    except KeyboardInterrupt:
        click.echo("已结束。")
    finally:
        server.stop()
        listening.server_close()


def _tell(error: Exception) -> None:
    """Says why a rebuild broke off; what was built before is still shown."""
    click.echo(f"没有生成，仍显示上一次的结果。原因：{type(error).__name__}: {error}", err=True)


def _rebuild(top: Path, target: Path, work: Work, changed: Set[str]) -> None:
    """Builds what has changed since the last build; the paths saved tell nothing that files do."""
    start = time.perf_counter()
    moment = now()
    written = sites = 0
    # What was read stays with this process; only work on everything is worth others.
    small = bool(changed) and all(path.startswith("content/units/") for path in changed)
    with Crew(1 if small else work.jobs) as crew:
        checked = work.check(work.open(top, None, moment), crew)
        click.echo(as_text(checked.faults, "zh", colour=True), nl=False, err=True)
        if Listing.at(checked.group, moment) is None:
            click.echo("缺少 content/group.yml 或它所写的门户网站，改好后会自动重试。", err=True)
            return
        for done in build_group(Group(checked, theme_of(top), target, moment), crew):
            if isinstance(done, FailedSite):
                click.echo(f"网站 {done.site} 没有生成，原因：{done.reason}", err=True)
            else:
                sites += done.written > 0
                written += done.written
    write_group_files(checked.group, target)
    seconds = time.perf_counter() - start
    click.echo(f"重做 {sites} 个网站的 {written} 个文件，用时 {seconds:.1f} 秒。", err=True)
