"""What happened at the fake forge: pushes, changes, reviews, runs, each with its server time.

Tests act through the methods here; what the API says of it is made in `answers.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.forge.fake.bare import ZERO, Bare
from tests.forge.fake.people import ACTIONS_BOT, WEB_FLOW, User

__all__ = ["Activity", "Change", "Event", "Review", "Run", "World"]

REVIEW_WORKFLOW = ".github/workflows/review-event.yml"


@dataclass
class Activity:
    """A move of a branch, with who moved it."""

    id: int
    kind: str
    actor: User | None
    ref: str
    before: str
    after: str
    at: datetime


@dataclass
class Review:
    """A review; `commit` moves at a force-push, as GitHub's does for an approval."""

    id: int
    user: User | None
    state: str
    body: str
    at: datetime
    commit: str | None
    edited_at: datetime | None = None
    suggestions: list[tuple[User | None, str, str]] = field(default_factory=list)


@dataclass
class Run:
    """A run of a workflow."""

    id: int
    event: str
    path: str
    head_sha: str
    head_branch: str
    actor: User
    triggering_actor: User
    attempt: int
    at: datetime


@dataclass
class Event:
    """A line of a change's timeline."""

    kind: str
    actor: User | None
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)


@dataclass
class Change:
    """A pull request."""

    number: int
    user: User | None
    branch: str
    base: str
    opened: datetime
    title: str = "change"
    body: str | None = None
    state: str = "open"
    draft: bool = False
    merged_by: User | None = None
    merge_commit: str | None = None
    base_sha: str = ""
    head_sha: str = ""
    head_gone: bool = False
    reviews: list[Review] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    comments: dict[int, dict[str, Any]] = field(default_factory=dict)


