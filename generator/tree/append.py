"""Adding files to a branch by compare-and-swap: it moves only if it is still where we saw it."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.tree.raw import Objects
from generator.tree.repository import GitError

__all__ = ["MovedError", "append"]

_WHO = {"NAME": "gongkai gatekeeper", "EMAIL": "gatekeeper@gongkai.invalid"}
_PLAIN = "100644"
# What git says where another writer was first; whatever else it says is not mended by repeating.
_MOVED = re.compile(
    r"stale info|fetch first|non-fast-forward|failed to update ref|cannot lock ref"
    r"|incorrect old value|reference already exists"
)


class MovedError(RuntimeError):
    """The branch has moved since it was read: read it again and repeat."""


def append(
    objects: Objects,
    branch: str,
    tip: str | None,
    files: Mapping[str, bytes],
    at: str,
    remote: str | None = None,
) -> str:
    """The new commit of `branch`, which had `tip` as its last (None: it begins).

    Shapes: `files` by path, none of which may be there; `at` is an RFC 3339 time.
    With a `remote`, its branch is moved first, on the same condition.
    Errors: MovedError; GitError, where git or the remote fails for another reason.
    """
    commit = _commit(objects, tip, files, at)
    if remote is not None:
        lease = f"--force-with-lease={branch}:{tip or ''}"
        done = objects.run("push", "--quiet", "--porcelain", lease, remote, f"{commit}:{branch}")
        if done.returncode:
            said = (done.stdout + done.stderr).decode(errors="replace").strip()
            raise MovedError(said) if _MOVED.search(said) else GitError(said)
    zero = "0" * len(commit)
    done = objects.run("update-ref", "--no-deref", branch, commit, tip or zero)
    if done.returncode and remote is None:  # what the remote has is there, and is not repeated
        raise MovedError(done.stderr.decode(errors="replace").strip())
    return commit


def _commit(objects: Objects, tip: str | None, files: Mapping[str, bytes], at: str) -> str:
    """A commit on top of `tip` with the files put in; no working tree and no index is touched."""
    rows = []
    for path, data in files.items():
        blob = objects.said(
            "hash-object", "-w", "-t", "blob", "--no-filters", "--stdin", stdin=data
        )
        rows.append(f"{_PLAIN} {blob}\t{path}\0")
    with tempfile.TemporaryDirectory() as folder:
        own = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        objects.said("read-tree", f"{tip}^{{tree}}" if tip else "--empty", variables=own)
        listed = os.fsencode("".join(rows))
        objects.said("update-index", "-z", "--add", "--index-info", stdin=listed, variables=own)
        tree = objects.said("write-tree", variables=own)
    who = {f"GIT_{role}_{key}": _WHO[key] for role in ("AUTHOR", "COMMITTER") for key in _WHO}
    when = {f"GIT_{role}_DATE": at for role in ("AUTHOR", "COMMITTER")}
    parents = ["-p", tip] if tip else []
    words = ("commit-tree", "--no-gpg-sign", tree, *parents)
    return objects.said(*words, stdin="\n".join(sorted(files)).encode(), variables={**who, **when})
