"""A city at work: people with clones of their own, a forge between them, and its workflows.

Nothing is called from inside: an editor commits and pushes with git, a workflow's steps are run
as their file has them, in a shell and a fresh clone, and `gongkai` is a process. Only its clock is
the forge's (`tests/support/gongkai_at.py`).
"""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.forge.fake.people import User
from tests.forge.fake.server import TOKEN, Fake, serving
from tests.forge.fake.world import Change, Review, World
from tests.support.city import TICKS, City

__all__ = ["Office", "Ran", "at_work", "opened_world"]

_PROJECT = Path(__file__).parents[2]
_SHIM = f"""#!/bin/sh
exec {sys.executable} -P {_PROJECT / "tests/support/gongkai_at.py"} "$@"
"""


@dataclass(frozen=True)
class Ran:
    """What a command or the steps of a job came to."""

    code: int
    said: str
    outputs: Mapping[str, str]


def opened_world(city: City, folder: Path) -> World:
    """A forge that has the trunk and the ledger of a city, and knows its people."""
    world = World(folder)
    city.repository.git("push", "-q", str(world.bare.folder), "main", "ledger")
    world.bare.git("config", "uploadpack.allowAnySHA1InWant", "true")
    for unit in city.units:
        world.know(*(_user(city, unit, office) for office in range(1, 8)))
    world.at(city.now())
    return world


def _user(city: City, unit: str, office: int) -> User:
    account = city.account(unit, office)
    return User(int(account["id"]), account["login"])


@contextmanager
def at_work(city: City, world: World, folder: Path) -> Iterator[Office]:
    """The city over a copy of that forge, which is served while the block runs."""
    own = copy.deepcopy(world)
    own.bare.folder = folder / "origin.git"
    shutil.copytree(world.bare.folder, own.bare.folder)
    with serving(own) as fake:
        yield Office(city, own, fake, folder)


