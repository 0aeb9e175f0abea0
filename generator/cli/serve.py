"""`gongkai serve`: the whole group at one local address, rebuilt on save."""

from __future__ import annotations

import threading
import time
from collections.abc import Set
from functools import partial
from pathlib import Path

import click

from generator.check import check
from generator.cli.common import ROOT_OPTION, now, output_folder, read_schemas, root_of
from generator.corpus import Corpus
from generator.diagnostics.render import as_text
from generator.model import Site
from generator.serve.server import Server
from generator.sites.group import FailedSite, build_group, default_jobs, write_group_files
from generator.sites.listing import Listing
from generator.tree import WorkingTree

__all__ = ["serve"]

_LAST_PORT = 65535


@click.command()
@click.option("--port", type=click.IntRange(1, _LAST_PORT), default=8000, help="端口，默认 8000。")
@click.option("--host", default="127.0.0.1", help="监听地址，默认只允许本机访问。")
@click.option("--out", type=click.Path(path_type=Path), help="输出文件夹，默认 build/serve。")
@ROOT_OPTION
def serve(port: int, host: str, out: Path | None, root: Path | None) -> None:
    """在本机预览整个网站群，保存文件后自动重新生成并刷新页面。"""
    top = root_of(root)
    target = output_folder(top, out, "build/serve")
    _rebuild(top, target, set())
    server = Server(top, target, partial(_rebuild, top, target), _tell)
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


def _rebuild(top: Path, target: Path, changed: Set[str]) -> None:
    """Builds what `changed` can alter; everything where it is empty or not content alone."""
    start = time.perf_counter()
    moment = now()
    tree = WorkingTree(top, moment)
    checked = check(tree, read_schemas(top))
    click.echo(as_text(checked.faults, "zh", colour=True), nl=False, err=True)
    corpus = checked.corpus
    listing = Listing.at(corpus, moment)
    if listing is None:
        click.echo("缺少 content/group.yml 或它所写的门户网站，改好后会自动重试。", err=True)
        return
    sites = _touched(corpus, changed)
    for done in build_group(top, listing, sites, tree.read, target, default_jobs()):
        if isinstance(done, FailedSite):
            click.echo(f"网站 {done.site} 没有生成，原因：{done.reason}", err=True)
    write_group_files(corpus, target)
    click.echo(f"已生成 {len(sites)} 个网站，用时 {time.perf_counter() - start:.1f} 秒。", err=True)


def _touched(corpus: Corpus, changed: Set[str]) -> list[Site]:
    """The sites that a save can alter: the one that shows the unit, those that list its items."""
    sites = list(corpus.sites.values())
    prefix = "content/units/"
    if not changed or any(not path.startswith(prefix) for path in changed):
        return sites
    if any(path.endswith(("/unit.yml", "/site.yml")) for path in changed):
        return sites
    units = {path.split("/")[2] for path in changed}
    touched = {site.unit for unit in units if (site := corpus.site_of(unit)) is not None}
    gathering = {
        site.unit for site in sites if any(column.from_group for column in site.every_column())
    }
    listed = {
        outlet["site"]
        for record in corpus.records.values()
        if record.unit in units
        for outlet in record.data.get("outlets", ())
    }
    return [site for site in sites if site.unit in touched | gathering | listed]
