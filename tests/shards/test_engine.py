"""Shards on a cluster: two workers of this machine make the bytes that one process makes."""

from __future__ import annotations

import io
import re
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from generator.shards import engine
from generator.shards.engine import EngineError, Errand, into, received, work
from generator.shards.location import Location
from generator.shards.pack import PackError, digest_of_file, pack, unpack
from generator.shards.piece import Shard
from generator.tools import tools_key
from tests.support.groups import SmallGroup
from tests.support.pieces import MOMENT, Builder


@pytest.mark.parametrize("there", [False, True], ids=["started here", "found at an address"])
def test_two_workers_of_dask(builder: Builder, there: bool) -> None:
    distributed = pytest.importorskip("distributed")
    assert builder.whole().exit_code == 0
    share = builder.out / "share"
    words = ["--share", share.as_uri(), "--moment", MOMENT, "--out", builder.out / "joined"]
    if there:
        settings = {"threads_per_worker": 1, "processes": True, "dashboard_address": None}
        with distributed.LocalCluster(n_workers=2, host="127.0.0.1", **settings) as cluster:
            run = builder.call("build", "--dask", cluster.scheduler_address, *words)
    else:
        run = builder.call("build", "--dask", "local:2", *words)
    assert run.exit_code == 0, run.output
    assert "合并 2 片：3 个网站" in run.output
    assert len(set(re.findall(r"由 (\S+) 生成", run.output))) == 2
    assert builder.bytes_of("joined") == builder.bytes_of("whole")
    assert sorted(row.name for row in (share / "parts").iterdir()) == sorted(
        ["_group", "city", "jyj", "kjj", "portal", "yangcheng"]
    )
    assert not list((share / "pieces").iterdir()), "pieces that were fetched are not kept"
    assert not (builder.out / "joined/.gongkai/pieces").exists()


def test_no_cluster_there(builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PATIENCE", 1)
    words = ["--dask", "tcp://127.0.0.1:1", "--share", (builder.out / "share").as_uri()]
    run = builder.call("build", "--out", builder.out / "joined", *words)
    assert run.exit_code == 2
    assert "连不上" in run.output


@pytest.fixture
def errand(small: SmallGroup, tmp_path: Path) -> Errand:
    """All of the small group as one shard."""
    share = (tmp_path / "share").as_uri()
    program = tools_key(small.root)
    return Errand(str(small.root), None, MOMENT, Shard(1, 1), False, program, share, None)


def test_a_piece_travels_through_the_location(errand: Errand, builder: Builder) -> None:
    parcel = work(errand)
    assert parcel.data is None
    location = Location(errand.share, errand.program)
    assert received(parcel, location, builder.piece(1))
    assert builder.join([1]).exit_code == 0
    assert builder.whole().exit_code == 0
    assert builder.bytes_of("joined") == builder.bytes_of("whole")


def test_without_a_location_a_piece_travels_by_itself(errand: Errand, builder: Builder) -> None:
    lost = replace(errand, share="file:///dev/null/x")
    parcel = work(lost)
    assert parcel.data is not None
    assert received(parcel, Location(lost.share, lost.program), builder.piece(1))
    assert builder.join([1]).exit_code == 0


def test_a_piece_damaged_on_its_way_is_not_received(errand: Errand, tmp_path: Path) -> None:
    parcel = work(errand)
    packed = tmp_path / "share" / parcel.name
    data = bytearray(packed.read_bytes())
    data[5_000] ^= 1
    packed.write_bytes(data)
    location = Location(errand.share, errand.program)
    assert not received(parcel, location, tmp_path / "piece")
    packed.unlink()
    assert not received(parcel, location, tmp_path / "piece")


def test_a_worker_without_the_repository_says_so(errand: Errand, tmp_path: Path) -> None:
    there = Errand(
        str(tmp_path / "nowhere"),
        None,
        MOMENT,
        Shard(1, 2),
        False,
        errand.program,
        errand.share,
        None,
    )
    with pytest.raises(EngineError, match="分片 1/2 没有生成"):
        into(there, tmp_path / "piece")


def test_a_packed_piece_is_the_same_bytes_whoever_packs_it(tmp_path: Path) -> None:
    for name, order in (("a", ("x/2", "x/1", "y")), ("b", ("y", "x/1", "x/2"))):
        for path in order:
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(path)
        (tmp_path / name / "y").chmod(0o600)
        pack(tmp_path / name, ["y", "x"], tmp_path / f"{name}.tar")
    assert digest_of_file(tmp_path / "a.tar") == digest_of_file(tmp_path / "b.tar")
    unpack(tmp_path / "a.tar", tmp_path / "c")
    assert (tmp_path / "c/x/2").read_text() == "x/2"


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x"])
def test_nothing_is_unpacked_outside(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "bad.tar", "w") as packed:
        row = tarfile.TarInfo(name)
        row.size = 1
        packed.addfile(row, io.BytesIO(b"x"))
    with pytest.raises(PackError):
        unpack(tmp_path / "bad.tar", tmp_path / "folder")


def test_no_link_is_unpacked(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "bad.tar", "w") as packed:
        row = tarfile.TarInfo("x")
        row.type, row.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(row)
    with pytest.raises(PackError):
        unpack(tmp_path / "bad.tar", tmp_path / "folder")
