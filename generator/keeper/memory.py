"""What this clone remembers beside git's own files: the newest ledger seen, the roots trusted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from generator.review.ledger_state import State
from generator.sign import SignatureError, fingerprint_of
from generator.tree.raw import Objects

__all__ = ["fingerprints_in", "is_rolled_back", "remember_seen", "remember_trusted", "trusted"]

_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_SEEN = re.compile(r"([1-9][0-9]*):([0-9a-f]{64})")


def _place(objects: Objects, name: str) -> Path:
    common = os.fsdecode(objects.out("rev-parse", "--git-common-dir")).strip()
    return objects.root / common / "gongkai" / name


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(file)


def fingerprints_in(text: str) -> list[str]:
    """The fingerprints of a text, each on a line of its own, or as public keys.

    Errors: SignatureError where a line is neither, or there is none.
    """
    lines = filter(None, (line.partition("#")[0].strip() for line in text.splitlines()))
    found = [line if _FINGERPRINT.fullmatch(line) else fingerprint_of(line) for line in lines]
    if not found:
        raise SignatureError("文件里没有指纹")
    return found


def trusted(objects: Objects) -> list[str]:
    """The fingerprints of root keys that were trusted here before; none were."""
    file = _place(objects, "trusted-roots")
    return fingerprints_in(file.read_text("utf-8")) if file.exists() else []


def remember_trusted(objects: Objects, fingerprints: Iterable[str]) -> None:
    """Trusts these root keys from now on."""
    _write(_place(objects, "trusted-roots"), "\n".join(sorted(fingerprints)) + "\n")


def remember_seen(objects: Objects, state: State) -> None:
    """Takes note of the newest ledger."""
    if state.size:
        _write(_place(objects, "ledger-seen"), f"{state.size}:{state.head}\n")


def is_rolled_back(objects: Objects, state: State) -> bool:
    """Whether the ledger is not a continuation of the newest seen here."""
    file = _place(objects, "ledger-seen")
    seen = _SEEN.fullmatch(file.read_text("utf-8").strip()) if file.exists() else None
    if seen is None:
        return file.exists()  # a note that cannot be read says nothing good
    size = int(seen[1])
    return state.heads[size - 1 : size] != [seen[2]]
