"""Which head a review was written on: believed only where three records of the forge agree.

The run of `review-event.yml` is nothing but the platform's record that its actor acted on a head
at a time: the file that ran may be the author's own, so nothing that it put out is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from generator.forge.answers import REVIEW_EVENT
from generator.forge.http import Listing

__all__ = ["chain_fault", "head_at", "heads_of_reviews", "moment"]

_WITHIN = timedelta(seconds=60)
_ZERO = "0" * 40


def moment(text: Any) -> datetime | None:
    """A time of the forge, or None for what is none."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else None


def heads_of_reviews(
    reviews: Sequence[Mapping[str, Any]], runs: Iterable[Mapping[str, Any]], activities: Listing
) -> dict[int, str]:
    """Review number → the commit that the review's own event showed; others are absent.

    Source: review.md §15: a first attempt of our workflow, exactly one review by its actor in the
        60 s before it, and that review, the run and the branch all name one commit.
    """
    if not activities.complete:
        return {}
    found: dict[int, str] = {}
    for run in runs:
        path = str(run.get("path", "")).partition("@")[0]
        created = moment(run.get("created_at"))
        if (
            run.get("event") != "pull_request_review"
            or path != f".github/workflows/{REVIEW_EVENT}"
            or run.get("run_attempt") != 1
            or created is None
        ):
            continue
        actor = (run.get("actor") or {}).get("id")
        near = [review for review in reviews if _is_by(review, actor, created)]
        if actor is None or len(near) != 1:
            continue
        review, head = near[0], run.get("head_sha")
        submitted = moment(review["submitted_at"])
        assert submitted is not None
        if head == review.get("commit_id") == head_at(activities.rows, submitted):
            found[review["id"]] = str(head)
    return found


def _is_by(review: Mapping[str, Any], actor: Any, created: datetime) -> bool:
    submitted = moment(review.get("submitted_at"))
    return (
        (review.get("user") or {}).get("id") == actor
        and submitted is not None
        and created - _WITHIN <= submitted <= created
    )


def head_at(activities: Iterable[Mapping[str, Any]], at: datetime) -> str | None:
    """The branch's commit at a time; None before it began, or if it moved in that very second."""
    last: tuple[datetime, str] | None = None
    for row in activities:
        when = moment(row.get("timestamp"))
        if when is None or when == at:
            return None
        if when < at and (last is None or when > last[0]):
            last = (when, str(row["after"]))
    return last[1] if last and last[1] != _ZERO else None


def chain_fault(activities: Listing, head: str) -> str:
    """Why the moves of a branch are no whole history of `head`; empty if they are.

    Shapes: newest first, as GitHub lists them; a branch deleted after its merge ends at nothing.
    """
    if not activities.complete:
        return activities.fault or "the list was cut short"
    wanted = head
    for number, row in enumerate(activities.rows):
        if number == 0 and row["activity_type"] == "branch_deletion":
            if row["before"] != head:
                return "the branch was deleted at another commit"
            continue
        if row["after"] != wanted:
            return f"no record of the push that brought {wanted[:12]}"
        wanted = row["before"]
        if wanted == _ZERO:
            return ""
    return "no record of how the branch began"
