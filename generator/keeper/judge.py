"""One commit of trunk against the ledger as it stands: admitted, rejected, or past review."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.keeper.behind import Behind, brought
from generator.keeper.book import Book
from generator.keeper.judgement import Additions, Judgement, rejected
from generator.keeper.records import times_of
from generator.keeper.rules import policy_body, rules_at
from generator.review.evaluate import evaluate
from generator.review.ledger_verify import facts_at, unseen
from generator.tree.raw import Commit, Difference, Differs, MissingObjectError

__all__ = ["Judge"]


class Judge:
    """The judgement of one commit against the ledger as it stands."""

    def __init__(self, book: Book, now: str, merged_by_us: bool) -> None:
        self._objects = book.objects
        self._state = book.state
        self._behind = Behind(book)
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
        told = self._behind.exactly(brought(found))
        codes = []
        if len(commit.parents) != 1:
            codes.append("method_not_allowed")
        if told is None:
            told, code = self._behind.related(found, following, before)
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
        body = rejected(name, parent, found, codes, told)
        kind, decision = ("bypass", "bypass") if told is None else ("reject", "rejected")
        if "method_not_allowed" in body["codes"]:
            kind, decision = "reject", "rejected"
        judgement = Judgement(name, decision, body["change"], tuple(body["codes"]))
        return judgement, [(kind, body)]

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
            refusal = rejected(commit.name, parent, found, ["verdict_not_approve"], body, seq)
            codes = ("verdict_not_approve",)
            judgement = Judgement(commit.name, "rejected", told["change"], codes)
            return judgement, [judged, ("reject", refusal)]
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
