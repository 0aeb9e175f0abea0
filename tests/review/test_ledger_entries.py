"""Entries of the ledger as bytes: what is one, what is none; no bytes are a fault of ours."""

import json

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.review.ledger import (
    LIMIT,
    TYPES,
    LedgerError,
    draft,
    encode,
    message_in,
    message_of,
    namespace_of,
    parse,
    path_of,
)
from tests.support.entries import AT, DIGEST, Chain, key, sha

BODY = {"change": "github:1", "token": "7f3a-9c01-22be-04d1", "subject": DIGEST}
SIGS = [{"fingerprint": key("G")["fingerprint"], "signature": "U1NI" * 40}]


def entry(**changes):
    unsigned = draft(3, sha("0"), AT, "offer", BODY) | changes
    return unsigned, encode(unsigned, SIGS)


def test_a_file_is_the_canonical_json_of_its_entry():
    unsigned, data = entry()
    assert data == rfc8785.dumps({**unsigned, "sigs": SIGS})
    read = parse(data, 3)
    assert (read.seq, read.type, read.body, read.at) == (3, "offer", BODY, AT)
    assert message_in(data, read) == message_of(unsigned)
    assert message_of(unsigned) == b"gongkai-ledger/v1\n" + rfc8785.dumps(unsigned)


def test_where_entries_stand_and_who_signs_them():
    assert [path_of(n) for n in (1, 999, 1000, 123456)] == [
        "log/000/000001.json", "log/000/000999.json", "log/001/001000.json",
        "log/123/123456.json",
    ]  # fmt: skip
    assert namespace_of("gongkai-city") == "ledger@gongkai-city"


def test_every_type_has_its_schema_and_stands_in_the_table(root):
    files = {path.name for path in (root / "schemas" / "review").glob("ledger-*.json")}
    assert files == {f"ledger-{name}.schema.json" for name in ("entry", *TYPES)}


BROKEN = {
    "a blank too many": lambda data: data.replace(b'":', b'": ', 1),
    "a line end": lambda data: data + b"\n",
    "another order of keys": lambda data: json.dumps(
        dict(reversed(json.loads(data).items())), separators=(",", ":")
    ).encode(),
    "a key twice": lambda data: data.replace(b'"seq":3', b'"seq":3,"seq":3'),
    "a fraction": lambda data: data.replace(b'"seq":3', b'"seq":3.0'),
    "an exponent": lambda data: data.replace(b'"seq":3', b'"seq":3e0'),
    "minus zero": lambda data: data.replace(b'"v":1', b'"v":-0'),
    "a number too large": lambda data: data.replace(b'"seq":3', b'"seq":9007199254740993'),
    "no number": lambda data: data.replace(b'"seq":3', b'"seq":NaN'),
    "a needless escape": lambda data: data.replace(b"offer", b"o\\u0066fer"),
    "a lone surrogate": lambda data: data.replace(b"github:1", b"\\ud800"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "no UTF-8": lambda data: data.replace(b"github:1", b"\xff"),
    "nothing": lambda _: b"",
    "a list": lambda data: b"[" + data + b"]",
    "another position": lambda data: data.replace(b'"seq":3', b'"seq":4'),
    "position nought": lambda data: data.replace(b'"seq":3', b'"seq":0'),
    "an unknown type": lambda data: data.replace(b'"offer"', b'"offers"'),
    "a key unknown": lambda data: data.replace(b'"v":1', b'"v":1,"w":1'),
    "a key of the body unknown": lambda data: data.replace(b'"token"', b'"a":1,"token"'),
    "no signature": lambda data: data.replace(
        json.dumps(SIGS, separators=(",", ":")).encode(), b"[]"
    ),
    "no time": lambda data: data.replace(AT.encode(), b"2026-13-20T09:00:00+08:00"),
    "another version": lambda data: data.replace(b'"v":1', b'"v":2'),
    "too large": lambda data: data.replace(b"github:1", b"x" * LIMIT),
    "nested without end": lambda _: b"[" * 200_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_entry(name):
    _, data = entry()
    broken = BROKEN[name](data)
    assert broken != data
    with pytest.raises(LedgerError, match="台账第 3 条"):
        parse(broken, 3)


def test_keys_beyond_the_basic_plane_are_in_rfc_8785_order():
    facts = {"change": "github:1", "\ufb00": 1, "\U0001f600": 2}
    body = {"change": "github:1", "facts": facts, "verdict": {"decision": "wait", "subject": None}}
    _, data = entry(type="verdict", body=body)
    assert data.index("\U0001f600".encode()) < data.index("\ufb00".encode())


@pytest.mark.parametrize("value", [float("nan"), object(), {1: 1, "a": 2}])
def test_what_json_cannot_hold_is_told(value):
    with pytest.raises(LedgerError, match="不能写成"):
        entry(body={"x": value})


def test_an_entry_that_breaks_its_schema_is_not_written():
    with pytest.raises(LedgerError, match="不符合格式"):
        entry(body=BODY | {"token": "short"})


@settings(max_examples=300)
@given(data=st.binary(max_size=400))
@example(data=b'{"type":"offer"}')
@example(data=b'{"type":["offer"]}')
@example(data=b"null")
def test_foreign_bytes_are_refused_in_words(data):
    with pytest.raises(LedgerError):
        parse(data, 3)


@settings(max_examples=300)
@given(spot=st.integers(0, 10_000), byte=st.integers(0, 255), drop=st.integers(0, 3))
def test_a_torn_entry_is_refused_or_says_what_it_says(spot, byte, drop):
    """A change of bytes gives no entry, or one whose digest differs: the chain then breaks."""
    _, data = entry()
    at = spot % len(data)
    torn = data[:at] + bytes([byte]) + data[at + drop :]
    try:
        read = parse(torn, 3)
    except LedgerError:
        return
    assert torn == data or read.digest != parse(data, 3).digest


@settings(max_examples=100)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=12,
    )
)
def test_our_writer_is_rfc_8785(value):
    unsigned = draft(3, sha("0"), AT, "verdict", {"x": value})
    assert message_of(unsigned) == b"gongkai-ledger/v1\n" + rfc8785.dumps(unsigned)


def test_a_chain_knows_its_place():
    chain = Chain().genesis().policy()
    assert [one.prev for one in chain.entries] == ["0" * 64, chain.entries[0].digest]
