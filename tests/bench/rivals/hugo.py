"""A group as one Hugo project: every site a top section, every column a section below it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.model import Article, Column, Site
from generator.sites.frame import frame_settings
from generator.sites.listing import Listing, moment_of
from tests.bench.edits import Spots
from tests.bench.rivals.facts import facts_of
from tests.bench.rivals.source import Entry, entries_of, files_of, folder_of, relinked

__all__ = ["front_matter", "hugo_spots", "write_hugo"]

_PROJECT = Path(__file__).parent / "hugo-project"
_ZONE = "+08:00"


def write_hugo(root: Path, listing: Listing, out: Path, articles_only: bool) -> list[str]:
    """Writes the project into `out`; the paths of all HTML pages that Hugo must make of it."""
    shutil.copytree(_PROJECT, out)
    shutil.copytree(root / "theme" / "assets", out / "static" / "assets")
    expected = ["index.html"]
    for site in listing.corpus.sites.values():
        expected += _write_site(root, listing, site, out, articles_only)
    return sorted(expected)


def _write_site(
    root: Path, listing: Listing, site: Site, out: Path, articles_only: bool
) -> Iterator[str]:
    content = out / "content"
    entries = list(entries_of(listing, site, articles_only))
    _write(content / site.unit / "_index.md", _site(listing, site))
    yield f"{site.unit}/index.html"
    held = Counter(entry.column.id for entry in entries if entry.column)
    for weight, column in enumerate(site.every_column(), 1):
        _write(content / folder_of(column) / "_index.md", _column(column, weight))
        pages = 1 if column.children else max(1, -(-held[column.id] // column.page_size))
        yield f"{folder_of(column)}/index.html"
        yield from (
            f"{folder_of(column)}/page/{number}/index.html" for number in range(2, pages + 1)
        )
    for entry in entries:
        _write(content / f"{entry.place}.md", *_page(listing, entry))
        yield f"{entry.place}.html"
    for path, where in files_of(listing, site):
        target = out / "static" / site.unit / where
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, target)


def _site(listing: Listing, site: Site) -> dict[str, Any]:
    frame = frame_settings(listing.corpus, site)
    return {
        "title": site.name,
        "layout": "site",
        "outputs": ["html", "feed"],
        "domain": site.url.partition("://")[2].strip("/"),
        "home": list(site.home.get("sections", ())) or [column.id for column in site.columns],
        "about": f"{site.name}，{site.host}主办。",
        "words": site.name,
        "columnType": "首页",
        "badgeUrl": frame["badge_url"],
        "errorReportUrl": frame["error_report_url"],
        **{
            name: frame[name]
            for name in (
                "code", "contact", "host", "icp", "notice", "organiser", "police", "portal",
                "subtitle",
            )
        },
    }  # fmt: skip


def _column(column: Column, weight: int) -> dict[str, Any]:
    return {
        "title": column.title,
        "weight": weight,
        **({"layout": "branch"} if column.children else {}),
        "pageSize": column.page_size,
        "about": column.description,
        "words": ",".join(column.keywords),
        "columnType": column.type,
    }


def _page(listing: Listing, entry: Entry) -> tuple[dict[str, Any], str]:
    record, data = entry.record, entry.record.data
    unit = listing.corpus.units[record.unit]

    def address(path: str) -> str | None:
        where = listing.addresses.asset(path) if path in listing.corpus.assets else None
        return f"/{where[0].unit}/{where[1]}" if where else None

    front: dict[str, Any] = {"title": record.title}
    if moment := moment_of(record):
        front["date"] = f"{moment[:10]}T{(moment[11:16] or '00:00')}:00{_ZONE}"
    if record.kind != Article.kind:
        front["layout"] = "record"
        front["facts"] = facts_of(record, listing.corpus.schemas)
    front["source"] = str(data.get("source") or unit.name)
    texts = ("author", "editor", "subtitle", "summary", "sourceUrl")
    front |= {name: data[name] for name in texts if isinstance(data.get(name), str)}
    if isinstance(data.get("keywords"), list):
        front["words"] = ",".join(data["keywords"])
    if isinstance(data.get("image"), Mapping):
        front["image"] = {**data["image"], "file": address(record.beside(data["image"]["file"]))}
    front["attachments"] = [
        {"title": file["title"], "file": address(record.beside(file["file"]))}
        for file in data.get("attachments") or ()
    ]
    return {key: value for key, value in front.items() if value}, relinked(listing, entry, address)


def front_matter(values: Mapping[str, Any]) -> str:
    """Front matter as JSON, a key a line: the form that Hugo reads in the least time."""
    lines = (f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in values.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _write(file: Path, front: Mapping[str, Any], body: str = "") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(front_matter(front) + body, "utf-8")


def hugo_spots(out: Path, first: Entry, second: Entry) -> Spots:
    """Where the edits find what they change in a project at `out`."""
    assert first.column is not None
    return Spots(
        article=out / "content" / f"{first.place}.md",
        other=out / "content" / f"{second.place}.md",
        column=out / "content" / folder_of(first.column) / "_index.md",
        heading=f'"title": "{first.column.title}"',
        template=out / "layouts" / "single.html",
        marked="{{ .Content }}",
    )
