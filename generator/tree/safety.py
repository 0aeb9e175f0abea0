"""Whether a clone can be believed: what makes git tell other things than the objects say."""

from __future__ import annotations

import os
from collections.abc import Iterator

from generator.tree.raw import Objects

__all__ = ["unsafe"]


def unsafe(objects: Objects, *, whole: bool = True) -> list[str]:
    """Why this repository is not to be used for a release, in Chinese; empty for a good one.

    whole: whether every object is checked by `git fsck --strict` as well
    """
    found = list(_ties(objects))
    if whole and not found:
        done = objects.run(
            "fsck", "--strict", "--full", "--no-dangling", "--no-progress", "--no-reflogs"
        )
        if done.returncode:
            said = (done.stderr + done.stdout).decode(errors="replace").splitlines()
            found.append(f"git fsck --strict 发现问题：{said[0] if said else done.returncode}")
    return found


def _ties(objects: Objects) -> Iterator[str]:
    """Files and settings that bend history or leave objects elsewhere."""
    for name, said in (
        ("objects/info/alternates", "对象借自别的库（alternates）"),
        ("info/grafts", "历史被嫁接过（grafts）"),
        ("shallow", "这是浅克隆，历史不完整"),
    ):
        file = objects.root / os.fsdecode(objects.out("rev-parse", "--git-path", name)).strip()
        if file.exists() and file.read_bytes().strip():
            yield said
    settings = objects.run(
        "config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"
    )
    if settings.stdout.strip():
        yield "这是部分克隆（partial clone），对象不完整"
    store = (
        objects.root / os.fsdecode(objects.out("rev-parse", "--git-path", "objects/pack")).strip()
    )
    if any(store.glob("*.promisor")):
        yield "对象库里有部分克隆留下的包"
