"""Files and their history, from a commit or from the working tree: the only user of git.

Both sources answer the same three questions (which files, which bytes, since when), so nothing
above can tell whether it reads a commit or the files as they lie on an editor's disk. Replace
refs are off: the bytes are the ones the object names say.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from generator.tree.change import Change, change_since
from generator.tree.commit import CommitTree
from generator.tree.files import SYMLINK, Entry, History, NotARevisionError, Replaced, Tree
from generator.tree.working import WorkingTree

__all__ = [
    "SYMLINK",
    "Change",
    "CommitTree",
    "Entry",
    "History",
    "NotARevisionError",
    "Replaced",
    "Tree",
    "WorkingTree",
    "change_since",
    "open_tree",
]


def open_tree(root: Path, revision: str | None, now: datetime) -> Tree:
    """The files of `revision`, or where it is None those on disk, taken at `now`."""
    return CommitTree(root, revision) if revision else WorkingTree(root, now)
