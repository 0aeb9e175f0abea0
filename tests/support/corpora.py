"""Small corpora for tests of rules: real files in a folder, read as the check reads them."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from generator.check import read_corpus
from generator.corpus import Corpus
from generator.diagnostics.catalogue import Severity, codes
from generator.load import KINDS_BY_NAME, locate
from generator.schema import Schemas
from generator.tree import History, WorkingTree

__all__ = ["NOW", "CorpusMaker"]

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
_MARK = "# content/"


class CorpusMaker:
    """Builds a corpus from a few lines: `corpus_of(text)`.

    `text` holds files, each begun by a line `# content/…`. What stands below it is laid over the
    example record of the kind, key by key, so that a test names only what it is about; a key with
    `null` is left out. Reference data is the repository's own, workdays from 2022. A file that its
    schema does not pass fails the test at once.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._folder = folder
        self._schemas = Schemas.read(root / "schemas")
        long_ago = shutil.ignore_patterns("200?.yml", "201?.yml", "2020.yml", "2021.yml")
        reference = "content/reference"
        shutil.copytree(root / reference, folder / reference, ignore=long_ago)

    def __call__(
        self,
        text: str = "",
        brought: Mapping[str, datetime] | None = None,
        past: Mapping[str, frozenset[str]] | None = None,
    ) -> Corpus:
        """The corpus of `text`; `brought` gives a history, `past` the index numbers once used."""
        for block in textwrap.dedent(text).split(_MARK)[1:]:
            path, _, lines = block.partition("\n")
            self._write("content/" + path.strip(), yaml.safe_load(lines) or {})
        corpus, findings = read_corpus(WorkingTree(self._folder, NOW), self._schemas)
        bad = [finding for finding in findings if codes()[finding.code].severity != Severity.NOTE]
        assert not bad, bad
        if brought is not None:
            corpus = replace(corpus, history=History(brought=brought, complete=True))
        if past is not None:
            corpus = replace(corpus, past=lambda: past)
        return corpus

    def _write(self, path: str, given: Mapping[str, Any]) -> None:
        kind = locate(path).kind
        assert kind is not None, path
        record = {**self._schemas.of(kind.name)["examples"][0], **given}
        record = {key: _plain(value) for key, value in record.items() if value is not None}
        lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in record.items())
        text = "\n".join(lines) + "\n"
        if ".md" in KINDS_BY_NAME[kind.name].endings:
            text = f"---\n{text}---\n\n正文。\n"
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def _plain(value: Any) -> Any:
    """A value with days and times as the text a person writes, and no part shared."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if hasattr(value, "isoformat") else value
