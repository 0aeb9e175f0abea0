"""A workbook's queries (Power Query): the archive that stands in its DataMashup part."""

from __future__ import annotations

import base64

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.walk import Walk

__all__ = ["mashup"]


def mashup(text: str, walk: Walk) -> Found:
    """Queries tell where their data came from, and may hold tables that were typed in.

    The part is base64 of: version and length (four bytes each), an archive, permissions.
    """
    data = base64.b64decode(text)
    size = int.from_bytes(data[4:8], "little")
    yield Fault("X7", "查询", "Power Query")
    yield from walk.inner("queries.zip", data[8 : 8 + size], "查询：", hidden=True)
