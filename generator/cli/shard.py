"""`gongkai build --shard` and `--dask`: a group built in pieces, here or on a cluster."""

from __future__ import annotations

import shutil
import time
from datetime import datetime
from pathlib import Path

import click

from generator.check import survey
from generator.cli.building import may_go_on, summary, tell_failed
from generator.cli.common import check_stages, progress_bar, read_schemas
from generator.cli.join import Asked, join_folders
from generator.cli.ways import Ways
from generator.cli.work import Means, work_at
from generator.crew import Crew
from generator.shards.engine import LOCAL, EngineError, Errand, engine_at, into, received
from generator.shards.location import AbsentError, Location, LocationError
from generator.shards.piece import Shard
from generator.shards.shard import Job, build_shard
from generator.shards.share import shared_store
from generator.sites.fragments import keep_compiled
from generator.sites.group import theme_of
from generator.store import locked
from generator.tools import tools_key

__all__ = ["Asked", "build_apart"]


def build_apart(ways: Ways, asked: Asked, moment: datetime, means: Means) -> int:
    """Builds one piece, or on a cluster all of them; the exit code."""
    try:
        if ways.dask is not None:
            return _on_cluster(ways, asked, moment, means)
        return _piece(ways, asked, moment, means)
    except AbsentError as error:
        raise click.UsageError(
            f"没有安装 {error}。请先运行 .venv/bin/python -m pip install '.[cluster]'。"
        ) from error
    except (EngineError, LocationError) as error:
        raise click.UsageError(str(error)) from error


def _piece(ways: Ways, asked: Asked, moment: datetime, means: Means) -> int:
    shard = ways.shard
    assert shard is not None  # one of the two was asked for
    start = time.perf_counter()
    with (
        work_at(asked.root, means) as work,
        Crew(work.jobs) as crew,
        locked(asked.out / ".gongkai" / "lock"),
    ):
        opened, program = work.open(asked.root, asked.revision, moment), tools_key(asked.root)
        opened.looking.join()  # before any process is forked
        store = work.store
        if ways.share is not None:
            store = shared_store(store, Location.at(ways.share, program), opened.tree)
        keep_compiled(asked.root / "theme" / "fragments", work.templates)
        surveyed = survey(opened.tree, read_schemas(asked.root), store)
        theme = theme_of(asked.root)
        job = Job(shard, moment, program, theme, asked.out, asked.force)
        checked_at = [start]
        with progress_bar(asked.quiet) as progress:
            stages, bar = check_stages(progress), progress.add_task("生成网站", total=None)

            def show(stage: str, done: int, total: int) -> None:
                if stage != "sites":
                    stages(stage, done, total)
                    return
                if done == 0:
                    checked_at.append(time.perf_counter())
                progress.update(bar, completed=done, total=total)

            made = build_shard(surveyed, job, crew, show)
    may_go_on(made.findings, asked.force)
    if not asked.quiet and not made.withheld:
        names = {site.unit: site.name for site in surveyed.desk.shared.shared.sites.values()}
        click.echo(f"第 {shard.number} 片，共 {shard.of} 片：{asked.out}", err=True)
        summary(made.built, names, checked_at[-1] - start, time.perf_counter() - start)
    tell_failed(made.failed)
    return 1 if made.withheld or made.failed else 0


def _on_cluster(ways: Ways, asked: Asked, moment: datetime, means: Means) -> int:
    address, program = ways.dask, tools_key(asked.root)
    assert address is not None  # one of the two was asked for
    own = asked.out / ".gongkai"
    pieces, share = own / "pieces", ways.share or (own / "share").as_uri()
    if ways.share is None and not address.startswith(LOCAL):
        raise click.UsageError("请用 --share 写明各台机器共享结果的位置。")
    location = Location.at(share, program)
    with work_at(asked.root, means) as work, locked(own / "lock"):
        _clear(own)
        with engine_at(address) as engine, progress_bar(asked.quiet) as progress:
            shards = [Shard(number + 1, engine.size) for number in range(engine.size)]
            bar = progress.add_task("生成分片", total=engine.size)
            errands = {
                shard: Errand(
                    str(asked.root), asked.revision, moment.isoformat(), shard, asked.force,
                    program, share, str(work.folder) if work.folder else None,
                )
                for shard in shards
            }  # fmt: skip
            for parcel in engine.each(list(errands.values())):
                folder = pieces / str(parcel.shard.number)
                if not received(parcel, location, folder):
                    click.echo(f"分片 {parcel.shard} 没能取回，改在本机生成。", err=True)
                    into(errands[parcel.shard], folder)
                elif not asked.quiet:
                    click.echo(f"分片 {parcel.shard} 由 {parcel.by} 生成。", err=True)
                progress.advance(bar)
        try:
            return join_folders([pieces / str(shard.number) for shard in shards], work, asked)
        finally:
            _clear(own)


def _clear(own: Path) -> None:
    """Removes the pieces, and the location that only served this build."""
    for name in ("pieces", "share"):
        shutil.rmtree(own / name, ignore_errors=True)
