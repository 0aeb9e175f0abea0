"""Writes a group's content as the projects of rivals: `python -m tests.bench.rivals GROUP OUT`.

A process of its own, since a large corpus in the measuring process would count as the memory of
every command that it starts. Beside the projects it leaves `inputs.json` for the one who measures.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from generator.sites.listing import Listing
from tests.bench.edits import group_spots
from tests.bench.rivals.hugo import hugo_spots, write_hugo
from tests.bench.rivals.material import material_spots, write_material
from tests.bench.rivals.source import (
    entries_of,
    quiet_articles,
    read_group,
    submitted_article,
)

__all__ = ["PROJECTS", "main", "write_projects"]

PROJECTS = ("hugo-pages", "hugo-articles", "mkdocs", "zensical")


def write_projects(root: Path, out: Path, names: Sequence[str]) -> dict[str, Any]:
    """Writes the named projects into folders of `out`; how many records there are, and the spots.

    Beside each project stands `<name>.txt`, the pages that must come of it; `ours.txt` has the
    page that our build must make for each record.
    """
    listing = read_group(root)
    first, second = quiet_articles(listing)[:2]
    assert first.column is not None
    paths = first.record.path, second.record.path
    column = first.site.unit, first.column.title
    spots = {"ours": group_spots(root, *paths, *column, submitted_article(listing))}
    _list(out / "ours.txt", _our_pages(listing))
    for name in names:
        folder = out / name
        if name.startswith("hugo"):
            _list(out / f"{name}.txt", write_hugo(root, listing, folder, name == "hugo-articles"))
            spots[name] = hugo_spots(folder, first, second)
        else:
            _list(out / f"{name}.txt", write_material(root, listing, folder))
            spots[name] = material_spots(folder, first, second)
    texts = {name: each.as_texts() for name, each in spots.items()}
    return {"records": len(listing.corpus.records), "spots": texts}


def _list(file: Path, pages: Iterable[str]) -> None:
    file.write_text("\n".join(pages), "utf-8")


def _our_pages(listing: Listing) -> list[str]:
    return [
        f"{site.unit}/{entry.path}"
        for site in listing.corpus.sites.values()
        for entry in entries_of(listing, site, articles_only=False)
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rivals", description=__doc__)
    parser.add_argument("group", type=Path, help="what `python -m tests.bench.generate` wrote")
    parser.add_argument("out", type=Path, help="a folder; it need not exist")
    parser.add_argument("--projects", nargs="*", choices=PROJECTS, default=[*PROJECTS])
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    inputs = write_projects(given.group.resolve(), given.out.resolve(), given.projects)
    (given.out / "inputs.json").write_text(json.dumps(inputs, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
