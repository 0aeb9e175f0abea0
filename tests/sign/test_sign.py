"""Signatures: OpenSSH and Python give the same answer, and only ours is taken."""

import subprocess
from base64 import b64decode, b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sign import (
    SignatureError,
    fingerprint_of,
    is_signed,
    is_signed_openssh,
    public_key,
    sign,
)

SPACE = "ledger@gongkai-city"
MESSAGE = b"gongkai-ledger/v1\n{}"


@pytest.fixture(scope="module")
def signature(keys):
    return sign(keys.file("gate"), MESSAGE, SPACE)


def test_what_openssh_signs_both_accept(keys, signature):
    public = keys.public("gate")
    assert is_signed(MESSAGE, signature, public, SPACE)
    assert is_signed_openssh(MESSAGE, signature, public, SPACE)


def test_the_fingerprint_is_the_one_openssh_shows(keys):
    shown = subprocess.run(
        ["ssh-keygen", "-lf", f"{keys.file('gate')}.pub"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert keys.fingerprint("gate") == shown.stdout.split()[1]


@pytest.mark.parametrize(
    ("message", "space", "who"),
    [
        pytest.param(MESSAGE + b" ", SPACE, "gate", id="another message"),
        pytest.param(b"", SPACE, "gate", id="no message"),
        pytest.param(MESSAGE, "act@gongkai-city", "gate", id="our other namespace"),
        pytest.param(MESSAGE, "ledger@other-city", "gate", id="another city's ledger"),
        pytest.param(MESSAGE, "git", "gate", id="git's namespace"),
        pytest.param(MESSAGE, SPACE, "other", id="another key"),
    ],
)
def test_both_refuse_the_same(keys, signature, message, space, who):
    public = keys.public(who)
    assert not is_signed(message, signature, public, space)
    assert not is_signed_openssh(message, signature, public, space)


@settings(max_examples=150)
@given(at=st.integers(0, 8 * 178 - 1))
def test_no_bit_of_a_signature_may_change(keys, signature, at):
    blob = bytearray(b64decode(signature))
    blob[at // 8] ^= 1 << at % 8
    assert not is_signed(MESSAGE, b64encode(blob).decode(), keys.public("gate"), SPACE)


@given(
    junk=st.one_of(
        st.text(max_size=300), st.binary(max_size=200).map(lambda b: b64encode(b).decode())
    )
)
@settings(max_examples=100)
def test_what_is_no_signature_is_no_fault_of_ours(keys, junk):
    assert not is_signed(MESSAGE, junk, keys.public("gate"), SPACE)


def test_more_bytes_behind_a_signature_are_refused(keys, signature):
    longer = b64encode(b64decode(signature) + b"\0").decode()
    assert not is_signed(MESSAGE, longer, keys.public("gate"), SPACE)
    assert not is_signed(MESSAGE, signature + "\n", keys.public("gate"), SPACE)


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_other_kinds_of_keys_are_refused(tmp_path, kind):
    file = tmp_path / kind
    words = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(file)]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    with pytest.raises(SignatureError):
        public_key((tmp_path / f"{kind}.pub").read_text())
    with pytest.raises(SignatureError):
        sign(file, MESSAGE, SPACE)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 ÄÖ",
        'restrict,command="x" {key}',
        "ssh-ed25519-cert-v01@openssh.com {blob}",
        "ssh-rsa {blob}",
        "ssh-ed25519 {blob}AAAA",
    ],
)
def test_a_key_with_anything_about_it_is_refused(keys, line):
    public = keys.public("gate")
    with pytest.raises(SignatureError):
        fingerprint_of(line.format(key=public, blob=public.split()[1]))


def test_a_missing_key_is_told(tmp_path):
    with pytest.raises(SignatureError, match="没有签名"):
        sign(tmp_path / "none", MESSAGE, SPACE)


def test_a_machine_without_openssh_is_told(keys, monkeypatch):
    file = keys.file("gate")
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SignatureError, match="OpenSSH"):
        sign(file, MESSAGE, SPACE)
