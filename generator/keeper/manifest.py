"""The manifest of a release: every output file, its digest, and the entries it follows from.

It stands beside the log on the ledger's branch, named by its entry and bound to it by digest: a
large group has more pages than an entry has room for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.keeper.book import Book
from generator.keeper.verified import Code, Finding
from generator.review.canonical import canonical
from generator.review.ledger_fold import fold

__all__ = ["BY", "DOWN", "Output", "as_bytes", "last_release", "manifest_path", "outputs_of",
           "verify_release", "verify_site"]  # fmt: skip

BY = ("page", "asset", "table", "list", "theme", "group", "tombstone", "gone")
DOWN = ("tombstone", "gone")


@dataclass(frozen=True, slots=True)
class Output:
    """One output file: its digest, what kind it is, and the sources it follows from.

    `gone` is no file: an address that the server answers with 410. Its digest is empty.
    """

    sha256: str
    by: str
    sources: tuple[str, ...] = ()  # paths of the repository; a list follows from the whole ledger


def manifest_path(seq: int) -> str:
    """Where the manifest of the release entry `seq` stands on the ledger's branch."""
    return f"manifest/{seq // 1000:03d}/{seq:06d}.json"


def as_bytes(outputs: Mapping[str, Output], entries: Mapping[str, int]) -> bytes:
    """The manifest: canonical JSON, output path → [sha256, by, {source: entry}]."""
    rows = {
        path: [one.sha256, one.by, {source: entries[source] for source in one.sources}]
        for path, one in outputs.items()
    }
    return canonical({"v": 1, "files": rows})


def outputs_of(book: Book, release: Mapping[str, Any]) -> dict[str, Output] | None:
    """The outputs that a release's manifest lists; None where it is not the one of the entry."""
    told = release["manifest"]
    assert book.tip is not None  # there is a release entry
    row = book.objects.files(book.tip).get(told["path"])
    if row is None:
        return None
    data = next(iter(book.objects.objects([row[1]])))
    if hashlib.sha256(data).hexdigest() != told["sha256"]:
        return None
    rows = json.loads(data)["files"]
    return {path: Output(row[0], row[1], tuple(row[2])) for path, row in rows.items()}


def last_release(book: Book) -> tuple[int, Mapping[str, Any]] | None:
    """The newest release: its seq and body; None where there was none."""
    return book.state.releases[-1] if book.state.releases else None


def verify_release(book: Book, seq: int) -> list[Finding]:
    """What is wrong with a release: whether its files follow from what was approved then."""
    found = dict(book.state.releases).get(seq)
    if found is None:
        return [Finding(Code.NOT_APPROVED, f"台账第 {seq} 条不是发布记录")]
    outputs = outputs_of(book, found)
    if outputs is None:
        return [Finding(Code.EVIDENCE_MISSING, f"第 {seq} 条的发布清单不在，或者和摘要不符")]
    if len(outputs) != found["manifest"]["files"]:
        return [Finding(Code.BYTES_DIFFER, f"第 {seq} 条的发布清单文件数不符")]
    then = fold(book.entries[: found["ledger"]["size"]])
    findings = []
    for path, one in sorted(outputs.items()):
        for source in one.sources if one.by not in DOWN else ():
            known = then.paths.get(source)
            if known is None or known.status != "published":
                said = f"来自 {source}，而它当时没有在发布"
                findings.append(Finding(Code.NOT_APPROVED, said, path))
    return findings


def verify_site(book: Book, folder: Path) -> list[Finding]:
    """How a folder differs from the newest release, and what of it is down by now."""
    last = last_release(book)
    if last is None:
        return [Finding(Code.NOT_APPROVED, "台账里还没有发布记录")]
    findings = verify_release(book, last[0])
    outputs = outputs_of(book, last[1]) or {}
    files = {
        file.relative_to(folder).as_posix(): file
        for file in sorted(folder.rglob("*"))
        if file.is_file() or file.is_symlink()
    }
    outputs = {path: one for path, one in outputs.items() if one.by != "gone"}
    for path in sorted(outputs.keys() - files.keys()):
        findings.append(Finding(Code.BYTES_DIFFER, "发布清单里有，文件夹里没有", path))
    for path, file in files.items():
        one = outputs.get(path)
        if one is None:
            findings.append(Finding(Code.BYTES_DIFFER, "文件夹里有，发布清单里没有", path))
        elif file.is_symlink() or hashlib.sha256(file.read_bytes()).hexdigest() != one.sha256:
            findings.append(Finding(Code.BYTES_DIFFER, "和发布清单的字节不符", path))
        elif one.by not in DOWN:
            down = [s for s in one.sources if (known := book.state.paths.get(s)) and known.is_down]
            if down:
                findings.append(Finding(Code.HELD, f"{down[0]} 已撤下", path))
    return findings
