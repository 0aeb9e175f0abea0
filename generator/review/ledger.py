"""Entries of the ledger: bytes of a file → an entry, and back; the chain that joins them.

A file is exactly the canonical JSON (RFC 8785) of its entry: what two programs could read
differently (a key given twice, `1.0`, a space, an escape too many) is not an entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from generator.review.canonical import whole
from generator.review.instants import instant
from generator.review.shapes import breaches, pointer_text

__all__ = [
    "GENESIS_PREV",
    "KEY_FAULT",
    "LEDGER",
    "LIMIT",
    "TYPES",
    "Entry",
    "LedgerError",
    "chained",
    "draft",
    "encode",
    "message_in",
    "message_of",
    "namespace_of",
    "parse",
    "path_of",
]

LEDGER = "refs/heads/ledger"
LIMIT = 256 * 1024  # bytes of a file
GENESIS_PREV = "0" * 64
KEY_FAULT = "key"  # the code of a fault of keys, told apart from one of the chain
TYPES = (
    "genesis", "policy", "offer", "observe", "gate", "verdict", "publish", "reject", "bypass",
    "takedown", "ratify", "restore", "release", "key", "expunge",
)  # fmt: skip
_MESSAGE = b"gongkai-ledger/v1\n"


class LedgerError(ValueError):
    """The ledger is not what it must be; `seq` names the entry, the text says why, in Chinese.

    `code` is a reason of the contract: `ledger_invalid` for all that the chain and the fold find.
    """

    def __init__(self, seq: int, text: str, code: str = "ledger_invalid") -> None:
        super().__init__(f"台账第 {seq} 条：{text}")
        self.seq = seq
        self.text = text
        self.code = code


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `digest` is the SHA-256 of its file, which the next one names as `prev`."""

    seq: int
    prev: str
    at: str
    type: str
    body: Mapping[str, Any]
    sigs: tuple[Mapping[str, str], ...]
    digest: str
    instant: int  # `at` in microseconds since 1970


def path_of(seq: int) -> str:
    """The path of an entry's file on the ledger's branch.

    >>> path_of(123)
    'log/000/000123.json'
    """
    return f"log/{seq // 1000:03d}/{seq:06d}.json"


def namespace_of(repository: str) -> str:
    """The namespace of signatures under entries."""
    return f"ledger@{repository}"


def draft(seq: int, prev: str, at: str, kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without signatures."""
    return {"v": 1, "seq": seq, "prev": prev, "at": at, "type": kind, "body": body}


def message_of(unsigned: Mapping[str, Any]) -> bytes:
    """What the keys sign: a line of ours and the entry without `sigs`."""
    return _MESSAGE + _dump({name: unsigned[name] for name in unsigned if name != "sigs"}, -1)


def message_in(data: bytes, entry: Entry) -> bytes:
    """The same, cut out of the file that `parse` made `entry` of: twenty thousand need no writing.

    Canonical order puts `sigs` before `type` and `v`, the last two.
    """
    rest = b',"type":"%s","v":1}' % entry.type.encode()
    tail = b',"sigs":' + _dump(list(entry.sigs), entry.seq) + rest
    assert data.endswith(tail)
    return _MESSAGE + data[: -len(tail)] + rest


def encode(unsigned: Mapping[str, Any], sigs: Iterable[Mapping[str, str]]) -> bytes:
    """The file of an entry. Errors: LedgerError where it is too large or breaks its schema."""
    data = _dump({**unsigned, "sigs": list(sigs)}, unsigned["seq"])
    parse(data, unsigned["seq"])
    return data


def parse(data: bytes, seq: int) -> Entry:
    """The entry in a file that stands at position `seq`.

    Errors: LedgerError for a file too large, not canonical, of a type unknown to this program, of
        another position, or against its schema.
    """
    if len(data) > LIMIT:
        raise LedgerError(seq, f"超过 {LIMIT // 1024} KiB")
    value = _load(data, seq)
    if not isinstance(value, dict):
        raise LedgerError(seq, "不是一个对象")
    kind = value.get("type")
    if kind not in TYPES:
        raise LedgerError(seq, f"不认识的类型 {kind}，请先升级程序")
    found = breaches("ledger-entry", value)
    if not found:
        found = breaches(f"ledger-{kind}", value["body"])
    if found:
        where = pointer_text(found[0][0]) or "整条"
        raise LedgerError(seq, f"{where} 不符合格式（{found[0][1]}）")
    if value["seq"] != seq:
        raise LedgerError(seq, f"写的是第 {value['seq']} 条")
    moment = instant(value["at"])
    if moment is None:
        raise LedgerError(seq, "时间不是 RFC 3339 格式")
    return Entry(
        seq, value["prev"], value["at"], kind, value["body"], tuple(value["sigs"]),
        hashlib.sha256(data).hexdigest(), moment,
    )  # fmt: skip


def chained(entry: Entry, before: Entry | None) -> None:
    """Holds an entry against the one before it. Errors: LedgerError."""
    if entry.prev != (before.digest if before is not None else GENESIS_PREV):
        raise LedgerError(entry.seq, "与前一条接不上，台账被改动过")
    if before is not None and entry.instant < before.instant:
        raise LedgerError(entry.seq, "时间早于前一条")


def _load(data: bytes, seq: int) -> Any:
    """The value in a file: that one whose canonical bytes these are, so nothing is read leniently.

    A fraction has canonical bytes, too, and is none of ours.
    """
    try:
        value = orjson.loads(data)
        same = whole(value) == data
    except (ValueError, RecursionError) as error:
        raise LedgerError(seq, "不是规范的 JSON") from error
    if not same:
        raise LedgerError(seq, "不是规范的 JSON（RFC 8785）")
    return value


def _dump(value: Any, seq: int) -> bytes:
    """Canonical bytes of a value. Errors: LedgerError where JSON cannot hold it."""
    try:
        return whole(value)
    except (ValueError, RecursionError) as error:
        raise LedgerError(seq, "不能写成规范的 JSON") from error
