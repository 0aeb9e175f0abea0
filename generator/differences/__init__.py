"""What changed in a record, field by field and word by word, as an editor would say it."""

from __future__ import annotations

from generator.differences.records import Change, Field, change_of
from generator.differences.show import as_markdown, as_text
from generator.differences.words import Piece, pieces

__all__ = ["Change", "Field", "Piece", "as_markdown", "as_text", "change_of", "pieces"]
