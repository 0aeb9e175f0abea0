"""The fake's GraphQL: queries are checked and run against the cut of GitHub's own schema."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from graphql import GraphQLSchema, build_schema, graphql_sync

from tests.forge.fake.answers import moment
from tests.forge.fake.people import User
from tests.forge.fake.world import Change, Event, Review, World

CUT = Path(__file__).parents[1] / "openapi" / "github.graphql"
_TYPES = {"User": "User", "Bot": "Bot", "Mannequin": "Mannequin"}


@cache
def schema() -> GraphQLSchema:
    """The cut, read once."""
    return build_schema(CUT.read_text(encoding="utf-8"))


def answer(world: World, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    """What GitHub says to a query: `data`, and `errors` where there are any."""
    done = graphql_sync(schema(), query, root_value=_Root(world), variable_values=variables)
    said: dict[str, Any] = {"data": done.data}
    if done.errors:
        said["errors"] = [{"message": error.message} for error in done.errors]
    return said


def _actor(user: User | None) -> dict[str, Any] | None:
    if user is None:
        return None
    return {"__typename": _TYPES[user.type], "databaseId": user.id, "login": user.login}


def _connection(nodes: list[Any], first: int | None, after: str | None) -> dict[str, Any]:
    start = int(after or 0)
    end = start + min(first or 100, 100)
    more = end < len(nodes)
    return {
        "nodes": nodes[start:end],
        "totalCount": len(nodes),
        "pageInfo": {"endCursor": str(end), "hasNextPage": more},
    }


class _Root:
    def __init__(self, world: World) -> None:
        self.world = world

    def repository(self, _info: Any, owner: str, name: str, **_: Any) -> _Repository | None:
        known = (owner, name) == (self.world.owner, self.world.name)
        return _Repository(self.world) if known else None


class _Repository:
    def __init__(self, world: World) -> None:
        self.world = world

    def pullRequest(self, _info: Any, number: int) -> _Change | None:  # noqa: N802 - GitHub's name
        change = self.world.changes.get(number)
        return _Change(self.world, change) if change else None


class _Change:
    def __init__(self, world: World, change: Change) -> None:
        self.world, self.change = world, change

    def reviews(self, _info: Any, first: int = 100, after: str | None = None, **_: Any) -> Any:
        return _connection([_review(review) for review in self.change.reviews], first, after)

    def commits(self, _info: Any, first: int = 100, after: str | None = None, **_: Any) -> Any:
        names = self.world.bare.between(self.change.base_sha, self.change.head_sha)
        return _connection([{"commit": _Commit(self.world, name)} for name in names], first, after)

    def timelineItems(  # noqa: N802 - GitHub's name
        self, _info: Any, first: int = 100, after: str | None = None, **_: Any
    ) -> Any:
        kinds = {
            "review_dismissed": "ReviewDismissedEvent",
            "head_ref_force_pushed": "HeadRefForcePushedEvent",
            "base_ref_changed": "BaseRefChangedEvent",
        }
        nodes = [
            {"__typename": kinds[event.kind], **_event(self.change, event)}
            for event in self.change.events
            if event.kind in kinds
        ]
        return _connection(nodes, first, after)


def _review(review: Review) -> dict[str, Any]:
    comments = [
        {"author": _actor(user), "path": path, "body": body}
        for user, path, body in review.suggestions
    ]
    return {
        "author": _actor(review.user),
        "fullDatabaseId": str(review.id),
        "lastEditedAt": moment(review.edited_at),
        "state": review.state,
        "comments": lambda _info, **_: {"nodes": comments, "totalCount": len(comments)},
    }


def _event(change: Change, event: Event) -> dict[str, Any]:
    shown: dict[str, Any] = {"actor": _actor(event.actor), "createdAt": moment(event.at)}
    if event.kind == "review_dismissed":
        of = [review for review in change.reviews if review.id == event.data["review"]]
        shown["previousReviewState"] = event.data["state"]
        shown["review"] = _review(of[0]) if of else None
    if event.kind == "base_ref_changed":
        shown["currentRefName"] = event.data["current"]
        shown["previousRefName"] = event.data["previous"]
    if event.kind == "head_ref_force_pushed":
        shown["afterCommit"] = {"oid": event.data["commit_id"]}
    return shown


class _Commit:
    """A commit with its author, its committer and the co-authors that its message names."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.oid = world, name

    def authors(self, _info: Any, first: int = 100, **_: Any) -> dict[str, Any]:
        shown = self.world.bare.show(self.oid)
        who = [(shown["an"], shown["ae"])]
        for line in shown["message"].splitlines():
            key, _, rest = line.partition(":")
            if key.strip().lower() == "co-authored-by" and rest.rstrip().endswith(">"):
                name, _, email = rest.strip()[:-1].rpartition("<")
                who.append((name.strip(), email))
        nodes = []
        for name, email in dict.fromkeys(who):
            user = self.world.known.get(email)
            known = {"databaseId": user.id, "login": user.login} if user else None
            nodes.append({"name": name, "email": email, "user": known})
        return {"nodes": nodes[:first], "totalCount": len(nodes)}
