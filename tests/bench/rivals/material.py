"""A group's articles as a stock MkDocs + Material project, which Zensical reads as well."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from generator.model import Site
from generator.sites.listing import Listing
from tests.bench.edits import Spots
from tests.bench.rivals.source import Entry, entries_of, folder_of, relinked

__all__ = ["material_spots", "write_material"]

# As `mkdocs new` and Material's first steps leave it, with the language of the content.
_SETTINGS = """\
site_name: 政府网站群
site_url: https://www.example.invalid/
theme:
  name: material
  language: zh
"""


def write_material(root: Path, listing: Listing, out: Path) -> list[str]:
    """Writes the project into `out`; the paths of the HTML pages that must come of it."""
    (out / "docs").mkdir(parents=True)
    (out / "mkdocs.yml").write_text(_SETTINGS, "utf-8")
    _write(out / "docs" / "index.md", "政府网站群", "")
    places = {
        entry.record.id: entry.place
        for site in listing.corpus.sites.values()
        for entry in entries_of(listing, site, articles_only=True)
    }
    expected = ["index.html"]
    for site in listing.corpus.sites.values():
        expected += _write_site(root, listing, site, out / "docs", places)
    return sorted(expected)


def _write_site(
    root: Path, listing: Listing, site: Site, docs: Path, places: dict[str, str]
) -> Iterator[str]:
    _write(docs / site.unit / "index.md", site.name, f"{site.name}，{site.host}主办。")
    yield f"{site.unit}/index.html"
    entries = list(entries_of(listing, site, articles_only=True))
    for column in {entry.column.id: entry.column for entry in entries if entry.column}.values():
        _write(docs / folder_of(column) / "index.md", column.title, column.description)
        yield f"{folder_of(column)}/index.html"
    for entry in entries:
        place = entry.place
        _write(docs / f"{place}.md", entry.record.title, _body(root, listing, docs, entry, places))
        yield f"{place}/index.html"


def _body(root: Path, listing: Listing, docs: Path, entry: Entry, places: dict[str, str]) -> str:
    """The article's text under its source and summary; the files it names are copied beside it."""
    record, data, place = entry.record, entry.record.data, entry.place
    here = place.rpartition("/")[0]

    def address(path: str) -> str | None:
        named = places.get(path.removeprefix("content/").rpartition(".")[0])
        if named:
            return os.path.relpath(f"{named}.md", here)
        if path not in listing.corpus.assets or path in listing.withheld:
            return None
        target = docs / place / path.rpartition("/")[2]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, target)
        return os.path.relpath(target, docs / here)

    lines = [f"发布时间：{data.get('publishedAt', '')}　来源：{data.get('source', '')}", ""]
    if summary := data.get("summary"):
        lines += [f"> {summary}", ""]
    if image := data.get("image"):
        lines += [f"![{image['alt']}]({address(record.beside(image['file']))})", ""]
    lines += [relinked(listing, entry, address), ""]
    for file in data.get("attachments") or ():
        lines.append(f"- [{file['title']}]({address(record.beside(file['file']))})")
    return "\n".join(lines)


def _write(file: Path, title: str, body: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    front = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n"
    file.write_text(f"{front}\n# {title}\n\n{body}\n", "utf-8")


def material_spots(out: Path, first: Entry, second: Entry) -> Spots:
    """Where the edits find what they change in a project at `out`; it has no templates."""
    assert first.column is not None
    return Spots(
        article=out / "docs" / f"{first.place}.md",
        other=out / "docs" / f"{second.place}.md",
        column=out / "docs" / folder_of(first.column) / "index.md",
        heading=f'title: "{first.column.title}"',
        template=None,
    )
