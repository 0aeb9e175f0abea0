"""A gatekeeper at a desk: a clone of the fake's repository, real keys, a ledger that was begun."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from generator.forge import Client, GitHub
from generator.keeper.book import Book, Signer, open_book
from generator.keeper.capture import Captured, Desk, capture
from generator.keeper.change import TRUNK
from generator.keeper.genesis import begin, plan_of
from generator.keeper.scanner import Noticed, Scanner
from generator.tree.raw import Objects
from generator.tree.remote import Remote
from tests.forge.fake.people import User
from tests.forge.fake.server import TOKEN, Fake
from tests.forge.fake.world import Change, Review, World
from tests.support.keys import Keys

__all__ = ["TICKS", "Gatekeeper"]

_BASE = Path(__file__).parents[1] / "cases" / "review" / "base"
TICKS = {
    "L1": [],
    "L2": ["- [x] F1", "- [x] F2", "- [x] W1", "- [x] W2"],
    "L3": ["- [x] Z1", "- [x] Z2", "- [x] Z3", "- [x] M1", "- [x] M2"],
}


class Gatekeeper:
    """The desk of a world; `people` are its accounts by role."""

    def __init__(self, world: World, fake: Fake, folder: Path, keys: Keys) -> None:
        self.world, self.fake, self.keys = world, fake, keys
        self.folder = folder
        subprocess.run(["git", "clone", "-q", str(world.bare.folder), str(folder)], check=True)
        world.bare.git("config", "uploadpack.allowAnySHA1InWant", "true")
        self.objects = Objects(folder)
        self.remote = Remote(self.objects, "origin")
        self.findings: dict[str, list[Noticed]] = {"wording": [], "secrecy": []}
        self.rulesets = {"wording": "w1", "secrecy": "s1"}
        self.scanned: list[tuple[str, Sequence[tuple[str, bytes]]]] = []

    def begin(self) -> None:
        """Begins the ledger and brings it to the forge."""
        first = self.world.bare.tip("refs/heads/main")
        roots = "".join(f"  - {self.keys.public(f'root-{n}')}\n" for n in (1, 2, 3))
        plan = (
            f"repository: gongkai-city\nroots:\n{roots}threshold: 2\n"
            f'gatekeeper: {self.keys.public("gate")}\ncommit: "{first}"\n'
        )
        signer = Signer.of([self.keys.file("root-1"), self.keys.file("root-2")], "origin")
        begin(open_book(self.objects), plan_of(plan.encode()), signer, self.now())

    def now(self) -> str:
        """The forge's own time."""
        return self.world.tick().isoformat()

    def book(self) -> Book:
        """The ledger, after what is at the forge was fetched."""
        self.remote.fetch({"refs/heads/main": TRUNK})
        self.remote.fetch_ledger("refs/heads/ledger", "refs/remotes/origin/ledger")
        return open_book(self.objects)

    def desk(self, words: Callable[[Captured, Book], tuple[str, str]] | None = None) -> Desk:
        """The gatekeeper's tools."""
        github = GitHub(Client(self.fake.url, TOKEN, retry=0), self.world.owner, self.world.name)
        return Desk(
            github=github,
            remote=self.remote,
            book=self.book,
            signer=Signer.of([self.keys.file("gate")], "origin"),
            scanners=[self.scanner("wording"), self.scanner("secrecy")],
            now=self.now,
            words=words or (lambda found, _: (str(found.token), found.verdict["decision"])),
        )

    def scanner(self, gate: str) -> Scanner:
        """A machine gate that finds what the test says."""

        def find(files: Sequence[tuple[str, bytes]]) -> list[Noticed]:
            self.scanned.append((gate, files))
            return self.findings[gate]

        return Scanner(
            gate=gate,
            tool=f"{gate} 1.0",
            ruleset=self.rulesets[gate],
            find=find,
            every_commit=gate == "secrecy",
        )

    def capture(self, change: Change, merge: bool = True) -> Captured:
        """What becomes of a change."""
        return capture(self.desk(), change.number, merge)

    def sign(
        self, change: Change, user: User, level: str, token: str | None, **more: Any
    ) -> Review:
        """An approval with the token and every tick of a level; more than a minute after others."""
        self.world.tick(90)
        word = "签发" if level == "L3" else "同意"
        lines = [*([f"{word} {token}"] if token else []), *TICKS[level]]
        return self.world.review(change, user, body="\n".join(lines), **more)


def rules_files() -> dict[str, bytes]:
    """The governance files of the cases, with what a trunk needs beside them."""
    return {
        "content/governance/roles.yml": (_BASE / "roles.yml").read_bytes(),
        "content/governance/policy.yml": (_BASE / "policy.yml").read_bytes(),
        "content/group.yml": b"name: city\n",
    }
