"""A ledger of many changes, made in one go, and how long it takes to verify it.

    python -m tests.bench.ledger [--changes 2500] [--folder PLACE]

A change is two files and eight entries: token, two machine results, three acts, verdict,
publication. Signatures are real Ed25519 ones, made in this process from a key of ssh-keygen's,
since ssh-keygen would take minutes; objects come in through `git fast-import`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_ssh_private_key

from generator.keeper.book import Book
from generator.keeper.rules import rules_at
from generator.review.evaluate import evaluate
from generator.review.ledger import chained, draft, encode, message_of, namespace_of, parse, path_of
from generator.review.ledger_fold import apply
from generator.review.ledger_verify import CONTENT, facts_at
from generator.review.subject import subject_digest
from generator.tree.raw import hashed
from tests.support.city import TICKS, City
from tests.support.keys import Keys

__all__ = ["Hand", "grown", "main"]

_UNITS = tuple(f"u{number:02d}" for number in range(1, 41))
_PARAGRAPH = "为做好今冬明春供水保障工作，经研究，现将有关事项通知如下，请各单位认真组织实施。" * 12


class Hand:
    """A private key that signs as `ssh-keygen -Y sign` does."""

    def __init__(self, keys: Keys, name: str) -> None:
        key = load_ssh_private_key(keys.file(name).read_bytes(), None)
        assert isinstance(key, Ed25519PrivateKey)
        self._key = key
        self._public = b64decode(keys.public(name).split()[1])
        self.fingerprint = keys.fingerprint(name)

    def sign(self, message: bytes, namespace: str) -> str:
        """The signature as entries keep it."""
        space, form = _string(namespace.encode()), _string(b"sha512")
        inner = b"SSHSIG" + space + _string(b"") + form
        signed = self._key.sign(inner + _string(hashlib.sha512(message).digest()))
        signature = _string(_string(b"ssh-ed25519") + _string(signed))
        head = b"SSHSIG" + (1).to_bytes(4, "big") + _string(self._public)
        return b64encode(head + space + _string(b"") + form + signature).decode()


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def grown(city: City, changes: int) -> None:
    """Puts so many changes into a city that has begun its ledger.

    Trunk gets all files in one commit, the ledger all entries: only the entries tell them apart.
    """
    hand, book = Hand(city.keys, "gate"), city.book
    files: dict[str, bytes] = {}
    pages: dict[str, bytes] = {}
    last, parent = book.last, city.first
    for number in range(1, changes + 1):
        unit = _UNITS[number % len(_UNITS)]
        items = _items(unit, number, pages)
        for kind, body in _entries(city, book, number, unit, items, parent):
            assert last is not None  # a ledger that has begun
            seq = book.state.size + 1
            unsigned = draft(seq, last.digest, city.time.isoformat(), kind, body)
            text = hand.sign(message_of(unsigned), namespace_of("gongkai-city"))
            data = encode(unsigned, [{"fingerprint": hand.fingerprint, "signature": text}])
            entry = parse(data, seq)
            chained(entry, last)
            apply(book.state, entry)
            files[path_of(seq)] = data
            last = entry
        parent = book.state.trunk
    _import(city, "refs/heads/main", pages)
    _import(city, "refs/heads/ledger", files)


def _items(unit: str, number: int, pages: dict[str, bytes]) -> list[dict[str, Any]]:
    """The two files of a change: an article, and one that goes with it."""
    items = []
    for part in ("", "-2"):
        path = f"content/units/{unit}/articles/2026/{number:04d}{part}.md"
        title = f"第 {number} 号通知{part}"
        text = f"---\ntitle: {title}\nreviewClass: A\n---\n\n{title}：{_PARAGRAPH}\n"
        data = pages[path] = text.encode()
        items.append(
            {
                "path": path, "op": "put", "mode": "100644", "size": len(data),
                "git": hashed("sha1", "blob", data), "sha256": hashlib.sha256(data).hexdigest(),
                "base": None, "tip": None, "type": "markdown", "problems": [],
                "declared": {"old": None, "new": "A"}, "twin_of": None, "restore_of": None,
            }
        )  # fmt: skip
    return items


def _entries(
    city: City, book: Book, number: int, unit: str, items: list[dict[str, Any]], parent: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The eight entries of a change, each given after the one before it was folded."""
    roles, policy = rules_at(book.objects, book.state) if number == 1 else _RULES
    _RULES[:] = [roles, policy]
    change, token = f"github:{number}", f"7f3a-9c01-{number >> 16:04x}-{number & 0xFFFF:04x}"
    opened = city.now()
    subject = subject_digest(
        change=change, review_class="A", items=items, repository="gongkai-city",
        target="refs/heads/main", unit=unit,
    )  # fmt: skip
    yield "offer", {"change": change, "token": token, "subject": subject}
    for gate in ("wording", "secrecy"):
        result = {
            "gate": gate, "subject": subject, "result": "pass", "tool": f"{gate} 1.0",
            "ruleset": gate[0] + "1", "at": city.now(0), "escalate_to": None,
        }  # fmt: skip
        yield "gate", {"change": change, "gate": result}
    for office in (2, 3, 4):
        word = "签发" if office == 4 else "同意"
        act = {
            "id": f"r{number}-{office}", "account": city.account(unit, office),
            "state": "approve", "at": city.now(), "via": "event", "head_subject": subject,
            "body": "\n".join([f"{word} {token}", *TICKS.get(office, [])]), "edited": False,
            "dismissed": None, "signature": None,
        }  # fmt: skip
        answer = hashlib.sha256(token.encode()).hexdigest()
        yield "observe", {"change": change, "act": act, "answer": answer}
    told = {
        "v": 1, "forge": "github", "change": change, "state": "merged", "draft": False,
        "opened_at": opened, "target": "refs/heads/main", "target_tip": parent, "head": None,
        "merge_bases": [parent],
        "complete": {"items": True, "commits": True, "acts": True, "contributors": True},
        "initiator": None,
        "contributors": [{"account": city.account(unit, 1), "kinds": ["opener", "author"]}],
        "items": items, "proposed": None, "acts": [], "gates": [],
        "rulesets": {"wording": "w1", "secrecy": "s1"}, "ledger": {},
    }  # fmt: skip
    facts = facts_at(book.state, {**told, "head": "b" * 40}, parent, [parent])
    verdict = evaluate(facts, roles.data, policy.data, city.now())
    assert verdict["decision"] == "approve", verdict["reasons"]
    yield "verdict", {"change": change, "facts": facts, "verdict": verdict}
    rows = [
        {name: item[name] for name in (*CONTENT, "restore_of")}
        | {"publishes_at": None, "expires_at": None}
        for item in items
    ]
    yield (
        "publish",
        {
            "change": change, "subject": subject, "kind": "content", "unit": unit, "class": "A",
            "items": rows, "commit": hashlib.sha1(token.encode()).hexdigest(), "parent": parent,
            "verdict": book.state.size, "notes": [],
        },
    )  # fmt: skip


