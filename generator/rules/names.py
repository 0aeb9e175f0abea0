"""What people call a field of a record: its Chinese titles, as its schema has them, or its key."""

from __future__ import annotations

from generator.corpus import Corpus
from generator.load import Pointer
from generator.model import Record

__all__ = ["called"]


def called(corpus: Corpus, record: Record, pointer: Pointer) -> dict[str, str]:
    """What people call a field: the Chinese titles of its group and itself, or its key."""
    at = tuple(0 if part == "*" else part for part in pointer)
    titles = [
        str(corpus.schemas.at(record.kind, at[: end + 1]).get("title", part))
        for end, part in enumerate(at)
        if not isinstance(part, int)
    ]
    return {"zh": "·".join(titles[-2:]), "en": ".".join(str(part) for part in pointer)}
