"""GitHub: a change read whole, and the four things that are done to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from generator.forge.accounts import account_of
from generator.forge.acts import acts_of
from generator.forge.answers import Answers, ask
from generator.forge.contributors import contributors_of, initiator_of, suggestions_of
from generator.forge.http import Client, ForgeError, Listing
from generator.forge.reading import Account, Reading

__all__ = ["MARK", "GitHub", "MergeAnswer", "reading_of"]

MARK = "<!-- gongkai:review -->"
_ACTIONS = "41898282"  # github-actions[bot], whom the workflow's token speaks for


@dataclass(frozen=True, slots=True)
class MergeAnswer:
    """What became of a merge: its commit, or why there is none."""

    commit: str | None
    moved: bool  # 409: the head is another one now
    message: str


@contextmanager
def _formed(what: str) -> Iterator[None]:
    """An answer of another form than GitHub describes is no answer. Errors: ForgeError."""
    try:
        yield
    except ForgeError:
        raise
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise ForgeError(f"{what}: an answer of another form ({error!r:.100})") from error


class GitHub:
    """A repository at GitHub; `own` is the account number that our token speaks for."""

    def __init__(self, client: Client, owner: str, name: str, own: str = _ACTIONS) -> None:
        self._client = client
        self._owner, self._name, self._own = owner, name, own
        self._at = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"

    def visibility(self) -> str:
        """`private`, `internal` or `public`. Errors: ForgeError."""
        data = self._client.get(self._at)
        return str(data.get("visibility") or ("private" if data["private"] else "public"))

    def open_changes(self) -> list[int]:
        """The numbers of all open changes. Errors: ForgeError where the list is cut short."""
        listing = self._client.every(f"{self._at}/pulls", {"state": "open"})
        with _formed("open changes"):
            return sorted(int(row["number"]) for row in _whole(listing))

    def changes_of(self, commit: str) -> list[int]:
        """The merged changes whose merge made a commit, of the last hundred that moved.

        Errors: ForgeError.
        """
        query: dict[str, str | int] = {
            "state": "closed",
            "sort": "updated",
            "direction": "desc",
            "per_page": 100,
        }
        rows = self._client.get(f"{self._at}/pulls", query)
        with _formed("changes"):
            return sorted(
                int(row["number"])
                for row in rows
                if row.get("merge_commit_sha") == commit and row.get("merged_at") is not None
            )

    def preview_run(self, head: str) -> int | None:
        """The newest run of `preview.yml` on a head; None where there is none, or no answer."""
        path = f"{self._at}/actions/workflows/preview.yml/runs"
        answer = self._client.send("GET", path, {"head_sha": head, "per_page": 1})
        runs = answer.data.get("workflow_runs") if isinstance(answer.data, dict) else None
        return int(runs[0]["id"]) if answer.status == 200 and runs else None

    def approver(self, run: int, environment: str) -> Account:
        """The one person who let a run into an environment, by the forge's own record.

        Errors: ForgeError where nobody did, several did, one refused, or it was no person.
        """
        rows = self._client.get(f"{self._at}/actions/runs/{run}/approvals")
        with _formed(f"approvals of run {run}"):
            said = [
                (row["state"], account_of(row["user"]))
                for row in rows
                if environment in {one["name"] for one in row["environments"]}
            ]
        found = {account for _, account in said}
        account = found.pop() if len(found) == 1 else None
        if (
            account is None
            or account.type != "user"
            or {state for state, _ in said} != {"approved"}
        ):
            raise ForgeError(f"run {run}: not approved by exactly one person in {environment}")
        return account

    @property
    def repository(self) -> str:
        """Owner and name, as addresses have them."""
        return f"{self._owner}/{self._name}"

    def read(self, number: int) -> Reading:
        """The change as the forge shows it now. Errors: ForgeError."""
        with _formed(f"change {number}"):
            return reading_of(ask(self._client, self._owner, self._name, number), self._own)

    def merge(self, number: int, head: str, title: str) -> MergeAnswer:
        """Squashes the change if its head is still the one judged. Errors: ForgeError."""
        body = {"sha": head, "merge_method": "squash", "commit_title": title}
        answer = self._client.send("PUT", f"{self._at}/pulls/{number}/merge", body=body)
        data = answer.data if isinstance(answer.data, dict) else {}
        message = str(data.get("message", ""))
        if answer.status == 200 and data.get("merged") is True:
            return MergeAnswer(str(data["sha"]), False, message)
        if answer.status in (405, 409, 422):
            return MergeAnswer(None, answer.status == 409, message)
        raise ForgeError(f"merge: {answer.status} {message[:200]}")

    def post_check(self, head: str, conclusion: str, title: str, summary: str) -> None:
        """Posts the check `gongkai review` to a head. Errors: ForgeError."""
        body = {
            "name": "gongkai review",
            "head_sha": head,
            "status": "completed",
            "conclusion": conclusion,
            "output": {"title": title, "summary": summary[:65_000]},
        }
        self._post(f"{self._at}/check-runs", body)

    def put_comment(self, reading: Reading, text: str) -> bool:
        """Keeps our one comment at this text; whether anything had to be written.

        Errors: ForgeError.
        """
        body = f"{MARK}\n{text}"
        if reading.comment is None:
            self._post(f"{self._at}/issues/{reading.number}/comments", {"body": body})
            return True
        number, there = reading.comment
        if there == body:
            return False
        path = f"{self._at}/issues/comments/{number}"
        answer = self._client.send("PATCH", path, body={"body": body})
        if answer.status != 200:
            raise ForgeError(f"comment {number}: {answer.status}")
        return True

    def rules(self, branch: str) -> tuple[Mapping[str, Any], ...]:
        """The rules in force on a branch, by their effect. Errors: ForgeError."""
        return _whole(self._client.every(f"{self._at}/rules/branches/{quote(branch, safe='')}"))

    def ruleset(self, number: int) -> Mapping[str, Any] | None:
        """A ruleset; None where the token may not read it. Errors: ForgeError."""
        answer = self._client.send("GET", f"{self._at}/rulesets/{number}")
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise ForgeError(f"ruleset {number}: {answer.status}")
        found: Mapping[str, Any] = answer.data
        return found

    def _post(self, path: str, body: Mapping[str, Any]) -> None:
        answer = self._client.send("POST", path, body=body)
        if answer.status != 201:
            raise ForgeError(f"POST {path}: {answer.status}")


def _whole(listing: Listing) -> tuple[Mapping[str, Any], ...]:
    if not listing.complete:
        raise ForgeError(listing.fault)
    return listing.rows


def reading_of(answers: Answers, own: str) -> Reading:
    """The reading that GitHub's answers amount to; `own` is our account's number."""
    pull = answers.pull
    contributors, missing = contributors_of(answers)
    suggestions, unsaid = suggestions_of(answers)
    acts, untold = acts_of(answers)
    head = pull["head"]
    home = (head.get("repo") or {}).get("id")
    foreign = home is not None and home != pull["base"]["repo"]["id"]
    lists = {
        "items": _counted("files", answers.files, pull["changed_files"]),
        "commits": _counted("commits", answers.commits, pull["commits"]),
        "acts": [*untold, *_short(answers.timeline)],
        "contributors": [*missing, *unsaid, *_short(answers.edits), *_short(answers.timeline)],
    }
    if foreign:
        lists["contributors"].append("the branch is in a fork, whose record we do not see")
    merged = bool(pull.get("merged"))
    return Reading(
        change=f"github:{pull['number']}",
        number=int(pull["number"]),
        title=str(pull.get("title") or ""),
        state="merged" if merged else "open" if pull["state"] == "open" else "closed",
        draft=bool(pull.get("draft")),
        opened_at=str(pull["created_at"]),
        target=f"refs/heads/{pull['base']['ref']}",
        head=None if home is None else str(head["sha"]),
        head_ref=str(head["ref"]),
        merge_commit=pull.get("merge_commit_sha") if merged else None,
        merged_by=account_of(pull.get("merged_by")),
        contributors=contributors,
        initiator=initiator_of(answers),
        suggestions=suggestions,
        acts=acts,
        commits=tuple(str(row["sha"]) for row in answers.commits.rows),
        files=tuple(_paths(answers.files.rows)),
        complete={name: not faults for name, faults in lists.items()},
        faults=tuple(dict.fromkeys(fault for faults in lists.values() for fault in faults)),
        comment=_own_comment(answers.timeline, own),
    )


def _short(listing: Listing) -> list[str]:
    return [] if listing.complete else [listing.fault or "a list was cut short"]


def _counted(name: str, listing: Listing, count: int) -> list[str]:
    """Why a list is not whole: cut short, or not as long as the change says."""
    if listing.complete and len(listing.rows) != count:
        return [f"{name}: {len(listing.rows)} told of {count}"]
    return _short(listing)


def _paths(rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    """Path and operation, a rename as a delete and a put, as our own diff says it."""
    for row in rows:
        if row["status"] == "renamed":
            yield str(row["previous_filename"]), "delete"
        if row["status"] != "unchanged":
            yield str(row["filename"]), "delete" if row["status"] == "removed" else "put"


def _own_comment(timeline: Listing, own: str) -> tuple[int, str] | None:
    """Our oldest comment that bears the mark; one that somebody else wrote is not ours."""
    for row in timeline.rows:
        account = account_of(row.get("user"))
        body = str(row.get("body") or "")
        ours = account is not None and account.id == own
        if row.get("event") == "commented" and ours and body.startswith(MARK):
            return int(row["id"]), body
    return None
