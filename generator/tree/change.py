"""What changed between two states of the files, asked of git through GitPython."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.tree.files import NotARevisionError
from generator.tree.repository import SETTINGS, commit_at

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
    import git  # takes longer than all else here, so only who asks for a change waits for it

    _, start = commit_at(root, since)
    _, end = commit_at(root, "HEAD" if until is None else until)
    repository = git.Repo(root, search_parent_directories=False)
    repository.git.update_environment(**SETTINGS)
    bases = repository.merge_base(start, end)
    if not bases:
        raise NotARevisionError(since)
    base = bases[0].hexsha
    ends = [base] if until is None else [base, end]
    asked = [["diff", "--name-only", "--no-renames", "-z", *ends, "--", under]]
    if until is None:
        asked.append(["ls-files", "-o", "--exclude-standard", "-z", "--", under])
    listing = b"".join(
        repository.git.execute(["git", *words], stdout_as_string=False) for words in asked
    )
    names = (name.decode("utf-8", "surrogateescape") for name in listing.split(b"\0") if name)
    return Change(base, frozenset(names))
