"""The subject: the test vector of the contract, and what enters it."""

import hashlib
import json

from generator.review.canonical import canonical
from generator.review.subject import subject_digest, subject_document
from tests.support.review import BASE_SUBJECT, base

BYTES = "---\ntitle: 停水通知\nreviewClass: A\n---\n11月25日8时至18时停水。\n".encode()
PARTS = {
    "change": "github:123",
    "review_class": "A",
    "repository": "gongkai-city",
    "target": "refs/heads/main",
    "unit": "tax",
}
VECTOR = (
    '{"change":"github:123","class":"A","items":[{"base":null,'
    '"git":"57f37e7919e53a20aeee948a780219129291e44c","mode":"100644","op":"put",'
    '"path":"content/units/tax/articles/2026/0042.md",'
    '"sha256":"4f8ea87f9c544fc65182fdab02588656f1ae32b518223fcd2257cb7ed2d553c0","size":75}],'
    '"repository":"gongkai-city","target":"refs/heads/main","unit":"tax","v":1}'
)


def items():
    return json.loads(base("facts.json"))["items"]


def test_the_vector():
    """From the bytes of the page to the digest, each step as the contract prints it."""
    (item,) = items()
    assert len(BYTES) == item["size"]
    assert hashlib.sha256(BYTES).hexdigest() == item["sha256"]
    assert hashlib.sha1(b"blob 75\0" + BYTES).hexdigest() == item["git"]
    assert canonical(subject_document(items=[item], **PARTS)).decode() == VECTOR
    assert subject_digest(items=[item], **PARTS) == BASE_SUBJECT


def test_items_stand_in_the_order_of_their_bytes():
    paths = ["b", "a/b", "a-b", "\ufb01", "\U0001f600", "Z"]
    rows = [items()[0] | {"path": path} for path in paths]
    document = subject_document(items=rows, **PARTS)
    # UTF-16 would put the astral sign before U+FB01
    assert [row["path"] for row in document["items"]] == [
        "Z", "a-b", "a/b", "b", "\ufb01", "\U0001f600",
    ]  # fmt: skip


def test_what_the_reader_says_of_bytes_does_not_enter():
    (item,) = items()
    told = item | {"tip": "f" * 40, "type": "html", "problems": ["active"], "twin_of": "x"}
    assert subject_digest(items=[told], **PARTS) == BASE_SUBJECT


def test_every_part_enters():
    (item,) = items()
    digests = {subject_digest(items=[item], **PARTS)}
    for key in PARTS:
        digests.add(subject_digest(items=[item], **(PARTS | {key: "other"})))
    for key in ("base", "git", "mode", "op", "path", "sha256", "size"):
        digests.add(subject_digest(items=[item | {key: "other"}], **PARTS))
    assert len(digests) == 1 + len(PARTS) + 7
