"""A folder as the next commit of a branch at a public mirror: no history of ours goes there."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.tree.repository import SETTINGS, GitError

__all__ = ["push_tree"]

_WHO = {"NAME": "gongkai", "EMAIL": "gongkai@gongkai.invalid"}


def push_tree(folder: Path, remote: str, branch: str, message: str, at: str, extra: Path) -> str:
    """The commit that `branch` of the remote now is: the folder, with the files of `extra` beside.

    The branch moves only from where it was when this began. `at` is an RFC 3339 time.
    Errors: GitError.
    """
    with tempfile.TemporaryDirectory() as work:
        git = _Git(Path(work, "mirror.git"))
        git("init", "--quiet", "--bare", git.folder.as_posix())
        listed = git("ls-remote", remote, f"refs/heads/{branch}").split()
        parent = listed[0] if listed else ""
        if parent:
            git("fetch", "--quiet", "--depth=1", "--no-tags", remote, parent)
        own = {"GIT_INDEX_FILE": str(Path(work, "index"))}
        for source in (folder, extra):
            place = str(source.resolve())
            git("-C", place, "--work-tree", place, "add", "--force", "--all", ".", variables=own)
            if source is folder:
                first = git("write-tree", variables=own)
        second = git("write-tree", variables=own)
        tree = _joined(git, first, second, own)
        who = {f"GIT_{role}_{key}": _WHO[key] for role in ("AUTHOR", "COMMITTER") for key in _WHO}
        when = {f"GIT_{role}_DATE": at for role in ("AUTHOR", "COMMITTER")}
        parents = ["-p", parent] if parent else []
        commit = git("commit-tree", "-m", message, *parents, tree, variables={**who, **when})
        lease = f"--force-with-lease=refs/heads/{branch}:{parent}"
        git("push", "--quiet", lease, remote, f"{commit}:refs/heads/{branch}")
        return commit


def _joined(git: _Git, first: str, second: str, own: Mapping[str, str]) -> str:
    """The tree of both: what the second names stands over the first."""
    git("read-tree", first, variables=own)
    rows = git("ls-tree", "-r", "-z", second)
    git("update-index", "-z", "--add", "--index-info", stdin=rows, variables=own)
    return git("write-tree", variables=own)


class _Git:
    """Git in a folder of its own, without anybody's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = {
            **{
                key: value
                for key, value in os.environ.items()
                if not key.startswith("GIT_") or key in ("GIT_SSH_COMMAND", "GIT_ASKPASS")
            },
            **SETTINGS,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        del self._environment["GIT_LITERAL_PATHSPECS"]

    def __call__(
        self, *words: str, stdin: str = "", variables: Mapping[str, str] | None = None
    ) -> str:
        at = ["--git-dir", str(self.folder)] if words[0] != "init" else []
        done = subprocess.run(
            ["git", "-c", "core.autocrlf=false", *at, *words],
            input=stdin,
            capture_output=True,
            text=True,
            env={**self._environment, **(variables or {})},
            check=False,
        )
        if done.returncode:
            raise GitError(done.stderr.strip())
        return done.stdout.strip("\n")
