"""The rival tools: installed on demand, at pinned versions, into an environment of their own."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

__all__ = ["RIVALS", "ToolsError", "commands", "installed", "versions"]

RIVALS = ("hugo", "mkdocs", "zensical")
_REQUIREMENTS = Path(__file__).with_name("requirements.txt")


class ToolsError(Exception):
    """The rival tools could not be installed."""


def installed(build: Path) -> Path:
    """The environment below `build` with the tools in it; made anew where the pins changed."""
    key = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()[:12]
    place = build / "bench-tools" / key
    done = place / "installed"
    if done.exists():
        return place
    _run(sys.executable, "-m", "venv", "--clear", str(place))
    pip = (str(place / "bin" / "python"), "-m", "pip", "install", "--quiet")
    _run(*pip, "--disable-pip-version-check", "--requirement", str(_REQUIREMENTS))
    done.touch()
    return place


def _run(*command: str) -> None:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise ToolsError(
            f"cannot install the rival tools: `{' '.join(command)}` failed.\n{run.stderr.strip()}\n"
            "Mend that, or measure without rivals: `--rivals` with no name after it."
        )


def versions() -> dict[str, str]:
    """The pinned version of each package."""
    lines = _REQUIREMENTS.read_text("utf-8").splitlines()
    pins = (line.partition("==") for line in lines if "==" in line)
    return {name: version for name, _, version in pins}


def commands(place: Path) -> dict[str, str]:
    """The program of each rival in an environment.

    Hugo's is the binary itself, not the Python program that starts it.
    """
    binary = next(place.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return {
        "hugo": str(binary),
        "mkdocs": str(place / "bin" / "mkdocs"),
        "zensical": str(place / "bin" / "zensical"),
    }
