"""Real Ed25519 keys made by ssh-keygen, once a session."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.sign import fingerprint_of, public_key

__all__ = ["Keys", "keys"]


class Keys:
    """Key files in a folder, made when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, name: str) -> Path:
        """The private key called `name`."""
        path = self.folder / name
        if not path.exists():
            words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
            subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
        return path

    def public(self, name: str) -> str:
        """Its public part, without the comment."""
        return public_key(Path(f"{self.file(name)}.pub").read_text("utf-8"))

    def fingerprint(self, name: str) -> str:
        """Its fingerprint."""
        return fingerprint_of(self.public(name))

    def row(self, name: str) -> dict[str, str]:
        """The key as entries write it."""
        return {"fingerprint": self.fingerprint(name), "public": self.public(name)}


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """The keys of this session."""
    return Keys(tmp_path_factory.mktemp("keys"))
