"""The `gongkai` command: its verbs, and the only place that reads the clock.

Exit codes of every verb: 0 clean, 1 findings, 2 usage, 3 our fault.
"""

from __future__ import annotations

import sys
import traceback
from importlib import import_module

import click

from generator import __version__

__all__ = ["gongkai", "main"]

OUR_FAULT = 3

_VERBS = (
    "check",
    "gates",
    "build",
    "preview",
    "join",
    "serve",
    "new",
    "schema",
    "explain",
    "docs",
    "review",
    "ledger",
    "forge",
)


class _Verbs(click.Group):
    """The verbs, each imported when it is called: a check of one file loads no generator."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return None
        command: click.Command = getattr(import_module(f"generator.cli.{cmd_name}"), cmd_name)
        return command


@click.command(
    cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(
    __version__, "-V", "--version", prog_name="gongkai", message="%(prog)s %(version)s"
)
def gongkai() -> None:
    """公开：把政府网站群的内容放在 git 里管理、检查和发布。"""


def main() -> None:
    """Runs the command; a fault of ours ends with its trace and exit code 3."""
    try:
        gongkai()
    except (
        Exception
    ):  # the last resort: whatever it is, it is ours, and must not look like findings
        traceback.print_exc()
        click.echo("程序出错，这不是内容的问题。请把以上信息连同所用命令报告给运维单位。", err=True)
        sys.exit(OUR_FAULT)
