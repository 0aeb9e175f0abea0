"""Work done side by side in forked processes, each of which keeps what it has once read.

A worker is forked when it gets its first task, and inherits what its parent holds then. Tasks that
name the same home go to the same worker, so that a unit read to be checked is still at hand when
its site is built. With one job everything is done in this process, in order.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from threading import Thread
from types import TracebackType
from typing import Generic, TypeVar

__all__ = ["Crew", "Task", "default_jobs", "settle"]

A = TypeVar("A")
R = TypeVar("R")

_MOVED = 1.5  # what a task weighs away from its home
_LIGHT = 3_000  # weight up to which work is done sooner than processes are started


def default_jobs() -> int:
    """How many processes to use: one a core, one where processes cannot be forked."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Task(Generic[A]):
    """An argument, how heavy it is beside the others, and where its like was done before."""

    argument: A
    weight: int = 1
    home: str = ""


@dataclass
class Crew:
    """`jobs` workers; a context, at the end of which they are gone."""

    jobs: int
    _pools: list[ProcessPoolExecutor] = field(default_factory=list)
    _homes: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pool in self._pools:
            pool.shutdown(wait=kind is None, cancel_futures=True)
        self._pools.clear()

    def each(self, work: Callable[[A], R], tasks: Sequence[Task[A]]) -> Iterator[R]:
        """What `work` makes of each task, in the order in which they are done."""
        light = sum(task.weight for task in tasks) < _LIGHT or len(tasks) <= 1
        if self.jobs <= 1 or (light and not self._pools):
            yield from (work(task.argument) for task in tasks)
            return
        if not self._pools:
            context = multiprocessing.get_context("fork")
            self._pools = [
                ProcessPoolExecutor(1, mp_context=context, initializer=_begin)
                for _ in range(self.jobs)
            ]
        waiting: list[Future[R]] = [
            self._pools[at].submit(work, task.argument) for at, task in self._shared_out(tasks)
        ]
        for done in as_completed(waiting):
            yield done.result()

    def _shared_out(self, tasks: Sequence[Task[A]]) -> Sequence[tuple[int, Task[A]]]:
        """Each task with its worker: at home where it has one, the others where least is to do.

        Where one worker would be busy when another is done, tasks leave home; what they need is
        then read once more.
        """
        loads = [0] * self.jobs
        for task in tasks:
            if task.home in self._homes:
                loads[self._homes[task.home]] += task.weight
        shared: list[tuple[int, Task[A]]] = []
        for task in sorted(tasks, key=lambda task: -task.weight):
            at = self._homes.get(task.home)
            if at is None:
                at = loads.index(min(loads))
                loads[at] += task.weight
                if task.home:
                    self._homes[task.home] = at
            shared.append((at, task))
        for number, (at, task) in enumerate(shared):
            to = loads.index(min(loads))
            if loads[at] - task.weight >= loads[to] + _MOVED * task.weight:
                loads[at] -= task.weight
                loads[to] += task.weight
                shared[number] = to, task
        return shared


def _begin() -> None:
    """What a worker does first; it does not outlive its parent, however that comes to its end."""
    settle()
    parent = multiprocessing.parent_process()
    assert parent is not None
    Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def settle() -> None:
    """What a process does before much work: what it holds is not looked through for garbage again.

    Records are read by the hundred thousand and stay; Python's usual thresholds would walk all of
    them again and again to find nothing.
    """
    gc.freeze()
    gc.set_threshold(2_000_000, 20, 1_000)
