"""What a PDF file would do by itself when it is opened: a script, a program, another file in it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping
from typing import Any

__all__ = ["pdf_deed"]

# Only a file with one of these names in it, or with a name written in escapes, is parsed at all.
_SUSPECT = re.compile(
    rb"/(?:(?:JavaScript|JS|Launch|AA|OpenAction|EmbeddedFile|Encrypt|ObjStm)\b"
    rb"|[A-Za-z]{0,20}#[0-9A-Fa-f]{2})"
)
_ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE"})


def pdf_deed(data: bytes) -> str | None:
    """What the file would do or carries, by the name of its key; empty for a quiet one.

    None where a password keeps it from being known. Errors: whatever a broken file makes the
    parser raise.
    """
    if _SUSPECT.search(data) is None:
        return ""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would say is said as a finding
    reader = PdfReader(io.BytesIO(data))
    return None if reader.is_encrypted and not reader.decrypt("") else _deed(reader)


def _deed(reader: Any) -> str:
    root = reader.trailer["/Root"].get_object()
    names = _resolved(root.get("/Names"))
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in names:
            return key[1:]
    holders = [root, *(page for page in reader.pages)]
    for page in reader.pages:
        holders.extend(_resolved(each) for each in page.get("/Annots") or ())
    for holder in holders:
        for key in ("/OpenAction", "/A"):
            action = _resolved(holder.get(key))
            if action.get("/S") in _ACTIONS:
                return str(action["/S"])[1:]
        for action in _resolved(holder.get("/AA")).values():
            if _resolved(action).get("/S") in _ACTIONS:
                return str(_resolved(action)["/S"])[1:]
    return ""


def _resolved(value: Any) -> Mapping[str, Any]:
    """A PDF dictionary, its reference followed; empty for anything else."""
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if isinstance(found, Mapping) else {}
