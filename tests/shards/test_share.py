"""A shared location saves time and changes nothing: not damaged, not foreign, not out of reach."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.check import look, survey
from generator.check.part import Part, kept_index
from generator.crew import Crew
from generator.schema import Schemas
from generator.shards import location as locations
from generator.shards.location import Location
from generator.shards.share import SharedStore, shared_store
from generator.store import FolderStore, NoStore, digest_of
from generator.tree import WorkingTree
from tests.support.groups import SmallGroup
from tests.support.pieces import Builder

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
KEY = digest_of("a program")


@pytest.fixture
def location(tmp_path: Path) -> Location:
    """A location in a folder."""
    return Location((tmp_path / "share").as_uri(), KEY)


def test_values_come_back(location: Location) -> None:
    assert location.get("a/b") is None
    location.put("a/b", {"中": [1, 2]})
    assert location.get("a/b") == {"中": [1, 2]}
    assert location.faults == 0


def test_values_of_another_program_are_not_there(location: Location) -> None:
    location.put("a/b", 1)
    assert Location(location.url, digest_of("another")).get("a/b") is None


def test_damaged_values_are_not_there(location: Location, tmp_path: Path) -> None:
    location.put("a/b", [1, 2, 3])
    file = tmp_path / "share/a/b"
    for data in (file.read_bytes().replace(b"3", b"4"), file.read_bytes()[:-2], b"", b"\n", b"x"):
        file.write_bytes(data)
        assert location.get("a/b") is None


def test_names_that_no_url_holds(location: Location) -> None:
    for name in ("parts/a b#c?d%/x", "parts/\udcff/x", "parts/单位/x"):
        location.put(name, name.encode("utf-8", "surrogateescape").hex())
        assert location.get(name) == name.encode("utf-8", "surrogateescape").hex()


class _Failing:
    """A file system that does nothing but fail."""

    asked = 0

    def __getattr__(self, name: str) -> Any:
        self.asked += 1
        raise OSError(name)


def test_a_failing_place_is_soon_left_alone(
    location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = _Failing()
    monkeypatch.setattr(Location, "_at", lambda *_: (system, "x"))
    for number in range(10):
        location.put(f"a/{number}", number)
        assert location.get(f"a/{number}") is None
    assert system.asked == 3


def test_a_slow_place_is_left_alone_at_once(
    location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    location.patience = 0.05
    monkeypatch.setattr(Location, "_read", lambda *_: time.sleep(5))
    start = time.perf_counter()
    assert [location.get("a") for _ in range(20)] == [None] * 20
    assert time.perf_counter() - start < 2


def test_files_travel(location: Location, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"123")
    assert location.send(tmp_path / "x", "pieces/x")
    assert location.fetch("pieces/x", tmp_path / "y", 3)
    assert not location.fetch("pieces/x", tmp_path / "z", 4)
    location.remove("pieces/x")
    assert not location.fetch("pieces/x", tmp_path / "w", 3)


@pytest.fixture
def schemas(root: Path) -> Schemas:
    """The project's schemas."""
    return Schemas.read(root / "schemas")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The parts that are read from their files."""
    from generator.check import desk

    names: list[str] = []
    plain = desk.read_part

    def noted(reading: Any, name: str, *more: Any, **others: Any) -> Any:
        names.append(name)
        return plain(reading, name, *more, **others)

    monkeypatch.setattr(desk, "read_part", noted)
    return names


def looked(small: SmallGroup, schemas: Schemas, own: Path | None, share: Location) -> SharedStore:
    """Looks into every part with a folder, or none, and a location."""
    tree = WorkingTree(small.root, NOW)
    store = shared_store(FolderStore(own, KEY) if own else NoStore(), share, tree)
    surveyed = survey(tree, schemas, store)
    look(surveyed, surveyed.digests, Crew(1))
    for name, digest in surveyed.digests.items():
        surveyed.desk.at_hand(name, digest)
    return store


def test_another_machine_reads_nothing_anew(
    small: SmallGroup, schemas: Schemas, location: Location, tmp_path: Path, reads: list[str]
) -> None:
    looked(small, schemas, tmp_path / "one", location)
    assert sorted(reads) == ["", "city", "jyj", "kjj", "portal", "yangcheng"]
    reads.clear()
    looked(small, schemas, tmp_path / "two", location)
    assert reads == []
    unreachable = Location("file:///dev/null/none", KEY)
    looked(small, schemas, tmp_path / "two", unreachable)
    assert reads == [], "what came from the location stays in the folder"


def test_a_machine_that_keeps_nothing_gives_and_takes(
    small: SmallGroup, schemas: Schemas, location: Location, reads: list[str]
) -> None:
    looked(small, schemas, None, location)
    assert len(reads) == 6
    reads.clear()
    looked(small, schemas, None, location)
    assert reads == []


def test_only_what_changed_is_read(
    small: SmallGroup, schemas: Schemas, location: Location, tmp_path: Path, reads: list[str]
) -> None:
    looked(small, schemas, tmp_path / "one", location)
    looked(small, schemas, tmp_path / "two", location)
    small.article("units/jyj/articles/2026/0005.md")
    reads.clear()
    looked(small, schemas, tmp_path / "two", location)
    assert reads == ["jyj"]
    reads.clear()
    store = looked(small, schemas, tmp_path / "one", location)
    assert reads == []
    index = kept_index(store, "jyj")
    part = Part.kept(store, index) if index is not None else None
    assert part is not None
    assert "content/units/jyj/articles/2026/0005.md" in part.records


def test_a_part_with_a_chunk_missing_is_read_anew(
    small: SmallGroup, schemas: Schemas, location: Location, tmp_path: Path, reads: list[str]
) -> None:
    looked(small, schemas, tmp_path / "one", location)
    for file in (tmp_path / "share/parts/jyj").rglob("articles-*.json"):
        file.unlink()
    reads.clear()
    looked(small, schemas, tmp_path / "two", location)
    assert reads == ["jyj"]


@pytest.mark.parametrize("state", ["good", "damaged", "unreachable"])
def test_pieces_are_the_same_whatever_the_location_is(builder: Builder, state: str) -> None:
    share = (builder.out / "share").as_uri() if state != "unreachable" else "file:///dev/null/none"
    assert builder.whole().exit_code == 0
    for number in (1, 2, 3):
        assert builder.shard(number, 3, "--share", share).exit_code == 0
    if state == "damaged":
        for file in (builder.out / "share").rglob("*.json"):
            file.write_bytes(file.read_bytes()[:-9] + b"[]")
    for number in (1, 2, 3):
        run = builder.shard(number, 3, "--share", share)
        assert run.exit_code == 0, run.output
    assert builder.join([1, 2, 3]).exit_code == 0
    assert builder.bytes_of("joined") == builder.bytes_of("whole")


def test_without_the_library_its_extra_is_named(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("fsspec", "fsspec.core", "distributed"):
        monkeypatch.setitem(sys.modules, module, None)
    run = builder.shard(1, 2, "--share", "memory://x")
    assert run.exit_code == 2
    assert "'.[cluster]'" in run.output


def test_a_library_is_only_asked_for_when_needed() -> None:
    assert locations.needed("json").loads("1") == 1
    with pytest.raises(locations.AbsentError, match="no_such_library"):
        locations.needed("no_such_library.part")
