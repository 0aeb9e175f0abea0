"""The fake over HTTP, on loopback: every request and every answer held to GitHub's description."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.forge.fake import graph
from tests.forge.fake.answers import Answers, moment
from tests.forge.fake.bare import ConflictError
from tests.forge.fake.description import BreachError, Operation, description
from tests.forge.fake.people import ACTIONS_BOT
from tests.forge.fake.world import Change, World

__all__ = ["Fake", "Fault", "serving"]

TOKEN = "ghs_fake"
VERSION = "2022-11-28"


@dataclass
class Fault:
    """An operation that fails: with a status, on a page, a number of times (-1: always)."""

    operation: str
    status: int
    page: int | None = None
    times: int = -1
    headers: dict[str, str] = field(default_factory=dict)


class _RefusedError(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Fake:
    """The forge: a world, the API over it, and what tests want to go wrong."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.answers = Answers(world)
        self.page_size = 100  # no page is larger, whatever is asked
        self.faults: list[Fault] = []
        self.before: dict[str, Callable[[], None]] = {}  # run once, when the operation is asked
        self.news: dict[str, Any] = {}  # fields that no description has, put on every object
        self.breaches: list[str] = []
        self.requests: list[tuple[str, str]] = []
        self.url = ""

    # one request -------------------------------------------------------------------------------

    def handle(
        self, method: str, target: str, headers: dict[str, str], body: Any
    ) -> tuple[int, dict[str, str], Any]:
        """Status, headers and body for a request; breaches of the description are kept."""
        if headers.get("authorization") != f"Bearer {TOKEN}":
            return 401, {}, {"message": "Bad credentials"}
        if urlsplit(target).path == "/graphql":
            self.requests.append(("graphql", target))
            if fault := self._fault("graphql", 1):
                return fault.status, fault.headers, {"message": "fault"}
            said = graph.answer(self.world, body["query"], body.get("variables") or {})
            if "errors" in said:
                self.breaches.append(f"GraphQL: {said['errors']}")
            return 200, {}, said
        try:
            return self._rest(method, target, headers, body)
        except BreachError as breach:
            self.breaches.append(str(breach))
            return 500, {}, {"message": str(breach)}

    def _rest(
        self, method: str, target: str, headers: dict[str, str], body: Any
    ) -> tuple[int, dict[str, str], Any]:
        if headers.get("x-github-api-version") != VERSION or not headers.get("user-agent"):
            raise BreachError("the request names no version of the API, or no user agent")
        operation, path, query = description().request(method, target, body)
        self.requests.append((operation.name, target))
        page = 2 if "after" in query else int(query.get("page", "1"))
        if fault := self._fault(operation.name, page):
            return fault.status, fault.headers, {"message": "fault"}
        if act := self.before.pop(operation.name, None):
            act()
        if (path["owner"], path["repo"]) != (self.world.owner, self.world.name):
            return 404, {}, {"message": "Not Found"}
        more: dict[str, str] = {}
        try:
            status, said = self._answer(operation, path, query, body)
        except _RefusedError as refused:
            status, said = refused.status, {"message": str(refused)}
        if status == 200 and operation.name in _LISTS:
            said, more = self._paged(operation, target, query, said)
        said = description().filled(description().schema_of(operation, status), said)
        judged = said
        if operation.name == "pulls/get" and status == 200 and said["head"]["repo"] is None:
            # GitHub answers null where the fork is gone, though its description says never.
            judged = {**said, "head": {**said["head"], "repo": said["base"]["repo"]}}
        description().answer(operation, status, judged)
        return status, more, self._with_news(said)

    def _with_news(self, said: Any) -> Any:
        if not self.news:
            return said
        if isinstance(said, list):
            return [self._with_news(item) for item in said]
        if isinstance(said, dict):
            return {key: self._with_news(value) for key, value in said.items()} | self.news
        return said

    def _fault(self, operation: str, page: int) -> Fault | None:
        for fault in self.faults:
            if fault.operation == operation and fault.page in (None, page) and fault.times:
                fault.times -= 1
                return fault
        return None

    def _paged(
        self, operation: Operation, target: str, query: dict[str, str], said: Any
    ) -> tuple[Any, dict[str, str]]:
        """A page of a list, with the `Link` to the next."""
        size = min(int(query.get("per_page", "30")), self.page_size)
        rows = said["workflow_runs"] if isinstance(said, dict) else said
        if operation.name == "repos/list-activities":
            start = next(
                (n + 1 for n, row in enumerate(rows) if str(row["id"]) == query.get("after")), 0
            )
        else:
            start = (int(query.get("page", "1")) - 1) * size
        part = rows[start : start + size]
        more = {}
        if start + size < len(rows):
            onward = dict(query)
            if operation.name == "repos/list-activities":
                onward["after"] = str(part[-1]["id"])
            else:
                onward["page"] = str(start // size + 2)
            following = f"{self.url}{urlsplit(target).path}?{urlencode(onward)}"
            more["Link"] = f'<{following}>; rel="next", <{self.url}/>; rel="first"'
        return ({**said, "workflow_runs": part} if isinstance(said, dict) else part), more

    # what is said ------------------------------------------------------------------------------

    def _answer(
        self, operation: Operation, path: dict[str, str], query: dict[str, str], body: Any
    ) -> tuple[int, Any]:
        world, answers = self.world, self.answers
        of_repository: dict[str, Callable[[], tuple[int, Any]]] = {
            "repos/get": lambda: (200, answers.repository()),
            "repos/list-activities": lambda: (200, self._activities(query)),
            "repos/get-branch-rules": lambda: (
                200,
                world.rules if path["branch"] == "main" else [],
            ),
            "repos/get-repo-ruleset": lambda: (200, self._ruleset(int(path["ruleset_id"]))),
            "actions/list-workflow-runs": lambda: (200, self._runs(path, query)),
            "actions/get-reviews-for-run": lambda: (
                200,
                [answers.approval(*row) for row in world.approvals.get(int(path["run_id"]), [])],
            ),
            "checks/create": lambda: (201, self._check(body)),
            "issues/update-comment": lambda: (
                200,
                self._update_comment(int(path["comment_id"]), body),
            ),
            "pulls/list": lambda: (200, self._changes(query)),
        }
        if operation.name in of_repository:
            return of_repository[operation.name]()
        change = world.changes.get(int(path.get("pull_number") or path["issue_number"]))
        if change is None:
            raise _RefusedError(404, "Not Found")
        of_change: dict[str, Callable[[], tuple[int, Any]]] = {
            "pulls/get": lambda: (200, answers.change(change)),
            "pulls/list-commits": lambda: (200, answers.commits(change)),
            "pulls/list-files": lambda: (200, answers.files(change)),
            "pulls/list-reviews": lambda: (200, [answers.review(row) for row in change.reviews]),
            "issues/list-events-for-timeline": lambda: (200, answers.timeline(change)),
            "issues/create-comment": lambda: (201, self._create_comment(change, body)),
            "pulls/merge": lambda: self._merge(change, body or {}),
        }
        return of_change[operation.name]()

    def _missing_checks(self, head: str) -> list[str]:
        """The checks that trunk's rules ask for and this head has not; whoever posted them."""
        wanted = [
            check["context"]
            for rule in self.world.rules
            if rule["type"] == "required_status_checks"
            for check in rule["parameters"]["required_status_checks"]
        ]
        last = {
            check["name"]: check.get("conclusion")
            for check in self.world.checks
            if check["head_sha"] == head
        }
        return [name for name in wanted if last.get(name) not in _SATISFYING]

    def _ruleset(self, number: int) -> dict[str, Any]:
        if number not in self.world.rulesets:
            raise _RefusedError(404, "Not Found")
        return self.world.rulesets[number]

    def _check(self, body: dict[str, Any]) -> dict[str, Any]:
        self.world.checks.append(body)
        return {
            "id": self.world.id(),
            "name": body["name"],
            "head_sha": body["head_sha"],
            "status": body.get("status", "completed"),
            "conclusion": body.get("conclusion"),
        }

    def _activities(self, query: dict[str, str]) -> list[dict[str, Any]]:
        ref = query.get("ref")
        full = ref if ref is None or ref.startswith("refs/") else f"refs/heads/{ref}"
        return [
            self.answers.activity(activity)
            for activity in reversed(self.world.activities)
            if full in (None, activity.ref)
        ]

    def _runs(self, path: dict[str, str], query: dict[str, str]) -> dict[str, Any]:
        rows = [
            self.answers.run(run)
            for run in reversed(self.world.runs)
            if run.path.rpartition("/")[2] == path["workflow_id"]
            and query.get("branch") in (None, run.head_branch)
            and query.get("event") in (None, run.event)
            and query.get("head_sha") in (None, run.head_sha)
        ]
        return {"total_count": len(rows), "workflow_runs": rows}

    def _changes(self, query: dict[str, str]) -> list[dict[str, Any]]:
        wanted = query.get("state", "open")
        return [
            self.answers.change(change)
            for change in self.world.changes.values()
            if wanted in ("all", change.state) and query.get("base") in (None, change.base)
        ]

    def _create_comment(self, change: Change, body: Any) -> dict[str, Any]:
        now = moment(self.world.tick())
        number = self.world.id()
        comment = {"id": number, "body": body["body"], "user": ACTIONS_BOT.shown()}
        comment |= {"created_at": now, "updated_at": now}
        change.comments[number] = comment
        return self.answers.comment(comment)

    def _update_comment(self, number: int, body: Any) -> dict[str, Any]:
        for change in self.world.changes.values():
            if number in change.comments:
                change.comments[number] |= {
                    "body": body["body"],
                    "updated_at": moment(self.world.tick()),
                }
                return self.answers.comment(change.comments[number])
        raise _RefusedError(422, "no such comment")

    def _merge(self, change: Change, body: dict[str, Any]) -> tuple[int, Any]:
        if change.state != "open" or change.draft:
            raise _RefusedError(405, "Pull Request is not mergeable")
        if body.get("merge_method", "merge") not in self.world.methods:
            raise _RefusedError(405, "Merge method is not allowed on this repository.")
        if missing := self._missing_checks(change.head_sha):
            raise _RefusedError(405, f'Required status check "{missing[0]}" is expected.')
        if body.get("sha") not in (None, change.head_sha):
            raise _RefusedError(409, "Head branch was modified. Review and try the merge again.")
        try:
            commit = self.world.squash(change)
        except ConflictError:
            raise _RefusedError(405, "Pull Request is not mergeable") from None
        return 200, {"sha": commit, "merged": True, "message": "Pull Request successfully merged"}


_SATISFYING = ("success", "neutral", "skipped")
_LISTS = {
    "actions/list-workflow-runs",
    "issues/list-events-for-timeline",
    "pulls/list",
    "pulls/list-commits",
    "pulls/list-files",
    "pulls/list-reviews",
    "repos/get-branch-rules",
    "repos/list-activities",
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: Fake

    def _serve(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        raw = self.rfile.read(length)
        headers = {key.lower(): value for key, value in self.headers.items()}
        try:
            body = json.loads(raw) if raw else None
            status, more, said = self.fake.handle(self.command, self.path, headers, body)
        except Exception as error:  # a fault of the fake fails the test, not the connection
            self.fake.breaches.append(f"{self.command} {self.path}: {error!r}")
            status, more, said = 500, {}, {"message": repr(error)}
        data = json.dumps(said, ensure_ascii=False).encode()
        self.send_response(status)
        for key, value in {"Content-Type": "application/json; charset=utf-8", **more}.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815 - the library's names

    def log_message(self, *_: Any) -> None:
        """Silent."""


@contextmanager
def serving(world: World) -> Iterator[Fake]:
    """The fake, answering at `url` while the block runs; it must have seen no breach at the end."""
    fake = Fake(world)
    handler = type("Handler", (_Handler,), {"fake": fake})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert not fake.breaches, "\n".join(fake.breaches)
