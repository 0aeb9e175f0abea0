"""What is said of a captured change: the comment at the forge, the text of the check."""

from __future__ import annotations

from collections.abc import Iterator

from generator.differences import Change, as_markdown, change_of
from generator.keeper.book import Book
from generator.keeper.capture import Captured
from generator.keeper.items import PLAIN, blob
from generator.keeper.rules import rules_at
from generator.review.asked import asked_of
from generator.review.comment import Extras, Finding, comment
from generator.review.facts import parse_facts
from generator.review.instants import instant
from generator.review.openings import openings
from generator.review.telling import Telling
from generator.schema import Schemas
from generator.tree.raw import Differs, MissingObjectError

__all__ = ["comment_of", "told"]

_MOST_FILES = 50


def told(found: Captured, book: Book, now: str) -> str:
    """The verdict as text, with names and with whom to ask."""
    roles, policy = rules_at(book.objects, book.state)
    facts, _ = parse_facts(found.facts)
    at = instant(now)
    asked = {}
    if facts is not None and at is not None:
        asked = asked_of(found.verdict, facts, roles.roles, policy.policy, at)
    return Telling(roles=roles.roles, zone=policy.policy.zone, asked=asked).text(found.verdict)


def comment_of(found: Captured, book: Book, schemas: Schemas, now: str, preview: str) -> str:
    """The comment in Markdown; `preview` is a link to what the change looks like, or empty."""
    roles, policy = rules_at(book.objects, book.state)
    extras = Extras(
        token=found.token,
        findings=[
            Finding(
                severity=one.severity,
                path=one.path,
                line=one.line,
                rule=one.rule,
                message=one.message,
                proposal=one.proposal,
            )
            for one in found.noticed
            if one.severity != "hint"
        ],
        differences=as_markdown(_changes(found, book, schemas)),
        preview=preview,
        faults=found.faults,
        message=found.message,
    )
    open_levels = openings(found.facts, found.verdict, roles.roles, policy.policy, now)
    return comment(found.verdict, open_levels, roles.roles, policy.policy, extras)


def _changes(found: Captured, book: Book, schemas: Schemas) -> Iterator[Change]:
    for item in found.facts["items"][:_MOST_FILES]:
        if item["mode"] in (PLAIN, None):
            try:
                old, new = (blob(book.objects, item[name]) for name in ("base", "git"))
            except (Differs, MissingObjectError):  # a link to another repository, which is refused
                continue
            yield change_of(item["path"], old, new, schemas)
