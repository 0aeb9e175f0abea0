"""A build that is killed, meets another, or finds its cache damaged costs time, nothing else."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.incremental.builds import build_from_nothing, files_of, memory
from tests.incremental.edits import NOW
from tests.incremental.group import with_field, write_group

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120

# The clock stands still, and where it is asked for, a small group is worked on as a large one is.
_PROGRAM = f"""
import sys
from datetime import datetime
from importlib import import_module
import_module("generator.cli.build").now = lambda: datetime.fromisoformat({NOW.isoformat()!r})
if sys.argv.pop(1) == "torn":
    from generator import crew
    from generator.sites import build as one, group
    crew._LIGHT, group._LARGE, one._MANY = 0, 5, 12
from generator.cli import main
main()
"""

KILLS = 21


class Yard:
    """A group in a folder of its own, with what was built of it and the cache of that."""

    def __init__(self, folder: Path) -> None:
        self.root, self.out, self.cache = folder / "group", folder / "out", folder / "cache"
        self.nothing = folder / "nothing"

    def command(self, *more: str, torn: bool = False) -> list[str]:
        usual = ["build", "--root", str(self.root), "--quiet", "--force", *more]
        usual += ["--out", str(self.out)]
        usual += [] if "--cache" in usual else ["--cache", str(self.cache)]
        return [sys.executable, "-c", _PROGRAM, "torn" if torn else "usual", *usual]

    def start(self, *more: str, torn: bool = False) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*more, torn=torn), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def build(self, *more: str, torn: bool = False) -> float:
        """Builds; the seconds that it took."""
        start = time.perf_counter()
        finished(self.start(*more, torn=torn))
        return time.perf_counter() - start

    def is_as_from_nothing(self) -> bool:
        shutil.rmtree(self.nothing, ignore_errors=True)
        build_from_nothing(self.root, self.nothing, NOW)
        left, right = files_of(self.out), files_of(self.nothing)
        wrong = [path for path in left.keys() | right.keys() if left.get(path) != right.get(path)]
        print(sorted(wrong))
        return not wrong


def finished(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said.decode()


def killed(process: subprocess.Popen[bytes]) -> None:
    """Ends a build, and waits for it alone: a worker that outlived it would hold its streams."""
    process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        assert stream is not None
        stream.close()


@pytest.fixture
def yard() -> Iterator[Yard]:
    with tempfile.TemporaryDirectory(prefix="gongkai-", dir=memory()) as name:
        found = Yard(Path(name).resolve())
        found.root.mkdir()
        write_group(found.root)
        yield found


def edited(yard: Yard, random: Random) -> list[str]:
    """Some articles with another title, a site less or a site more, and a template another."""
    units = yard.root / "content" / "units"
    done = []
    for file in random.sample(sorted(units.glob("*/articles/*/*.md")), 3):
        text = file.read_text("utf-8")
        file.write_text(with_field(text, "title", f"标题之{random.randrange(1000)}"), "utf-8")
        done.append(file.name)
    site, aside = units / "zezhou" / "site.yml", yard.root / "site.yml"
    if random.random() < 0.4:
        (site.rename(aside) if site.exists() else aside.rename(site))
        done.append("a site less or more")
    if random.random() < 0.4:
        file = yard.root / "theme/fragments/page/article.html"
        file.write_text(file.read_text("utf-8").replace("<p ", "<p data-x ", 1), "utf-8")
        done.append("a template")
    return done


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    try:
        rows = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    except OSError:
        return []
    return [int(row) for row in rows]


@pytest.mark.parametrize(("jobs", "torn"), [("1", False), ("1", True), ("2", True)])
def test_a_build_killed_at_any_moment_is_made_good_by_the_next(
    yard: Yard, jobs: str, torn: bool
) -> None:
    random = Random(f"{jobs}{torn}")
    seconds = yard.build("--jobs", jobs, torn=torn)
    wrong = []
    for number in range(KILLS // 3):
        done = edited(yard, random)
        process = yard.start("--jobs", jobs, torn=torn)
        # The first third of a build is Python starting, which nobody needs to interrupt.
        time.sleep(seconds * (0.3 + 0.7 * (number + random.random()) / (KILLS / 3)))
        killed(process)
        if random.random() < 0.3:
            done += edited(yard, random)
        yard.build("--jobs", jobs, torn=torn and random.random() < 0.5)
        if not yard.is_as_from_nothing():
            wrong.append((number, done))
    assert wrong == []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_no_worker_outlives_a_killed_build(yard: Yard) -> None:
    process = yard.start("--jobs", "2", torn=True)
    deadline = time.monotonic() + PATIENCE
    while not (workers := workers_of(process)) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    time.sleep(0.05)
    workers = workers_of(process) or workers
    killed(process)
    deadline = time.monotonic() + 5
    while left := [worker for worker in workers if _runs(worker)]:
        if time.monotonic() > deadline:
            for worker in left:
                os.kill(worker, 9)
            raise AssertionError(f"still running: {left}")
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def test_a_build_killed_while_a_change_is_undone_again(yard: Yard) -> None:
    """What was kept of the change is not taken for what stood before it."""
    file = yard.root / "content/units/zezhou/articles/2026/0002.md"
    before = file.read_text("utf-8")
    yard.build()
    index = yard.cache / "kept/parts/zezhou/index.json"
    old = index.read_bytes()
    file.write_text(with_field(before, "title", "一个后来又改回去的标题"), "utf-8")
    yard.build()
    index.write_bytes(old)  # as if killed after the rows and before the index
    file.write_text(before, "utf-8")
    yard.build()
    assert yard.is_as_from_nothing()


def test_a_site_whose_removal_was_ended_midway_is_gone_and_comes_back_whole(yard: Yard) -> None:
    site = yard.root / "content/units/zezhou/site.yml"
    before = site.read_bytes()
    yard.build()
    site.unlink()
    stopped = _PROGRAM.replace(
        "from generator.cli import main\n",
        "import os, shutil\n"
        "real = shutil.rmtree\n"
        "def ended(path, *a, **k):\n"
        "    if str(path).endswith('/zezhou'):\n"
        "        real(str(path) + '/articles')\n"
        "        os._exit(9)\n"
        "    real(path, *a, **k)\n"
        "shutil.rmtree = ended\n"
        "from generator.cli import main\n",
    )
    command = yard.command("--jobs", "1")
    command[2] = stopped
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 9
    shutil.copytree(yard.out, yard.root / "out-then", symlinks=True)
    shutil.copytree(yard.cache, yard.root / "cache-then")
    yard.build()
    assert yard.is_as_from_nothing()
    for now, then in ((yard.out, "out-then"), (yard.cache, "cache-then")):
        shutil.rmtree(now)
        (yard.root / then).rename(now)
    site.write_bytes(before)
    yard.build()
    assert yard.is_as_from_nothing()


def test_two_builds_at_once_into_one_folder(yard: Yard) -> None:
    for number in range(3):
        both = [yard.start("--jobs", jobs, torn=True) for jobs in ("1", "2")]
        for process in both:
            finished(process)
        assert yard.is_as_from_nothing(), number
        edited(yard, Random(number))


def test_two_builds_at_once_with_caches_of_their_own(yard: Yard) -> None:
    for number in range(3):
        other = ("--cache", str(yard.root / "cache"))
        both = [yard.start(), yard.start(*other)]
        for process in both:
            finished(process)
        assert yard.is_as_from_nothing(), number
        edited(yard, Random(number))


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and file.name != "lock")


def test_a_cache_of_which_every_file_is_damaged(yard: Yard) -> None:
    random = Random(5)
    yard.build()
    for number in range(4):
        for file in _files(yard.cache):
            data = bytearray(file.read_bytes())
            if data:
                data[random.randrange(len(data))] ^= 1 << random.randrange(8)
                file.write_bytes(data)
        if number:
            edited(yard, random)
        yard.build()
        assert yard.is_as_from_nothing(), number


def test_a_cache_that_holds_other_files_than_it_did(yard: Yard) -> None:
    """Each file whole, and each under the name of another."""
    yard.build()
    files = [file for file in _files(yard.cache) if file.suffix == ".json"]
    data = [file.read_bytes() for file in files]
    for file, other in zip(files, data[1:] + data[:1], strict=True):
        file.write_bytes(other)
    yard.build()
    assert yard.is_as_from_nothing()


def test_a_cache_of_another_program(yard: Yard) -> None:
    yard.build()
    for file in _files(yard.cache / "kept"):
        head, _, body = file.read_bytes().partition(b"\n")
        words = head.split(b" ")
        words[2] = b"0" * len(words[2])
        file.write_bytes(b" ".join(words) + b"\n" + body)
    edited(yard, Random(7))
    yard.build()
    assert yard.is_as_from_nothing()


def _bound_by_modes() -> None:
    """Takes from root what lets it write where nobody may: the right to override modes."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE


@pytest.mark.skipif(sys.platform != "linux", reason="needs prctl")
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_a_cache_that_cannot_be_written(yard: Yard, filled: bool) -> None:
    if filled:
        yard.build()
        edited(yard, Random(3))
    else:
        yard.cache.mkdir()
    places = [yard.cache, *yard.cache.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    done = subprocess.run(
        yard.command(), cwd=ROOT, capture_output=True, preexec_fn=_bound_by_modes, check=False
    )
    for place in places:
        place.chmod(0o755 if place.is_dir() else 0o644)
    assert done.returncode == 0, done.stderr.decode()
    assert yard.is_as_from_nothing()


def test_a_file_in_the_way_of_the_cache(yard: Yard) -> None:
    yard.cache.write_text("no folder")
    yard.build("--cache", str(yard.cache / "below"))
    assert yard.is_as_from_nothing()
