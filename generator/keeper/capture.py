"""Capturing: what the forge shows of a change is written to the ledger, judged, told and merged.

Entries come first and words after them: a token is in the ledger before anybody sees it, and what
the comment says is the verdict that was written down.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.forge import ForgeError, GitHub, Reading
from generator.keeper.book import Book, Signer
from generator.keeper.change import Told, told_of
from generator.keeper.scanner import Noticed, Scanner
from generator.keeper.scanning import gate_entries
from generator.review.canonical import canonical
from generator.review.evaluate import evaluate
from generator.review.ledger_state import ChangeSeen
from generator.review.policy import Policy
from generator.tree.append import MovedError
from generator.tree.remote import Remote

__all__ = ["CONCLUSIONS", "Captured", "Desk", "capture", "heads_here", "look", "stop_if_public"]

_TRIES = 4
_VOLATILE = ("inputs_digest",)
# A required check is satisfied by `neutral` and `skipped`, too: none of these may be either.
CONCLUSIONS = {
    "approve": "success",
    "wait": "action_required",
    "refuse": "failure",
    "error": "failure",
}
Additions = list[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What became of one change."""

    reading: Reading
    facts: Mapping[str, Any]
    verdict: Mapping[str, Any]
    token: str | None
    noticed: tuple[Noticed, ...]
    faults: tuple[str, ...]
    merged: str | None = None
    message: str = ""  # why a change that is approved was not merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The gatekeeper's tools: the forge, the remote, the ledger, keys, scanners, clock and words.

    book: opens the ledger anew, after what the remote has was fetched
    now: this instant, RFC 3339
    words: what the comment says; what the check's summary says
    """

    github: GitHub
    remote: Remote
    book: Callable[[], Book]
    signer: Signer
    scanners: Sequence[Scanner]
    now: Callable[[], str]
    words: Callable[[Captured, Book], tuple[str, str]]


def heads_here(remote: Remote, reading: Reading) -> dict[str, bool]:
    """The commits that a reading names, each brought here if the remote still has it."""
    wanted = {act.head for act in reading.acts if act.head}
    if reading.head:
        wanted.add(reading.head)
    if reading.merge_commit:
        wanted.add(reading.merge_commit)
    return {name: remote.bring(name) for name in sorted(wanted)}


def look(
    github: GitHub, remote: Remote, book: Book, scanners: Sequence[Scanner], number: int, now: str
) -> Captured:
    """The verdict on a change as it stands; nothing is written. Errors: ForgeError; LedgerError."""
    reading = github.read(number)
    told = told_of(reading, book, heads_here(remote, reading), scanners)
    return _captured(reading, told, book, now, ())


def capture(desk: Desk, number: int, merge: bool = True) -> Captured:
    """Writes down what is new about a change, judges it, tells it, and merges what is approved.

    Errors: ForgeError; LedgerError; MovedError where the ledger never stood still.
    """
    for _ in range(_TRIES):
        book = desk.book()
        try:
            found = _written(desk, book, number)
        except MovedError:
            continue
        _told(desk, book, found)
        if not merge or found.verdict["decision"] != "approve" or found.reading.state != "open":
            return found
        assert found.reading.head is not None
        answer = desk.github.merge(number, found.reading.head, _title(found.reading))
        if answer.commit is not None:
            return replace(found, merged=answer.commit)
        if not answer.moved:
            return replace(found, message=answer.message)
    raise MovedError(f"change {number} or the ledger never stood still")


def _title(reading: Reading) -> str:
    line = " ".join(reading.title.split())[:120]
    return f"{line} (#{reading.number})"


def _written(desk: Desk, book: Book, number: int) -> Captured:
    """The change judged, with all of it in the ledger. Errors: MovedError."""
    reading = desk.github.read(number)
    heads = heads_here(desk.remote, reading)
    told = told_of(reading, book, heads, desk.scanners)
    now = desk.now()
    observed = _observations(book, told)
    book.append(observed, now, desk.signer)
    told = told_of(reading, book, heads, desk.scanners)
    offered = _offer(book, told)
    gates, noticed = gate_entries(desk.scanners, book, told, now)
    book.append([*offered, *gates], now, desk.signer)
    told = told_of(reading, book, heads, desk.scanners)
    found = _captured(reading, told, book, now, noticed)
    if _is_news(book, found):
        body = {"change": reading.change, "facts": found.facts, "verdict": found.verdict}
        book.append([("verdict", body)], now, desk.signer)
    return found


def _captured(
    reading: Reading, told: Told, book: Book, now: str, noticed: Sequence[Noticed]
) -> Captured:
    verdict = evaluate(told.facts, told.roles, told.policy, now)
    return Captured(
        reading=reading,
        facts=told.facts,
        verdict=verdict,
        token=_token_of(book, reading.change, told.subject),
        noticed=tuple(noticed),
        faults=told.faults,
    )


def _seen(book: Book, change: str) -> ChangeSeen:
    return book.state.changes.get(change, ChangeSeen())


def _token_of(book: Book, change: str, subject: str | None) -> str | None:
    """The token that was given out for a subject, the newest if there are several."""
    offers = _seen(book, change).offers
    found = [token for token, offered in offers.items() if offered == subject]
    return found[-1] if found else None


def _observations(book: Book, told: Told) -> Additions:
    """The acts that the ledger has not, or not so."""
    known = _seen(book, told.facts["change"]).acts
    found: Additions = []
    for act in told.facts["acts"]:
        plain = {name: value for name, value in act.items() if name != "seq"}
        seen = known.get(act["id"])
        if act["id"] in told.answers and (seen is None or canonical(seen.act) != canonical(plain)):
            body = {
                "change": told.facts["change"],
                "act": plain,
                "answer": told.answers[act["id"]],
            }
            found.append(("observe", body))
    return found


def _offer(book: Book, told: Told) -> Additions:
    """A token for a subject that has none: 64 random bits, never a piece of the digest."""
    change, subject = told.facts["change"], told.subject
    if subject is None or told.facts["state"] != "open" or _token_of(book, change, subject):
        return []
    drawn = secrets.token_hex(8)
    token = "-".join(drawn[at : at + 4] for at in range(0, 16, 4))
    return [("offer", {"change": change, "token": token, "subject": subject})]


def _is_news(book: Book, found: Captured) -> bool:
    """Whether the ledger does not have this verdict on these bytes already."""
    last = _seen(book, found.reading.change).verdict_body
    if last is None:
        return True
    old, new = last["facts"], found.facts
    same = all(canonical(old[key]) == canonical(new[key]) for key in ("head", "items", "acts"))
    return not same or _stable(last["verdict"]) != _stable(found.verdict)


def _stable(verdict: Mapping[str, Any]) -> bytes:
    return canonical({key: value for key, value in verdict.items() if key not in _VOLATILE})


def _told(desk: Desk, book: Book, found: Captured) -> None:
    """Renews the comment and, at the head that was judged, the check. Errors: ForgeError."""
    comment, summary = desk.words(found, book)
    desk.github.put_comment(found.reading, comment)
    head = found.reading.head
    if head is not None and found.reading.state == "open":
        title = summary.partition("\n")[0]
        desk.github.post_check(
            head, CONCLUSIONS[found.verdict["decision"]], title or "gongkai", summary
        )


def stop_if_public(github: GitHub, policy: Policy) -> None:
    """Errors: ForgeError where the repository is not as visible as the policy says."""
    visibility = github.visibility()
    if visibility != policy.visibility:
        raise ForgeError(f"repository_public: {visibility}, not {policy.visibility}")
