"""SSH signatures over bytes, in a namespace of ours: the only user of `ssh-keygen`.

Signing asks OpenSSH, so that a key may lie in an agent or on a card. Checking is done twice over:
by OpenSSH where one signature is at stake, and in this process where twenty thousand are. Only
Ed25519 keys are taken: one form, one length, no parameters to be careless with. A signature is
kept as the Base64 of its blob, the armour's lines left out.
"""

from __future__ import annotations

import binascii
import hashlib
import subprocess
import tempfile
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path

from sshsig import InvalidSignature, check_signature

__all__ = [
    "SignatureError",
    "fingerprint_of",
    "is_signed",
    "is_signed_openssh",
    "public_key",
    "sign",
]

_TYPE = "ssh-ed25519"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_HASHES = (b"sha512", b"sha256")  # what OpenSSH takes
_SECONDS = 60  # a card may wait for a finger


class SignatureError(ValueError):
    """A key or a signature that cannot be used; the text says why, in Chinese."""


def public_key(line: str) -> str:
    """A public key as `ssh-ed25519 AAAA…`, whatever comment follows it.

    Errors: SignatureError for another type, options before it, a certificate, or a damaged key.
    """
    words = line.split()
    if len(words) < 2 or words[0] != _TYPE:
        raise SignatureError("只接受不带选项、不带证书的 ssh-ed25519 公钥")
    _blob(words[1])
    return f"{_TYPE} {words[1]}"


@lru_cache(maxsize=4096)
def fingerprint_of(public: str) -> str:
    """The fingerprint as `ssh-keygen -l` shows it. Errors: as for `public_key`."""
    blob = _blob(public_key(public).split()[1])
    return "SHA256:" + b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _blob(text: str) -> bytes:
    """The 51 bytes of an Ed25519 key, if these are they and nothing else."""
    try:
        blob = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureError("公钥不是 Base64") from error
    if len(blob) != 51 or blob[:19] != _string(_TYPE.encode()) + b"\0\0\0\x20":
        raise SignatureError("公钥已损坏")
    return blob


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def sign(key: Path, message: bytes, namespace: str) -> str:
    """The signature by the private key in a file, or by the agent that holds its public one.

    Errors: SignatureError where OpenSSH does not sign.
    """
    done = _openssh("-Y", "sign", "-q", "-f", str(key), "-n", namespace, message=message)
    if done.returncode:
        raise SignatureError(f"没有签名：{done.stderr.decode(errors='replace').strip()}")
    text = "".join(done.stdout.decode("ascii").splitlines()[1:-1])
    _parsed(text, namespace)
    return text


def _parsed(signature: str, namespace: str) -> bytes:
    """The public key inside a signature blob that is exactly of our form.

    Errors: SignatureError for another namespace, key type, hash, or any byte too many.
    """
    try:
        blob = b64decode(signature, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureError("签名不是 Base64") from error
    key = blob[14:65]
    if b64encode(blob).decode() != signature or blob[:10] != b"SSHSIG\0\0\0\1" or len(key) != 51:
        raise SignatureError("签名不是 SSHSIG 格式")
    inner = _string(_TYPE.encode()) + b"\0\0\0\x40"
    heads = (
        _string(key) + _string(namespace.encode()) + _string(b"") + _string(form) + _string(inner)
        for form in _HASHES
    )
    # the last string is the whole signature: its own length is that of type, length and 64 bytes
    whole = len(inner) + 64
    for head in heads:
        start = head[: -len(_string(inner))] + whole.to_bytes(4, "big") + inner
        if blob[10 : 10 + len(start)] == start and len(blob) == 10 + len(start) + 64:
            return key
    raise SignatureError("签名的命名空间、密钥类型或长度不对")


def is_signed(message: bytes, signature: str, public: str, namespace: str) -> bool:
    """Whether a signature of this namespace by this key covers the message; checked in Python."""
    try:
        key = _parsed(signature, namespace)
        if key != _blob(public_key(public).split()[1]):
            return False
        armoured = f"{_BEGIN}\n{signature}\n{_END}\n"
        check_signature(message, armoured, namespace)
    except (SignatureError, InvalidSignature, NotImplementedError):
        return False
    return True


def is_signed_openssh(message: bytes, signature: str, public: str, namespace: str) -> bool:
    """The same, asked of OpenSSH."""
    lines = [signature[at : at + 70] for at in range(0, len(signature), 70)]
    with tempfile.TemporaryDirectory() as folder:
        signers, armoured = Path(folder, "signers"), Path(folder, "signature")
        signers.write_text(f'signer namespaces="{namespace}" {public}\n')
        armoured.write_text("\n".join([_BEGIN, *lines, _END, ""]))
        done = _openssh(
            "-Y", "verify", "-q", "-f", str(signers), "-I", "signer", "-n", namespace,
            "-s", str(armoured), message=message,
        )  # fmt: skip
    return done.returncode == 0


def _openssh(*words: str, message: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *words], input=message, capture_output=True, check=False,
            timeout=_SECONDS,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise SignatureError("这台机器没有 ssh-keygen，请安装 OpenSSH 8.8 或更新版本") from error
    except subprocess.TimeoutExpired as error:
        raise SignatureError(f"等了 {_SECONDS} 秒没有签名") from error
