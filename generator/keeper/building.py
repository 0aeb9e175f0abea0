"""A folder of sources → sites, made from nothing, and what each file of them follows from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree

from generator.check import check, read_corpus
from generator.crew import Crew
from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import Severity, codes
from generator.keeper.manifest import Output
from generator.keeper.refused import RefusedError
from generator.load import CONTENT
from generator.model import Site, TableRecord
from generator.schema import Schemas
from generator.sites.group import FailedSite, Group, build_group, theme_of, write_group_files
from generator.sites.listing import Listing
from generator.sites.plan import PageType, plan_site
from generator.store import NoStore
from generator.tree import open_tree

__all__ = ["Made", "digests", "errors_of", "explained", "listing_of", "make"]

_BUILDERS = ".gongkai"  # what a build leaves for the next one


@dataclass(frozen=True, slots=True)
class Made:
    """A finished group: its files with their digests."""

    folder: Path
    digests: Mapping[str, str]


def errors_of(root: Path, moment: datetime, jobs: int = 1) -> list[Diagnostic]:
    """The errors that the checks find in a folder."""
    with Crew(jobs) as crew:
        tree = open_tree(root, None, moment)
        checked = check(tree, Schemas.read(root / "schemas"), crew=crew)
    return [f for f in checked.findings if codes()[f.code].severity is Severity.ERROR]


def make(root: Path, out: Path, moment: datetime, jobs: int) -> Made:
    """The sites of a folder, built from nothing into an empty one.

    Errors: RefusedError where a site cannot be built, or there is no group.
    """
    with Crew(jobs) as crew:
        tree = open_tree(root, None, moment)
        checked = check(tree, Schemas.read(root / "schemas"), store=NoStore(), crew=crew)
        if Listing.at(checked.group, moment) is None:
            raise RefusedError("ledger_invalid", "缺少 content/group.yml 或它所写的门户网站")
        group = Group(checked, theme_of(root), out, moment)
        for done in build_group(group, crew):
            if isinstance(done, FailedSite):
                raise RefusedError("ledger_invalid", f"网站 {done.site} 没有生成：{done.reason}")
        write_group_files(checked.group, out)
    rmtree(out / _BUILDERS, ignore_errors=True)
    return Made(out, digests(out))


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by path."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def listing_of(root: Path, moment: datetime) -> Listing:
    """The lists of a folder as they read at a moment."""
    corpus, _ = read_corpus(open_tree(root, None, moment), Schemas.read(root / "schemas"))
    listing = Listing.at(corpus, moment)
    assert listing is not None  # it was built
    return listing


def explained(
    made: Made, root: Path, listing: Listing, paths: Mapping[str, object]
) -> dict[str, Output]:
    """What each output follows from, by a plan of its own; a file without one is left out."""
    brought = _theme_digests(root)
    found: dict[str, tuple[str, tuple[str, ...]]] = {"index.html": ("group", ())}
    found["sites.json"] = ("group", ())
    for site in listing.corpus.sites.values():
        found |= {f"{site.unit}/{path}": why for path, why in _of_site(listing, site, paths)}
    outputs = {}
    for path, digest in made.digests.items():
        by, sources = found.get(path, ("", ()))
        if not by and digest in brought:
            by = "theme"
        if by:
            outputs[path] = Output(digest, by, tuple(sorted(sources)))
    return outputs


def _of_site(
    listing: Listing, site: Site, paths: Mapping[str, object]
) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    plan = plan_site(listing, site)
    for path, source in plan.files.items():
        yield path, ("asset", (source,))
    for path, page in plan.pages.items():
        if page.record is None or page.type is not PageType.CONTENT:
            yield path, ("list", ())
            continue
        files = _files_of(page.record.id, paths)
        yield path, ("page", tuple(files))
        if isinstance(page.record, TableRecord):
            yield path.removesuffix(".html") + ".csv", ("table", tuple(files))
    for name in ("sitemap.xml", "feed.xml", "robots.txt", "_moved.map", "_gone.map"):
        yield name, ("list", ())


def _files_of(record: str, paths: Mapping[str, object]) -> list[str]:
    """The files of a record: its own, and the table beside it."""
    names = (f"{CONTENT}/{record}{ending}" for ending in (".md", ".yml", ".csv"))
    return [name for name in names if name in paths]


def _theme_digests(root: Path) -> frozenset[str]:
    """The digests of what a theme may bring: the group's own, and Material's."""
    material = find_spec("material")
    assert material is not None and material.origin is not None
    folders = (root / "theme", Path(material.origin).parent / "templates")
    return frozenset(digest for folder in folders for digest in digests(folder).values())
