"""What a command takes: time from start to end, processor time of all processes, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

__all__ = ["GENERATOR", "ROOT", "CommandError", "Measure", "Size", "measured", "middle"]

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = (sys.executable, "-m", "generator")
_TOLD = 2000


class CommandError(Exception):
    """A measured command failed: what it took means nothing."""


# A program that is used has its compiled modules beside it; where that is forbidden, every start
# of every Python tool would compile them again.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Measure:
    """What one run of a command took."""

    seconds: float
    processor: float
    mebibytes: float


@dataclass(frozen=True, slots=True)
class Size:
    """What a folder holds: HTML pages, files, bytes."""

    pages: int
    files: int
    bytes: int

    @classmethod
    def of(cls, folder: Path) -> Size:
        """The size of `folder`, counted file by file: a list of them would be memory of ours."""
        pages = files = size = 0
        for place, _, names in os.walk(folder):
            files += len(names)
            pages += sum(name.endswith(".html") for name in names)
            size += sum(Path(place, name).stat().st_size for name in names)
        return cls(pages, files, size)


def measured(*command: str, cwd: Path = ROOT) -> Measure:
    """Runs the command, as a person would call it, in a process of its own.

    Units: seconds; processor seconds of all its processes; MiB of the largest of them.
    Errors: CommandError with the end of what it printed, where it does not exit with 0.
    """
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        run = subprocess.Popen(
            command, cwd=cwd, env=_ENVIRONMENT, stdout=told, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(run.pid, 0)
        seconds = time.perf_counter() - start
        run.returncode = os.waitstatus_to_exitcode(status)
        if run.returncode:
            told.seek(0)
            end = told.read().decode("utf-8", "replace")[-_TOLD:]
            raise CommandError(f"exit {run.returncode} of `{' '.join(command)}`\n{end}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Measure(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def middle(runs: Iterable[Measure]) -> Measure:
    """The median of some runs, of each number for itself."""
    rows = [(run.seconds, run.processor, run.mebibytes) for run in runs]
    return Measure(*(median(column) for column in zip(*rows, strict=True)))
