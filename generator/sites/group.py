"""The whole group: its sites side by side in processes, and the page that stands above them."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from markupsafe import escape

from generator.corpus import Corpus
from generator.model import Site
from generator.sites.build import BuiltSite, ReadAsset, build_site
from generator.sites.listing import Listing
from generator.sites.view import PageError, compile_fragments

__all__ = ["FailedSite", "build_group", "default_jobs", "write_group_files"]


@dataclass(frozen=True, slots=True)
class FailedSite:
    """A site that could not be built, and why; its last good output is still in place."""

    site: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Work:
    root: Path
    listing: Listing
    read: ReadAsset
    out: Path


_work: _Work | None = None  # what a worker process inherits from its parent when it is forked


def default_jobs() -> int:
    """How many processes to use: one a core, one where processes cannot be forked."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return (os.cpu_count() or 1) if can_fork else 1


def build_group(
    root: Path, listing: Listing, sites: Sequence[Site], read: ReadAsset, out: Path, jobs: int
) -> Iterator[BuiltSite | FailedSite]:
    """Builds `sites` below `out`, yielding each as it is done; a failure does not stop others."""
    global _work  # noqa: PLW0603 -- the one hand-over to forked workers
    _work = _Work(root, listing, read, out)
    out.mkdir(parents=True, exist_ok=True)
    compile_fragments(root / "theme" / "fragments")
    names = [site.unit for site in sites]
    if jobs <= 1 or len(names) <= 1:
        yield from (_one(name) for name in names)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting: list[Future[BuiltSite | FailedSite]] = [pool.submit(_one, name) for name in names]
        for done in as_completed(waiting):
            yield done.result()


def _one(name: str) -> BuiltSite | FailedSite:
    assert _work is not None  # set before any worker starts
    site = _work.listing.corpus.sites[name]
    try:
        return build_site(_work.root, _work.listing, site, _work.read, _work.out / name)
    except PageError as error:
        return FailedSite(name, str(error))


def write_group_files(corpus: Corpus, out: Path) -> None:
    """Writes what stands above the sites: a list of hosts for servers, a way in for people.

    Sites of the last build that the corpus no longer holds are removed: what nobody plans is not
    kept. One whose record is only broken keeps its last good output, as a failed site does, and
    folders that no build made are not touched.
    """
    former = _former_sites(out)
    kept = {name: url for name, url in former.items() if f"units/{name}/site" in corpus.broken}
    sites = kept | {name: site.url for name, site in corpus.sites.items()}
    (out / "sites.json").write_text(json.dumps(sites, ensure_ascii=False, indent=2) + "\n", "utf-8")
    items = "".join(
        f'<li><a href="{escape(name)}/index.html">{escape(site.name)}</a></li>'
        for name, site in sorted(corpus.sites.items(), key=lambda row: row[1].role)
    )
    page = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><title>网站群</title></head>'
        f"<body><h1>网站群</h1><ul>{items}</ul></body></html>\n"
    )
    (out / "index.html").write_text(page, "utf-8")
    for name in former.keys() - sites.keys():
        shutil.rmtree(out / name, ignore_errors=True)


def _former_sites(out: Path) -> dict[str, str]:
    """The sites that the last build left in `out`, with their addresses."""
    try:
        listed: dict[str, str] = json.loads((out / "sites.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return {name: url for name, url in listed.items() if name.replace("-", "").isalnum()}
