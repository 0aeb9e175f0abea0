"""The subject: the exact bytes to approve, as canonical JSON and as its SHA-256.

Source: RFC 8785 for the canonical form, so that any clone can compute it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from generator.review.canonical import canonical

__all__ = ["digest", "subject_digest", "subject_document"]

_ITEM = ("base", "git", "mode", "op", "path", "sha256", "size")


def digest(value: Any) -> str:
    """The SHA-256 of the canonical JSON of a value, in lower-case hex.

    >>> digest({})
    '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    """
    return hashlib.sha256(canonical(value)).hexdigest()


def subject_document(
    *,
    change: str,
    review_class: str,
    items: Iterable[Mapping[str, Any]],
    repository: str,
    target: str,
    unit: str,
) -> dict[str, Any]:
    """The document whose digest people approve.

    Shapes: `items` as in the facts; what the reader says of the bytes (type, problems, …) and
        the blob at the target tip do not enter. Sorted by the UTF-8 bytes of the path.
    """
    kept = [{key: item[key] for key in _ITEM} for item in items]
    kept.sort(key=lambda item: str(item["path"]).encode("utf-8"))
    return {
        "change": change,
        "class": review_class,
        "items": kept,
        "repository": repository,
        "target": target,
        "unit": unit,
        "v": 1,
    }


def subject_digest(
    *,
    change: str,
    review_class: str,
    items: Iterable[Mapping[str, Any]],
    repository: str,
    target: str,
    unit: str,
) -> str:
    """The subject of a change: the digest of its document, 64 hex digits."""
    return digest(
        subject_document(
            change=change,
            review_class=review_class,
            items=items,
            repository=repository,
            target=target,
            unit=unit,
        )
    )
