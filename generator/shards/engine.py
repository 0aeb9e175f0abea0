"""Shards as tasks of a Dask cluster, whose workers find the repository where it stands here.

A worker does what a machine of a CI matrix does: it runs `gongkai build --shard` in a process of
its own, so that nothing of an earlier task or an older program is left in it. It packs the piece
and puts it where all can reach it; what cannot be fetched there comes through Dask, or is built by
the one who asked.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from socket import gethostname
from tempfile import TemporaryDirectory
from typing import Any

from generator.shards.location import Location, needed
from generator.shards.pack import digest_of_file, pack, unpack
from generator.shards.piece import PLACE, Manifest, Shard

__all__ = ["Engine", "EngineError", "Errand", "Parcel", "engine_at", "into", "received", "work"]

LOCAL = "local:"
_PATIENCE = 30  # seconds that a scheduler has to answer, or the first worker to come
_CLEAN, _FINDINGS = 0, 1  # with these exit codes a piece was written


class EngineError(RuntimeError):
    """A cluster that cannot be used as asked; the reason is told in Chinese."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A shard to be built, as it is told to another machine."""

    root: str  # the repository, which stands in the same place there
    revision: str | None
    moment: str
    shard: Shard
    force: bool
    program: str
    share: str  # the location
    cache: str | None  # the folder for what this machine finds out; None for none
    jobs: int = 1

    def words(self, out: Path) -> list[str]:
        """The command that builds it into a folder."""
        cache = ["--no-cache"]
        if self.cache is not None:
            own = Path(self.cache, "shards", f"{self.shard.number}-{self.shard.of}")
            cache = ["--cache", str(own)]
        return [
            "build", "--root", self.root, "--out", str(out), "--shard", str(self.shard),
            "--moment", self.moment, "--share", self.share, "--jobs", str(self.jobs), "--quiet",
            *cache,
            *(["--at", self.revision] if self.revision is not None else []),
            *(["--force"] if self.force else []),
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parcel:
    """A piece on its way: its name in the location, or its bytes where that failed."""

    shard: Shard
    name: str
    digest: str
    size: int
    by: str  # the machine and the process that made it
    data: bytes | None = None


def work(errand: Errand) -> Parcel:
    """Builds a shard and sends it; what a worker is asked to do. Errors: EngineError."""
    with TemporaryDirectory(prefix="gongkai-") as temporary:
        folder, packed = Path(temporary, "piece"), Path(temporary, "piece.tar")
        manifest = into(errand, folder)
        pack(folder, [PLACE, *manifest.sites], packed)
        digest, size = digest_of_file(packed), packed.stat().st_size
        by = f"{gethostname()}:{os.getpid()}"
        name = f"pieces/{digest}.tar"
        if Location(errand.share, errand.program).send(packed, name):
            return Parcel(errand.shard, name, digest, size, by)
        return Parcel(errand.shard, "", digest, size, by, packed.read_bytes())


def into(errand: Errand, folder: Path) -> Manifest:
    """Builds a shard into a folder, in a process of its own. Errors: EngineError."""
    place = os.fspath(Path(__file__).parents[2])
    above = [place, *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-m", "generator", *errand.words(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(above), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    manifest = Manifest.read(folder) if done.returncode in (_CLEAN, _FINDINGS) else None
    if manifest is None:
        said = done.stderr.decode(errors="replace").strip()
        raise EngineError(f"分片 {errand.shard} 没有生成（退出码 {done.returncode}）：\n{said}")
    return manifest


def received(parcel: Parcel, location: Location, folder: Path) -> bool:
    """Unpacks a piece into a folder; false where it could not be fetched as it was sent."""
    with TemporaryDirectory(prefix="gongkai-") as temporary:
        packed = Path(temporary, "piece.tar")
        if parcel.data is not None:
            packed.write_bytes(parcel.data)
        elif not location.fetch(parcel.name, packed, parcel.size):
            return False
        if digest_of_file(packed) != parcel.digest:
            return False
        unpack(packed, folder)
    if parcel.name:
        location.remove(parcel.name)
    return True


@dataclass(frozen=True)
class Engine:
    """A cluster at hand: how many threads each of its workers has, by address."""

    client: Any
    workers: dict[str, int]

    @property
    def size(self) -> int:
        """How many shards it builds side by side."""
        return len(self.workers)

    def each(self, errands: Sequence[Errand]) -> Iterator[Parcel]:
        """The pieces of as many shards as there are workers, in the order in which they are done.

        Errors: EngineError.
        """
        distributed = needed("distributed")
        waiting = [
            self.client.submit(
                work,
                replace(errand, jobs=threads),
                workers=[address],
                allow_other_workers=True,  # where this one leaves
                pure=False,
            )
            for errand, (address, threads) in zip(errands, self.workers.items(), strict=True)
        ]
        try:
            for done in distributed.as_completed(waiting):
                yield done.result()
        except distributed.KilledWorker as error:
            raise EngineError(f"执行节点中途退出，没有完成：{error}") from error
        finally:
            self.client.cancel(waiting)


@contextmanager
def engine_at(address: str) -> Iterator[Engine]:
    """The cluster at an address, or one of processes of this machine: `local:2`.

    Errors: EngineError, AbsentError.
    """
    distributed = needed("distributed")
    with ExitStack() as stack:
        cluster: Any = address
        count = address.removeprefix(LOCAL)
        if address.startswith(LOCAL):
            if not count.isdecimal() or not int(count):
                raise EngineError(f"{address} 不是集群的地址：请写 local:2 这样，表示 2 个进程。")
            local = distributed.LocalCluster(
                n_workers=int(count),
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                memory_limit=0,
            )
            cluster = stack.enter_context(local)
        try:
            client = stack.enter_context(distributed.Client(cluster, timeout=_PATIENCE))
            client.wait_for_workers(int(count) if cluster != address else 1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise EngineError(f"连不上 Dask 集群 {address}，或者上面没有执行节点。") from error
        except (OSError, ValueError) as error:
            raise EngineError(f"连不上 Dask 集群 {address}：{error}") from error
        yield Engine(client, dict(client.nthreads()))
