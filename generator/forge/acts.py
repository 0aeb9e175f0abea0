"""Reviews → acts, with their edits and dismissals; and whether all of them were told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.forge.accounts import account_of, account_of_actor
from generator.forge.answers import Answers
from generator.forge.captured import heads_of_reviews
from generator.forge.reading import Dismissal, ForgeAct

__all__ = ["STATES", "acts_of"]

# By REST's words; webhooks write them small. Any other word is no approval.
STATES = {"APPROVED": "approve", "CHANGES_REQUESTED": "object", "COMMENTED": "comment"}


def acts_of(answers: Answers) -> tuple[tuple[ForgeAct, ...], tuple[str, ...]]:
    """The acts in order of their numbers, and why they may not be all (empty: they are)."""
    faults = [
        listing.fault or "a list was cut short"
        for listing in (answers.reviews, answers.edits, answers.events)
        if not listing.complete
    ]
    submitted = [row for row in answers.reviews.rows if row.get("submitted_at") is not None]
    edits = {int(node["fullDatabaseId"]): node for node in answers.edits.rows}
    heads = heads_of_reviews(submitted, answers.runs.rows, answers.activities)
    dismissals = _dismissals(answers)
    acts = []
    for row in sorted(submitted, key=lambda row: int(row["id"])):
        number = int(row["id"])
        state: str | None = str(row["state"])
        dismissed = None
        if state == "DISMISSED":
            state, dismissed = dismissals.get(number, (None, None))
        if number not in edits:
            faults.append(f"review {number}: whether it was edited was not told")
        if state is None:
            faults.append(f"review {number}: what it was before its dismissal was not told")
            continue
        acts.append(
            ForgeAct(
                id=f"r{number}",
                account=account_of(row.get("user")),
                state=STATES.get(state, "comment"),
                at=str(row["submitted_at"]),
                body=str(row.get("body") or ""),
                edited=edits.get(number, {}).get("lastEditedAt") is not None,
                dismissed=dismissed,
                head=heads.get(number),
                answer=row,
            )
        )
    return tuple(acts), tuple(dict.fromkeys(faults))


def _dismissals(answers: Answers) -> dict[int, tuple[str, Dismissal]]:
    """Review number → its state before, and its dismissal: by REST's timeline and by GraphQL."""
    found: dict[int, tuple[str, Dismissal]] = {}
    for row in answers.timeline.rows:
        if row.get("event") == "review_dismissed":
            told: Mapping[str, Any] = row["dismissed_review"]
            dismissal = Dismissal(account_of(row.get("actor")), str(row["created_at"]))
            found[int(told["review_id"])] = (str(told["state"]).upper(), dismissal)
    for node in answers.events.rows:
        if node["__typename"] == "ReviewDismissedEvent" and node["review"] is not None:
            dismissal = Dismissal(account_of_actor(node["actor"]), str(node["createdAt"]))
            number = int(node["review"]["fullDatabaseId"])
            found[number] = (str(node["previousReviewState"]), dismissal)
    return found
