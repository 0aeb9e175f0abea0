"""What can be read off a picture: signs by rapidocr, codes by zxing. Each picture is read once.

rapidocr is an extra (`ocr`), heavy beside all else; its models lie in its package, so nothing is
fetched. What it read is kept by the digest of the pixels, in memory and where `keep_in` says.
"""

from __future__ import annotations

import logging
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from generator.gates.secrecy.files.pack import limit
from generator.store import FolderStore, NoStore, Store

__all__ = ["can_read", "codes", "keep_in", "lines"]

_kept: dict[str, Store] = {"": NoStore()}
_memory: dict[str, list[str]] = {}


def keep_in(folder: Path) -> None:
    """Keeps what is read below a folder, for the next time."""
    _kept[""] = FolderStore(folder / "ocr", f"rapidocr-{can_read()}")


@cache
def can_read() -> str:
    """The version of rapidocr; empty where it is not installed."""
    try:
        version("onnxruntime")
        return version("rapidocr")
    except PackageNotFoundError:
        return ""


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})


def codes(image: Image.Image) -> list[str]:
    """The payloads of bar codes and QR codes."""
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L")) if code.text]


def lines(image: Image.Image) -> list[str]:
    """The lines of text on a picture, from the top down; empty where nothing can read them."""
    pixels = image.convert("RGB")
    name = sha256(f"{pixels.size}".encode() + pixels.tobytes()).hexdigest()
    if name not in _memory:
        found = _kept[""].get(name)
        if not isinstance(found, list):
            found = _read(pixels)
            _kept[""].put(name, found)
        _memory[name] = found
    return _memory[name]


def _read(pixels: Image.Image) -> list[str]:
    result = _engine()(pixels)
    if result.txts is None:
        return []
    rows: list[tuple[float, float, float, str]] = []
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if 100 * score >= limit("ocr_score"):
            top, bottom = float(box[:, 1].min()), float(box[:, 1].max())
            rows.append(((top + bottom) / 2, bottom - top, float(box[:, 0].min()), text))
    rows.sort()
    found: list[list[tuple[float, float, float, str]]] = []
    for row in rows:
        if found and abs(found[-1][-1][0] - row[0]) < 0.5 * min(found[-1][-1][1], row[1]):
            found[-1].append(row)
        else:
            found.append([row])
    return ["  ".join(row[3] for row in sorted(line, key=lambda row: row[2])) for line in found]
