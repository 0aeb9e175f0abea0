"""A fake forge with a change of the tax office, and the adapter that reads it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from generator.forge import Client, GitHub
from tests.forge.fake.people import User
from tests.forge.fake.server import TOKEN, Fake, serving
from tests.forge.fake.world import Change, World
from tests.forge.gatekeeper import Gatekeeper, rules_files

WANG = User(5550007, "wang-tax")
ZHAO = User(5550011, "zhao-tax")
CHEN = User(5550020, "chen-tax")
LI = User(5550031, "li-tax")
PAGE = "content/units/tax/articles/2026/0042.md"
TEXT = "---\ntitle: 停水通知\nreviewClass: A\n---\n11月25日8时至18时停水。\n".encode()


@dataclass
class Forge:
    """The world, the API over it, the adapter that asks it, and a change."""

    world: World
    fake: Fake
    github: GitHub
    change: Change

    def read(self):
        return self.github.read(self.change.number)


@pytest.fixture
def forge(tmp_path):
    world = World(tmp_path / "origin.git")
    world.know(WANG, ZHAO, CHEN, LI)
    world.push(WANG, "main", {"content/group.yml": b"name: city\n"}, message="begin")
    world.push(WANG, "tax-0042", {PAGE: TEXT})
    change = world.open(WANG, "tax-0042")
    with serving(world) as fake:
        github = GitHub(Client(fake.url, TOKEN, retry=0), world.owner, world.name)
        yield Forge(world, fake, github, change)


@contextmanager
def opened_desk(folder, keys, files):
    """A gatekeeper with a begun ledger over these files, and a change of the tax office."""
    world = World(folder / "origin.git")
    world.know(WANG, ZHAO, CHEN, LI)
    world.push(WANG, "main", files, message="begin")
    with serving(world) as fake:
        gatekeeper = Gatekeeper(world, fake, folder / "clone", keys)
        gatekeeper.begin()
        world.push(WANG, "tax-0042", {PAGE: TEXT})
        gatekeeper.change = world.open(WANG, "tax-0042")
        yield gatekeeper


@pytest.fixture
def desk(tmp_path, keys):
    """A gatekeeper with a begun ledger, and a change of the tax office."""
    with opened_desk(tmp_path, keys, rules_files()) as gatekeeper:
        yield gatekeeper
