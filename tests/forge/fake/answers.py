"""What the fake says of its world, as GitHub says it; required properties are filled in later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.forge.fake.bare import ZERO
from tests.forge.fake.people import GHOST, WEB_FLOW, User
from tests.forge.fake.world import Activity, Change, Event, Review, Run, World

__all__ = ["Answers", "moment"]


def moment(at: datetime | None) -> str | None:
    """A time as GitHub writes it."""
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _user(user: User | None) -> dict[str, Any] | None:
    return None if user is None else user.shown()


class Answers:
    """The world, in the words of the API."""

    def __init__(self, world: World) -> None:
        self.world = world

    def repository(self) -> dict[str, Any]:
        private = self.world.visibility != "public"
        return {
            "id": 77,
            "name": self.world.name,
            "full_name": f"{self.world.owner}/{self.world.name}",
            "owner": {"id": 9, "login": self.world.owner, "type": "Organization"},
            "private": private,
            "visibility": self.world.visibility,
            "default_branch": "main",
        }

    def change(self, change: Change) -> dict[str, Any]:
        commits = self.world.bare.between(self._start(change), change.head_sha)
        repository = None if change.head_gone else self.repository()
        tip = self.world.bare.tip(f"refs/heads/{change.base}") or ZERO
        return {
            "id": change.number + 1000,
            "number": change.number,
            "state": change.state,
            "draft": change.draft,
            "title": change.title,
            "body": change.body,
            "user": _user(change.user or GHOST),
            "created_at": moment(change.opened),
            "merged_at": moment(self.world.now) if change.merge_commit else None,
            "head": {
                "label": change.branch,
                "ref": change.branch,
                "sha": change.head_sha,
                "repo": repository,
                "user": {"id": 9, "login": self.world.owner, "type": "Organization"},
            },
            "base": {
                "label": change.base,
                "ref": change.base,
                "sha": change.base_sha if change.state == "closed" else tip,
                "repo": self.repository(),
                "user": {"id": 9, "login": self.world.owner, "type": "Organization"},
            },
            "merged": change.merge_commit is not None,
            "merge_commit_sha": change.merge_commit,
            "merged_by": _user(change.merged_by),
            "commits": len(commits),
            "changed_files": len(self.world.bare.changed(self._start(change), change.head_sha)),
        }

    def _start(self, change: Change) -> str:
        return change.base_sha

    def commits(self, change: Change) -> list[dict[str, Any]]:
        names = self.world.bare.between(self._start(change), change.head_sha)
        return [self._commit(name) for name in names[:250]]

    def _commit(self, name: str) -> dict[str, Any]:
        shown = self.world.bare.show(name)
        return {
            "sha": name,
            "author": self._account(shown["ae"]),
            "committer": self._account(shown["ce"]),
            "commit": {
                "message": shown["message"],
                "author": {"name": shown["an"], "email": shown["ae"], "date": shown["ad"]},
                "committer": {"name": shown["cn"], "email": shown["ce"], "date": shown["cd"]},
            },
        }

    def _account(self, email: str) -> dict[str, Any] | None:
        if email == WEB_FLOW.email:
            return WEB_FLOW.shown()
        return _user(self.world.known.get(email))

    def files(self, change: Change) -> list[dict[str, Any]]:
        rows = []
        for status, path, blob, previous in self.world.bare.changed(
            self._start(change), change.head_sha
        ):
            row = {"filename": path, "status": status, "sha": blob}
            rows.append(row | ({"previous_filename": previous} if previous else {}))
        return rows[:3000]

    def review(self, review: Review) -> dict[str, Any]:
        shown = {
            "id": review.id,
            "user": _user(review.user),
            "state": review.state,
            "body": review.body,
            "commit_id": review.commit,
        }
        return shown if review.state == "PENDING" else {**shown, "submitted_at": moment(review.at)}

    def event(self, change: Change, event: Event) -> dict[str, Any]:
        shown = {
            "id": self.world.id(),
            "event": event.kind,
            "actor": _user(event.actor),
            "created_at": moment(event.at),
            "commit_id": event.data.get("commit_id"),
        }
        if event.kind == "assigned":
            shown["assignee"] = event.data["assignee"]
        if event.kind == "review_dismissed":
            shown["dismissed_review"] = {
                "review_id": event.data["review"],
                "state": event.data["state"].lower(),
                "dismissal_message": None,
            }
        return shown

    def comment(self, comment: dict[str, Any]) -> dict[str, Any]:
        return dict(comment)

    def timeline(self, change: Change) -> list[dict[str, Any]]:
        lines = [(event.at, self.event(change, event)) for event in change.events]
        lines.extend((review.at, self._reviewed(review)) for review in change.reviews)
        for comment in change.comments.values():
            shown = {**comment, "event": "commented", "actor": comment["user"]}
            lines.append((datetime.fromisoformat(comment["created_at"]), shown))
        return [line for _, line in sorted(lines, key=lambda pair: pair[0])]

    def _reviewed(self, review: Review) -> dict[str, Any]:
        return {**self.review(review), "event": "reviewed", "state": review.state.lower()}

    def activity(self, activity: Activity) -> dict[str, Any]:
        return {
            "id": activity.id,
            "activity_type": activity.kind,
            "actor": _user(activity.actor),
            "ref": activity.ref,
            "before": activity.before,
            "after": activity.after,
            "timestamp": moment(activity.at),
        }

    def approval(self, environment: str, state: str, user: User) -> dict[str, Any]:
        """What somebody said of a run that waited for an environment."""
        return {
            "environments": [{"id": 9, "name": environment}],
            "state": state,
            "user": user.shown(),
            "comment": "",
        }

    def run(self, run: Run) -> dict[str, Any]:
        return {
            "id": run.id,
            "event": run.event,
            "path": run.path,
            "head_sha": run.head_sha,
            "head_branch": run.head_branch,
            "actor": _user(run.actor),
            "triggering_actor": _user(run.triggering_actor),
            "run_attempt": run.attempt,
            "created_at": moment(run.at),
            "pull_requests": [],  # may be empty, as GitHub's documentation warns
            "status": "completed",
            "conclusion": "success",
        }
