"""One site, from an order to its folder: what has changed is made anew, the rest stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from generator.model import TableRecord
from generator.sites.addresses import folders_above
from generator.sites.fill import Filler
from generator.sites.fragments import dated_templates
from generator.sites.frame import frame_settings
from generator.sites.keys import Keys
from generator.sites.maps import for_machines
from generator.sites.outputs import Ledger, Outputs, Row
from generator.sites.plan import Page, PageType, SitePlan, plan_site
from generator.sites.scene import Scene
from generator.sites.shell import Frame
from generator.sites.tables import as_csv
from generator.sites.view import View
from generator.store import Store, digest_of

__all__ = ["BuiltSite", "Piece", "Theme", "build_site", "frame_of"]


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What a site holds, and how many of its files had to be written for that."""

    site: str
    pages: int
    files: int
    bytes: int
    written: int
    until: str = ""  # the wall time from which it may read otherwise


@dataclass(frozen=True, slots=True)
class Theme:
    """The group's theme and MkDocs configuration: where they stand, and a digest of them."""

    root: Path
    digest: str

    @property
    def folder(self) -> Path:
        """The theme's folder."""
        return self.root / "theme"

    @property
    def fragments(self) -> Path:
        """The templates of pages."""
        return self.folder / "fragments"


@dataclass(slots=True)
class Piece:
    """What one process made of a site: its share of the ledger, and what is not yet in place."""

    ledger: Ledger
    whole: bool  # whether a new folder is being made, or files are changed in place
    written: int = 0
    changed: list[tuple[str, bytes]] = field(default_factory=list)


def build_site(
    scene: Scene, theme: Theme, outputs: Outputs, key: str, share: tuple[int, int] = (0, 1)
) -> Piece:
    """Makes a share of a site: into its staging folder, or as changes to be put in place.

    With a ledger of what the folder holds, a file whose key is in it is not made again. Where much
    of the site is new it is made whole and unchanged files are carried over; else what differs is
    returned. Errors: PageError where a page cannot be made; nothing in place is touched then.
    """
    before = outputs.filed()
    plan = plan_site(scene.listing, scene.site)
    planned = scene.trace() or {}
    maker = Maker(scene, theme, plan, frame_of(outputs.store, theme, scene, plan))
    known = before.files if before is not None else {}
    timely = before is not None and before.since <= scene.now < before.until
    all_files = maker.files()
    held = {
        path: known[path]
        for path, file in all_files.items()
        if maker.holds(file, known.get(path), timely=timely)
    }
    # Every share comes to the same answer: all make the site whole, or none does.
    whole = (
        before is None
        or len(all_files) - len(held) > _MANY
        or _collide(all_files.keys() - known.keys(), known.keys() - all_files.keys())
    )
    files = {path: file for path, file in all_files.items() if _mine(path, share)}
    rows = {path: held[path] for path in files if path in held}
    stale = {path: file for path, file in files.items() if path not in rows}
    piece = Piece(Ledger(key), whole)
    if whole:
        rows = {path: row for path, row in rows.items() if outputs.carry(path)}
        stale = {path: file for path, file in files.items() if path not in rows}
    for path, data in maker.make(stale):
        piece.written += 1
        rows[path] = [stale[path].key, scene.trace() if stale[path].page else None, len(data)]
        if whole:
            outputs.stage(path, data)
        else:
            piece.changed.append((path, data))
    piece.ledger.trace = scene.foreign([planned, *(row[1] for row in rows.values() if row[1])])
    piece.ledger.parts = scene.digests(piece.ledger.trace)
    piece.ledger.since = scene.now
    until = scene.until()
    piece.ledger.until = min(until, before.until) if before is not None and timely else until
    piece.ledger.bytes = sum(row[2] for row in rows.values())
    piece.ledger.files = rows
    piece.ledger.pages = sum(files[path].page is not None for path in rows)
    piece.ledger.assets = sum(files[path].source != "" for path in rows)
    return piece


_MANY = 2_000  # files that may wait in memory to be put in place


