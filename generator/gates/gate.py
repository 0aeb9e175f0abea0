"""A machine gate: files → findings, pass or fail, and by which rules that was judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.gates.finding import ERROR, Finding, in_order
from generator.gates.known import Known

__all__ = ["Files", "Gate", "Scan", "digest_of", "scan"]

Files = Iterable[tuple[str, bytes]]  # path from the repository root, and bytes
_HERE = Path(__file__).parent
_ABOVE = _HERE.parent
# The libraries whose version can change what a gate sees.
_LIBRARIES = (
    "ahocorasick-rs", "comrak", "lxml", "olefile", "onnxruntime", "openpyxl", "pdfminer.six",
    "pikepdf", "pillow", "pypdf", "pypdfium2", "python-docx", "python-pptx", "python-stdnum",
    "pyyaml", "rapidocr", "zxing-cpp",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gate:
    """One machine gate. It reads the files it understands and leaves the others alone.

    find: the findings in files, in any order; `today` ends what was allowed for a time only
    fix: a file with what is certain put right, the same bytes where nothing is
    folders: of packs and program, below `generator/gates/`, that this gate alone consists of
    """

    name: str  # "wording"
    title: str  # "文字关"
    version: str
    find: Callable[[Files, Known, date], Iterable[Finding]]
    folders: tuple[str, ...]
    fix: Callable[[str, bytes, Known, date], bytes] | None = None

    @property
    def tool(self) -> str:
        """What judged: the facts' `tool`."""
        return f"{self.name} {self.version}"

    def ruleset(self, known: Known) -> str:
        """By which rules: a digest of packs, program, and what was known; the facts' `ruleset`."""
        return sha256(f"{digest_of(self.folders)}\0{known.digest}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Scan:
    """What a gate says of files: the facts' row of it, and why."""

    gate: str
    result: str  # "pass" | "fail"
    tool: str
    ruleset: str
    findings: tuple[Finding, ...]
    files: tuple[tuple[str, str], ...] = ()  # each path with the SHA-256 of the bytes examined


def scan(gate: Gate, files: Files, known: Known, today: date) -> Scan:
    """What a gate says of files; one finding of severity error is enough to fail."""
    seen: dict[str, str] = {}

    def noted() -> Iterator[tuple[str, bytes]]:
        for path, data in files:
            seen[path] = sha256(data).hexdigest()
            yield path, data

    findings = in_order(gate.find(noted(), known, today))
    result = "fail" if any(finding.severity == ERROR for finding in findings) else "pass"
    ruleset = gate.ruleset(known)
    return Scan(gate.name, result, gate.tool, ruleset, findings, tuple(sorted(seen.items())))


@cache
def digest_of(folders: tuple[str, ...]) -> str:
    """The SHA-256 over all files of the folders given, and over what all gates read text with."""
    seen = sha256()
    shared = [
        *_HERE.glob("*.py"),
        *(_ABOVE / "load").rglob("*.py"),
        *(_ABOVE / "markup").rglob("*"),
    ]
    own = [path for folder in folders for path in (_HERE / folder).rglob("*")]
    for path in sorted({*shared, *own}):
        if path.is_file() and "__pycache__" not in path.parts:
            data = path.read_bytes()
            seen.update(f"{path.relative_to(_ABOVE).as_posix()}\0{len(data)}\0".encode())
            seen.update(data)
    for name in _LIBRARIES:
        seen.update(f"{name} {_version(name)}\0".encode())
    return seen.hexdigest()


def _version(name: str) -> str:
    """The version of a library; empty where an extra is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
