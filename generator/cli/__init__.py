"""The `gongkai` command: its verbs, and the only place that reads the clock.

Exit codes of every verb: 0 clean, 1 findings, 2 usage, 3 our fault.
"""

from __future__ import annotations

import sys
import traceback

import click

from generator import __version__
from generator.cli.build import build
from generator.cli.check import check
from generator.cli.docs import docs
from generator.cli.explain import explain
from generator.cli.new import new
from generator.cli.schema import schema
from generator.cli.serve import serve

__all__ = ["main"]

OUR_FAULT = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    __version__, "-V", "--version", prog_name="gongkai", message="%(prog)s %(version)s"
)
def gongkai() -> None:
    """公开：把政府网站群的内容放在 git 里管理、检查和发布。"""


for verb in (check, build, serve, new, schema, explain, docs):
    gongkai.add_command(verb)


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
