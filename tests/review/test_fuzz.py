"""Foreign bytes at every reader of `generator/review`: each ends in a value or in words."""

import json

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.review.evaluate import evaluate
from generator.review.facts import parse_facts
from generator.review.policy import read_policy
from generator.review.roles import read_roles
from generator.review.shapes import breaches
from generator.review.verdict import verdict_bytes
from tests.support.review import NOW, base

FACTS = json.loads(base("facts.json"))
ROLES, POLICY = base("roles.yml"), base("policy.yml")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value, at=()):
    """Every place in a value, as the keys that lead there."""
    yield at
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places(part, (*at, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from places(part, (*at, index))


def grafted(value, at, given):
    """A copy of a value with another at that place."""
    if not at:
        return given
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = grafted(value[at[0]], at[1:], given)
    return copy


def torn(data, spot, noise, drop):
    """Bytes with others put in the place of some."""
    at = spot % (len(data) + 1)
    return data[:at] + noise + data[at + drop :]


TEARS = {"spot": st.integers(0, 10_000), "noise": st.binary(max_size=4), "drop": st.integers(0, 9)}


def judged(facts, roles=ROLES, policy=POLICY):
    """The decision; the verdict must be one, whatever went in."""
    verdict = evaluate(facts, roles, policy, NOW)
    assert breaches("verdict", json.loads(verdict_bytes(verdict))) == []
    return verdict["decision"]


@settings(max_examples=300)
@given(data=st.binary(max_size=200))
@example(data=b"[" * 100_000)
@example(data=b'{"v":' * 5_000 + b"1" + b"}" * 5_000)
@example(data=b"NaN")
@example(data=b"1" * 5_000)
@example(data=b"\xef\xbb\xbf{}")
def test_bytes_that_are_no_facts(data):
    read, faults = parse_facts(data)
    assert (read, bool(faults)) == (None, True)
    assert judged(data) == "error"


@settings(max_examples=300)
@given(**TEARS)
def test_torn_facts(spot, noise, drop):
    data = base("facts.json")
    judged(torn(data, spot, noise, drop))


@settings(max_examples=400)
@given(at=st.sampled_from(list(places(FACTS))), value=JSON)
def test_facts_with_another_value_anywhere(at, value):
    read, faults = parse_facts(grafted(FACTS, at, value))
    assert read is not None or faults
    judged(grafted(FACTS, at, value))


@settings(max_examples=200)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(data=b"&a [*a]")
@example(data=b"[]")
@example(data=b"0")
@example(data=b"{}")
@example(data=b"[" * 5_000)
def test_bytes_that_are_no_rules(data):
    assert read_roles(data)[0] is None and read_roles(data)[1]
    assert read_policy(data)[0] is None and read_policy(data)[1]
    assert judged(FACTS, roles=data) == "error"
    assert judged(FACTS, policy=data) == "error"


@settings(max_examples=150)
@given(**TEARS)
def test_torn_rules(spot, noise, drop):
    for data, reader in ((ROLES, read_roles), (POLICY, read_policy)):
        value, faults = reader(torn(data, spot, noise, drop))
        assert (value is None) == bool(faults)


RULES = [
    (reader, value, at)
    for reader, data in ((read_roles, ROLES), (read_policy, POLICY))
    for value in [yaml.safe_load(data)]
    for at in places(value)
]


@settings(max_examples=300)
@given(row=st.sampled_from(RULES), value=JSON)
def test_rules_with_another_value_anywhere(row, value):
    reader, whole, at = row
    text = json.dumps(grafted(whole, at, value), ensure_ascii=False)
    read, faults = reader(text.encode("utf-8", "replace"))
    assert (read is None) == bool(faults)
