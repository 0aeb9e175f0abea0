"""What several verbs share: the repository's root, its schemas, the clock, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from generator.tree import Tree, WorkingTree

if TYPE_CHECKING:
    from generator.schema import Schemas

__all__ = [
    "ROOT_OPTION",
    "check_stages",
    "now",
    "output_folder",
    "progress_bar",
    "read_schemas",
    "repository_paths",
    "root_of",
]

ROOT_OPTION = click.option(
    "--root",
    "root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=None,
    help="内容库所在文件夹；不填则从当前文件夹向上查找。",
)


def now() -> datetime:
    """This instant, in UTC; every deadline below takes it as an argument."""
    return datetime.now(UTC)


def root_of(given: Path | None) -> Path:
    """The repository's root: the one given, or the nearest folder above that holds one."""
    if given is not None:
        if not _is_root(given):
            raise click.UsageError(f"{given} 不是内容库：里面应当有 content 和 schemas 文件夹。")
        return given.resolve()
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if _is_root(folder):
            return folder
    raise click.UsageError("当前文件夹不在内容库里：请进入内容库再运行，或用 --root 指定。")


def _is_root(folder: Path) -> bool:
    return (folder / "content").is_dir() and (folder / "schemas").is_dir()


def output_folder(root: Path, given: Path | None, usual: str) -> Path:
    """Where to build: the folder given, or the usual one of the repository; never over sources."""
    folder = (given or root / usual).resolve()
    sources = [root / name for name in ("content", "schemas", "theme", "generator", ".git")]
    if root.is_relative_to(folder) or any(folder.is_relative_to(source) for source in sources):
        raise click.UsageError(f"不能把网站生成到 {folder}：那里是内容库本身，会覆盖原有文件。")
    return folder


def read_schemas(root: Path) -> Schemas:
    """The schemas of the repository at `root`."""
    from generator.schema import Schemas

    return Schemas.read(root / "schemas")


class Bars(Protocol):
    """Bars of progress, one a task."""

    def add_task(self, description: str, *, total: float | None) -> Any:
        """A name for a new bar."""

    def update(
        self, task_id: Any, *, completed: float | None = None, total: float | None = None
    ) -> None:
        """Sets how far a task is, and of how much."""

    def advance(self, task_id: Any) -> None:
        """Takes a task one step further."""


class _Unseen:
    """Bars that nobody looks at."""

    def add_task(self, description: str, *, total: float | None) -> Any:
        return None

    def update(
        self, task_id: Any, *, completed: float | None = None, total: float | None = None
    ) -> None: ...

    def advance(self, task_id: Any) -> None: ...


def check_stages(progress: Bars) -> Callable[[str, int, int], None]:
    """What a check reports its steps to: a bar for each of its stages, on `progress`."""
    bars = {
        "parts": progress.add_task("单位", total=None),
        "rules": progress.add_task("规则", total=None),
    }

    def show(stage: str, done: int, total: int) -> None:
        progress.update(bars[stage], completed=done + 1, total=total)

    return show


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Bars]:
    """A progress display on standard error; silent when quiet or not on a terminal."""
    if quiet or not sys.stderr.isatty():  # nothing of what draws is loaded for nobody
        yield _Unseen()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    disable = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=disable) as progress:
        yield progress


def repository_paths(top: Path, tree: Tree, paths: tuple[str, ...]) -> list[str]:
    """The paths as the repository names them. Links are not followed: a link may be the fault."""
    asked = []
    for given in paths:
        full = Path(os.path.normpath(Path.cwd().resolve() / given))
        if not full.is_relative_to(top):
            raise click.UsageError(f"{given} 不在内容库里。")
        path = full.relative_to(top).as_posix()
        is_there = os.path.lexists(full) if isinstance(tree, WorkingTree) else False
        if not is_there and path != "." and not tree.entries(path):
            raise click.UsageError(f"没有 {given} 这个文件或文件夹。")
        asked.append(path)
    return asked
