"""Folding: entries in order → the state they leave behind. A doubt anywhere stops it.

Each type has one function (`fold_*.py`), which holds the entry against the state before it and
then changes the state. Who may sign an entry follows from the state before it, too:
`signatures` lists what has to be checked under which key, so that the arithmetic can be done
elsewhere, side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.review import fold_changes, fold_rules, fold_site
from generator.review.ledger import KEY_FAULT, Entry, LedgerError, chained
from generator.review.ledger_state import State

__all__ = ["Signature", "apply", "fold", "signatures"]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that has to be one by this key."""

    public: str
    signature: str


def fold(entries: Iterable[Entry]) -> State:
    """The state after all entries. Errors: LedgerError; signatures are not looked at."""
    state = State()
    before: Entry | None = None
    for entry in entries:
        chained(entry, before)
        apply(state, entry)
        before = entry
    return state


def signatures(state: State, entry: Entry) -> list[Signature]:
    """What has to be checked under an entry, given the state before it.

    Errors: LedgerError where a key may not sign there, signs twice, or too few do.
    """
    allowed, needed = _authority(state, entry)
    found = {sig["fingerprint"]: sig["signature"] for sig in entry.sigs}
    if len(found) != len(entry.sigs):
        raise LedgerError(entry.seq, "同一把密钥签了两次", KEY_FAULT)
    foreign = sorted(found.keys() - allowed.keys())
    if foreign:
        raise LedgerError(entry.seq, f"密钥 {foreign[0]} 不能签这一条", KEY_FAULT)
    if len(found) < needed:
        raise LedgerError(entry.seq, f"需要 {needed} 把密钥签名，只有 {len(found)} 把", KEY_FAULT)
    return [Signature(allowed[fingerprint], text) for fingerprint, text in found.items()]


def _authority(state: State, entry: Entry) -> tuple[Mapping[str, str], int]:
    """The keys that may sign an entry, and how many have to."""
    body = entry.body
    if entry.type == "genesis" and not state.size:
        return {root["fingerprint"]: root["public"] for root in body["roots"]}, body["threshold"]
    by_hand = entry.type in ("genesis", "key", "expunge")
    if by_hand or (entry.type == "policy" and body["subject"] is None):
        return state.roots(entry.seq), state.threshold
    return state.gatekeepers(entry.seq), 1


def apply(state: State, entry: Entry) -> None:
    """Changes the state by one entry. Errors: LedgerError; the state is of no use after one."""
    if entry.seq != state.size + 1:
        raise LedgerError(entry.seq, f"应当是第 {state.size + 1} 条")
    began = state.parts and state.size >= state.parts
    if (entry.type == "genesis") == bool(began):
        raise LedgerError(entry.seq, "建账记录只能在最前面，并且必须完整")
    if began and not state.policy and entry.type != "policy":
        raise LedgerError(entry.seq, "建账之后必须先记录审核规则")
    _FOLDS[entry.type](state, entry)
    state.size, state.head, state.at = entry.seq, entry.digest, entry.at
    state.heads.append(entry.digest)
    state.signers.append(tuple(sorted(sig["fingerprint"] for sig in entry.sigs)))


_FOLDS: Mapping[str, Callable[[State, Entry], None]] = {
    "genesis": fold_rules.genesis,
    "policy": fold_rules.policy,
    "offer": fold_changes.offer,
    "observe": fold_changes.observe,
    "gate": fold_changes.gate,
    "verdict": fold_changes.verdict,
    "publish": fold_changes.publish,
    "reject": fold_changes.judged,
    "bypass": fold_changes.judged,
    "takedown": fold_site.takedown,
    "ratify": fold_site.ratify,
    "restore": fold_site.restore,
    "release": fold_site.release,
    "key": fold_rules.key,
    "expunge": fold_site.expunge,
}
