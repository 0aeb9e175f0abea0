"""Foreign bytes at the readers of `generator/keeper`: plans, fingerprints, front matter, keys."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.keeper.genesis import plan_of
from generator.keeper.memory import fingerprints_in
from generator.keeper.records import times_of, with_restore
from generator.keeper.refused import RefusedError
from generator.sign import SignatureError, is_signed, public_key
from tests.review.test_fuzz import TEARS, torn

TEXT = "---\ntitle: 停水通知\npublishedAt: 2026-11-25 08:00\n---\n停水。\n".encode()


@settings(max_examples=200)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(data=b"repository: 1\nroots: 2\nthreshold: 3\ngatekeeper: 4\ncommit: 5\n")
@example(data=b"repository: x\nroots: []\nthreshold: 2\ngatekeeper: {}\ncommit: x\n")
@example(data=b"[" * 5_000)
def test_a_file_that_is_no_plan(data):
    with pytest.raises(RefusedError):
        plan_of(data)


@settings(max_examples=200)
@given(**TEARS)
def test_a_torn_plan(keys, spot, noise, drop):
    rows = "".join(f"  - {keys.public(f'root-{number}')}\n" for number in (1, 2, 3))
    plan = (
        f"repository: gongkai-city\nroots:\n{rows}threshold: 2\n"
        f'gatekeeper: {keys.public("gate")}\ncommit: "{"a" * 40}"\n'
    )
    try:
        found = plan_of(torn(plan.encode(), spot, noise, drop))
    except RefusedError:
        return
    assert found["threshold"] >= 2


@settings(max_examples=200)
@given(text=st.text(max_size=120))
@example(text="ssh-ed25519 AAAA")
@example(text="ssh-ed25519 停水")
def test_a_text_without_fingerprints(text):
    try:
        assert fingerprints_in(text)
    except SignatureError:
        return


@settings(max_examples=300)
@given(path=st.sampled_from(["a.md", "a.yml", "a.pdf"]), **TEARS)
@example(path="a.md", spot=4, noise=b"[" * 3_000, drop=0)
@example(path="a.md", spot=4, noise=b"? ", drop=0)
def test_torn_front_matter_has_a_time_or_none(path, spot, noise, drop):
    data = torn(TEXT, spot, noise, drop)
    for value in times_of(path, data).values():
        assert value is None or value[:2].isdigit()
    restored = with_restore(path, data, 311)
    assert restored is None or b"restoreOf: 311\n---" in restored


@settings(max_examples=200)
@given(text=st.text(max_size=200) | st.binary(max_size=150).map(lambda data: data.hex()))
def test_a_signature_that_is_none(keys, text):
    assert not is_signed(b"x", text, keys.public("gate"), "act@gongkai-city")
    assert not is_signed(b"x", "U1NI" * 40, text, "act@gongkai-city")
    with pytest.raises(SignatureError):
        public_key(text)
