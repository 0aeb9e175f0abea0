"""Admitting: what came to trunk, held against what was approved, commit by commit.

Whoever merged, the commit is asked the same: is its tree the merge of the judged head, are its
files exactly the subject's, and does a fresh evaluation from the ledger alone approve? What fails
is written down as `reject`, what no change stands behind as `bypass`; the site stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.keeper.book import Book, Signer
from generator.keeper.records import times_of
from generator.keeper.rules import policy_body, rules_at
from generator.review.evaluate import evaluate
from generator.review.ledger_verify import facts_at, unseen
from generator.tree.raw import Commit, Difference, Differs, MissingObjectError

__all__ = ["Judgement", "RefusedError", "admit"]

_MOST_FOUND = 400
_LONGEST_RUN = 50
Additions = list[tuple[str, Mapping[str, Any]]]


class RefusedError(ValueError):
    """What was asked is refused; `code` is a reason of the contract, the text is Chinese."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one commit of trunk. `codes` say why not, `notes` what is worth knowing."""

    commit: str
    decision: str  # admitted | rejected | bypass
    change: str | None
    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seq: int = 0


def admit(
    book: Book,
    signer: Signer,
    now: str,
    commit: str | None = None,
    merged_by_us: Iterable[str] = (),
) -> list[Judgement]:
    """What became of each commit that trunk has got since the last admitted one; [] for nothing.

    Shapes: with a `commit`, none after it is looked at; `merged_by_us` are commits that the
        gatekeeper made itself.
    Errors: RefusedError where there is no ledger or no trunk; MovedError.
    """
    if not book.entries:
        raise RefusedError("ledger_missing", "还没有台账，请先建账")
    _, policy = rules_at(book.objects, book.state)
    tip = book.objects.ref(policy.target)
    if tip is None:
        raise RefusedError("wrong_target", f"这里没有 {policy.target}")
    if not book.objects.is_ancestor(book.state.trunk, tip):
        return _rewritten(book, signer, now, tip)
    line = book.objects.line(book.state.trunk, tip)
    if commit is not None:
        known = commit in book.state.commits or commit == book.state.trunk
        if commit not in line and not known:
            raise RefusedError("history_rewritten", f"{commit} 不在主干上")
        line = line[: line.index(commit) + 1] if commit in line else []
    ours = frozenset(merged_by_us)
    judged = []
    for at, name in enumerate(line):
        if name not in book.state.commits:
            judge = _Judge(book, now, name in ours)
            judgement, additions = judge.of(name, line[at : at + _LONGEST_RUN], line[:at])
            added = book.append(additions, now, signer)
            seq = next(one.seq for one in added if one.type in ("publish", "reject", "bypass"))
            judged.append(_numbered(judgement, seq))
    return judged


def _numbered(judgement: Judgement, seq: int) -> Judgement:
    return Judgement(
        judgement.commit, judgement.decision, judgement.change, judgement.codes,
        judgement.notes, seq,
    )  # fmt: skip


def _rewritten(book: Book, signer: Signer, now: str, tip: str) -> list[Judgement]:
    if tip in book.state.commits:
        return []
    trunk = book.state.trunk
    found = book.objects.difference(trunk, tip) if book.objects.has(trunk) else []
    codes = ("history_rewritten",)
    body = _rejected(tip, None, found, codes)
    added = book.append([("reject", body)], now, signer)
    return [Judgement(tip, "rejected", None, codes, seq=added[0].seq)]


def _rejected(
    commit: str,
    parent: str | None,
    found: Sequence[Difference],
    codes: Iterable[str],
    told: Mapping[str, Any] | None = None,
    verdict: int | None = None,
) -> dict[str, Any]:
    """What lay on trunk, and why it is not published."""
    rows = [
        {"path": one.path.encode("utf-8", "replace").decode(), "op": one.op, "mode": one.mode,
         "git": one.git}
        for one in found[:_MOST_FOUND]
    ]  # fmt: skip
    return {
        "commit": commit, "parent": parent,
        "change": told["change"] if told is not None else None,
        "subject": told["verdict"]["subject"] if told is not None else None,
        "verdict": verdict, "codes": sorted(set(codes)), "found": rows, "found_total": len(found),
    }  # fmt: skip


