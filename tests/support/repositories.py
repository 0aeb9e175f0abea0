"""Small git repositories for tests, with times of our choosing and no settings of the machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.support.trees import write

__all__ = ["Repository"]


class Repository:
    """A folder under git whose commits are a minute apart, from 2026-01-01 00:00 UTC on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.minutes = 0
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, text: str | None = None) -> str:
        """The output of a git command."""
        when = f"{int(self.at(self.minutes).timestamp())} +0000"
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_DATE": when,
        }
        who = ("-c", "user.name=test", "-c", "user.email=test@example.invalid")
        done = subprocess.run(
            ["git", *who, "-c", "protocol.file.allow=always", *arguments],
            cwd=self.folder,
            env=environment,
            check=True,
            capture_output=True,
            input=text and text.encode(),
        )
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    @staticmethod
    def at(minutes: int) -> datetime:
        """The time of the commit number `minutes`, the first being 1."""
        return datetime.fromtimestamp(1767225600 + 60 * minutes, UTC)

    def commit(self, files: Mapping[str, str | bytes] | None = None, *deleted: str) -> str:
        """Writes and deletes files, commits everything, and gives the commit's name."""
        write(self.folder, files or {})
        for path in deleted:
            (self.folder / path).unlink()
        self.minutes += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", f"step {self.minutes}")
        return self.git("rev-parse", "HEAD")

    def merge(self, branch: str) -> str:
        """Merges a branch with a commit of its own."""
        self.minutes += 1
        self.git("merge", "-q", "--no-ff", "-m", f"merge {branch}", branch)
        return self.git("rev-parse", "HEAD")
