"""All that GitHub says of one change, asked for in one go, with what is missing told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from generator.forge.http import Client, ForgeError, Listing
from generator.forge.queries import AUTHORS, DISMISSALS, REVIEWS

__all__ = ["REVIEW_EVENT", "Answers", "ask"]

REVIEW_EVENT = "review-event.yml"
_MOST_PAGES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers about one change; lists say of themselves whether they are whole."""

    pull: Mapping[str, Any]
    commits: Listing
    files: Listing
    reviews: Listing
    timeline: Listing
    activities: Listing
    runs: Listing
    edits: Listing  # GraphQL: reviews
    authors: Listing  # GraphQL: commits
    events: Listing  # GraphQL: dismissals, force-pushes, moves of the target


def ask(client: Client, owner: str, name: str, number: int) -> Answers:
    """What GitHub says of a change; asked again where the change moved meanwhile.

    Errors: ForgeError where the change itself cannot be read, or does not stand still.
    """
    repository = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"
    pull = client.get(f"{repository}/pulls/{number}")
    for _ in range(3):
        answers = _ask(client, repository, (owner, name, number), pull)
        again = client.get(f"{repository}/pulls/{number}")
        if _state(again) == _state(pull):
            return answers
        pull = again
    raise ForgeError(f"change {number} moved while it was read")


def _state(pull: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        pull["head"]["sha"],
        pull["base"]["ref"],
        pull["state"],
        pull.get("draft"),
        pull["commits"],
        pull["changed_files"],
    )


def _ask(
    client: Client, repository: str, change: tuple[str, str, int], pull: Mapping[str, Any]
) -> Answers:
    number = change[2]
    branch = str(pull["head"]["ref"])
    return Answers(
        pull=pull,
        commits=client.every(f"{repository}/pulls/{number}/commits"),
        files=client.every(f"{repository}/pulls/{number}/files"),
        reviews=client.every(f"{repository}/pulls/{number}/reviews"),
        timeline=client.every(f"{repository}/issues/{number}/timeline"),
        activities=client.every(f"{repository}/activity", {"ref": f"refs/heads/{branch}"}),
        runs=client.every(
            f"{repository}/actions/workflows/{REVIEW_EVENT}/runs",
            {"event": "pull_request_review", "branch": branch},
            key="workflow_runs",
        ),
        edits=_connection(client, REVIEWS, change),
        authors=_connection(client, AUTHORS, change),
        events=_connection(client, DISMISSALS, change),
    )


def _connection(client: Client, query: str, change: tuple[str, str, int]) -> Listing:
    """A GraphQL connection to its end; whole if it has as many nodes as it says."""
    owner, name, number = change
    rows: list[Mapping[str, Any]] = []
    after: str | None = None
    total = 0
    try:
        for _ in range(_MOST_PAGES):
            variables = {"owner": owner, "name": name, "number": number, "after": after}
            data = client.graphql(query, variables)
            connection = data["repository"]["pullRequest"]["connection"]
            total = connection["totalCount"]
            rows.extend(node for node in connection["nodes"] if node is not None)
            if not connection["pageInfo"]["hasNextPage"]:
                break
            after = connection["pageInfo"]["endCursor"]
    except (ForgeError, KeyError, TypeError) as error:
        return Listing(tuple(rows), False, total, f"GraphQL: {error}")
    whole = len(rows) == total
    return Listing(tuple(rows), whole, total, "" if whole else "GraphQL: a node is missing")
