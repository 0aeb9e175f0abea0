"""The options of `gongkai build` that say how to build a group in pieces, or as if at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from generator.shards.piece import Shard

__all__ = ["Ways", "with_ways"]

_MOST = 10_000


def _shard(_: click.Context, option: click.Parameter, given: str | None) -> Shard | None:
    if given is None:
        return None
    number, __, of = given.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= _MOST:
        return Shard(int(number), int(of))
    raise click.BadParameter(f"{given} 不是分片：请写成 2/5 这样，表示共 5 片中的第 2 片。")


def _moment(_: click.Context, option: click.Parameter, given: str | None) -> datetime | None:
    if given is None:
        return None
    with suppress(ValueError):
        moment = datetime.fromisoformat(given)
        if moment.tzinfo is not None:
            return moment
    raise click.BadParameter(f"{given} 不是带时区的时刻：请写成 2026-11-24T12:00:00+08:00。")


_OPTIONS = (
    click.option(
        "--shard",
        metavar="i/n",
        callback=_shard,
        help="只生成共 n 片中的第 i 片，之后用 gongkai join 合并。",
    ),
    click.option(
        "--dask",
        metavar="地址",
        help="在 Dask 集群上分片生成再合并：tcp://主机:端口，或 local:N 在本机开 N 个进程。",
    ),
    click.option("--share", metavar="位置", help="各台机器共享结果的位置，如 s3://…、file:///…。"),
    click.option(
        "--moment",
        metavar="时刻",
        callback=_moment,
        help="以哪个时刻为准，默认现在；一个网站群的各分片要用同一个。",
    ),
)


@dataclass(frozen=True, slots=True)
class Ways:
    """How a person wants a group to be built in pieces; by default it is built as one."""

    shard: Shard | None
    dask: str | None
    share: str | None
    moment: datetime | None

    @property
    def apart(self) -> bool:
        """Whether it is to be built in pieces."""
        return self.shard is not None or self.dask is not None

    @property
    def usual_folder(self) -> str:
        """Where it is built, below the repository, unless a person says otherwise."""
        return f"build/shard-{self.shard.number}-of-{self.shard.of}" if self.shard else "public"


def with_ways(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that say how to build in pieces, given to it as one `ways`."""

    @wraps(command)
    def run(
        shard: Shard | None,
        dask: str | None,
        share: str | None,
        moment: datetime | None,
        **others: Any,
    ) -> None:
        if shard is not None and dask is not None:
            raise click.UsageError("--shard 和 --dask 不能同时用。")
        if share is not None and shard is None and dask is None:
            raise click.UsageError("--share 要和 --shard 或 --dask 一起用。")
        if (shard or dask) and others.get("names"):
            raise click.UsageError("--site 不能和 --shard 或 --dask 一起用。")
        if share is not None and "://" not in share:
            share = Path(share).resolve().as_uri()
        command(ways=Ways(shard, dask, share, moment), **others)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run
