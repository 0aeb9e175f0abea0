"""Measures check and build, on the sample and on generated groups: `python -m tests.bench`.

Each command runs in a process of its own, as a person would call it, with its time from start to
end, the processor time of all its processes, and the peak memory of the largest. Of several runs
the quickest counts: what is slower than it was the machine's doing. `cp -r` of what was built
shows what the files alone cost, below which no build can go.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.bench.generate import ROOT, commit, generate

__all__ = ["GENERATOR", "main", "measured", "quickest"]

GENERATOR = (sys.executable, "-m", "generator")
_MEMORY = Path("/dev/shm")  # where it is there, results go to it and no disk is measured
_LIBRARIES = ("mkdocs-material", "comrak", "lxml", "jsonschema-rs", "PyYAML")
_HEAD = (
    "| group | records | command | exit | seconds | processor s | peak MiB | records/s"
    " | files | MB |\n"
    "|:--|--:|:--|--:|--:|--:|--:|--:|--:|--:|"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What one run of a command took."""

    code: int
    seconds: float
    processor: float
    mebibytes: float


def measured(*command: str) -> Measure:
    """Runs the command; its output goes nowhere."""
    start = time.perf_counter()
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(run.pid, 0)
    seconds = time.perf_counter() - start
    run.returncode = os.waitstatus_to_exitcode(status)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Measure(run.returncode, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def quickest(runs: int, out: Path, command: Sequence[str]) -> Measure:
    """The quickest of some runs, each of which finds `out` absent."""
    found = []
    for _ in range(runs):
        shutil.rmtree(out, ignore_errors=True)
        found.append(measured(*command))
    return min(found, key=lambda run: run.seconds)


def _rows(name: str, root: Path, top: Path, runs: int) -> Iterator[str]:
    records = _records(root)
    out, copy = top / "public", top / "copy"
    at = ("--quiet", "--root", str(root))
    check = quickest(runs, out, [*GENERATOR, "check", *at])
    yield _row(name, records, "check", check, " | ")
    build = quickest(runs, out, [*GENERATOR, "build", "--force", *at, "--out", str(out)])
    sizes = [file.stat().st_size for file in out.rglob("*") if file.is_file()]
    written = f"{len(sizes):,} | {sum(sizes) / 1e6:,.0f}"
    yield _row(name, records, "build", build, written)
    plain = quickest(runs, copy, ["cp", "-r", str(out), str(copy)])
    yield _row(name, records, "cp -r", plain, written)
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(copy, ignore_errors=True)


def _row(name: str, records: int, command: str, run: Measure, written: str) -> str:
    times = f"{run.seconds:.1f} | {run.processor:.1f} | {run.mebibytes:.0f}"
    rate = f"{records / run.seconds:,.0f}"
    return f"| {name} | {records:,} | {command} | {run.code} | {times} | {rate} | {written} |"


def _records(root: Path) -> int:
    files = (root / "content").rglob("*")
    return sum(file.suffix in {".md", ".yml"} and file.name != "README.md" for file in files)


def _machine() -> str:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"{count} processors, {platform.machine()}, Python {platform.python_version()}, {libraries}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[1000, 5000])
    parser.add_argument("--sites", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1, help="the quickest of them counts")
    parser.add_argument("--git", action="store_true", help="commit the groups, so read history too")
    parser.add_argument("--no-sample", action="store_true", help="measure generated groups only")
    given = parser.parse_args(arguments)
    print(f"{_machine()}\n\n{_HEAD}", flush=True)
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    sizes = given.articles if given.no_sample else [None, *given.articles]
    for articles in sizes:
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=place) as folder:
            top, name, root = Path(folder), "sample", ROOT
            if articles is not None:
                name, root = f"{articles:,} articles, {given.sites} sites", top / "group"
                generate(root, given.sites, articles, given.seed)
                if given.git:
                    commit(root)
            for row in _rows(name, root, top, given.runs):
                print(row, flush=True)


if __name__ == "__main__":
    main()
