"""Everybody who had a part in a change, from every source that GitHub has.

Nobody may review what he helped to make, so a contributor who cannot be named makes the list
incomplete: an address that belongs to no account may be any reviewer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator.forge.accounts import account_of, account_of_actor, noreply_id
from generator.forge.answers import Answers
from generator.forge.captured import chain_fault
from generator.forge.reading import Account, Contributor

__all__ = ["contributors_of", "initiator_of", "suggestions_of"]

# GitHub itself commits for those who edit in the browser; its account is nobody.
_WEB_FLOW = "19864447"
_COAUTHOR = re.compile(r"^co-authored-by:.*<([^<>]+)>\s*$", re.IGNORECASE | re.MULTILINE)
_SUGGESTION = re.compile(r"^(`{3,}|~{3,})suggestion[^\n]*\n(.*?)^\1", re.MULTILINE | re.DOTALL)


class _People:
    """Accounts with the parts they had, and what could not be named."""

    def __init__(self) -> None:
        self.kinds: dict[str, tuple[Account, set[str]]] = {}
        self.faults: list[str] = []

    def add(self, account: Account | None, kind: str, missing: str) -> None:
        if account is None:
            self.faults.append(missing)
        else:
            self.kinds.setdefault(account.id, (account, set()))[1].add(kind)


def contributors_of(answers: Answers) -> tuple[tuple[Contributor, ...], tuple[str, ...]]:
    """The contributors, and why the list is not complete (empty: it is)."""
    people = _People()
    pull = answers.pull
    people.add(account_of(pull.get("user")), "opener", "the account that opened it is gone")
    _committers(people, answers)
    _pushers(people, answers)
    ordered = sorted(people.kinds.values(), key=lambda pair: pair[0])
    found = tuple(Contributor(account, tuple(sorted(kinds))) for account, kinds in ordered)
    return found, tuple(dict.fromkeys(people.faults))


def _committers(people: _People, answers: Answers) -> None:
    """Authors, committers and co-authors: by REST, by GraphQL, and by the message itself."""
    if not answers.commits.complete or len(answers.commits.rows) != answers.pull["commits"]:
        people.faults.append(answers.commits.fault or "not every commit was told")
    if not answers.authors.complete:
        people.faults.append(answers.authors.fault)
    by_commit = {node["commit"]["oid"]: node["commit"]["authors"] for node in answers.authors.rows}
    for row in answers.commits.rows:
        name, said = str(row["sha"]), row["commit"]
        known = by_commit.get(name)
        if known is None or known["totalCount"] != len(known["nodes"]):
            people.faults.append(f"{name[:12]}: its authors were not told")
            known = known or {"nodes": []}
        accounts = _by_address(known["nodes"])
        for kind in ("author", "committer"):
            address = str((said.get(kind) or {}).get("email", ""))
            account = account_of(row.get(kind)) or accounts.get(address) or noreply_id(address)
            if kind == "committer" and account is not None and account.id == _WEB_FLOW:
                continue
            people.add(account, kind, f"{name[:12]}: {kind} <{address}> belongs to no account")
        author = str((said.get("author") or {}).get("email", ""))
        named = _COAUTHOR.findall(str(said.get("message", "")))
        others = {str(node.get("email", "")) for node in known["nodes"] if node} | set(named)
        for address in sorted(others - {author}):
            account = accounts.get(address) or noreply_id(address)
            missing = f"{name[:12]}: co-author <{address}> belongs to no account"
            people.add(account, "coauthor", missing)


def _by_address(nodes: Iterable[Mapping[str, Any] | None]) -> dict[str, Account]:
    found = {}
    for node in nodes:
        account = account_of_actor(node.get("user")) if node else None
        if node and account:
            found[str(node.get("email", ""))] = account
    return found


def _pushers(people: _People, answers: Answers) -> None:
    """Whoever moved the branch, by any kind of move."""
    pull = answers.pull
    if fault := chain_fault(answers.activities, str(pull["head"]["sha"])):
        people.faults.append(f"the branch's record: {fault}")
    for row in answers.activities.rows:
        if row["activity_type"] == "branch_deletion":
            continue  # takes bytes away; brings none
        missing = f"the account that pushed {str(row['after'])[:12]} is gone"
        people.add(account_of(row.get("actor")), "pusher", missing)


def initiator_of(answers: Answers) -> Account | None:
    """For whom a bot opened the change: the one person whom that bot assigned to it.

    An assignment is the forge's own record, with the numbers of both accounts; the text of the
    change can be edited by anyone. Several persons, or none: None.
    """
    opener = account_of(answers.pull.get("user"))
    if opener is None or opener.type != "bot":
        return None
    named = {
        account
        for row in answers.timeline.rows
        if row.get("event") == "assigned" and account_of(row.get("actor")) == opener
        if (account := account_of(row.get("assignee"))) is not None and account.type == "user"
    }
    return named.pop() if len(named) == 1 else None


def suggestions_of(
    answers: Answers,
) -> tuple[tuple[tuple[Account | None, str, str], ...], tuple[str, ...]]:
    """Text that reviewers proposed: account, path, text; and why that may not be all."""
    found: list[tuple[Account | None, str, str]] = []
    faults: list[str] = []
    for node in answers.edits.rows:
        comments = node["comments"]
        if comments["totalCount"] != len(comments["nodes"]):
            faults.append("a review has more comments than were told")
        for comment in comments["nodes"]:
            for _, text in _SUGGESTION.findall(str(comment["body"]).replace("\r\n", "\n")):
                found.append((account_of_actor(comment["author"]), str(comment["path"]), text))
    return tuple(found), tuple(dict.fromkeys(faults))