class Office:
    """What people and workflows do; each has a clone of its own below `folder`."""

    def __init__(self, city: City, world: World, fake: Fake, folder: Path) -> None:
        self.city, self.world, self.fake, self.folder = city, world, fake, folder
        self.keys = city.keys
        self._count = 0

    def user(self, unit: str, office: int) -> User:
        """The account of a person."""
        return _user(self.city, unit, office)

    def clone(self, *, online: bool = True) -> Path:
        """A plain clone of the forge's repository, with `gongkai` where `make setup` puts it."""
        self._count += 1
        target = self.folder / f"clone-{self._count}"
        source = str(self.world.bare.folder)
        self._ran("git", "clone", "-q", "--no-local", source, str(target), at=self.folder)
        if not online:
            self._ran("git", "remote", "set-url", "origin", "/nonexistent", at=target)
        program = target / ".venv/bin/gongkai"
        program.parent.mkdir(parents=True)
        program.write_text(_SHIM, "utf-8")
        program.chmod(0o755)
        (target / ".git/info/exclude").write_text(".venv/\n", "utf-8")
        return target

    def _ran(self, *words: str, at: Path) -> None:
        subprocess.run(words, cwd=at, check=True, capture_output=True, env=self._environment())

    def _environment(self, **more: str) -> dict[str, str]:
        clock = self.folder / "clock"
        clock.write_text(self.world.tick().isoformat(), "utf-8")
        plain = {key: value for key, value in os.environ.items() if not key.startswith("GIT")}
        return {
            **plain, "GIT_CONFIG_GLOBAL": os.devnull, "PYTHONPATH": str(_PROJECT),
            "GONGKAI_TEST_CLOCK": str(clock), **more,
        }  # fmt: skip

    # people

    def push(self, user: User, branch: str, files: Mapping[str, str]) -> str:
        """An editor's commit on his branch, pushed with git; the branch begins at trunk."""
        before = self.world.bare.tip(f"refs/heads/{branch}")
        clone = self.clone()
        self._ran("git", "switch", "-q", *([branch] if before else ["-c", branch]), at=clone)
        for path, text in files.items():
            file = clone / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        who = ("-c", f"user.name={user.login}", "-c", f"user.email={user.email}")
        self._ran("git", "add", "-A", at=clone)
        self._ran("git", *who, "commit", "-q", "-m", "稿件", at=clone)
        self._ran("git", "push", "-q", "origin", branch, at=clone)
        self.world.received(user, branch, before)
        return self.world.bare.tip(f"refs/heads/{branch}") or ""

    def token(self, change: Change) -> str:
        """The token as the gatekeeper's comment shows it."""
        (comment,) = change.comments.values()
        return str(comment["body"].split("同意 ", 1)[1][:19])

    def lines(self, office: int, token: str) -> str:
        """What the comment asks of an office: its word, the token, its boxes ticked."""
        word = "签发" if office == 4 else "同意"
        return "\n".join([f"{word} {token}", *TICKS.get(office, [])])

    def approve(self, change: Change, unit: str, office: int, body: str) -> Review:
        """An approving review, a while after what was before."""
        self.world.tick(90)
        return self.world.review(change, self.user(unit, office), body=body)

    def gongkai(self, clone: Path, *words: str) -> Ran:
        """The exit code and the output of `gongkai` in a clone, as a person types it."""
        done = subprocess.run(
            [clone / ".venv/bin/gongkai", *words], cwd=clone, capture_output=True, text=True,
            check=False, env=self._environment(GITHUB_TOKEN=TOKEN, **self._forge()),
        )  # fmt: skip
        return Ran(done.returncode, done.stdout + done.stderr, {})

    # workflows

    def workflow(self, clone: Path, file: str, job: str, **given: str) -> Ran:
        """The steps of a job, in order, until one fails; `given` are its inputs."""
        text = (_PROJECT / ".github/workflows" / file).read_text("utf-8")
        steps = yaml.load(text, yaml.BaseLoader)["jobs"][job]["steps"]
        place = self.folder / f"{clone.name}-{job}"
        place.mkdir()
        outputs, event = place / "outputs", place / "event.json"
        outputs.touch()
        event.write_text('{"action": "submitted"}', "utf-8")
        said, code = "", 0
        for step in steps:
            if "run" not in step or (code and "cancelled" not in step.get("if", "")):
                continue
            if "inputs.merged == ''" in step.get("if", "") and given.get("merged"):
                continue
            own = {name: _filled(value, given) for name, value in step.get("env", {}).items()}
            done = subprocess.run(
                ["bash", "-eo", "pipefail", "-c", step["run"]], cwd=clone, capture_output=True,
                text=True, check=False,
                env=self._environment(
                    GITHUB_EVENT_PATH=str(event), GITHUB_OUTPUT=str(outputs),
                    GITHUB_RUN_ID=given.get("run", "1"),
                    RUNNER_TEMP=str(place), GONGKAI_LEDGER_KEY=str(self.keys.file("gate")),
                    GONGKAI_LEDGER_REMOTE=str(self.world.bare.folder), **self._forge(), **own,
                ),
            )  # fmt: skip
            said += done.stdout + done.stderr
            code = code or done.returncode
        rows = [line.partition("=") for line in outputs.read_text("utf-8").splitlines()]
        return Ran(code, said, {name: value.strip() for name, _, value in rows})

    def _forge(self) -> dict[str, str]:
        world = self.world
        return {
            "GITHUB_REPOSITORY": f"{world.owner}/{world.name}",
            "GITHUB_API_URL": self.fake.url,
        }


def _filled(value: str, given: Mapping[str, Any]) -> str:
    """What an expression of a workflow stands for. Errors: KeyError for one not known here."""
    known = {
        "${{ github.token }}": TOKEN,
        "${{ inputs.merged }}": given.get("merged", ""),
        "${{ inputs.holds && '--holds' || '' }}": "--holds" if given.get("holds") else "",
        "${{ inputs.action }}": given.get("action", "takedown"),
        "${{ inputs.paths }}": given.get("paths", ""),
        "${{ inputs.reason }}": given.get("reason", ""),
        "${{ github.actor_id }}": given.get("actor", ""),
    }
    return known[value]
