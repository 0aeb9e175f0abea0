"""Foreign answers and events: whatever GitHub, or who stands in for it, says ends in words."""

import json

import click
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from generator.cli.review_forge import _named
from generator.forge import ForgeError
from tests.forge.conftest import CHEN, LI, PAGE, WANG, ZHAO
from tests.review.test_fuzz import JSON, grafted, places

ASKED = (
    "pulls/get", "pulls/list-commits", "pulls/list-files", "pulls/list-reviews",
    "issues/list-events-for-timeline", "repos/list-activities", "actions/list-workflow-runs",
    "graphql",
)  # fmt: skip
IN_ONE = [HealthCheck.function_scoped_fixture]
FEW = settings(max_examples=25, suppress_health_check=IN_ONE, phases=[Phase.generate])
MANY = settings(max_examples=200, suppress_health_check=IN_ONE)


def busy(forge):
    """The forge with one of everything that a reading looks at."""
    world, change = forge.world, forge.change
    if change.reviews:
        return
    world.review(change, ZHAO)
    world.review(change, CHEN, "CHANGES_REQUESTED", "不行")
    world.dismiss(change, change.reviews[1], LI)
    suggesting = world.review(change, CHEN, "COMMENTED", "看过")
    suggesting.suggestions.append((CHEN, PAGE, "```suggestion\nx\n```"))
    world.assign(change, WANG, LI)


def meddled(monkeypatch, fake, operation, choose, value):
    """From now on one value of the answers to an operation is another."""
    honest = type(fake).handle
    touched = []

    def handle(self, method, target, headers, body):
        status, more, said = honest(self, method, target, headers, body)
        if status == 200 and self.requests[-1][0] == operation:
            spots = list(places(said))
            at = spots[choose % len(spots)]
            touched.append(at)
            said = grafted(said, at, value)
        return status, more, said

    monkeypatch.setattr(type(fake), "handle", handle)
    return touched


@FEW
@given(
    operation=st.sampled_from(ASKED),
    choose=st.integers(0, 2_000),
    value=JSON.filter(lambda value: value == value),  # noqa: PLR0124 -- JSON has no NaN
)
def test_an_answer_with_another_value_anywhere(forge, operation, choose, value):
    busy(forge)
    with pytest.MonkeyPatch.context() as patch:
        touched = meddled(patch, forge.fake, operation, choose, value)
        try:
            reading = forge.read()
        except ForgeError:
            assert touched
            return
    assert reading.number == forge.change.number
    assert all(isinstance(value, bool) for value in reading.complete.values())


@pytest.mark.parametrize(
    "raw", [b"[" * 100_000, b"NaN", b"{", b'"\xff"', b"1" * 5_000, b"null", b"[]", b"0"], ids=repr
)
def test_an_answer_that_is_no_answer(forge, raw):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("urllib3.response.HTTPResponse.read", lambda *_, **__: raw)
        with pytest.raises(ForgeError):
            forge.read()


# events -----------------------------------------------------------------------------------------


def named(tmp_path, data):
    """The change that an event names; None also where it is told to be no event."""
    path = tmp_path / "event.json"
    path.write_bytes(data)
    try:
        return _named(path)
    except click.UsageError:
        return None


@MANY
@given(data=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
@example(data=b"[" * 100_000)
@example(data=b'{"pull_request":{"number":1e400}}')
@example(data=b"1" * 5_000)
def test_any_bytes_as_an_event(tmp_path, data):
    found = named(tmp_path, data)
    assert found is None or type(found) is int


@MANY
@given(at=st.integers(0, 5), value=JSON)
def test_an_event_with_another_value_anywhere(tmp_path, at, value):
    event = {"action": "submitted", "pull_request": {"number": 7, "head": {"sha": "a"}}}
    spots = list(places(event))
    said = json.dumps(grafted(event, spots[at % len(spots)], value)).encode("utf-8", "replace")
    found = named(tmp_path, said)
    assert found is None or type(found) is int
