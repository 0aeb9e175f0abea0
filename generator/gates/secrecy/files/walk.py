"""A walk through a file and what it carries: how deep it is, and how much may still be read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.gates.secrecy.files.found import Fault, Found, TooMuchError, within
from generator.gates.secrecy.files.pack import limit

__all__ = ["Budget", "Walk", "guarded"]

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (zipfile.BadZipFile, "压缩包损坏"),
    (etree.XMLSyntaxError, "部件不是完整的 XML"),
    (NotImplementedError, "压缩方式打不开"),
    (UnicodeError, "文字编码认不出来"),
    (EOFError, "文件不完整"),
    (OSError, "文件损坏"),
    (KeyError, "缺少部件"),
)


@dataclass(slots=True)
class Budget:
    """What one attachment may still take, with all that it carries."""

    bytes: int = field(default_factory=lambda: limit("bytes"))
    pictures: int = field(default_factory=lambda: limit("pictures"))

    def take(self, size: int) -> None:
        """Counts bytes that were unpacked. Errors: TooMuchError."""
        self.bytes -= size
        if self.bytes < 0:
            raise TooMuchError("解开后太大")


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a reader stands. `open` reads any file by its name and bytes."""

    open: Callable[[str, bytes, Walk], Found]
    path: str = ""  # of the attachment, from the repository root
    budget: Budget = field(default_factory=Budget)
    depth: int = 0

    def inner(self, name: str, data: bytes, place: str, hidden: bool = False) -> Found:
        """What a file inside this one holds; one that lies too deep is told."""
        if self.depth >= limit("depth"):
            yield Fault("A1", place, why=f"一层套一层，超过 {limit('depth')} 层")
            return
        deeper = replace(self, depth=self.depth + 1)
        yield from within(guarded(self.open(name, data, deeper)), place, hidden)


def guarded(found: Found, place: str = "") -> Found:
    """What a reader finds; where it fails, that is told, and no more. Errors: TooMuchError."""
    try:
        yield from found
    except (TooMuchError, GeneratorExit):
        raise
    except Exception as error:  # whatever a foreign file makes its reader raise
        reason = next((said for kind, said in _REASONS if isinstance(error, kind)), "文件损坏")
        yield Fault("A0", place, why=reason)
