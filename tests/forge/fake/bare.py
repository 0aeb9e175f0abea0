"""The bare repository behind the fake: commits, branches and merges by git itself."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.forge.fake.people import User

__all__ = ["ZERO", "Bare", "ConflictError"]

ZERO = "0" * 40


class ConflictError(Exception):
    """Git cannot merge the two commits."""


class Bare:
    """A bare repository without a working tree, whose commits bear the times they are given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[tuple[str, ...], str] = {}
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "--bare", "-b", "main")

    def git(
        self, *words: str, text: bytes | None = None, variables: Mapping[str, str] | None = None
    ) -> str:
        """The output of a git command, without the blanks around it."""
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **(variables or {}),
        }
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env=environment,
            input=text,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"git {words[0]}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode().strip()

    def tip(self, ref: str) -> str | None:
        """The commit at a full ref name."""
        found = self.git("for-each-ref", "--format=%(objectname)", ref)
        return found or None

    def commit(
        self,
        parents: Iterable[str],
        files: Mapping[str, bytes | None],
        *,
        author: User | tuple[str, str],
        committer: User | tuple[str, str],
        message: str,
        at: str,
        modes: Mapping[str, str] | None = None,
    ) -> str:
        """A commit on the first parent with files put or, where None, deleted."""
        parents = list(parents)
        with tempfile.TemporaryDirectory() as folder:
            own = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            if parents:
                self.git("read-tree", parents[0], variables=own)
            for path, data in files.items():
                if data is None:
                    row = f"0 {ZERO}\t{path}\n".encode()
                    self.git("update-index", "--index-info", text=row, variables=own)
                    continue
                blob = self.git("hash-object", "-w", "--no-filters", "--stdin", text=data)
                mode = (modes or {}).get(path, "100644")
                row = f"{mode},{blob},{path}"
                self.git("update-index", "--add", "--cacheinfo", row, variables=own)
            tree = self.git("write-tree", variables=own)
        return self.commit_tree(tree, parents, author, committer, message, at)

    def commit_tree(
        self,
        tree: str,
        parents: Iterable[str],
        author: User | tuple[str, str],
        committer: User | tuple[str, str],
        message: str,
        at: str,
    ) -> str:
        """A commit of a tree."""
        variables = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        for role, who in (("AUTHOR", author), ("COMMITTER", committer)):
            name, email = (who.login, who.email) if isinstance(who, User) else who
            variables |= {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": email}
        words = [word for parent in parents for word in ("-p", parent)]
        return self.git("commit-tree", tree, *words, text=message.encode(), variables=variables)

    def move(self, ref: str, commit: str | None) -> None:
        """Sets a full ref name, or deletes it."""
        if commit is None:
            self.git("update-ref", "-d", ref)
        else:
            self.git("update-ref", ref, commit)

    def _once(self, *words: str) -> str:
        """The output of a command about named commits: it never changes."""
        if words not in self._kept:
            self._kept[words] = self.git(*words)
        return self._kept[words]

    def contains(self, commit: str, ancestor: str) -> bool:
        """Whether a commit descends from another, or is it."""
        return self.git("merge-base", commit, ancestor) == ancestor

    def merge_tree(self, ours: str, theirs: str) -> str:
        """The tree of a merge. Errors: ConflictError."""
        try:
            return self.git("merge-tree", "--write-tree", ours, theirs)
        except RuntimeError as error:
            raise ConflictError from error

    def between(self, base: str, head: str) -> list[str]:
        """The commits of `head` that `base` has not, oldest first."""
        return self._once("rev-list", "--reverse", "--topo-order", f"{base}..{head}").split()

    def show(self, commit: str) -> dict[str, str]:
        """Author, committer, message of a commit."""
        form = "%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%T%x00%P%x00%B"
        fields = self._once("show", "-s", f"--format={form}", commit).split("\0")
        names = ["an", "ae", "ad", "cn", "ce", "cd", "tree", "parents", "message"]
        return dict(zip(names, fields, strict=True))

    def changed(self, base: str, head: str) -> list[tuple[str, str, str, str | None]]:
        """The files as GitHub lists them: status, path, blob, previous path of a rename."""
        start = self._once("merge-base", base, head)
        raw = self._once("diff-tree", "-r", "-M", "-z", "--raw", "--no-abbrev", start, head)
        pieces = raw.split("\0")
        found: list[tuple[str, str, str, str | None]] = []
        while pieces and pieces[0]:
            _, _, old, new, word = pieces.pop(0).split()
            path = pieces.pop(0)
            if word[0] == "R":
                target = pieces.pop(0)
                found.append(("renamed", target, new, path))
            else:
                status = {"A": "added", "M": "modified", "D": "removed", "T": "changed"}[word[0]]
                found.append((status, path, old if word[0] == "D" else new, None))
        return found
