"""`make bench`: what check and build cost, for the sample city and for generated groups.

Each command runs in a process of its own, `--runs` times, and the quickest run counts: what is
slower than it was the machine's doing. Memory is the peak of the largest single process; `cp -r`
of the built site is what the disk alone needs, below which no build can go.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

__all__ = ["Cost", "measure"]

_PROJECT = Path(__file__).parents[2]
_LIBRARIES = ("mkdocs-material", "comrak", "lxml", "jsonschema-rs", "PyYAML")
_HEAD = (
    "| Group | Sites | Records | Command | Wall | CPU | Peak memory | Records/s | Output |",
    "|---|---:|---:|---|---:|---:|---:|---:|---:|",
)
_GENERATOR = "tests.bench.group"
_MARK = "--once"  # this program again, to run one command and say what it took


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processors, and the peak memory of a process in bytes."""

    wall: float
    cpu: float
    memory: int


def _once(command: Sequence[str]) -> int:
    """Runs a command and prints its cost: a process's children are its own only if it is fresh."""
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(wall, used.ru_utime + used.ru_stime, _bytes(used.ru_maxrss))
    if done.returncode:
        sys.stderr.write(done.stderr.decode("utf-8", "replace"))
    return done.returncode


def _bytes(maxrss: int) -> int:
    return maxrss if sys.platform == "darwin" else maxrss * 1024  # Linux counts kilobytes


def measure(command: Sequence[str], runs: int, fresh: Path | None = None) -> Cost:
    """The cost of the quickest run; `fresh` is removed before each. Errors: CalledProcessError."""
    costs = []
    for _ in range(runs):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        said = subprocess.run(
            [sys.executable, "-m", "tests.bench", _MARK, *command],
            stdout=subprocess.PIPE,
            cwd=_PROJECT,
            check=True,
        ).stdout.split()
        costs.append(Cost(float(said[0]), float(said[1]), int(said[2])))
    return min(costs, key=lambda cost: cost.wall)


@contextmanager
def _room() -> Iterator[Path]:
    """An empty folder in memory where there is one, so that no disk is measured; removed after."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=place) as folder:
        yield Path(folder)


def _size(folder: Path) -> tuple[int, int]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)


def _rows(name: str, root: Path, room: Path, runs: int) -> Iterator[str]:
    """One row for check, for build, and for a copy of what was built."""
    content = root / "content"
    sites = sum(1 for _ in content.glob("units/*/site.yml"))
    records = sum(1 for path in content.rglob("*") if path.suffix in {".md", ".yml"})
    out, copy = room / "out", room / "copy"
    tool = [sys.executable, "-m", "generator"]
    at = ["--quiet", "--root", str(root)]
    check = measure([*tool, "check", *at], runs)
    build = measure([*tool, "build", *at, "--out", str(out)], runs, out)
    plain = measure(["cp", "-r", str(out), str(copy)], runs, copy)
    files, size = _size(out)
    shutil.rmtree(out)
    shutil.rmtree(copy)
    written = f"{files:,} files, {size / 1e6:,.0f} MB"
    told = (("check", check, ""), ("build", build, written), ("cp -r", plain, written))
    for verb, cost, output in told:
        rate = f"{records / cost.wall:,.0f}"
        yield (
            f"| {name} | {sites} | {records:,} | {verb} | {cost.wall:.1f} s | {cost.cpu:.1f} s"
            f" | {cost.memory / 1e6:,.0f} MB | {rate} | {output} |"
        )


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    python = ".".join(str(part) for part in sys.version_info[:3])
    return f"{os.cpu_count()} processors, {sys.platform}, Python {python}, {libraries}"


def main(arguments: Sequence[str]) -> int:
    """The command."""
    if arguments[:1] == [_MARK]:
        return _once(arguments[1:])
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[1000, 5000])
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--no-sample", action="store_true", help="leave the sample city out")
    given = parser.parse_args(arguments)
    print(_machine(), end="\n\n")
    print("\n".join(_HEAD))
    if not given.no_sample:
        with _room() as room:
            print("\n".join(_rows("sample city", _PROJECT, room, given.runs)), flush=True)
    for articles in given.articles:
        with _room() as room:
            generator = [sys.executable, "-m", _GENERATOR, str(room / "group")]
            size = ["--articles", str(articles), "--sites", str(given.sites)]
            subprocess.run([*generator, *size], cwd=_PROJECT, check=True)
            name = f"{articles:,} articles"
            print("\n".join(_rows(name, room / "group", room, given.runs)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
