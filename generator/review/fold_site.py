"""Folding what becomes of published pages: takedowns, what confirms or lifts them, releases."""

from __future__ import annotations

from dataclasses import replace

from generator.review.ledger import Entry, LedgerError
from generator.review.ledger_state import Hold, State

__all__ = ["expunge", "ratify", "release", "restore", "takedown"]


def takedown(state: State, entry: Entry) -> None:
    body = entry.body
    for row in body["paths"]:
        known = state.paths.get(row["path"])
        if known is None or known.status != "published" or known.git != row["git"]:
            raise LedgerError(entry.seq, f"{row['path']} 没有在发布，不能撤下")
        state.paths[row["path"]] = replace(
            known, status="held", seq=entry.seq, held_by=body["by"]["person"]
        )
    paths = tuple(row["path"] for row in body["paths"])
    person = body["by"]["person"]
    state.holds[entry.seq] = Hold(entry.seq, entry.instant, person, paths, len(body["asked"]))


def ratify(state: State, entry: Entry) -> None:
    body = entry.body
    for path in body["paths"]:
        known = state.paths.get(path)
        if known is None or known.status != "held" or known.seq not in body["takedowns"]:
            raise LedgerError(entry.seq, f"{path} 没有待确认的撤稿")
        state.paths[path] = replace(known, status="taken_down")
    for seq in body["takedowns"]:
        hold = state.holds.get(seq)
        if hold is None:
            raise LedgerError(entry.seq, f"第 {seq} 条不是撤稿")
        if not any(_is_held(state, path, seq) for path in hold.paths):
            state.holds[seq] = replace(hold, ratified=entry.seq)


def _is_held(state: State, path: str, seq: int) -> bool:
    return state.paths[path].status == "held" and state.paths[path].seq == seq


def restore(state: State, entry: Entry) -> None:
    body = entry.body
    if state.consumed.get(body["subject"]) != body["publish"]:
        raise LedgerError(entry.seq, f"第 {body['publish']} 条没有发布它")
    for path in body["paths"]:
        known = state.paths.get(path)
        if known is None or known.approved != body["publish"]:
            raise LedgerError(entry.seq, f"{path} 不是由第 {body['publish']} 条恢复的")
    if not state.holds.keys() >= set(body["takedowns"]):
        raise LedgerError(entry.seq, "没有这次撤稿")


def release(state: State, entry: Entry) -> None:
    told = entry.body["ledger"]
    if told["size"] > state.size or state.heads[told["size"] - 1] != told["head"]:
        raise LedgerError(entry.seq, "发布所依据的不是这本台账")
    state.releases.append((entry.seq, entry.body))


def expunge(state: State, entry: Entry) -> None:
    body = entry.body
    for blob in body["blobs"]:
        state.expunged[blob] = entry.seq
    known = state.paths.get(body["path"])
    if known is not None and known.git in body["blobs"] and known.is_there:
        state.paths[body["path"]] = replace(known, status="removed", seq=entry.seq, held_by=None)
