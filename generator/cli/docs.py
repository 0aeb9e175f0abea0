"""`gongkai docs`: the handbook, from the written pages and those that schemas and codes give."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import yaml

from generator.cli.common import ROOT_OPTION, read_schemas, root_of
from generator.reference import handbook, navigation
from generator.reference.cases import difference

__all__ = ["docs"]

_WRITTEN = Path(__file__).parents[1] / "docs"
_CONFIG = "mkdocs.yml"
_COMMANDS = "commands.md"
_COMMANDS_INTRODUCTION = """\
# 命令一览

所有命令以 `gongkai` 开头，在内容库的任意文件夹里都能运行。
退出码：0 正常，1 有问题要改，2 用法不对，3 程序出错。
"""


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="放在哪个文件夹；不填为 build/handbook。",
)
@ROOT_OPTION
@click.pass_context
def docs(context: click.Context, out: Path | None, root: Path | None) -> None:
    """生成手册：写稿、发文、排错的说明，全部字段和提示代码。"""
    top = root_of(root)
    target = (out or top / "build" / "handbook").resolve()
    source = target.with_name(target.name + "-source")
    count = _write_source(top, source, context.find_root().command)
    click.echo(f"共 {count} 页，正在生成……", err=True)
    # Material announces its end of life at every start, in English; the design page knows it.
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--clean",
         "--config-file", str(source / _CONFIG), "--site-dir", str(target)],
        check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError("MkDocs could not build the handbook; what it said stands above")
    click.echo(f"手册在 {target / 'index.html'}")


def _write_source(top: Path, source: Path, commands: click.Command) -> int:
    """Puts the handbook's pages and configuration into a folder of its own; their number."""
    pages = source / "pages"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(_WRITTEN, pages, ignore=shutil.ignore_patterns(_CONFIG))
    made = handbook(read_schemas(top), lambda code: difference(top / "tests" / "cases", code))
    made[_COMMANDS] = _commands(commands)
    for path, text in made.items():
        file = pages / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    config: dict[str, Any] = yaml.load(
        (_WRITTEN / _CONFIG).read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    config["docs_dir"] = "pages"
    config["nav"] += navigation()
    (source / _CONFIG).write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    return len(list(pages.rglob("*.md")))


def _commands(root: click.Command) -> str:
    """Every verb with its own help text, so that the page cannot be out of date."""
    assert isinstance(root, click.Group)  # `gongkai` itself
    above = click.Context(root)
    parts = [_COMMANDS_INTRODUCTION]
    for name in sorted(root.list_commands(above)):
        verb = root.get_command(above, name)
        assert verb is not None  # it is listed
        context = click.Context(verb, info_name=f"gongkai {name}", max_content_width=100)
        parts.append(f"## {name}\n\n```text\n{verb.get_help(context)}\n```\n")
    return "\n".join(parts)
