"""`python -m tests.bench.group OUT --sites 60 --articles 5000`: a group to measure with.

The group is valid, every kind of record is in it, and the same numbers write the same bytes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.group.city import BROUGHT, group_files, portal_records, unit_file
from tests.bench.group.dialogue import consultation, error_report, info_request, interview, message
from tests.bench.group.files import Sink
from tests.bench.group.forms import Forms
from tests.bench.group.records import DAYS, Desk
from tests.bench.group.sites import site
from tests.bench.group.units import MOST_UNITS, units
from tests.bench.group.words import Writer

__all__ = ["Size", "generate"]

_PROJECT = Path(__file__).parents[3]
_SHARED = ("schemas", "theme", "mkdocs.yml")
_LEAST_ARTICLES = 6  # a unit: at least one for each column that takes articles


@dataclass(frozen=True, slots=True)
class Size:
    """How much to write; articles are the measure, the other kinds follow in proportion."""

    sites: int = 60
    articles: int = 5000
    seed: int = 1

    def __post_init__(self) -> None:
        if self.articles < self.sites * _LEAST_ARTICLES:
            raise ValueError(f"each site needs {_LEAST_ARTICLES} articles at least")


def generate(out: Path, size: Size, *, git: bool = False) -> int:
    """Writes the group into the empty or missing folder `out`; returns the number of files."""
    members = units(size.sites)
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise FileExistsError(out)
    shutil.copytree(_PROJECT / "content" / "reference", out / "content" / "reference")
    for name in _SHARED:
        (out / name).symlink_to(_PROJECT / name)
    sink = Sink(out)
    group_files(sink, members)
    for unit in members:
        # what does not divide evenly is the portal's
        share = size.articles // size.sites
        extra = size.articles % size.sites if unit.is_portal else 0
        writer = Writer(f"{size.seed}/{unit.id}", unit.short)
        forms = Forms(unit, sink, writer)
        _unit(Desk(unit, sink, writer), forms, share + extra)
        if unit.is_portal:
            portal_records(forms, members)
    if git:
        _commit(out)
    return sink.files


def _unit(desk: Desk, forms: Forms, articles: int) -> None:
    """All records of one unit."""
    unit, write = desk.unit, desk.writer
    forms.put("unit", unit_file(unit))
    forms.put("site", site(unit))
    forms.standing()
    # the last two months stay free: a consultation's result comes forty days after its opening
    days = DAYS[:-45]

    def spread(count: int) -> list[str]:
        return [days[index * len(days) // count] for index in range(count)]

    for index, day in enumerate(spread(max(2, articles // 30))):
        desk.policy(day, interpreted=index % 3 != 2)
    for day in spread(max(2, articles // 30)):
        desk.disclosure(day)
    desk.articles(articles)
    for serial in range(1, max(2, articles // 100) + 1):
        forms.service(serial)
    for quarter in (1, 2, 3):
        forms.statistics(quarter)
    for serial, day in enumerate(spread(max(2, articles // 40)), 1):
        message(forms, unit, write, day, serial)
    for few, make in ((150, consultation), (300, interview), (200, error_report)):
        for serial, day in enumerate(spread(max(1, articles // few)), 1):
            make(forms, unit, write, day, serial)
    for serial in range(1, 4):  # of a year that has no report yet
        info_request(forms, f"2025-0{serial}-17", serial)


def _commit(out: Path) -> None:
    """One commit of everything, at a fixed time, by nobody in particular."""
    who = {"NAME": "bench", "EMAIL": "bench@example.invalid", "DATE": BROUGHT}
    roles = ("AUTHOR", "COMMITTER")
    env = {f"GIT_{role}_{key}": value for role in roles for key, value in who.items()}
    git = ["git", "-C", str(out), "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "Generate"]):
        subprocess.run([*git, *words], env=os.environ | env, check=True)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.group", description=__doc__)
    usual = Size()
    parser.add_argument("out", type=Path)
    parser.add_argument("--sites", type=int, default=usual.sites, help=f"at most {MOST_UNITS}")
    parser.add_argument("--articles", type=int, default=usual.articles)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--git", action="store_true", help="commit everything")
    given = parser.parse_args(arguments)
    start = time.perf_counter()
    try:
        size = Size(given.sites, given.articles, given.seed)
        files = generate(given.out, size, git=given.git)
    except (ValueError, FileExistsError) as error:
        parser.error(str(error))
    print(f"{files} files in {time.perf_counter() - start:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
