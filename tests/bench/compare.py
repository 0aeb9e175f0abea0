"""One group measured: ours, the rivals and `cp -r`, in full and after each edit, run by run."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.edits import EDITS, SUBMISSION, Spots, article_edited
from tests.bench.measure import GENERATOR, Measure, Size, measured

__all__ = ["OURS", "Inputs", "Result", "compare", "prepare"]

OURS = "ours"
_COPY = "copy"
_NEVER_EDITED = frozenset({"hugo-articles"})  # it would say again what `hugo-pages` says
_EDITED_ONCE = frozenset({"mkdocs", "zensical"})  # so slow that one edit must stand for all


@dataclass(frozen=True, slots=True)
class Inputs:
    """A group and the same content as the projects of rivals, ready to build below `top`."""

    root: Path
    top: Path
    records: int
    spots: Mapping[str, Spots]  # by tool, ours first
    programs: Mapping[str, str]

    def out(self, tool: str) -> Path:
        """Where a tool builds to."""
        return (
            self.top / "out" / tool
            if tool not in {"mkdocs", "zensical"}
            else (self.top / tool / "site")
        )

    def caches(self, tool: str) -> tuple[Path, ...]:
        """What a tool keeps from one build for the next."""
        if tool == OURS:
            return (self.root / ".cache" / "gongkai",)
        return (self.top / "cache" / tool, self.top / tool / ".cache")

    def build(self, tool: str) -> tuple[str, ...]:
        """The command that builds, whatever it finds from before."""
        project, out = str(self.top / tool), str(self.out(tool))
        if tool == OURS:
            return (*GENERATOR, "build", "--quiet", "--root", str(self.root), "--out", out)
        if tool == "mkdocs":
            return (
                self.programs[tool],
                "build",
                "--quiet",
                "--config-file",
                f"{project}/mkdocs.yml",
            )
        if tool == "zensical":
            return (self.programs[tool], "build", "--config-file", f"{project}/mkdocs.yml")
        cache = str(self.top / "cache" / tool)
        lean = ("--quiet", "--noBuildLock", "--noChmod", "--noTimes", "--cacheDir", cache)
        return (self.programs["hugo"], "--source", project, "--destination", out, *lean)


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of a group: runs by tool and action, sizes by tool."""

    name: str
    articles: int
    records: int
    runs: dict[tuple[str, str], list[Measure]] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)

    def add(self, tool: str, action: str, run: Measure) -> None:
        """Keeps a run; the runs of an action stand in the order in which they were made."""
        self.runs.setdefault((tool, action), []).append(run)
        print(f"{self.name}: {tool}, {action}: {run.seconds:.1f} s", file=sys.stderr, flush=True)


def prepare(root: Path, top: Path, projects: Sequence[str], programs: Mapping[str, str]) -> Inputs:
    """Writes the projects of rivals for the group at `root` into `top`."""
    measured(
        sys.executable, "-m", "tests.bench.rivals", str(root), str(top), "--projects", *projects
    )
    found = json.loads((top / "inputs.json").read_text("utf-8"))
    spots = {name: Spots.of_texts(texts) for name, texts in found["spots"].items()}
    (top / "out").mkdir()
    for program in programs.values():
        measured(program, "--help")  # so that no first run waits for the disk to give the program
    return Inputs(root, top, found["records"], spots, programs)


def compare(result: Result, inputs: Inputs, runs: int, edits: Sequence[str]) -> None:
    """Fills `result` with `runs` runs, each of which does everything once, one tool by another."""
    for _ in range(runs):
        _check(result, inputs)
        for tool in inputs.spots:
            _full(result, inputs, tool)
        _copy(result, inputs)
        _edits(result, inputs, edits)


def _fresh(*paths: Path) -> None:
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


def _check(result: Result, inputs: Inputs) -> None:
    """A check of all without any cache, and one of an edited file with what that left."""
    _fresh(*inputs.caches(OURS))
    command = (*GENERATOR, "check", "--quiet", "--root", str(inputs.root))
    result.add(OURS, "check", measured(*command))
    spots = inputs.spots[OURS]
    with article_edited(spots):
        result.add(OURS, "check of one edited", measured(*command, str(spots.article)))


def _full(result: Result, inputs: Inputs, tool: str) -> None:
    """A build from nothing; the first must have the pages that were asked for."""
    out = inputs.out(tool)
    _fresh(out, *inputs.caches(tool))
    run = measured(*inputs.build(tool))
    if tool not in result.sizes:
        more = ("--or-more",) if tool == OURS else ()  # the lists and platforms, which it knows
        pages = inputs.top / f"{tool}.txt"
        measured(sys.executable, "-m", "tests.bench.rivals.agree", str(out), str(pages), *more)
        result.sizes[tool] = Size.of(out)
    result.add(tool, "full", run)
    if tool in _NEVER_EDITED:
        _fresh(out)


def _copy(result: Result, inputs: Inputs) -> None:
    """`cp -r` of what we built: no build can be quicker than writing its files."""
    target = inputs.out(_COPY)
    result.add(_COPY, "full", measured("cp", "-r", str(inputs.out(OURS)), str(target)))
    result.sizes[_COPY] = result.sizes[OURS]
    _fresh(target)


def _edits(result: Result, inputs: Inputs, edits: Sequence[str]) -> None:
    """A build after each edit, on top of the builds before; all edits are put back at the end."""
    with ExitStack() as undone:
        for name in edits:
            for tool, spots in inputs.spots.items():
                once = tool in _EDITED_ONCE and name != edits[0]
                lacking = name == SUBMISSION and spots.submitted is None
                if tool not in _NEVER_EDITED and not once and not lacking:
                    undone.enter_context(EDITS[name](spots))
                    result.add(tool, name, measured(*inputs.build(tool)))
