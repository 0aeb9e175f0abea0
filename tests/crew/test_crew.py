"""Work is shared out whole, each task to where its like was done, and faults come back."""

import os
import time

import pytest

from generator.crew import Crew, Task, default_jobs

HEAVY = 10_000
SEEN: list[str] = []


def squared(number):
    return number, number * number


def whose(home):
    """The process a task ran in, and what that process has done before."""
    SEEN.append(home)
    time.sleep(0.02)
    return home, os.getpid(), list(SEEN)


def broken(number):
    raise ValueError(number)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_task_is_done_once(jobs):
    with Crew(jobs) as crew:
        done = list(crew.each(squared, [Task(number, HEAVY) for number in range(20)]))
    assert sorted(done) == [(number, number * number) for number in range(20)]


def test_what_is_light_is_done_here():
    with Crew(2) as crew:
        done = list(crew.each(whose, [Task(name, 1) for name in "abc"]))
    assert {pid for _, pid, _ in done} == {os.getpid()}


def test_a_home_keeps_its_process():
    SEEN.clear()
    tasks = [Task(name, HEAVY, name) for name in "abcdef"]
    with Crew(2) as crew:
        first = {home: pid for home, pid, _ in crew.each(whose, tasks)}
        again = {home: (pid, seen) for home, pid, seen in crew.each(whose, tasks)}
    assert len(set(first.values())) == 2
    for home, (pid, seen) in again.items():
        assert pid == first[home]
        assert seen.count(home) == 2


def test_the_heaviest_is_not_left_to_the_end():
    tasks = [Task(str(number), HEAVY) for number in range(9)] + [Task("big", 9 * HEAVY)]
    with Crew(2) as crew:
        pids = {home: pid for home, pid, _ in crew.each(whose, tasks)}
    alone = pids.pop("big")
    assert alone not in pids.values()


def test_tasks_leave_a_home_that_would_be_busy_for_long():
    first = [Task(name, HEAVY, name) for name in "abcdefgh"]
    with Crew(2) as crew:
        homes = {home: pid for home, pid, _ in crew.each(whose, first)}
        busy = homes["a"]
        heavier = [Task(name, HEAVY * (9 if name == "a" else 1), name) for name in homes]
        again = {home: pid for home, pid, _ in crew.each(whose, heavier)}
    assert again["a"] == busy
    assert all(pid != busy for home, pid in again.items() if home != "a")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_comes_back(jobs):
    with pytest.raises(ValueError, match="7"), Crew(jobs) as crew:
        list(crew.each(broken, [Task(7, HEAVY), Task(7, HEAVY)]))


def test_as_many_as_there_are_processors():
    assert default_jobs() == len(os.sched_getaffinity(0))
