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
from generator.tree.files import (
    SYMLINK,
    Entry,
    Histories,
    History,
    NotARevisionError,
    Replaced,
    Tree,
)
from generator.tree.parts import GROUP, UNITS, part_of
from generator.tree.working import WorkingTree

__all__ = [
    "GROUP",
    "SYMLINK",
    "UNITS",
    "Change",
    "CommitTree",
    "Entry",
    "Histories",
    "History",
    "NotARevisionError",
    "Replaced",
    "Tree",
    "WorkingTree",
    "change_since",
    "open_tree",
    "part_of",
]


def open_tree(root: Path, revision: str | None, now: datetime, memo: Path | None = None) -> Tree:
    """The files of `revision`, or where it is None those on disk, taken at `now`.

    `memo` is a folder in which what git tells is remembered between runs.
    """
    return CommitTree(root, revision, memo) if revision else WorkingTree(root, now, memo)