_Row = tuple[str, str, str | None, str | None, str | None]


def _rows_of(items: Iterable[Mapping[str, Any]]) -> frozenset[_Row]:
    keys = ("path", "op", "mode", "git", "base")
    return frozenset(tuple(item[key] for key in keys) for item in items)


def _rows(found: Iterable[Difference]) -> frozenset[_Row]:
    return frozenset((one.path, one.op, one.mode, one.git, one.base) for one in found)


class _Judge:
    """The judgement of one commit against the ledger as it stands."""

    def __init__(self, book: Book, now: str, merged_by_us: bool) -> None:
        self._objects = book.objects
        self._state = book.state
        self._now = now
        self._ours = merged_by_us

    def of(
        self, name: str, following: Sequence[str], before: Sequence[str]
    ) -> tuple[Judgement, Additions]:
        """What becomes of a commit, and the entries that say so.

        Shapes: `following` begins with the commit itself; `before` are new commits older than it.
        """
        commit = self._objects.read_commit(name)
        parent = commit.parents[0] if commit.parents else None
        found = self._objects.difference(parent, name) if parent is not None else []
        told = self._behind(_rows(found))
        codes = []
        if len(commit.parents) != 1:
            codes.append("method_not_allowed")
        if told is None:
            told, code = self._related(found, following, before)
            if told is None and not codes:
                return self._no(name, parent, found, ["bypass"], None)
            return self._no(name, parent, found, [*codes, code] if told else codes, told)
        if codes or parent is None:
            return self._no(name, parent, found, codes, told)
        return self._judged(commit, parent, found, told)

    def _no(
        self,
        name: str,
        parent: str | None,
        found: Sequence[Difference],
        codes: Iterable[str],
        told: Mapping[str, Any] | None,
    ) -> tuple[Judgement, Additions]:
        body = _rejected(name, parent, found, codes, told)
        kind, decision = ("bypass", "bypass") if told is None else ("reject", "rejected")
        if "method_not_allowed" in body["codes"]:
            kind, decision = "reject", "rejected"
        judgement = Judgement(name, decision, body["change"], tuple(body["codes"]))
        return judgement, [(kind, body)]

    def _open(self) -> list[Mapping[str, Any]]:
        """The newest verdict of every change, those that approve last, then by position."""
        seen = [one for one in self._state.changes.values() if one.verdict_body is not None]
        seen.sort(
            key=lambda one: (
                (one.verdict_body or {})["verdict"]["decision"] == "approve",
                (one.verdict_body or {})["verdict"]["subject"] not in self._state.consumed,
                one.verdict,
            )
        )
        return [one.verdict_body for one in seen if one.verdict_body is not None]

    def _behind(self, rows: frozenset[_Row]) -> Mapping[str, Any] | None:
        """The change whose files are exactly these."""
        exact = [told for told in self._open() if _rows_of(told["facts"]["items"]) == rows]
        return exact[-1] if rows and exact else None

    def _related(
        self, found: Sequence[Difference], following: Sequence[str], before: Sequence[str]
    ) -> tuple[Mapping[str, Any] | None, str]:
        """The change that a commit has to do with though it is not it, and what is wrong."""
        for told in reversed(self._open()):
            rows = _rows_of(told["facts"]["items"])
            if told["verdict"]["subject"] in self._state.consumed:
                continue
            if self._in_pieces(rows, following, before):
                return told, "method_not_allowed"
            blobs = {(row[0], row[3]) for row in rows}
            touched = {row[0] for row in rows} & {one.path for one in found}
            same = blobs & {(one.path, one.git) for one in found}
            merged = told["verdict"]["decision"] == "approve" or told["facts"]["state"] == "merged"
            if same or (touched and merged):
                return told, "tree_mismatch"
        return None, ""

    def _in_pieces(
        self, rows: frozenset[_Row], following: Sequence[str], before: Sequence[str]
    ) -> bool:
        """Whether several commits in a row, this among them, bring what should be one."""
        for first in [following[0], *reversed(before[-_LONGEST_RUN:])]:
            parents = self._objects.read_commit(first).parents
            if not parents:
                return False
            for last in following:
                if last != first and _rows(self._objects.difference(parents[0], last)) == rows:
                    return True
        return False

    def _judged(
        self, commit: Commit, parent: str, found: Sequence[Difference], told: Mapping[str, Any]
    ) -> tuple[Judgement, Additions]:
        """The commit brings the files of a change: is it its merge, and is that approved?"""
        facts = told["facts"]
        notes = [] if self._ours else ["merged_by_person"]
        head, bases = facts["head"], facts["merge_bases"]
        if head is not None and self._objects.has(head):
            if self._objects.merged(parent, head) != commit.tree:
                return self._no(commit.name, parent, found, ["tree_mismatch"], told)
            bases = self._objects.bases(parent, head)
        else:
            notes.append("head_gone")
        if not self._same_bytes(facts["items"]):
            return self._no(commit.name, parent, found, ["tree_mismatch"], told)
        roles, policy = rules_at(self._objects, self._state)
        fresh = facts_at(self._state, facts, parent, bases)
        fresh["ledger"] = {
            **fresh["ledger"],
            "subject_consumed": told["verdict"]["subject"] in self._state.consumed,
        }
        verdict = evaluate(fresh, roles.data, policy.data, self._now)
        body = {"change": told["change"], "facts": fresh, "verdict": verdict}
        judged = ("verdict", body)
        seq = self._state.size + 1
        if verdict["decision"] != "approve" or unseen(self._state, facts):
            rejected = _rejected(commit.name, parent, found, ["verdict_not_approve"], body, seq)
            codes = ("verdict_not_approve",)
            judgement = Judgement(commit.name, "rejected", told["change"], codes)
            return judgement, [judged, ("reject", rejected)]
        published = self._published(commit, parent, fresh, verdict, notes)
        judgement = Judgement(commit.name, "admitted", told["change"], notes=tuple(notes))
        return judgement, [judged, ("publish", published), *self._further(published, seq + 1)]

    def _same_bytes(self, items: Sequence[Mapping[str, Any]]) -> bool:
        """Whether the blobs that came are those whose digests were approved."""
        put = [item for item in items if item["op"] == "put"]
        try:
            blobs = self._objects.objects([item["git"] for item in put])
            return all(
                hashlib.sha256(data).hexdigest() == item["sha256"] and len(data) == item["size"]
                for item, data in zip(put, blobs, strict=True)
            )
        except (Differs, MissingObjectError):
            return False

    def _published(
        self,
        commit: Commit,
        parent: str,
        facts: Mapping[str, Any],
        verdict: Mapping[str, Any],
        notes: Sequence[str],
    ) -> dict[str, Any]:
        items = []
        for item in facts["items"]:
            data = b""
            if item["op"] == "put":
                data = next(iter(self._objects.objects([item["git"]])))
            keys = ("path", "op", "mode", "git", "sha256", "size", "base", "restore_of")
            items.append({key: item[key] for key in keys} | times_of(item["path"], data))
        return {
            "change": facts["change"], "subject": verdict["subject"], "kind": verdict["kind"],
            "unit": verdict["unit"], "class": verdict["class"],
            "items": sorted(items, key=lambda item: item["path"].encode()),
            "commit": commit.name, "parent": parent, "verdict": self._state.size + 1,
            "notes": sorted(notes),
        }  # fmt: skip

    def _further(self, published: Mapping[str, Any], seq: int) -> Additions:
        """What is to be written beside a publication: new rules, and what it restores."""
        found: Additions = []
        if published["kind"] == "governance":
            rules = policy_body(self._objects, self._state, published)
            if rules is not None:
                found.append(("policy", rules))
        back = [item for item in published["items"] if item["restore_of"] is not None]
        if back:
            body = {
                "change": published["change"], "subject": published["subject"], "publish": seq,
                "takedowns": sorted({item["restore_of"] for item in back}),
                "paths": [item["path"] for item in back],
            }  # fmt: skip
            found.append(("restore", body))
        return found
