"""The cut of GitHub's description: what it holds, and that it can say no."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from graphql import parse, validate

from generator.forge import queries
from tests.forge.fake.description import BreachError, description
from tests.forge.fake.graph import schema

CUT = Path(__file__).parent / "openapi" / "github.json"
PULL = "/repos/city/site/pulls/123"


def test_the_cut_is_small_and_whole():
    assert CUT.stat().st_size < 300_000
    names = [operation.name for operation in description().operations]
    assert len(names) == len(set(names)) == 16


@pytest.mark.parametrize("operation", description().operations, ids=lambda each: each.name)
def test_a_filled_answer_is_one_that_github_gives(operation):
    status = min(int(code) for code in operation.data["responses"] if code.startswith("20"))
    form = description().schema_of(operation, status)
    filled = description().filled(form, [{}] if form.get("type") == "array" else {})
    description().answer(operation, status, filled)


@pytest.mark.parametrize(
    ("method", "target", "body", "message"),
    [
        pytest.param("GET", "/repos/city/site/labels", None, "no operation", id="not in the cut"),
        pytest.param("POST", PULL, None, "no operation", id="another method"),
        pytest.param("GET", f"{PULL}/commits?size=3", None, "size", id="an unknown parameter"),
        pytest.param("GET", f"{PULL}x", None, "pull_number", id="a number that is none"),
        pytest.param("GET", f"{PULL}/files?page=last", None, "page", id="a page that is none"),
        pytest.param("GET", PULL, {"sha": "1"}, "takes no body", id="a body where none is"),
        pytest.param("PUT", f"{PULL}/merge", {"merge_method": "ff"}, "ff", id="a wrong word"),
        pytest.param("PUT", f"{PULL}/merge", {"head": "1"}, "head", id="an unknown property"),
        pytest.param(
            "POST", "/repos/city/site/issues/123/comments", {}, "body", id="a property missing"
        ),
    ],
)
def test_a_request_that_github_would_not_take(method, target, body, message):
    with pytest.raises(BreachError, match=message):
        description().request(method, target, body)


def test_an_answer_that_github_would_not_give():
    operation, _, _ = description().request("GET", f"{PULL}/reviews", None)
    form = description().schema_of(operation, 200)
    row = description().filled(form, [{"id": 1, "user": None, "commit_id": None}])[0]
    description().answer(operation, 200, [row])
    with pytest.raises(BreachError, match="state"):
        description().answer(operation, 200, [{**row, "state": None}])
    with pytest.raises(BreachError, match="never answers 418"):
        description().answer(operation, 418, {})


@pytest.mark.parametrize("name", queries.__all__)
def test_queries_are_valid_in_githubs_schema(name):
    assert validate(schema(), parse(getattr(queries, name))) == []


def test_a_query_that_the_schema_does_not_know_is_refused():
    text = queries.REVIEWS.replace("lastEditedAt", "lastEditor")
    assert "lastEditor" in str(validate(schema(), parse(text)))


def test_prism_reads_the_cut_as_we_do(root):
    """A second opinion on requests: another program over the same cut."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    prism = root / "node_modules/.bin/prism"
    words = [prism, "mock", "--errors", "-h", "127.0.0.1", "-p", str(port), str(CUT)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            assert _status(port, "GET", f"{PULL}/reviews") == 200
            assert _status(port, "PUT", f"{PULL}/merge", {"merge_method": "squash"}) == 200
            assert _status(port, "PUT", f"{PULL}/merge", {"merge_method": "ff"}) == 422
            prefer = {"Prefer": "code=409"}
            assert _status(port, "PUT", f"{PULL}/merge", {"sha": "1"}, prefer) == 409
            assert _status(port, "POST", "/repos/city/site/issues/123/comments", {}) == 422
        finally:
            process.terminate()


def _wait_for(port):
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("Prism did not start")


def _status(port, method, path, body=None, headers=None):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
