"""A change as the gate is told of it: the forge's reading, our own diff and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.forge import Account, ForgeAct, Reading
from generator.keeper.book import Book
from generator.keeper.items import blob, items_between
from generator.keeper.rules import POLICY, ROLES, rules_at
from generator.keeper.scanner import Scanner
from generator.keeper.signature import signature_of
from generator.keeper.suggested import is_taken
from generator.review.evaluate import Identity, identify
from generator.review.facts import parse_facts
from generator.review.ledger_state import ChangeSeen, ledger_facts
from generator.review.policy import Policy
from generator.review.proposal import proposal
from generator.review.roles import Roles
from generator.review.subject import digest
from generator.tree.raw import Differs, MissingObjectError
from generator.tree.repository import GitError

__all__ = ["TRUNK", "Told", "answer_digest", "told_of"]

Facts = dict[str, Any]
_GOVERNANCE = "content/governance/"
TRUNK = "refs/gongkai/trunk"  # the target branch as it was fetched; nobody's own branch is moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The facts of a change, what the gate takes it for, and why something may be missing."""

    facts: Facts
    identity: Identity | None  # None: facts that nobody can read
    roles: bytes
    policy: bytes
    answers: Mapping[str, str] = field(default_factory=dict)  # act → digest of the forge's answer
    faults: tuple[str, ...] = ()

    @property
    def subject(self) -> str | None:
        """The digest of the bytes to approve."""
        return self.identity.subject if self.identity else None


def told_of(
    reading: Reading, book: Book, heads: Mapping[str, bool], scanners: Iterable[Scanner]
) -> Told:
    """What the gate is to be told of a change.

    Shapes: `heads` names the commits that were asked for, and whether they are here now.
    Errors: LedgerError where the rules in force cannot be read.
    """
    roles, policy = rules_at(book.objects, book.state)
    maker = _Maker(reading, book, roles.roles, policy.policy, heads)
    facts = maker.facts({one.gate: one.ruleset for one in scanners}, roles.data, policy.data)
    identity = maker.identity(facts)
    if identity is not None and identity.subject is not None:
        consumed = identity.subject in book.state.consumed
        facts["ledger"] = {**facts["ledger"], "subject_consumed": consumed}
    return Told(
        facts=facts,
        identity=identity,
        roles=roles.data,
        policy=policy.data,
        answers={act.id: answer_digest(act) for act in reading.acts},
        faults=tuple(dict.fromkeys([*reading.faults, *maker.faults])),
    )


def answer_digest(act: ForgeAct) -> str:
    """The SHA-256 of what the forge said of an act."""
    return digest(dict(act.answer))


