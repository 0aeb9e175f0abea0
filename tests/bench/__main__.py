"""Measures check and build, on the sample and on a generated group: `python -m tests.bench`.

Each command runs once in a process of its own, as a person would call it, with its time from
start to end, the processor time of all its processes, and the peak memory of the largest.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import ROOT, generate

__all__ = ["main", "measured"]

_HEAD = (
    "| group | records | command | exit | seconds | processor s | peak MiB | pages |\n"
    "|:--|--:|:--|--:|--:|--:|--:|--:|"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What one run of a command took."""

    code: int
    seconds: float
    processor: float
    mebibytes: float


def measured(*arguments: str) -> Measure:
    """Runs the command with `arguments`; its output goes nowhere."""
    start = time.perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(run.pid, 0)
    seconds = time.perf_counter() - start
    run.returncode = os.waitstatus_to_exitcode(status)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Measure(run.returncode, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def _rows(name: str, root: Path, records: int, out: Path) -> Iterator[str]:
    check = measured("check", "--quiet", "--root", str(root))
    yield _row(name, records, "check", check, "")
    build = measured("build", "--quiet", "--force", "--root", str(root), "--out", str(out))
    yield _row(name, records, "build", build, f"{sum(1 for _ in out.rglob('*.html')):,}")


def _row(name: str, records: int, command: str, run: Measure, pages: str) -> str:
    times = f"{run.seconds:.1f} | {run.processor:.1f} | {run.mebibytes:.0f}"
    return f"| {name} | {records:,} | {command} | {run.code} | {times} | {pages} |"


def _records(root: Path) -> int:
    files = (root / "content").rglob("*")
    return sum(file.suffix in {".md", ".yml"} and file.name != "README.md" for file in files)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--sites", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-sample", action="store_true", help="measure the generated group only")
    given = parser.parse_args(arguments)
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else "?"
    print(f"{processors} processors, Python {platform.python_version()}, {platform.machine()}\n")
    print(_HEAD, flush=True)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        top = Path(folder)
        groups = [] if given.no_sample else [("sample", ROOT)]
        generate(top / "group", given.sites, given.articles, given.seed)
        groups.append((f"{given.articles:,} articles, {given.sites} sites", top / "group"))
        for number, (name, root) in enumerate(groups):
            for row in _rows(name, root, _records(root), top / f"public-{number}"):
                print(row, flush=True)


if __name__ == "__main__":
    main()
