"""To a plain host over rsync and ssh, or to a folder here: a new folder, then one switch.

Readers are served from `current`, a link. A release is copied beside the others, whole, before
the link is renamed over: nobody ever sees half of it, and a roll-back is another switch.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DeployError", "Target", "to_host"]

_HOST = re.compile(r"(?:([A-Za-z0-9._-]+)@)?([A-Za-z0-9.-]+):(/[A-Za-z0-9._/-]+)")
_FOLDER = re.compile(r"/[A-Za-z0-9._/-]+")
_RELEASE = re.compile(r"[A-Za-z0-9.-]{1,64}")
_SECONDS = 900


class DeployError(RuntimeError):
    """The release did not get there; what readers see is unchanged."""


@dataclass(frozen=True, slots=True)
class Target:
    """A folder, at a host or (host empty) here."""

    host: str
    folder: str

    @classmethod
    def of(cls, text: str) -> Target:
        """`user@host:/folder` or `/folder`. Errors: ValueError."""
        if _FOLDER.fullmatch(text):
            return cls("", text.rstrip("/"))
        found = _HOST.fullmatch(text)
        if found is None or found[2].startswith("-"):
            raise ValueError(text)
        user = f"{found[1]}@" if found[1] else ""
        return cls(f"{user}{found[2]}", found[3].rstrip("/"))


def to_host(site: Path, target: Target, release: str, keep: int = 5) -> None:
    """Copies a site to `releases/<release>` at the target and switches `current` to it.

    keep: how many releases stay for a roll-back
    Errors: DeployError; ValueError for a release's name.
    """
    if not _RELEASE.fullmatch(release) or release in (".", ".."):
        raise ValueError(release)
    inner = f"{target.folder}/releases/{release}"
    _at(target, ["mkdir", "-p", inner])
    there = f"{target.host}:{inner}/" if target.host else f"{inner}/"
    previous = f"--link-dest={target.folder}/current/"
    shell = ["--rsh", _ssh()] if target.host else []
    words = ["rsync", "--archive", "--delete", "--checksum", *shell, previous, f"{site}/", there]
    _run(words)
    fresh = f"{target.folder}/.current-{release}"
    _at(target, ["ln", "-sfn", f"releases/{release}", fresh])
    _at(target, ["mv", "-T", fresh, f"{target.folder}/current"])
    _drop_old(target, release, keep)


def _drop_old(target: Target, release: str, keep: int) -> None:
    """Removes all but the newest releases; never the one that is shown."""
    listed = _at(target, ["ls", "-1t", f"{target.folder}/releases"]).split()
    old = [name for name in listed if _RELEASE.fullmatch(name) and name != release][keep - 1 :]
    if old:
        _at(target, ["rm", "-rf", *(f"{target.folder}/releases/{name}" for name in old)])


def _ssh() -> str:
    """The ssh command, as git is told it, too."""
    return os.environ.get("GIT_SSH_COMMAND", "ssh")


def _at(target: Target, words: Sequence[str]) -> str:
    """Runs a command where the target is."""
    if not target.host:
        return _run(words)
    return _run([*shlex.split(_ssh()), "--", target.host, shlex.join(words)])


def _run(words: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            list(words), capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DeployError(f"{words[0]}: {error}") from error
    if done.returncode:
        raise DeployError(f"{words[0]}: {done.stderr.strip()[-300:]}")
    return done.stdout
