"""What changed between two states of the files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import git

from generator.tree.files import NotARevisionError
from generator.tree.repository import repository_at

__all__ = ["Change", "change_since"]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between the fork point `base` and a later state; both names of a rename."""

    base: str
    paths: frozenset[str]


def change_since(root: Path, since: str, until: str | None, under: str) -> Change:
    """The change below `under` from the fork point of `since` and `until` up to `until`.

    `until` None means the files on disk, untracked ones included.
    Errors: NotARevisionError where `since` or `until` names no commit, or they share none.
    """
    repository, start = repository_at(root, since)
    _, end = repository_at(root, "HEAD" if until is None else until)
    try:
        base = repository.out("merge-base", start, end).decode().strip()
    except git.GitCommandError as error:
        raise NotARevisionError(since) from error
    ends = [base] if until is None else [base, end]
    listing = repository.out("diff", "--name-only", "--no-renames", "-z", *ends, "--", under)
    if until is None:
        listing += repository.out("ls-files", "-o", "--exclude-standard", "-z", "--", under)
    names = (name.decode("utf-8", "surrogateescape") for name in listing.split(b"\0") if name)
    return Change(base, frozenset(names))
