"""Objects as they are: read in bulk by name and hashed again, with nothing of the machine between.

No replace refs, no user's or system's configuration, no variables that point git elsewhere, full
ref names only. What a name stands for is computed here again, so that a damaged or a forged object
store cannot give other bytes than those that were approved.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.tree.repository import SETTINGS, GitError, Repository

__all__ = ["Commit", "Difference", "Differs", "MissingObjectError", "Objects", "hashed"]

# What a caller may say of the way to a remote; every other GIT_ variable is dropped.
_KEPT = ("GIT_SSH_COMMAND", "GIT_SSH", "GIT_ASKPASS", "GIT_TERMINAL_PROMPT")


class Differs(ValueError):  # noqa: N818 -- a finding about bytes, named for what it says
    """An object's bytes are not those of its name."""


class MissingObjectError(LookupError):
    """An object that is needed is not in this clone; its name is the text."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its tree and its parents."""

    name: str
    tree: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One path that differs between two trees; `mode` and `git` are None where it is gone."""

    path: str
    op: str  # put | delete
    mode: str | None
    git: str | None
    base: str | None


def hashed(algorithm: str, kind: str, data: bytes) -> str:
    """Git's name for an object of this kind with these bytes."""
    digest = hashlib.new(algorithm, f"{kind} {len(data)}\0".encode(), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


class Objects(Repository):
    """The object store of the repository at `root`."""

    def __init__(self, root: Path) -> None:
        """Errors: GitError where there is none."""
        self.root = root.resolve()
        super().__init__(root)

    def _variables(self, root: Path) -> dict[str, str]:
        said = super()._variables(root)
        clean = {
            name: value
            for name, value in said.items()
            if not name.startswith("GIT_") or name in _KEPT or name in SETTINGS
        }
        return {
            **clean,
            "GIT_CEILING_DIRECTORIES": str(root.resolve().parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            # whoever owns the files: a job in a container is often another user
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": str(root.resolve()),
        }

    def ref(self, name: str) -> str | None:
        """What a full ref name points at; None where it is not there."""
        done = self.run("show-ref", "--verify", "--hash", name)
        return done.stdout.decode().strip() if done.returncode == 0 else None

    def run(
        self, *arguments: str, stdin: bytes = b"", variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """A finished git command, whatever its exit code."""
        return subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments], cwd=self.root,
            env={**self.environment, **(variables or {})}, input=stdin, capture_output=True,
            check=False,
        )  # fmt: skip

    def said(
        self, *arguments: str, stdin: bytes = b"", variables: Mapping[str, str] | None = None
    ) -> str:
        """What a git command says. Errors: GitError."""
        done = self.run(*arguments, stdin=stdin, variables=variables)
        if done.returncode:
            raise GitError(done.stderr.decode(errors="replace").strip())
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def objects(self, names: Iterable[str], kind: str = "blob") -> Iterator[bytes]:
        """The bytes of objects in the order asked, each hashed again.

        Errors: MissingObjectError; Differs where name and bytes, or kind and object, disagree.
        """
        wanted = list(names)
        if not wanted:
            return
        asked = "".join(f"{name}\n" for name in wanted).encode()
        for name, head, data in self._batch(wanted, asked):
            if len(head) != 3:
                raise MissingObjectError(name)
            if head[1] != kind.encode() or hashed(self.algorithm, kind, data) != name:
                raise Differs(name)
            yield data

    def _batch(self, wanted: list[str], asked: bytes) -> Iterator[tuple[str, list[bytes], bytes]]:
        with tempfile.TemporaryFile() as file:
            file.write(asked)
            file.seek(0)
            with self.running("cat-file", "--batch", "--buffer", stdin=file) as output:
                for name in wanted:
                    head = output.readline().split()
                    whole = len(head) == 3 and head[2].isdigit()
                    data = output.read(int(head[2]) + 1)[:-1] if whole else b""
                    yield name, head, data

    def read_commit(self, name: str) -> Commit:
        """A commit by its full name. Errors: as for `objects`."""
        data = next(iter(self.objects([name], "commit")))
        rows = [line.partition(b" ") for line in data.split(b"\n\n", 1)[0].split(b"\n")]
        tree = next(value for key, _, value in rows if key == b"tree").decode()
        parents = tuple(value.decode() for key, _, value in rows if key == b"parent")
        return Commit(name, tree, parents)

    def has(self, name: str) -> bool:
        """Whether an object is here."""
        return self.run("cat-file", "-e", name).returncode == 0

    def files(self, commit: str) -> dict[str, tuple[str, str]]:
        """Mode and object name of every entry of a commit's tree, by path; also links and gitlinks.

        Errors: GitError.
        """
        listing = self.out("ls-tree", "-r", "-z", "--full-tree", commit)
        found: dict[str, tuple[str, str]] = {}
        for row in filter(None, listing.split(b"\0")):
            head, _, name = row.partition(b"\t")
            mode, _, blob = head.decode().split(" ")
            found[name.decode("utf-8", "surrogateescape")] = (mode, blob)
        return found

    def difference(self, old: str, new: str) -> list[Difference]:
        """What differs between the trees of two commits, by path. Errors: GitError."""
        rows = self.out(
            "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-commit-id",
            "--ignore-submodules=none", old, new,
        ).split(b"\0")  # fmt: skip
        found = []
        for head, name in zip(rows[0::2], rows[1::2], strict=False):
            _, mode, base, blob, _ = head.decode().lstrip(":").split(" ")
            there = set(blob) != {"0"}
            found.append(
                Difference(
                    name.decode("utf-8", "surrogateescape"),
                    "put" if there else "delete",
                    mode if there else None,
                    blob if there else None,
                    base if set(base) != {"0"} else None,
                )
            )
        return sorted(found, key=lambda one: os.fsencode(one.path))

    def line(self, old: str, new: str) -> list[str]:
        """The first-parent commits after `old` up to `new`, oldest first. Errors: GitError."""
        return self.said("rev-list", "--first-parent", "--reverse", f"{old}..{new}").split()

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` descends from `old` or is it."""
        return self.run("merge-base", "--is-ancestor", old, new).returncode == 0

    def bases(self, one: str, other: str) -> list[str]:
        """The merge bases of two commits, in order of name; none where they share nothing."""
        done = self.run("merge-base", "--all", one, other)
        return sorted(done.stdout.decode().split()) if done.returncode == 0 else []

    def merged(self, ours: str, theirs: str) -> str | None:
        """The tree that merging two commits gives; None where they conflict. Errors: GitError."""
        done = self.run("merge-tree", "--write-tree", "--no-messages", ours, theirs)
        if done.returncode == 0:
            return done.stdout.decode().strip()
        if done.returncode == 1:
            return None
        raise GitError(done.stderr.decode(errors="replace").strip())
