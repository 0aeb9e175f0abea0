"""Measures check and build on generated groups, beside rivals: `python -m tests.bench`.

Each command runs in a process of its own, as a person would call it. Runs are interleaved, so that
what slows the machine slows all of them; medians count, and ratios are of commands of one run.
Nothing is printed of a group before every build was found to have the pages it should.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from tests.bench.compare import Result, compare, prepare
from tests.bench.edits import EDITS
from tests.bench.measure import ROOT, CommandError, measured, middle
from tests.bench.rivals.tools import RIVALS, ToolsError, commands, installed, versions
from tests.bench.tables import absolute, growth, ratios

__all__ = ["main", "not_run", "projects"]

_MEMORY = Path("/dev/shm")  # where it is there, results go to it and no disk is measured
_LIBRARIES = ("mkdocs-material", "comrak", "lxml", "jsonschema-rs", "PyYAML")
_SAMPLE = ("content", "schemas", "theme", "mkdocs.yml")
_HUGO = ("hugo-pages", "hugo-articles")


def projects(rivals: Sequence[str], articles: int, most: Mapping[str, int]) -> list[str]:
    """The projects to write for a group: of each rival that is not too slow for its size."""
    run = [rival for rival in rivals if articles <= most.get(rival, articles)]
    return [name for rival in run for name in (_HUGO if rival == "hugo" else (rival,))]


def not_run(
    rivals: Sequence[str], articles: int, most: Mapping[str, int], smaller: Sequence[Result]
) -> dict[str, str]:
    """Why some rivals are left out, with what a smaller group lets expect."""
    found = {}
    for rival in rivals:
        if articles > most.get(rival, articles):
            found[rival] = (
                f"stock, its navigation has every page on every page; the cap is {most[rival]:,}"
            )
            known = [result for result in smaller if (rival, "full") in result.runs]
            if known:
                seconds = middle(known[-1].runs[rival, "full"]).seconds
                guess = seconds * (articles / known[-1].articles) ** 2
                found[rival] += f"; were it the square of {seconds:.0f} s, some {guess:,.0f} s"
    return found


@contextmanager
def _group(articles: int, given: argparse.Namespace) -> Iterator[tuple[str, Path, Path]]:
    """A group's name, its root, and an empty folder beside it; 0 articles mean the sample."""
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=place) as folder:
        top = Path(folder)
        root = top / "group"
        if articles:
            name = f"{articles:,} articles, {given.sites} sites"
            ask = {"--sites": given.sites, "--articles": articles, "--seed": given.seed}
            words = [str(word) for pair in ask.items() for word in pair]
            git = ["--git"] if given.git else []
            measured(sys.executable, "-m", "tests.bench.generate", str(root), *words, *git)
        else:
            name = "the sample"
            root.mkdir()
            for part in _SAMPLE:
                copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
                copy(ROOT / part, root / part)
        yield name, root, top / "rivals"


def _machine() -> str:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    rivals = ", ".join(f"{name} {pin}" for name, pin in versions().items())
    python = platform.python_version()
    return (
        f"{count} processors, {platform.machine()}, Python {python}, {libraries}; beside {rivals}"
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1, help="the median of them counts")
    parser.add_argument("--git", action="store_true", help="commit the groups, so read history too")
    parser.add_argument("--sample", action="store_true", help="measure the sample city as well")
    parser.add_argument("--rivals", nargs="*", choices=RIVALS, default=[*RIVALS])
    parser.add_argument("--mkdocs-max", type=int, default=1000, metavar="ARTICLES")
    parser.add_argument("--zensical-max", type=int, default=1000, metavar="ARTICLES")
    parser.add_argument("--edits", nargs="*", choices=EDITS, default=[*EDITS])
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    given = _options().parse_args(arguments)
    most = {"mkdocs": given.mkdocs_max, "zensical": given.zensical_max}
    programs = commands(installed(ROOT / "build")) if given.rivals else {}
    results: list[Result] = []
    print(_machine(), flush=True)
    for articles in ([0] if given.sample else []) + sorted(given.articles):
        with _group(articles, given) as (name, root, top):
            inputs = prepare(root, top, projects(given.rivals, articles, most), programs)
            result = Result(name, articles, inputs.records)
            compare(result, inputs, given.runs, given.edits)
        left = not_run(given.rivals, articles, most, results)
        print("", *absolute(result, left), sep="\n", flush=True)
        results.append(result)
    print("", *ratios(results), sep="\n")
    generated = [result for result in results if result.articles]
    if len(generated) > 1:
        print("", *growth(generated), sep="\n")


if __name__ == "__main__":
    try:
        main()
    except (CommandError, ToolsError) as error:
        sys.exit(str(error))
