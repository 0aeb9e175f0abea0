"""The repository behind a source: a few plumbing commands through GitPython."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import git

from generator.tree.files import History, NotARevisionError, Replaced

__all__ = ["Repository", "repository_at"]


class Repository:
    """The repository behind a source: porcelain-free calls through GitPython."""

    def __init__(self, root: Path) -> None:
        self.repo = git.Repo(root, search_parent_directories=False)
        self.repo.git.update_environment(GIT_NO_REPLACE_OBJECTS="1", LC_ALL="C")

    def out(self, *arguments: str) -> bytes:
        """Standard output of one git command, as bytes."""
        result: bytes = self.repo.git.execute(
            ["git", "-c", "core.quotepath=off", *arguments], stdout_as_string=False
        )
        return result

    def blobs(self, names: Iterable[str]) -> Iterator[bytes]:
        """The bytes of objects, read through one `git cat-file --batch`."""
        process = self.repo.git.cat_file("--batch", istream=-1, as_process=True)
        try:
            for name in names:
                process.stdin.write(name.encode() + b"\n")
                process.stdin.flush()
                head = process.stdout.readline().split()
                size = int(head[2])
                yield process.stdout.read(size)
                process.stdout.read(1)
        finally:
            process.stdin.close()
            process.wait()

    def history(self, rev: str, under: str, brought_later: Mapping[str, datetime]) -> History:
        """One pass over the main line up to `rev`, newest first."""
        brought: dict[str, datetime] = {}
        changed: dict[str, datetime] = {}
        replaced: dict[Replaced, None] = {}
        fields = self.out(
            "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--raw",
            "--no-abbrev", "-z", "--format=%x01%ct", rev, "--", under,
        ).split(b"\0")  # fmt: skip
        at = datetime.fromtimestamp(0, UTC)
        words = iter(fields)
        for word in words:
            head = word.lstrip(b"\n")
            if head.startswith(b"\x01"):
                at = datetime.fromtimestamp(int(head[1:].split(b"\n")[0]), UTC)
                _, _, head = head.partition(b"\n")
                head = head.lstrip(b"\n")
            if not head.startswith(b":"):
                continue
            _, _, old, _, status = head.decode().split(" ")
            path = next(words).decode("utf-8", "surrogateescape")
            if status != "A":
                replaced[Replaced(path, old)] = None
            if status != "D":
                brought[path] = at
                changed.setdefault(path, at)
        for path, moment in brought_later.items():
            brought.setdefault(path, moment)
            changed[path] = moment
        shallow = self.out("rev-parse", "--is-shallow-repository").strip() == b"true"
        return History(brought, changed, tuple(replaced), complete=not shallow)


def repository_at(root: Path, revision: str) -> tuple[Repository, str]:
    """The repository at `root` and the full name of a commit in it. Errors: NotARevisionError."""
    try:
        repository = Repository(root)
        wanted = f"{revision}^{{commit}}" if revision else ""  # `^{commit}` alone would be HEAD
        name = repository.out("rev-parse", "--verify", "--end-of-options", wanted)
    except (git.GitCommandError, git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
        raise NotARevisionError(revision) from error
    return repository, name.decode().strip()
