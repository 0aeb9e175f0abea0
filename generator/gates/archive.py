"""An office file as the archive that it is."""

from __future__ import annotations

import io
import zipfile

__all__ = ["opened"]

_MOST_BYTES = 300_000_000  # unpacked


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive. Errors: ValueError where it would unpack to too much; BadZipFile."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
        raise ValueError("too large")
    return archive
