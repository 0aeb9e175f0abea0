"""Canonical JSON is what `rfc8785` says it is, whichever of the two writes it."""

import enum
import math

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.review.canonical import canonical

SAFE = 2**53 - 1
ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates, too
ATOMS = (
    st.none()
    | st.booleans()
    | st.integers(-SAFE - 3, SAFE + 3)
    | st.floats()
    | ANY_TEXT
    | st.sampled_from(["\ufb01", "\U0001f600", "\x7f", "\u2028", "\b\f\0\x1f", '"\\/'])
)
KEYS = ANY_TEXT | st.sampled_from(["\ufb01", "\U0001f600", "\uffff", "a", "A", ""])
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def of(writer, value):
    """The bytes, or the type of the error."""
    try:
        return writer(value)
    except Exception as error:  # whatever it is, both have to raise it
        return type(error)


@settings(max_examples=600)
@given(value=VALUES)
@example(value={"\ufb01": 1, "\U0001f600": 2})
@example(value={"a": 1.0, "b": -0.0})
@example(value={"a": math.nan})
@example(value={"a": SAFE + 1})
@example(value=["\ud800"])
@example(value={"\ud800": 1})
def test_every_value_is_written_as_rfc_8785_has_it(value):
    assert of(canonical, value) == of(rfc8785.dumps, value)


class Word(enum.StrEnum):
    """Text that is more than text."""

    ONE = "one"


class Number(int):
    """An integer that is more than one."""


@pytest.mark.parametrize(
    "value",
    [
        (1, 2), {"a": (1,)}, {1: 2}, {None: 1}, Word.ONE, [Word.ONE], {Word.ONE: 1}, Number(3),
        [Number(2**60)], b"x", {"a": b"x"}, {"a": {1}}, ..., [math.inf], 10**20, 1e21, -1e-7,
    ],
    ids=repr,
)  # fmt: skip
def test_what_json_has_not_is_taken_as_rfc8785_takes_it(value):
    assert of(canonical, value) == of(rfc8785.dumps, value)


@pytest.mark.parametrize("depth", [200, 300, 5_000])
def test_depth_changes_nothing(depth):
    value = []
    for _ in range(depth):
        value = [value]
    assert of(canonical, value) == of(rfc8785.dumps, value)
