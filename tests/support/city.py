"""A small city under review: a real repository, real keys, a gatekeeper who writes what he sees.

Its people are numbered by unit: in `tax`, account …1 writes, …2 is section reviewer, …3 information
officer, …4 information supervisor. The portal has a duty officer (…5), a governor (…6) and a
secrecy officer (…7) besides.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from generator.keeper.admit import admit
from generator.keeper.book import Book, Signer, open_book
from generator.keeper.genesis import begin, plan_of
from generator.keeper.judgement import Judgement
from generator.keeper.rules import rules_at
from generator.review.evaluate import evaluate
from generator.review.ledger_state import ledger_facts
from generator.tree.raw import Objects
from tests.support.keys import Keys
from tests.support.repositories import Repository

__all__ = ["TICKS", "City", "Proposal"]

_ZONE = timezone(timedelta(hours=8))
_BASE = Path(__file__).parents[1] / "cases" / "review" / "base"
_OFFICES = {
    2: ("section_reviewer", ""),
    3: ("information_officer", ""),
    4: ("information_supervisor", "rank: 50, "),
    5: ("duty_officer", ""),
    6: ("governor", ""),
    7: ("secrecy_officer", ""),
}
TICKS = {
    3: ["- [x] F1", "- [x] F2", "- [x] W1", "- [x] W2"],
    4: ["- [x] Z1", "- [x] Z2", "- [x] Z3", "- [x] M1", "- [x] M2"],
}
_CLASS = re.compile(rb"^reviewClass: (\w+)$", re.MULTILINE)
_RESTORES = re.compile(rb"^restoreOf: (\d+)$", re.MULTILINE)
_TYPES = {"md": "markdown", "yml": "yaml", "csv": "csv", "pdf": "pdf", "png": "png"}


@dataclass
class Proposal:
    """A change on its way: its head, what it was put on, and the facts that do not change."""

    change: str
    unit: str
    head: str
    base: str
    opened_at: str
    author: int
    token: str
    items: list[dict[str, Any]] = field(default_factory=list)
    proposed: dict[str, Any] | None = None


class City:
    """A repository with governance files for `units`, further files, and its keys."""

    def __init__(
        self,
        folder: Path,
        keys: Keys,
        units: Sequence[str] = ("tax",),
        files: Mapping[str, str | bytes] | None = None,
        policy: str | None = None,
        signing: Collection[tuple[str, int]] = (),
    ) -> None:
        self.keys = keys
        self.units = ["portal", *units]
        self.signing = frozenset(signing)  # who has a key of his own, by unit and office
        self.time = datetime(2026, 11, 20, 8, 0, tzinfo=_ZONE)
        self.repository = Repository(folder)
        self.folder = folder
        rules = policy or (_BASE / "policy.yml").read_text("utf-8")
        first = {
            "content/governance/roles.yml": self.roles(),
            "content/governance/policy.yml": rules,
            **(files or {"theme/main.html": "<html></html>\n"}),
        }
        self.first = self.repository.commit(first)
        self.numbers = 0
        self.signer = Signer.of([keys.file("gate")])
        self.objects = Objects(folder)

    # people

    def account(self, unit: str, office: int) -> dict[str, str]:
        """The account of a person of a unit."""
        number = 100 * (self.units.index(unit) + 1) + office
        return {"forge": "github", "id": str(number), "login": f"{unit}-{office}", "type": "user"}

    def person(self, unit: str, office: int) -> str:
        """The id of that person."""
        return f"p-{100 * (self.units.index(unit) + 1) + office}"

    def roles(self, version: int = 17, ended: Mapping[str, str] | None = None) -> str:
        """`roles.yml`; `ended` gives the end of an appointment by its id."""
        people, rows = [], []
        for unit in self.units:
            offices = range(1, 8) if unit == "portal" else range(1, 5)
            for office in offices:
                account = self.account(unit, office)
                person = self.person(unit, office)
                known = f'{{forge: github, id: "{account["id"]}", login: {account["login"]}}}'
                held = self._held(unit, office)
                people.append(
                    f"  - {{id: {person}, name: 某{unit}{office}（示例）, accounts: [{known}], "
                    f"keys: [{held}]}}\n"
                )
                role, rank = _OFFICES.get(office, ("contributor", ""))
                row = f"ap-{person[2:]}"
                end = (ended or {}).get(row)
                rows.append(
                    f"  - {{id: {row}, person: {person}, role: {role}, {rank}unit: {unit}, "
                    f'from: "2026-01-01", to: {f"{chr(34)}{end}{chr(34)}" if end else "null"}, '
                    "basis: 示例}\n"
                )
        units = "".join(
            f"  - {{id: {unit}, name: {unit}（示例）, "
            f"parent: {'null' if unit == 'portal' else 'portal'}}}\n"
            for unit in self.units
        )
        return (
            f"schema: gongkai/roles@1\nversion: {version}\npeople:\n{''.join(people)}"
            f"units:\n{units}appointments:\n{''.join(rows)}absences: []\ndelegations: []\n"
        )

    def _held(self, unit: str, office: int) -> str:
        """The key of a person, as a row of `roles.yml`; empty: none."""
        if (unit, office) not in self.signing:
            return ""
        row = self.keys.row(f"{unit}-{office}")
        return f'{{fingerprint: "{row["fingerprint"]}", public: "{row["public"]}"}}'

    # time

    def now(self, minutes: int = 1) -> str:
        """The next moment, as RFC 3339."""
        self.time += timedelta(minutes=minutes)
        return self.time.isoformat()

    # the ledger

    @property
    def book(self) -> Book:
        """The ledger, opened and checked anew."""
        return open_book(self.objects)

    def plan(self) -> bytes:
        """The file from which the ledger begins."""
        roots = "".join(
            f"  - {self.keys.public(name)}\n" for name in ("root-1", "root-2", "root-3")
        )
        return (
            f"repository: gongkai-city\nroots:\n{roots}threshold: 2\n"
            f'gatekeeper: {self.keys.public("gate")}\ncommit: "{self.first}"\n'
        ).encode()

    def begin(self) -> City:
        """Begins the ledger."""
        book = self.book
        roots = Signer.of([self.keys.file("root-1"), self.keys.file("root-2")])
        begin(book, plan_of(self.plan()), roots, self.now())
        return self

    def by_roots(self) -> Signer:
        """The root keys at one table."""
        return Signer.of([self.keys.file("root-1"), self.keys.file("root-2")])

    # a change

    def propose(
        self, unit: str, files: Mapping[str, str | bytes], *deleted: str, on: str = "main"
    ) -> Proposal:
        """A branch with one commit by the unit's writer."""
        self.numbers += 1
        base = self.repository.git("rev-parse", on)
        branch = f"change-{self.numbers}"
        self.repository.git("switch", "-q", "-c", branch, on)
        head = self.repository.commit(files, *deleted)
        self.repository.git("switch", "-q", "main")
        made = Proposal(
            f"github:{self.numbers}", unit, head, base, self.now(), 1,
            f"7f3a-9c01-22be-{self.numbers:04x}",
        )  # fmt: skip
        made.items = self.items(base, head)
        return made

    def items(self, base: str, head: str) -> list[dict[str, Any]]:
        """The items of the difference of two commits, as the facts have them."""
        found = []
        for one in self.objects.difference(base, head):
            data = next(iter(self.objects.objects([one.git]))) if one.git else None
            old = next(iter(self.objects.objects([one.base]))) if one.base else None
            found.append(
                {
                    "path": one.path, "op": one.op, "mode": one.mode,
                    "size": len(data) if data is not None else None, "git": one.git,
                    "sha256": hashlib.sha256(data).hexdigest() if data is not None else None,
                    "base": one.base, "tip": one.base,
                    "type": _TYPES.get(one.path.rpartition(".")[2], "html") if data is not None
                    else None,
                    "problems": [],
                    "declared": {"old": _class(old), "new": _class(data)}, "twin_of": None,
                    "restore_of": _restores(data),
                }
            )  # fmt: skip
        return found

    def facts(self, proposal: Proposal, book: Book, **changes: Any) -> dict[str, Any]:
        """The facts of a proposal as the ledger and the repository stand."""
        seen = book.state.changes.get(proposal.change)
        tip = self.repository.git("rev-parse", "main")
        rows = self.objects.files(tip)
        items = [
            {**item, "tip": rows.get(item["path"], (None, None))[1]} for item in proposal.items
        ]
        facts = {
            "v": 1, "forge": "github", "change": proposal.change, "state": "open", "draft": False,
            "opened_at": proposal.opened_at, "target": "refs/heads/main", "target_tip": tip,
            "head": proposal.head, "merge_bases": [proposal.base],
            "complete": {"items": True, "commits": True, "acts": True, "contributors": True},
            "initiator": None,
            "contributors": [
                {"account": self.account(proposal.unit, proposal.author),
                 "kinds": ["opener", "author", "pusher"]}
            ],
            "items": items, "proposed": proposal.proposed,
            "acts": [{**a.act, "seq": a.first} for a in seen.acts.values()] if seen else [],
            "gates": [gate for _, gate in seen.gates] if seen else [],
            "rulesets": {"wording": "w1", "secrecy": "s1"},
            "ledger": ledger_facts(
                book.state, proposal.change, [item["path"] for item in items], None
            ),
        }  # fmt: skip
        return facts | changes

    def judge(self, proposal: Proposal, book: Book, **changes: Any) -> dict[str, Any]:
        """The verdict on a proposal, written down."""
        facts = self.facts(proposal, book, **changes)
        roles, policy = rules_at(book.objects, book.state)
        now = self.now()
        verdict = evaluate(facts, roles.data, policy.data, now)
        body = {"change": proposal.change, "facts": facts, "verdict": verdict}
        book.append([("verdict", body)], now, self.signer)
        return verdict

    def offer(self, proposal: Proposal, book: Book) -> str:
        """The subject of a proposal, for which the token is given out and the machines have run."""
        subject = str(self.judge(proposal, book)["subject"])
        offer = {"change": proposal.change, "token": proposal.token, "subject": subject}
        now = self.now()
        gates = [
            ("gate", {"change": proposal.change, "gate": {
                "gate": gate, "subject": subject, "result": "pass", "tool": f"{gate} 1.0",
                "ruleset": gate[0] + "1", "at": now, "escalate_to": None,
            }})
            for gate in ("wording", "secrecy")
        ]  # fmt: skip
        book.append([("offer", offer), *gates], now, self.signer)
        return subject

    def act(
        self, proposal: Proposal, book: Book, office: int, subject: str, unit: str = "",
        **changes: Any,
    ) -> None:  # fmt: skip
        """One act, as it is observed: 2, 3 and 4 approve at their level."""
        now = self.now()
        word = "签发" if office == 4 else "同意"
        lines = [f"{word} {proposal.token}", *TICKS.get(office, [])]
        act = {
            "id": f"r{book.state.size}", "account": self.account(unit or proposal.unit, office),
            "state": "approve", "at": now, "via": "event", "head_subject": subject,
            "body": "\n".join(lines), "edited": False, "dismissed": None, "signature": None,
        } | changes  # fmt: skip
        answer = hashlib.sha256(repr(act).encode()).hexdigest()
        body = {"change": proposal.change, "act": act, "answer": answer}
        book.append([("observe", body)], now, self.signer)

    def review(self, proposal: Proposal, offices: Iterable[int] = (2, 3, 4)) -> dict[str, Any]:
        """The verdict after these have approved."""
        book = self.book
        subject = self.offer(proposal, book)
        for office in offices:
            self.act(proposal, book, office, subject)
        return self.judge(proposal, book)

    def merge(self, proposal: Proposal, also: Mapping[str, str] | None = None) -> str:
        """The squash of a proposal on main; `also` are files that nobody approved."""
        self.repository.git("merge", "-q", "--squash", proposal.head)
        return self.repository.commit(also)

    def admit(self, *ours: str, commit: str | None = None) -> list[Judgement]:
        """What becomes of what is new on trunk."""
        return admit(self.book, self.signer, self.now(), commit, ours)

    def publish(self, unit: str, files: Mapping[str, str | bytes], *deleted: str) -> Judgement:
        """A change from its proposal to its admission, in the regular way."""
        proposal = self.propose(unit, files, *deleted)
        verdict = self.review(proposal)
        assert verdict["decision"] == "approve", verdict["reasons"]
        commit = self.merge(proposal)
        (judged,) = self.admit(commit)
        assert judged.decision == "admitted", judged
        return judged


def _class(data: bytes | None) -> str | None:
    found = _CLASS.search(data) if data is not None else None
    return found[1].decode() if found else None


def _restores(data: bytes | None) -> int | None:
    found = _RESTORES.search(data) if data is not None else None
    return int(found[1]) if found else None
