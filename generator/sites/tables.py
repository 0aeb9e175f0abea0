"""A table record as a file that spreadsheets open."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from generator.model import TableRecord
from generator.sites.listing import Listing

__all__ = ["as_csv"]


def as_csv(record: TableRecord, listing: Listing) -> bytes:
    """A table for download: Chinese headers, labels for codes, the mark that Excel looks for."""
    schemas = listing.corpus.schemas
    names = [
        name
        for name in schemas.at(record.kind, ("rows", 0)).get("properties", {})
        if any(name in row for row in record.rows)
    ]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(schemas.at(record.kind, ("rows", 0, name)).get("title", name) for name in names)
    for index, row in enumerate(record.rows):
        writer.writerow(_cell(record, listing, index, row, name) for name in names)
    return text.getvalue().encode("utf-8-sig")


def _cell(
    record: TableRecord, listing: Listing, index: int, row: Mapping[str, Any], name: str
) -> str:
    value = row.get(name, "")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(str(part) for part in value)
    return listing.corpus.label(record, "rows", index, name) if name in row else ""
