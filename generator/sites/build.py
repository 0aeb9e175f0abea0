"""One site, from plan to a finished folder: filled pages, files, sitemap, server maps."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape as xml_escape

from generator.model import Site, TableRecord
from generator.sites.addresses import host_url
from generator.sites.fill import Filler
from generator.sites.frame import frame_settings
from generator.sites.listing import Listing
from generator.sites.plan import SitePlan, plan_site
from generator.sites.shell import Frame
from generator.sites.view import View

__all__ = ["BuiltSite", "ReadAsset", "build_site", "fill_pages"]

# The signs of an address that stay as they are in a server map: those that no server interprets.
_PLAIN = "!#%&+,-./:=?@[]_~"

ReadAsset = Callable[[Iterable[str]], Iterator[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What was written for one site."""

    site: str
    pages: int
    files: int
    bytes: int


def build_site(root: Path, listing: Listing, site: Site, read: ReadAsset, out: Path) -> BuiltSite:
    """Writes a site into `out`, beside it first and then in its place: never half a site.

    Errors: PageError where a page cannot be made; what stood in `out` is then left as it was.
    """
    staging = out.with_name(f".{out.name}.new")
    _recover(out)
    shutil.rmtree(staging, ignore_errors=True)
    plan = plan_site(listing, site)
    frame = _frame(root, listing, plan)
    size = 0
    try:
        for path, html in fill_pages(root, listing, plan, frame):
            size += _write(staging / path, html)
        for path, data in _static(root, plan, frame, read, listing):
            size += _write(staging / path, data)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    _swap(staging, out)
    return BuiltSite(site.unit, len(plan.pages), len(plan.files), size)


def fill_pages(
    root: Path, listing: Listing, plan: SitePlan, frame: Frame
) -> Iterator[tuple[str, bytes]]:
    """Every page of a plan as path and bytes."""
    filler = Filler(View(listing, plan.site, root / "theme" / "fragments"), frame)
    for page in plan.pages.values():
        yield page.path, filler.fill(page)


def _frame(root: Path, listing: Listing, plan: SitePlan) -> Frame:
    depths = max(page.path.count("/") for page in plan.pages.values())
    settings = frame_settings(listing.corpus, plan.site)
    from generator.sites.render import render_frame  # MkDocs, only where needed

    return render_frame(root / "mkdocs.yml", plan.site.name, plan.site.url, settings, depths)


def _csv(record: TableRecord, listing: Listing) -> bytes:
    """A table for download: Chinese headers, labels for codes, the mark that Excel looks for."""
    schemas = listing.corpus.schemas
    names = [
        name
        for name in schemas.at(record.kind, ("rows", 0)).get("properties", {})
        if any(name in row for row in record.rows)
    ]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(schemas.at(record.kind, ("rows", 0, name)).get("title", name) for name in names)
    for index, row in enumerate(record.rows):
        writer.writerow(_csv_cell(record, listing, index, row, name) for name in names)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(
    record: TableRecord, listing: Listing, index: int, row: Mapping[str, Any], name: str
) -> str:
    value = row.get(name, "")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(str(part) for part in value)
    return listing.corpus.label(record, "rows", index, name) if name in row else ""


def _static(
    root: Path, plan: SitePlan, frame: Frame, read: ReadAsset, listing: Listing
) -> Iterator[tuple[str, bytes]]:
    for path, file in frame.files.items():
        yield path, file.on_disk(root / "theme").read_bytes()
    by_source = {source: path for path, source in plan.files.items()}
    for source, data in read(by_source):
        yield by_source[source], data
    for page in plan.pages.values():
        if isinstance(page.record, TableRecord):
            yield page.path.removesuffix(".html") + ".csv", _csv(page.record, listing)
    yield "sitemap.xml", _sitemap(plan).encode()
    yield "robots.txt", f"User-agent: *\nSitemap: {host_url(plan.site, 'sitemap.xml')}\n".encode()
    yield "_moved.map", _map(plan.moved).encode()
    yield "_gone.map", _map(dict.fromkeys(plan.gone, "410")).encode()


def _map(rows: Mapping[str, str]) -> str:
    """Former addresses in the form of an nginx `map` file: one `from to;` a line.

    Signs that mean something to the server are written in escapes: a target is content.
    """
    return "".join(f"/{path} {quote(to, safe=_PLAIN)};\n" for path, to in sorted(rows.items()))


def _sitemap(plan: SitePlan) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for page in sorted(plan.pages.values(), key=lambda page: page.path):
        if page.indexed:
            changed = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
            address = xml_escape(host_url(plan.site, page.path))
            lines.append(f"<url><loc>{address}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def _write(file: Path, data: bytes) -> int:
    try:
        file.write_bytes(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return len(data)


def _recover(out: Path) -> None:
    """Brings back the last output where an earlier build was ended between the two renames."""
    old = out.with_name(f".{out.name}.old")
    if old.exists() and not out.exists():
        old.rename(out)


def _swap(staging: Path, out: Path) -> None:
    """Puts the new folder in the old one's place; the old one is removed last."""
    old = out.with_name(f".{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    staging.rename(out)
    shutil.rmtree(old, ignore_errors=True)
