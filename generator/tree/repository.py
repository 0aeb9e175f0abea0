"""The repository behind a source: the one place that runs the git executable.

GitPython is this project's way to git (`change.py`), but not here: importing it takes longer than
all that git itself does for a build in which nothing changed, and its blob reader waits for each
object before it asks for the next. What is called on every start is a handful of plumbing
commands; they run as processes of their own, with no replace refs, no language, no pathspec magic
and no lock on the index that an editor's own git could run into.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from generator.tree.files import NotARevisionError

__all__ = ["SETTINGS", "GitError", "Repository", "commit_at"]

SETTINGS = {
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
# A hook's git tells its children which repository is meant; ours is the one at the root.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")
_PIPE = 1 << 20


class GitError(RuntimeError):
    """Git ended with a fault of its own."""


class Repository:
    """The repository whose files stand at `root`."""

    def __init__(self, root: Path) -> None:
        """Errors: GitError where there is none."""
        self._root = root
        self.environment = self._variables(root)
        said = self.out(
            "rev-parse", "--show-object-format", "--git-path", "index", "--git-path", "shallow"
        )
        form, index, shallow = os.fsdecode(said).splitlines()
        self.algorithm = "sha256" if form == "sha256" else "sha1"  # the digest that names objects
        self.index = root / index
        self._shallow = root / shallow

    def _variables(self, root: Path) -> dict[str, str]:
        """The variables that git is run with."""
        return {
            **{name: value for name, value in os.environ.items() if name not in _FOREIGN},
            **SETTINGS,
            "GIT_CEILING_DIRECTORIES": str(root.resolve().parent),
        }

    @classmethod
    def at(cls, root: Path) -> Repository | None:
        """The repository at `root`, if there is one; one further up is not that."""
        if not any((root / name).exists() for name in (".git", "HEAD")):
            return None
        try:
            return cls(root)
        except GitError as error:
            if "not a git repository" in str(error):
                return None
            raise

    @property
    def grafts(self) -> bytes:
        """The commits at which a shallow clone ends; empty for a whole one."""
        with suppress(FileNotFoundError):
            return self._shallow.read_bytes()
        return b""

    @contextmanager
    def running(self, *arguments: str, stdin: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
        """The output of a git command while it works; one left early is ended. Errors: GitError."""
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(
                ["git", "-c", "core.quotepath=off", *arguments],
                cwd=self._root,
                env=self.environment,
                stdin=stdin or subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaints,
                bufsize=_PIPE,
            ) as process,
        ):
            assert process.stdout is not None
            yield process.stdout
            if process.wait():
                complaints.seek(0)
                raise GitError(complaints.read().decode(errors="replace").strip())

    def out(self, *arguments: str) -> bytes:
        """All that a git command says. Errors: GitError."""
        with self.running(*arguments) as output:
            return output.read()

    def head(self) -> str:
        """The full name of the commit that HEAD is, or empty."""
        try:
            return self.commit("HEAD")
        except NotARevisionError:
            return ""

    def commit(self, revision: str) -> str:
        """The full name of a commit. Errors: NotARevisionError."""
        wanted = f"{revision}^{{commit}}" if revision else ""  # `^{commit}` alone would be HEAD
        try:
            return self.out("rev-parse", "--verify", "--end-of-options", wanted).decode().strip()
        except (GitError, ValueError) as error:
            raise NotARevisionError(revision) from error

    def pieces(self, *arguments: str) -> Iterator[bytes]:
        """What lies between the NULs of a command's output, as it comes. Errors: GitError."""
        with self.running(*arguments) as output:
            rest = b""
            while data := output.read(_PIPE):
                *whole, rest = (rest + data).split(b"\0")
                yield from whole
            if rest:
                yield rest

    def blobs(self, names: Sequence[str]) -> Iterator[bytes]:
        """The bytes of objects, in the order asked. Errors: GitError."""
        for size, output in self._objects("--batch", names):
            yield output.read(size + 1)[:size]

    def sizes(self, names: Sequence[str]) -> Iterator[int]:
        """The sizes of objects, in the order asked. Errors: GitError."""
        return (size for size, _ in self._objects("--batch-check", names))

    def _objects(self, form: str, names: Sequence[str]) -> Iterator[tuple[int, IO[bytes]]]:
        """The names stand in a file: git never waits for us to ask, nor we for it to listen."""
        if not names:
            return
        with tempfile.TemporaryFile() as asked:
            asked.write("".join(f"{name}\n" for name in names).encode())
            asked.seek(0)
            with self.running("cat-file", form, "--buffer", stdin=asked) as output:
                for name in names:
                    head = output.readline().split()
                    if len(head) != 3:
                        raise GitError(f"no object {name}")
                    yield int(head[2]), output


def commit_at(root: Path, revision: str) -> tuple[Repository, str]:
    """The repository at `root` and the full name of a commit in it. Errors: NotARevisionError."""
    repository = Repository.at(root)
    if repository is None:
        raise NotARevisionError(revision)
    return repository, repository.commit(revision)
