"""What `check`, `build` and `serve` work with: the cache, the lock on it, the processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from generator.cli.common import read_schemas
from generator.crew import Crew, default_jobs, settle
from generator.store import Beside, FolderStore, NoStore, Store, locked
from generator.tools import tools_key
from generator.tree import NotARevisionError, Tree, open_tree

if TYPE_CHECKING:
    from generator.check import Checked, Progress
    from generator.check.desk import Memory

__all__ = ["CACHE", "Means", "Opened", "Work", "with_means", "work_at"]

CACHE = ".cache/gongkai"

_OPTIONS = (
    click.option(
        "--jobs", type=click.IntRange(min=1), help="同时使用的进程数，默认每个处理器一个。"
    ),
    click.option(
        "--cache",
        type=click.Path(path_type=Path, file_okay=False),
        help="保存上次结果的文件夹，默认为内容库下的 .cache/gongkai。删掉它不会丢失任何内容。",
    ),
    click.option(
        "--no-cache", is_flag=True, help="不用上次的结果，全部从头做，也不保存这次的结果。"
    ),
)


@dataclass(frozen=True, slots=True)
class Means:
    """What a person says of the means to work with."""

    jobs: int | None
    cache: Path | None
    no_cache: bool


def with_means(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that say how to work, given to it as one `means`."""

    @wraps(command)
    def run(jobs: int | None, cache: Path | None, no_cache: bool, **others: Any) -> None:
        command(means=Means(jobs, cache, no_cache), **others)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


@dataclass(frozen=True, slots=True)
class Opened:
    """A tree whose files are being listed."""

    root: Path
    tree: Tree
    looking: Thread


@dataclass
class Work:
    """A cache to take from and put into, its place, and how many processes share the work."""

    store: Store
    folder: Path | None
    jobs: int
    memory: Memory | None = None  # what this process has read before

    def open(self, root: Path, revision: str | None, moment: datetime) -> Opened:
        """The repository's files, or those of a commit; git is asked while others do their part."""
        try:
            tree = open_tree(root, revision, moment, self.folder)
        except NotARevisionError as error:
            raise click.UsageError(f"找不到版本 {error}。请核对提交号或分支名。") from error
        looking = Thread(target=tree.parts)
        looking.start()
        if isinstance(self.store, FolderStore):
            self.store.prepare()
        return Opened(root, tree, looking)

    def check(
        self, opened: Opened, crew: Crew, progress: Progress | None = None, *, before: bool = False
    ) -> Checked:
        """What can be said of the files.

        before: whether it is what a change is held against, whose results are kept apart
        """
        from generator import check as checking

        schemas = read_schemas(opened.root)
        store = self.store
        if before and self.folder is not None:
            store = Beside(FolderStore(self.folder / "before", tools_key(opened.root)), store)
        opened.looking.join()  # before any process is forked
        show = progress or checking.silent
        checked = checking.check(
            opened.tree,
            schemas,
            show,
            store=store,
            crew=crew,
            memory=None if before else self.memory,
        )
        if not before:
            self.memory = checked.desk.memory
        return checked

    @property
    def templates(self) -> Path | None:
        """Where compiled templates are kept: on this machine alone, for they are programs."""
        return self.folder / "here" / "templates" if self.folder else None


@contextmanager
def work_at(root: Path, means: Means) -> Iterator[Work]:
    """The work on the repository at `root`; another process's on the same cache is waited for."""
    settle()
    count = means.jobs or default_jobs()
    if means.no_cache:
        yield Work(NoStore(), None, count)
        return
    folder = (means.cache or root / CACHE).resolve()
    if not _is_writable(folder):
        click.echo(f"{folder} 不能写入，这次不保存结果。", err=True)
        yield Work(NoStore(), None, count)
        return
    with locked(folder / "here" / "lock"):
        yield Work(FolderStore(folder / "kept", partial(tools_key, root)), folder, count)


def _is_writable(folder: Path) -> bool:
    """Whether files can be put below a folder, which is made if it is not there."""
    try:
        (folder / "here").mkdir(parents=True, exist_ok=True)
        with (folder / "here" / "lock").open("ab"), TemporaryFile(dir=folder / "here"):
            pass
    except OSError:
        return False
    return True
