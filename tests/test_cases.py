"""Each code of the catalogue is found exactly where its case says, and nowhere in its right tree.

How a case is laid out stands in `tests/cases/README.md`. A code without a case, or without its
sentences in every language, fails here too.
"""

from __future__ import annotations

import os
import shutil
import string
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.check import check
from generator.diagnostics.catalogue import LANGUAGES, codes, hint, message, texts
from generator.schema import Schemas
from generator.tree import WorkingTree

CASES = Path(__file__).parent / "cases"
BASE = CASES / "_base"
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
START = "2025-12-31T09:00:00+08:00"
NO_HISTORY = "SRC-050"
CODES = sorted(folder.name for folder in CASES.iterdir() if (folder / "expect.txt").is_file())


@pytest.fixture(scope="module")
def schemas(root: Path) -> Schemas:
    """The repository's schemas, compiled once."""
    return Schemas.read(root / "schemas")


def laid_out(root: Path, folder: Path, tree: Path) -> None:
    """Writes the base, the reference data and the overlay `tree` into `folder`."""
    shutil.copytree(root / "content" / "reference", folder / "content" / "reference")
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for name in lines_of(tree / "without.txt"):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if (tree / "content").is_dir():
        shutil.copytree(tree / "content", folder / "content", symlinks=True, dirs_exist_ok=True)
    set_limits(folder, parsed(tree.parent / "limits.yml") or {})
    steps = parsed(tree / "commits.yml")
    if steps is not None:
        committed(folder, steps)


def lines_of(file: Path) -> list[str]:
    """The lines of a text file that say something; none where it is missing."""
    text = file.read_text("utf-8") if file.is_file() else ""
    return [line.strip() for line in text.splitlines() if line.strip()]


def parsed(file: Path) -> Any:
    """The value of a YAML file, an empty list for an empty one; None where it is missing."""
    if not file.is_file():
        return None
    return yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader) or []


def set_limits(folder: Path, limits: dict[str, str]) -> None:
    """Sets thresholds of the copied table."""
    file = folder / "content" / "reference" / "thresholds.yml"
    lines = file.read_text("utf-8").splitlines()
    for name, value in limits.items():
        at = lines.index(f"  - id: {name}")
        lines[at + 1] = f"    value: {value}"
    file.write_text("\n".join(lines) + "\n", "utf-8")


def committed(folder: Path, steps: list[dict[str, Any]]) -> None:
    """Makes `folder` a repository whose history is its content, then `steps`."""

    def git(at: str, *arguments: str) -> None:
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        who = ["-c", "user.name=case", "-c", "user.email=case@example.invalid"]
        subprocess.run(
            ["git", *who, *arguments],
            cwd=folder,
            env={**os.environ, **quiet, **dates},
            check=True,
            capture_output=True,
        )

    def commit(at: str) -> None:
        git(at, "add", "-A")
        git(at, "commit", "-q", "--allow-empty", "-m", "step")

    git(START, "init", "-q", "-b", "main")
    commit(START)
    for step in steps:
        for path, text in step.get("put", {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        for path in step.get("delete", []):
            (folder / path).unlink()
        commit(step["at"])


def found_in(folder: Path, schemas: Schemas, ignored: frozenset[str]) -> list[str]:
    """What the check says of a folder, as the lines of an `expect.txt`; every sentence is said."""
    found = []
    for finding in check(WorkingTree(folder, NOW), schemas).findings:
        if finding.code in ignored:
            continue
        for language in LANGUAGES:
            assert message(finding, language).strip()
            assert hint(finding, language).strip()
        found.append(f"{finding.place.path}:{finding.place.line} {finding.code}")
    return sorted(found)


def ignored_in(tree: Path) -> frozenset[str]:
    """A folder without git says so; only the case of that code is about it."""
    without_git = not (tree / "commits.yml").is_file()
    return frozenset({NO_HISTORY} if without_git and tree.parent.name != NO_HISTORY else ())


def test_the_base_has_nothing_wrong(root, tmp_path, schemas):
    laid_out(root, tmp_path, BASE)
    assert found_in(tmp_path, schemas, frozenset({NO_HISTORY})) == []


@pytest.mark.parametrize("code", CODES)
def test_right(code, root, tmp_path, schemas):
    tree = CASES / code / "right"
    laid_out(root, tmp_path, tree)
    assert found_in(tmp_path, schemas, ignored_in(tree)) == []


@pytest.mark.parametrize("code", CODES)
def test_wrong(code, root, tmp_path, schemas):
    tree = CASES / code / "wrong"
    expected = sorted(lines_of(CASES / code / "expect.txt"))
    assert any(line.endswith(" " + code) for line in expected), "the case is about another code"
    laid_out(root, tmp_path, tree)
    assert found_in(tmp_path, schemas, ignored_in(tree)) == expected


def test_every_code_has_a_case():
    complete = {
        code for code in CODES if all((CASES / code / tree).is_dir() for tree in ("right", "wrong"))
    }
    assert sorted(set(codes()) - complete) == []
    assert sorted(set(CODES) - set(codes())) == [], "a case of a code that is gone"


def test_every_code_is_told_in_every_language():
    for language in LANGUAGES:
        assert sorted(texts(language)) == sorted(codes()), language


def names_in(sentence: str) -> Iterator[str]:
    """The values that a sentence names."""
    return (name for _, name, _, _ in string.Formatter().parse(sentence) if name)


@pytest.mark.parametrize("code", sorted(codes()))
def test_the_languages_name_the_same_values(code):
    first, *others = (texts(language)[code] for language in LANGUAGES)
    for text in (first, *others):
        assert text.title.strip()
        assert text.explain.strip()
    for other in others:
        assert set(names_in(first.message)) == set(names_in(other.message))