_RULES: list[Any] = []


def _import(city: City, branch: str, files: dict[str, bytes]) -> None:
    """One commit on a branch, with these files put in."""
    rows = [
        f"commit {branch}\ncommitter x <x@example.invalid> 1767225600 +0000\ndata 1\nx"
        f"\nfrom {branch}^0\n".encode()
    ]
    for path, data in files.items():
        rows += [f"M 100644 inline {path}\ndata {len(data)}\n".encode(), data, b"\n"]
    words = ["git", "-C", str(city.folder), "fast-import", "--quiet"]
    subprocess.run(words, input=b"".join(rows), check=True)


def main(words: list[str]) -> None:
    """Makes the ledger, verifies it in a process of its own, and tells what that took."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ledger")
    parser.add_argument("--changes", type=int, default=2500)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=2)
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as place:
        folder = asked.folder or Path(place) / "city"
        if not folder.exists():
            keys = Keys(Path(place))
            city = City(folder, keys, _UNITS).begin()
            grown(city, asked.changes)
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        program = [sys.executable, "-m", "generator", "ledger", "verify", "--all"]
        for run in range(asked.runs):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.perf_counter()
            subprocess.run(
                [*program, "--trust-first-use", "--root", str(folder)], check=True, env=environment
            )
            wall = time.perf_counter() - start
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            peak = after.ru_maxrss / 1024
            print(
                f"run {run + 1}: wall {wall:.1f} s, CPU {cpu:.1f} s, peak {peak:.0f} MiB a process"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
