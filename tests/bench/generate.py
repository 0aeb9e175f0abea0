"""Writes a large, realistic and valid group: `python -m tests.bench.generate OUT --articles N`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import yaml

from generator.clock import WorkCalendar
from generator.schema import Schemas
from tests.bench.city import write_city, write_frame
from tests.bench.desk import Desk
from tests.bench.items import write_articles, write_items
from tests.bench.places import Place, places
from tests.bench.reports import write_reports, write_services
from tests.bench.units import write_unit

__all__ = ["commit", "generate", "main"]

ROOT = Path(__file__).resolve().parents[2]
_LEAST = 2  # articles of a unit: one of news, one notice
_WEIGHTS = {"platform": 6.0, "city": 1.0, "county": 3.0, "department": 1.0, "township": 0.6}


def generate(out: Path, sites: int, articles: int, seed: int) -> Counter[str]:
    """Writes the group into the empty folder `out`; how many records of each kind it holds."""
    schemas = Schemas.read(ROOT / "schemas")
    found = places(sites)
    write_frame(ROOT, out, found, schemas)
    calendar = _calendar()
    by_id = {place.id: place for place in found}
    desks = [Desk(out, place, _host(place, by_id), seed, schemas, calendar) for place in found]
    submitted: list[str] = []
    for desk, share in zip(desks, _shares(found, articles), strict=True):
        write_unit(desk)
        submitted += write_articles(desk, share)
        write_items(desk, share)
        write_reports(desk)
        if desk.place.type == "department":
            write_services(desk, max(2, share // 150))
        else:
            write_services(desk, 1)
    portal = next(desk for desk in desks if desk.place.type == "platform")
    write_city(portal, found, submitted)
    return sum((desk.written for desk in desks), Counter())


def _host(place: Place, by_id: dict[str, Place]) -> Place:
    """The unit whose site shows this one: its own, the nearest above with one, or the portal."""
    while not place.has_site and place.parent:
        place = by_id[place.parent]
    return place if place.has_site else by_id["portal"]


def _shares(found: Sequence[Place], articles: int) -> list[int]:
    """How many articles each unit writes: the portal and the counties more than the others."""
    weights = [_WEIGHTS[place.type] for place in found]
    more = articles - _LEAST * len(found)
    if more < 0:
        raise ValueError(f"{len(found)} units need {_LEAST * len(found)} articles at least")
    ends, done = [], 0.0
    for weight in weights:
        done += weight
        ends.append(round(more * done / sum(weights)))
    return [_LEAST + end - start for start, end in zip([0, *ends], ends, strict=False)]


def _calendar() -> WorkCalendar:
    rows = []
    for file in sorted((ROOT / "content/reference/workdays").glob("*.yml")):
        table = yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)
        off = [date.fromisoformat(day) for row in table["holidays"] for day in row["days"]]
        on = [date.fromisoformat(day) for day in table["makeupWorkdays"]]
        rows.append((int(table["year"]), off, on))
    return WorkCalendar.of(rows)


def commit(out: Path) -> None:
    """Commits the whole group at a fixed time, so that the same seed gives the same commit."""
    who = {"NAME": "bench", "EMAIL": "bench@example.invalid", "DATE": "2026-11-23T09:00:00+08:00"}
    roles = ("AUTHOR", "COMMITTER")
    env = {f"GIT_{role}_{key}": value for role in roles for key, value in who.items()}
    git = ["git", "-C", str(out), "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "Generate"]):
        subprocess.run([*git, *words], env=os.environ | env, check=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.generate", description=__doc__)
    parser.add_argument("out", type=Path, help="a folder that does not exist yet, or is empty")
    parser.add_argument("--sites", type=int, default=30)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--git", action="store_true", help="commit everything")
    given = parser.parse_args(arguments)
    if given.out.exists() and any(given.out.iterdir()):
        parser.error(f"{given.out} is not empty")
    start = time.perf_counter()
    try:
        written = generate(given.out, given.sites, given.articles, given.seed)
    except ValueError as error:
        parser.error(str(error))
    if given.git:
        commit(given.out)
    for kind, count in written.most_common():
        print(f"{count:>8}  {kind}", file=sys.stderr)
    seconds = time.perf_counter() - start
    print(f"{written.total():>8}  records in {seconds:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
