"""Checks and builds in this process, by the functions that `gongkai build` is made of."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest import mock

from generator import crew as crews
from generator.cli import work as works
from generator.cli.work import Work
from generator.crew import Crew
from generator.diagnostics import Diagnostic
from generator.schema import Schemas
from generator.sites import build as sites_build
from generator.sites import group as sites_group
from generator.sites.build import BuiltSite
from generator.sites.fragments import keep_compiled
from generator.sites.group import FailedSite, Group, build_group, theme_of, write_group_files
from generator.sites.listing import Listing
from generator.store import FolderStore, NoStore

__all__ = [
    "USUAL",
    "Built",
    "Way",
    "build",
    "build_from_nothing",
    "files_of",
    "memory",
    "no_cache",
    "work_with",
]

KEY = "key"  # what `tools_key` gives while the program stands still


def memory() -> Path | None:
    """A folder in memory where the machine has one: what is built a thousand times stands there."""
    shared = Path("/dev/shm")
    return shared if os.access(shared, os.W_OK) else None


@dataclass(frozen=True, slots=True)
class Way:
    """How a build is run: processes, sites, revision; `torn`: shared out as of a large group."""

    jobs: int = 1
    sites: tuple[str, ...] = ()
    revision: str | None = None
    torn: bool = False


USUAL = Way()


@dataclass(frozen=True, slots=True)
class Built:
    """What a build said and did."""

    findings: tuple[Diagnostic, ...]
    complete: bool  # whether there was a group with a portal to be built
    broken: frozenset[str] = frozenset()  # sites whose record cannot be read
    failed: frozenset[str] = frozenset()
    written: dict[str, int] = field(default_factory=dict)


class _Frames:
    """A cache of nothing but frames, which MkDocs takes long to render."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        return self._kept.get(name)

    def put(self, name: str, value: Any) -> None:
        if name.startswith("frames/"):
            self._kept[name] = value

    def drop(self, name: str) -> None: ...


_FRAMES = _Frames()


@lru_cache(maxsize=4)
def _schemas(root: Path) -> Schemas:
    return Schemas.read(root / "schemas")


@contextmanager
def _torn(torn: bool) -> Iterator[None]:
    """While it lasts, a small site is shared out as a large one is, and made whole as often."""
    if not torn:
        yield
        return
    with (
        mock.patch.object(crews, "_LIGHT", 0),
        mock.patch.object(sites_group, "_LARGE", 5),
        mock.patch.object(sites_build, "_MANY", 12),
    ):
        yield


def _build(root: Path, out: Path, now: datetime, way: Way, work: Work) -> Built:
    with (
        _torn(way.torn),
        mock.patch.object(works, "read_schemas", _schemas),
        mock.patch.object(works, "tools_key", lambda _: KEY),
        Crew(way.jobs) as crew,
    ):
        checked = work.check(work.open(root, way.revision, now), crew)
        if Listing.at(checked.group, now) is None:
            return Built(checked.findings, complete=False)
        keep_compiled(root / "theme" / "fragments", work.templates)
        group = Group(checked, theme_of(root), out, now)
        known = checked.group.sites
        wanted = [name for name in way.sites if name in known] or list(known)
        done = list(build_group(group, crew, wanted))
        write_group_files(checked.group, out)
    ids = (id_.split("/") for id_ in checked.group.broken)
    return Built(
        checked.findings,
        complete=True,
        broken=frozenset(id_[1] for id_ in ids if id_[0] == "units" and id_[2:] == ["site"]),
        failed=frozenset(one.site for one in done if isinstance(one, FailedSite)),
        written={one.site: one.written for one in done if isinstance(one, BuiltSite)},
    )


def work_with(cache: Path) -> Work:
    """The work with a cache; who builds with it again remembers what it read, as `serve` does."""
    return Work(FolderStore(cache / "kept", KEY), cache, 1)


def build(
    root: Path,
    out: Path,
    now: datetime,
    cache: Path,
    way: Way = USUAL,
    work: Work | None = None,
) -> Built:
    """Checks and builds the group at `root` with the cache, as `--force` does."""
    return _build(root, out, now, way, work or work_with(cache))


def build_from_nothing(root: Path, out: Path, now: datetime, way: Way = USUAL) -> Built:
    """The same without a cache, into a folder that does not exist yet."""
    alone = Way(sites=way.sites, revision=way.revision)
    return _build(root, out, now, alone, Work(_FRAMES, None, 1))


def no_cache(root: Path, out: Path, now: datetime, way: Way = USUAL) -> Built:
    """As `--no-cache` does: into the folder that is there, keeping nothing."""
    return _build(root, out, now, way, Work(NoStore(), None, way.jobs))


def files_of(out: Path, without: Sequence[str] = ()) -> dict[str, bytes]:
    """What a build left for the public, by path; not of the sites `without`."""
    left_out = {".gongkai", *without}
    found: dict[str, bytes] = {}
    for top in out.iterdir() if out.is_dir() else ():
        if top.name in left_out:
            continue
        for folder, _, names in os.walk(top):
            for name in names:
                path = Path(folder, name)
                found[path.relative_to(out).as_posix()] = path.read_bytes()
        if top.is_file():
            found[top.name] = top.read_bytes()
    return found