def _collide(new: AbstractSet[str], gone: AbstractSet[str]) -> bool:
    """Whether a file comes where a folder of what is gone stands, or the other way round."""
    return bool(_folders(new) & gone or _folders(gone) & new)


def _folders(paths: AbstractSet[str]) -> set[str]:
    return {folder for path in paths for folder in folders_above(path)}


def _mine(path: str, share: tuple[int, int]) -> bool:
    """Whether a file is in this share: each is in one, whatever process asks."""
    return share[1] == 1 or crc32(path.encode()) % share[1] == share[0]


class File(NamedTuple):
    """One file to be: its key, and what it is made of."""

    key: str
    page: Page | None = None
    source: str = ""  # the file of the repository that it is a copy of
    table: TableRecord | None = None
    data: bytes = b""


class Maker:
    """The files of one planned site, with their keys, and their bytes where they are asked for."""

    def __init__(self, scene: Scene, theme: Theme, plan: SitePlan, frame: Frame) -> None:
        self._scene = scene
        self._theme = theme
        self._plan = plan
        self._frame = frame

    def files(self) -> dict[str, File]:
        """Every file of the site by path: content first, then what lists it, then what is copied.

        In that order they are put in place, so that no list names a page that is not there yet.
        """
        scene, plan = self._scene, self._plan
        today = f"{scene.listing.now:%Y-%m-%d}"
        dated = dated_templates(self._theme.fragments)
        keys = Keys(scene.context, today, dated, scene.mark)
        found: dict[str, File] = {}
        for path, source in plan.files.items():
            found[path] = File(scene.asset_stamp(source), source=source)
        for path, file in self._frame.files.items():
            data = file.on_disk(self._theme.folder).read_bytes()
            found[path] = File(digest_of(data), data=data)
        for page in sorted(plan.pages.values(), key=lambda page: page.type is not PageType.CONTENT):
            found[page.path] = File(keys.of(page), page)
            if isinstance(page.record, TableRecord):
                name = page.path.removesuffix(".html") + ".csv"
                found[name] = File("csv:" + scene.mark(page.record), table=page.record)
        for path, data in for_machines(plan):
            found[path] = File(digest_of(data), data=data)
        return found

    def holds(self, file: File, row: Row | None, *, timely: bool) -> bool:
        """Whether a file would be made again as the ledger has it.

        `timely`: no item's time has come since, so that bytes alone tell what is seen.
        """
        if row is None or row[0] != file.key:
            return False
        if timely:
            return all(self._scene.same(name, mark) for name, mark in (row[1] or {}).items())
        return all(self._scene.mark_of(name) == mark for name, mark in (row[1] or {}).items())

    def make(self, files: Mapping[str, File]) -> Iterator[tuple[str, bytes]]:
        """The bytes of files, by path, in the order given."""
        filler = Filler(
            View(self._scene.listing, self._scene.site, self._theme.fragments), self._frame
        )
        copies = {file.source: path for path, file in files.items() if file.source}
        for source, data in self._scene.desk.reading.tree.read(copies):
            yield copies[source], data
        for path, file in files.items():
            if file.page is not None:
                self._scene.looked.trace.clear()
                yield path, filler.fill(file.page)
            elif file.table is not None:
                yield path, as_csv(file.table, self._scene.listing)
            elif not file.source:
                yield path, file.data


def frame_of(store: Store, theme: Theme, scene: Scene, plan: SitePlan) -> Frame:
    """The frame of a site: the one kept, or one rendered by MkDocs and kept."""
    site = scene.site
    settings = frame_settings(scene.listing.corpus, site)
    depths = max(page.path.count("/") for page in plan.pages.values())
    name = f"frames/{site.unit}"
    key = digest_of(theme.digest, site.name, site.url, repr(settings), str(depths))
    kept = store.get(name)
    if kept is not None and kept["key"] == key:
        return Frame.of_json(kept["frame"])
    from generator.sites.render import render_frame

    frame = render_frame(theme.root / "mkdocs.yml", site.name, site.url, settings, depths)
    store.put(name, {"key": key, "frame": frame.as_json()})
    return frame