class _Maker:
    """Puts the facts together; `faults` says what could not be had."""

    def __init__(
        self, reading: Reading, book: Book, roles: Roles, policy: Policy, heads: Mapping[str, bool]
    ) -> None:
        self._reading, self._objects, self._state = reading, book.objects, book.state
        self._roles, self._policy, self._heads = roles, policy, heads
        self.faults: list[str] = []

    def facts(self, rulesets: Mapping[str, str], roles: bytes, policy: bytes) -> Facts:
        reading, objects = self._reading, self._objects
        tip = self._tip()
        head = reading.head if reading.head and self._heads.get(reading.head) else None
        bases = objects.bases(tip, head) if head else []
        items = self._items(bases, head, tip)
        complete = dict(reading.complete)
        complete["items"] = complete["items"] and self._agrees(items, head)
        complete["commits"] = complete["commits"] and self._has_all(tip, head)
        contributors, suggesters_known = self._contributors(items)
        complete["contributors"] = complete["contributors"] and suggesters_known
        seen = self._state.changes.get(reading.change, ChangeSeen())
        facts: Facts = {
            "v": 1,
            "forge": "github",
            "change": reading.change,
            "state": reading.state,
            "draft": reading.draft,
            "opened_at": reading.opened_at,
            "target": reading.target,
            "target_tip": tip,
            "head": head,
            "merge_bases": bases,
            "complete": complete,
            "initiator": reading.initiator.fact() if reading.initiator else None,
            "contributors": contributors,
            "items": items,
            "proposed": self._proposed(items, head, roles, policy),
            "acts": [],
            "gates": [gate for _, gate in seen.gates],
            "rulesets": dict(rulesets),
            "ledger": ledger_facts(
                self._state, reading.change, (item["path"] for item in items), None
            ),
        }
        facts["acts"] = self._acts(facts, seen, tip)
        return facts

    def identity(self, facts: Facts) -> Identity | None:
        """The identity of readable facts."""
        read, _ = parse_facts(facts)
        return identify(read, self._roles, self._policy) if read is not None else None

    def _tip(self) -> str:
        """Trunk as the change finds it: for a merged one, as it was before."""
        merged = self._reading.merge_commit
        if merged is not None and self._objects.has(merged):
            parents = self._objects.read_commit(merged).parents
            if parents:
                return parents[0]
        return self._objects.ref(TRUNK) or self._state.trunk

    def _items(self, bases: Sequence[str], head: str | None, tip: str) -> list[dict[str, Any]]:
        if head is None or len(bases) != 1:
            return []
        try:
            return items_between(self._objects, bases[0], head, tip)
        except (MissingObjectError, Differs, GitError) as error:
            self.faults.append(f"objects: {error}")
            return []

    def _agrees(self, items: Sequence[Mapping[str, Any]], head: str | None) -> bool:
        """Whether the forge lists the files that our own diff finds."""
        ours = {(item["path"], item["op"]) for item in items}
        if head is None or ours == set(self._reading.files):
            return True
        odd = sorted(path for path, _ in ours ^ set(self._reading.files))
        self.faults.append(f"files: GitHub and git disagree about {', '.join(odd[:5])}")
        return False

    def _has_all(self, tip: str, head: str | None) -> bool:
        """Whether the forge listed every commit that the change brings."""
        if head is None:
            return True
        here = set(self._objects.said("rev-list", head, f"^{tip}").split())
        if missing := here - set(self._reading.commits):
            self.faults.append(f"commits: {len(missing)} were not listed")
        return not missing

    def _contributors(self, items: Sequence[Mapping[str, Any]]) -> tuple[list[Facts], bool]:
        """The forge's list, and those whose proposed text stands in the new files."""
        kinds = {one.account: set(one.kinds) for one in self._reading.contributors}
        known = True
        for account, path, text in self._reading.suggestions:
            if not is_taken(self._objects, items, path, text):
                continue
            if account is None:
                self.faults.append("a suggestion was taken from an account that is gone")
                known = False
                continue
            same = next((other for other in kinds if other.id == account.id), account)
            kinds.setdefault(same, set()).add("suggester")
        return [_contributor(account, kinds[account]) for account in sorted(kinds)], known

    def _proposed(
        self, items: Sequence[Mapping[str, Any]], head: str | None, roles: bytes, policy: bytes
    ) -> Facts | None:
        """What a change of the governance files would bring; None where it touches none."""
        if head is None or not any(item["path"].startswith(_GOVERNANCE) for item in items):
            return None
        listed = self._objects.files(head)
        new = {
            path: blob(self._objects, listed[path][1])
            for path in (ROLES, POLICY)
            if path in listed and listed[path][0].startswith("100")
        }
        return proposal(
            roles=roles,
            policy=policy,
            new_roles=new.get(ROLES),
            new_policy=new.get(POLICY),
            recorded=self._state.recorded,
        )

    def _acts(self, facts: Facts, seen: ChangeSeen, tip: str) -> list[Facts]:
        """The acts of the forge and of the ledger; an event once recorded stays recorded."""
        acts: dict[str, Facts] = {
            name: {**one.act, "seq": one.first} for name, one in seen.acts.items()
        }
        for act in self._reading.acts:
            known = seen.acts.get(act.id)
            subject = self._subject_at(act.head, facts, tip) if act.head else None
            if known is not None and known.act["via"] == "event":
                subject = known.act["head_subject"]
            acts[act.id] = {
                "id": act.id,
                "account": act.account.fact() if act.account else None,
                "state": act.state,
                "at": act.at,
                "seq": known.first if known is not None else None,
                "via": "event" if subject is not None else "poll",
                "head_subject": subject,
                "body": act.body,
                "edited": act.edited,
                "dismissed": act.dismissed.fact() if act.dismissed else None,
                "signature": signature_of(
                    act.body,
                    act.account.fact() if act.account else None,
                    self._reading.change,
                    seen.offers,
                    self._roles,
                    self._policy.repository,
                ),
            }
        return [acts[name] for name in sorted(acts)]

    def _subject_at(self, head: str, facts: Facts, tip: str) -> str | None:
        """The subject of the change as it was at one of its heads; None if that cannot be had."""
        if not self._heads.get(head):
            return None
        if head != facts["head"]:
            bases = self._objects.bases(tip, head)
            items = self._items(bases, head, tip)
            facts = {**facts, "head": head, "merge_bases": bases, "items": items}
        identity = self.identity(facts) if facts["items"] else None
        return identity.subject if identity else None


def _contributor(account: Account, kinds: Iterable[str]) -> Facts:
    return {"account": account.fact(), "kinds": sorted(kinds)}
