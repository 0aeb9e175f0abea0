"""Forms that are no attachments: told with the reason and what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from generator.gates.secrecy.files.found import Fault, Found
from generator.gates.secrecy.files.walk import Walk

__all__ = ["REFUSED"]


def _refuse(name: str, data: bytes, walk: Walk) -> Found:
    yield Fault(name, "文件")


REFUSED: dict[str, Callable[[bytes, Walk], Found]] = {
    "html": partial(_refuse, "Z4"),
    "mail": partial(_refuse, "Z5"),
    "media": partial(_refuse, "Z8"),
    "mp3": partial(_refuse, "Z8"),
    "mp4": partial(_refuse, "Z8"),
    "packed": partial(_refuse, "Z2"),
    "rtf": partial(_refuse, "Z5"),
    "xlsb": partial(_refuse, "Z3"),
}
