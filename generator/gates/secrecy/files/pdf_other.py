"""A second library's reading of PDF files: for what the first cannot, for what only it can draw."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

__all__ = ["Other"]

_SCALE = 2.5  # 180 points an inch


class Other:
    """A file as pdfium reads it; pages count from 1. Errors: PdfiumError where it cannot."""

    def __init__(self, data: bytes) -> None:
        self._file = pypdfium2.PdfDocument(data)
        self.count = len(self._file)

    @classmethod
    @contextmanager
    def of(cls, data: bytes) -> Iterator[Other]:
        """Opens a file for as long as it is used."""
        found = cls(data)
        try:
            yield found
        finally:
            found._file.close()

    def lines(self, number: int) -> list[str]:
        """The lines of a page; none where it cannot be read."""
        try:
            page: Any = self._file[number - 1]
            text = page.get_textpage().get_text_range()
        except (pypdfium2.PdfiumError, IndexError, ValueError):
            return []
        return [line.strip() for line in str(text).splitlines() if line.strip()]

    def drawn(self, number: int) -> Image.Image:
        """A page as it is printed."""
        image: Image.Image = self._file[number - 1].render(scale=_SCALE).to_pil()
        return image.convert("RGB")
