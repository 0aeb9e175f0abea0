"""Whether what a release is built from asks MkDocs for more than it may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["refused_plugins"]

_LIST = Path(__file__).with_name("plugins.yml")


@cache
def _allowed() -> Mapping[str, Any]:
    value: Mapping[str, Any] = yaml.safe_load(_LIST.read_text("utf-8"))
    return value


def refused_plugins(root: Path) -> list[str]:
    """What in `mkdocs.yml` and in the pages below `root` is not on the list, in Chinese."""
    found = list(_of_config(root / "mkdocs.yml"))
    marks = _allowed()["marks"]
    for file in sorted((root / "content").rglob("*.md")):
        data = file.read_bytes()
        found += [
            f"{file.relative_to(root).as_posix()} 用了 {mark['name']} 的写法 {mark['sign']}"
            for mark in marks
            if mark["sign"].encode() in data
        ]
    return found


def _of_config(file: Path) -> Iterator[str]:
    try:
        config = yaml.safe_load(file.read_bytes())
    except FileNotFoundError:
        yield "没有 mkdocs.yml"
        return
    except yaml.YAMLError as error:  # a tag of MkDocs' own reads the environment or runs code
        mark = getattr(error, "problem_mark", None)
        yield f"mkdocs.yml 读不懂或用了标签（第 {mark.line + 1 if mark else 1} 行）"
        return
    allowed = _allowed()
    if not isinstance(config, dict):
        yield "mkdocs.yml 不是一组设置"
        return
    yield from (f"mkdocs.yml 的 {key}" for key in config if key not in allowed["keys"])
    for key in ("plugins", "markdown_extensions", "hooks"):
        yield from _rows(key, config.get(key) or [], allowed[key])
    theme = config.get("theme")
    settings = theme if isinstance(theme, dict) else {"name": theme}
    yield from (f"theme.{key}" for key in settings if key not in allowed["theme_keys"])
    for key, value in allowed["theme"].items():
        if settings.get(key, value) != value:
            yield f"theme.{key}: {settings[key]}"
    if settings.get("font", False) is not False:
        yield "theme.font：会从外部网站取字体"


def _rows(key: str, rows: Any, allowed: list[str]) -> Iterator[str]:
    if not isinstance(rows, list | dict):
        yield f"{key}: {rows}"
        return
    for row in rows:
        names = list(row) if isinstance(row, dict) else [row]
        yield from (f"{key}: {name}" for name in names if name not in allowed)