class World:
    """A repository with its changes; time passes a second with every event."""

    def __init__(self, folder: Path, owner: str = "city", name: str = "site") -> None:
        self.owner, self.name = owner, name
        self.bare = Bare(folder)
        self.now = datetime(2026, 11, 20, tzinfo=UTC)
        self.changes: dict[int, Change] = {}
        self.activities: list[Activity] = []
        self.runs: list[Run] = []
        self.checks: list[dict[str, Any]] = []
        self.rules: list[dict[str, Any]] = []
        self.rulesets: dict[int, dict[str, Any]] = {}
        self.visibility = "private"
        self.approvals: dict[int, list[tuple[str, str, User]]] = {}  # of runs: environment, state
        self.methods = {"squash"}
        self.known: dict[str, User] = {}  # accounts by the address of their commits
        self._ids = 3_000_000_000  # past 32 bits, as GitHub's review ids are

    def at(self, moment: str) -> None:
        """Sets the clock."""
        self.now = datetime.fromisoformat(moment).astimezone(UTC)

    def tick(self, seconds: float = 1) -> datetime:
        """The next moment."""
        self.now += timedelta(seconds=seconds)
        return self.now

    def id(self) -> int:
        """A number not given before."""
        self._ids += 1
        return self._ids

    def know(self, *users: User) -> None:
        """GitHub links commits to these accounts by their addresses."""
        self.known |= {user.email: user for user in users}

    # pushes ------------------------------------------------------------------------------------

    def push(
        self,
        actor: User | None,
        branch: str,
        files: Mapping[str, bytes | None],
        *,
        onto: str | None = None,
        author: User | tuple[str, str] | None = None,
        committer: User | tuple[str, str] | None = None,
        message: str = "change",
        modes: Mapping[str, str] | None = None,
    ) -> str:
        """A new commit on a branch (of `onto`, where that is given: then perhaps by force)."""
        ref = f"refs/heads/{branch}"
        before = self.bare.tip(ref)
        parent = onto or before or self.bare.tip("refs/heads/main")
        writer = author or actor or ("ghost", "ghost@forge.invalid")
        commit = self.bare.commit(
            [parent] if parent else [],
            files,
            author=writer,
            committer=committer or writer,
            message=message,
            at=self.tick().isoformat(),
            modes=modes,
        )
        self.moved(actor, branch, commit)
        return commit

    def moved(self, actor: User | None, branch: str, commit: str | None) -> None:
        """A branch is set to a commit that is there, by whatever way, or deleted."""
        ref = f"refs/heads/{branch}"
        before = self.bare.tip(ref)
        if commit == before:
            return
        self.bare.move(ref, commit)
        self.received(actor, branch, before)

    def received(self, actor: User | None, branch: str, before: str | None) -> None:
        """A branch that was at `before` has moved: by `git push` itself, or by `moved`."""
        ref = f"refs/heads/{branch}"
        commit = self.bare.tip(ref)
        if commit is None:
            kind = "branch_deletion"
        elif before is None:
            kind = "branch_creation"
        elif self.bare.contains(commit, before):
            kind = "push"
        else:
            kind = "force_push"
        now = self.tick()
        self.activities.append(
            Activity(self.id(), kind, actor, ref, before or ZERO, commit or ZERO, now)
        )
        for change in self.changes.values():
            if change.branch == branch and change.state == "open" and commit:
                self._head_moved(change, actor, commit, forced=kind == "force_push")

    def _head_moved(self, change: Change, actor: User | None, commit: str, forced: bool) -> None:
        change.head_sha = commit
        self.bare.move(f"refs/pull/{change.number}/head", commit)
        if forced:
            change.events.append(
                Event("head_ref_force_pushed", actor, self.now, {"commit_id": commit})
            )
            for review in change.reviews:
                if review.state == "APPROVED":
                    review.commit = commit

    # changes -----------------------------------------------------------------------------------

    def open(
        self, user: User | None, branch: str, *, base: str = "main", number: int | None = None
    ) -> Change:
        """A pull request from a branch."""
        number = number or max(self.changes, default=122) + 1
        base_sha = self.bare.tip(f"refs/heads/{base}") or ZERO
        change = Change(number, user, branch, base, self.tick(), base_sha=base_sha)
        self.changes[number] = change
        self._head_moved(change, user, self.bare.tip(f"refs/heads/{branch}") or ZERO, forced=False)
        return change

    def close(self, change: Change, actor: User) -> None:
        """Closed without a merge."""
        change.state = "closed"
        change.events.append(Event("closed", actor, self.tick()))

    def assign(self, change: Change, actor: User, assignee: User) -> None:
        """Somebody is assigned to a change."""
        change.events.append(Event("assigned", actor, self.tick(), {"assignee": assignee.shown()}))

    def rebase_target(self, change: Change, actor: User, base: str) -> None:
        """The change is pointed to another branch."""
        previous, change.base = change.base, base
        change.base_sha = self.bare.tip(f"refs/heads/{base}") or ZERO
        data = {"previous": previous, "current": base}
        change.events.append(Event("base_ref_changed", actor, self.tick(), data))

    # reviews -----------------------------------------------------------------------------------

    def review(
        self,
        change: Change,
        user: User | None,
        state: str = "APPROVED",
        body: str = "",
        *,
        run: bool = True,
        commit: str | None = None,
    ) -> Review:
        """A review of the head as its author saw it; `run`: GitHub started the workflow for it."""
        seen = commit or change.head_sha
        review = Review(self.id(), user, state, body, self.tick(), seen)
        change.reviews.append(review)
        if run and user is not None:
            self.run(change, user, seen)
        return review

    def run(
        self,
        change: Change,
        actor: User,
        head_sha: str,
        *,
        path: str = REVIEW_WORKFLOW,
        event: str = "pull_request_review",
        attempt: int = 1,
        triggering: User | None = None,
    ) -> Run:
        """A run of a workflow, two seconds after now."""
        run = Run(
            self.id(),
            event,
            path,
            head_sha,
            change.branch,
            actor,
            triggering or actor,
            attempt,
            self.tick(2),
        )
        self.runs.append(run)
        return run

    def edit(self, review: Review, body: str) -> None:
        """The body of a review is rewritten: only `lastEditedAt` tells."""
        review.body = body
        review.edited_at = self.tick()

    def dismiss(self, change: Change, review: Review, actor: User | None) -> None:
        """A review is dismissed: its state is gone from the list of reviews."""
        data = {"review": review.id, "state": review.state}
        review.state = "DISMISSED"
        change.events.append(Event("review_dismissed", actor, self.tick(), data))

    def ghost(self, user: User) -> None:
        """The account is deleted: every mention of it is null."""
        for change in self.changes.values():
            if change.user == user:
                change.user = None
            for review in change.reviews:
                if review.user == user:
                    review.user = None
            for event in change.events:
                if event.actor == user:
                    event.actor = None
        for activity in self.activities:
            if activity.actor == user:
                activity.actor = None
        self.known = {mail: other for mail, other in self.known.items() if other != user}

    def rename(self, user: User, login: str) -> User:
        """The account has another login from now on."""
        renamed = replace(user, login=login)
        for change in self.changes.values():
            for review in change.reviews:
                if review.user == user:
                    review.user = renamed
            if change.user == user:
                change.user = renamed
        return renamed

    # merging -----------------------------------------------------------------------------------

    def squash(self, change: Change, actor: User = ACTIONS_BOT) -> str:
        """Merges as GitHub does for `squash`. Errors: ConflictError."""
        trunk = self.bare.tip(f"refs/heads/{change.base}")
        assert trunk is not None
        tree = self.bare.merge_tree(trunk, change.head_sha)
        message = f"{change.title} (#{change.number})"
        author = change.user or ("ghost", "ghost@forge.invalid")
        when = self.tick().isoformat()
        commit = self.bare.commit_tree(tree, [trunk], author, WEB_FLOW, message, when)
        self.bare.move(f"refs/heads/{change.base}", commit)
        self.activities.append(
            Activity(
                self.id(), "pr_merge", actor, f"refs/heads/{change.base}", trunk, commit, self.now
            )
        )
        change.state, change.merged_by, change.merge_commit = "closed", actor, commit
        return commit
