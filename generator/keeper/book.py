"""An opened ledger: the files of its branch, read whole, and the state they fold to.

Whoever opens it holds every entry against the chain, its schema and its signatures, in as many
processes as the crew has. Whoever appends says what is to be added and learns that the branch
moved by `MovedError`: the answer is to open it again and to decide again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.crew import Crew, Task
from generator.review.instants import instant
from generator.review.ledger import (
    GENESIS_PREV,
    KEY_FAULT,
    LEDGER,
    Entry,
    LedgerError,
    chained,
    draft,
    encode,
    message_in,
    message_of,
    namespace_of,
    parse,
    path_of,
)
from generator.review.ledger_fold import Signature, apply, signatures
from generator.review.ledger_state import State
from generator.sign import fingerprint_of, is_signed, sign
from generator.tree.append import MovedError, append
from generator.tree.raw import Objects

__all__ = ["Book", "Signer", "ledger_tip", "open_book"]

_REMOTE = "refs/remotes/origin/ledger"
Body = Mapping[str, Any]
Visit = Callable[[State, Entry, Sequence[Entry]], None]


@dataclass(frozen=True, slots=True)
class Signer:
    """The private keys that sign what is appended, and the remote that it is pushed to."""

    keys: Mapping[str, Path]  # fingerprint → file
    remote: str | None = None

    @classmethod
    def of(cls, files: Iterable[Path], remote: str | None = None) -> Signer:
        """The signer with these key files, beside each of which its public key lies (`.pub`).

        Errors: SignatureError; OSError where a public key is missing.
        """
        keys = {
            fingerprint_of(Path(f"{str(file).removesuffix('.pub')}.pub").read_text("utf-8")): file
            for file in files
        }
        return cls(keys, remote)


@dataclass(slots=True)
class Book:
    """The ledger of a repository at its commit `tip`; None: it has none."""

    objects: Objects
    tip: str | None
    entries: list[Entry]
    state: State

    @property
    def last(self) -> Entry | None:
        """The newest entry."""
        return self.entries[-1] if self.entries else None

    def append(
        self,
        additions: Sequence[tuple[str, Body]],
        at: str,
        signer: Signer,
        files: Mapping[str, bytes] | None = None,
    ) -> list[Entry]:
        """Adds entries, by type and body, in one commit; all of them or none.

        Shapes: `at` is an RFC 3339 time, taken as the last entry's where that is later; `files`
            are further files of the branch, such as a manifest.
        Errors: LedgerError where one does not follow from those before it; MovedError.
        """
        written = dict(files or {})
        added: list[Entry] = []
        trial = self._refolded()
        last = self.last
        for kind, body in additions:
            entry, data = _made(trial, last, at, kind, body, signer)
            apply(trial, entry)
            written[path_of(entry.seq)] = data
            added.append(entry)
            last = entry
        if not added:
            return []
        assert last is not None
        self._follow()
        self.tip = append(self.objects, LEDGER, self.tip, written, last.at, signer.remote)
        self.entries += added
        self.state = trial
        return added

    def _follow(self) -> None:
        """Brings the branch here to what was fetched, where it lags. Errors: MovedError."""
        local = self.objects.ref(LEDGER)
        if self.tip is None or local == self.tip:
            return
        if local is not None and not self.objects.is_ancestor(local, self.tip):
            raise MovedError("the branch moved since it was read")
        words = (LEDGER, self.tip, local or "0" * len(self.tip))
        if self.objects.run("update-ref", "--no-deref", *words).returncode:
            raise MovedError("the branch moved since it was read")

    def _refolded(self) -> State:
        """A copy of the state that may be changed: folding stops in the middle on a fault."""
        state = copy(self.state)
        for name in State.__dataclass_fields__:
            setattr(state, name, copy(getattr(self.state, name)))
        state.changes = {name: seen.copied() for name, seen in self.state.changes.items()}
        return state


def _made(
    state: State, last: Entry | None, at: str, kind: str, body: Body, signer: Signer
) -> tuple[Entry, bytes]:
    """The entry that comes next, signed, and its file."""
    moment = instant(at)
    if last is not None and moment is not None and moment < last.instant:
        at = last.at
    seq, prev = state.size + 1, last.digest if last is not None else GENESIS_PREV
    unsigned = draft(seq, prev, at, kind, body)
    repository = state.repository or str(body.get("repository", ""))
    message, namespace = message_of(unsigned), namespace_of(repository)
    by_root = kind in ("genesis", "key", "expunge") or (kind == "policy" and not state.policy)
    wanted = state.roots(seq) if by_root else state.gatekeepers(seq)
    sigs = [
        {"fingerprint": fingerprint, "signature": sign(file, message, namespace)}
        for fingerprint, file in sorted(signer.keys.items())
        if not state.size or fingerprint in wanted
    ]
    data = encode(unsigned, sigs)
    entry = parse(data, seq)
    signatures(state, entry)
    chained(entry, last)
    return entry, data


def ledger_tip(objects: Objects) -> str | None:
    """The ledger's newest commit here: of the branch, or of what was fetched of it.

    Errors: LedgerError where the two have parted.
    """
    here, fetched = objects.ref(LEDGER), objects.ref(_REMOTE)
    if here is None or fetched is None or here == fetched:
        return here or fetched
    if objects.is_ancestor(here, fetched):
        return fetched
    if objects.is_ancestor(fetched, here):
        return here
    raise LedgerError(0, "本地的台账和取回的台账分了叉", "ledger_forked")


def read_files(objects: Objects, tip: str) -> list[bytes]:
    """The files of the entries, in order. Errors: LedgerError where one is missing or foreign."""
    listed = {
        path: blob for path, (mode, blob) in objects.files(tip).items() if path.startswith("log/")
    }
    names = [path_of(seq) for seq in range(1, len(listed) + 1)]
    for seq, name in enumerate(names, 1):
        if name not in listed:
            raise LedgerError(seq, f"缺少文件 {name}")
    return list(objects.objects([listed[name] for name in names]))


def open_book(
    objects: Objects,
    crew: Crew | None = None,
    trusted: Iterable[str] = (),
    visit: Visit | None = None,
) -> Book:
    """The ledger, every entry of it checked.

    visit: is told each entry with the state before it and the entries before it

    trusted: fingerprints of root keys, known by another way; where given, the genesis must name
        enough of them
    Errors: LedgerError; its code is `key` where a key or a signature is at fault.
    """
    tip = ledger_tip(objects)
    if tip is None:
        return Book(objects, None, [], State())
    files = read_files(objects, tip)
    state = State()
    entries: list[Entry] = []
    asked: list[list[Signature]] = []
    for seq, data in enumerate(files, 1):
        entry = parse(data, seq)
        chained(entry, entries[-1] if entries else None)
        asked.append(signatures(state, entry))
        if visit is not None:
            visit(state, entry, entries)
        apply(state, entry)
        entries.append(entry)
    if not state.policy:
        raise LedgerError(state.size, "建账没有完成")
    known = set(trusted)
    if known and len(known.intersection(state.signers[0])) < state.threshold:
        raise LedgerError(1, "建账的根密钥不是您信任的那些", KEY_FAULT)
    _check_signatures(_Batch(entries, files, asked, namespace_of(state.repository)), crew)
    return Book(objects, tip, entries, state)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Signatures to be checked; a worker inherits it when it is forked."""

    entries: Sequence[Entry]
    files: Sequence[bytes]
    asked: Sequence[Sequence[Signature]]
    namespace: str


_batch: _Batch | None = None


def _check_signatures(batch: _Batch, crew: Crew | None) -> None:
    global _batch  # noqa: PLW0603 -- twenty thousand files are inherited, not sent
    _batch = batch
    shares = crew.jobs if crew is not None and len(batch.files) > _MANY else 1
    try:
        if crew is None or shares == 1:
            found = [_faulty((0, 1))]
        else:
            tasks = [Task((share, shares), _MANY) for share in range(shares)]
            found = list(crew.each(_faulty, tasks))
    finally:
        _batch = None
    bad = [seq for seq in found if seq]
    if bad:
        raise LedgerError(min(bad), "签名不对", KEY_FAULT)


_MANY = 3_000  # entries from which processes pay


def _faulty(share: tuple[int, int]) -> int:
    """The first entry of a share whose signature is wrong; 0 for none."""
    assert _batch is not None
    for at in range(share[0], len(_batch.entries), share[1]):
        entry = _batch.entries[at]
        message = message_in(_batch.files[at], entry)
        for asked in _batch.asked[at]:
            if not is_signed(message, asked.signature, asked.public, _batch.namespace):
                return entry.seq
    return 0
