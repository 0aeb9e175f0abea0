"""What stands where a page was that was taken down: the theme's own page, and 410 for servers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator.keeper.book import Book
from generator.keeper.building import Made
from generator.keeper.down import tombstones
from generator.keeper.manifest import Output, last_release, outputs_of
from generator.model import Site
from generator.sites.addresses import folders_above
from generator.sites.fill import Filler
from generator.sites.frame import frame_settings
from generator.sites.listing import Listing
from generator.sites.plan import Page, PageType
from generator.sites.view import View

__all__ = ["bury", "put_tombstones"]


def bury(book: Book) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Where what is down used to stand: output path → what is said there, and the sources.

    The last release tells: what it made of a file that is down now, and what it buried already.
    """
    last = last_release(book)
    outputs = (outputs_of(book, last[1]) if last is not None else None) or {}
    found = {}
    for path, one in outputs.items():
        down = [s for s in one.sources if (at := book.state.paths.get(s)) and at.is_down]
        if down and len(down) == len(one.sources):
            entry = book.entries[book.state.paths[down[0]].seq - 1]
            found[path] = (str(entry.body["tombstone"]), tuple(down))
    return found


def put_tombstones(
    made: Made, root: Path, listing: Listing, buried: Mapping[str, tuple[str, tuple[str, ...]]]
) -> dict[str, Output]:
    """Writes the tombstones into a finished group; them, and the maps of the servers that grew."""
    outputs: dict[str, Output] = {}
    for site in listing.corpus.sites.values():
        rows = {
            path.removeprefix(f"{site.unit}/"): why
            for path, why in buried.items()
            if path.startswith(f"{site.unit}/") and path not in made.digests
        }
        pages = [path for path in rows if path.endswith(".html") and _has_room(made, site, path)]
        outputs |= _pages(made, root, listing, site, {path: rows[path] for path in pages})
        outputs |= {
            f"{site.unit}/{path}": Output("", "gone", why[1])
            for path, why in rows.items()
            if f"{site.unit}/{path}" not in outputs
        }
        if rows:
            file = made.folder / site.unit / "_gone.map"
            lines = {*file.read_text("utf-8").splitlines(), *(f"/{path} 410;" for path in rows)}
            file.write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8")
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            outputs[f"{site.unit}/_gone.map"] = Output(digest, "list")
    return outputs


def _has_room(made: Made, site: Site, path: str) -> bool:
    """Whether no file stands where a folder of the path must."""
    return all(f"{site.unit}/{folder}" not in made.digests for folder in folders_above(path))


def _pages(
    made: Made,
    root: Path,
    listing: Listing,
    site: Site,
    rows: Mapping[str, tuple[str, tuple[str, ...]]],
) -> dict[str, Output]:
    if not rows:
        return {}
    from generator.sites.render import render_frame

    settings = frame_settings(listing.corpus, site)
    depths = max(path.count("/") for path in rows)
    frame = render_frame(root / "mkdocs.yml", site.name, site.url, settings, depths)
    filler = Filler(View(listing, site, root / "theme" / "fragments"), frame)
    outputs = {}
    for path, (name, sources) in sorted(rows.items()):
        context = {"why": tombstones()[name]}
        page = Page(path, "gone.html", "内容已撤下", PageType.OTHER, indexed=False, context=context)
        data = filler.fill(page)
        file = made.folder / site.unit / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        outputs[f"{site.unit}/{path}"] = Output(digest, "tombstone", sources)
    return outputs
