"""`gongkai new`: a valid new record at the right place, from answers or options."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator.check import read_corpus
from generator.cli.common import ROOT_OPTION, now, read_schemas, root_of
from generator.cli.next_steps import missing, next_steps
from generator.cli.prompts import Terminal, Unattended
from generator.cli.schema import find_kind
from generator.clock import wall_time
from generator.corpus import Corpus
from generator.load import KINDS, Kind
from generator.load.kinds import SLUG
from generator.scaffold import (
    UNANSWERED,
    AnswerError,
    Choice,
    Interview,
    Option,
    Question,
    Setting,
    draft,
    given_values,
    own_name,
    path_of,
    unit_options,
)
from generator.schema import Schemas
from generator.tree import open_tree

__all__ = ["new"]

_ZONE = "Asia/Shanghai"  # of a group that has no group.yml yet


@click.command()
@click.argument("kind", required=False)
@click.option("--unit", metavar="代号", help="单位代号，即 content/units/ 下的文件夹名。")
@click.option("--title", default="", metavar="标题", help="标题（单位和网站为名称）。")
@click.option("--id", "stem", default="", metavar="编号", help="文件名；不填用下一个空号。")
@click.option("--year", type=click.IntRange(1949, 2100), help="年份文件夹；不填为今年。")
@click.option(
    "--set", "pairs", multiple=True, metavar="字段=内容", help="直接填写一个字段，可多次。"
)
@click.option("--yes", is_flag=True, help="不提问：没有给出的字段用建议的内容。")
@ROOT_OPTION
def new(
    *,
    kind: str | None,
    unit: str | None,
    title: str,
    stem: str,
    year: int | None,
    pairs: tuple[str, ...],
    yes: bool,
    root: Path | None,
) -> None:
    """新建一条记录：逐项提问，写好文件，告诉你下一步。

    种类可写英文名或中文名，如 article 或 动态稿件；不写则从列表中选。已有的文件不会被改动。
    """
    top = root_of(root)
    asks = not yes and _is_terminal()
    chosen = find_kind(kind) if kind else _ask_kind(asks)
    schemas = read_schemas(top)
    corpus, _ = read_corpus(open_tree(top, None, now()), schemas)
    owner = _unit_of(chosen, unit, corpus, top, asks)
    if stem and not SLUG.fullmatch(stem):
        raise click.UsageError("--id 只能用小写字母、数字和连字符，例如 0042 或 zwgk-zd。")
    zone = corpus.group.time_zone if corpus.group else _ZONE
    setting = Setting(corpus, chosen, owner, wall_time(now(), zone), title)
    if chosen.single:
        _refuse_existing(top, path_of(setting, "", 0))
    interview = _interview(setting, schemas, pairs, asks)
    if asks and not stem and not (chosen.single or chosen.dated):
        stem = _ask_name(interview)
    made = draft(setting, interview, stem, year or setting.now.year)
    if made.unanswered:
        raise click.UsageError(missing(made))
    if made.faults:
        raise click.UsageError("填写的内容还不能用：\n  " + "\n  ".join(made.faults))
    _refuse_existing(top, made.path)
    file = top / made.path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as out:
        out.write(made.text)
    click.echo(next_steps(made, setting))


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _interview(setting: Setting, schemas: Schemas, pairs: tuple[str, ...], asks: bool) -> Interview:
    terminal = Terminal()
    interview = Interview(schemas, setting.kind.name, terminal if asks else Unattended(), setting)
    try:
        given = given_values(schemas, setting.kind.name, pairs)
    except AnswerError as error:
        raise click.UsageError(str(error)) from error
    if asks:
        click.echo(f"新建{setting.kind.title}。每项下面有说明；Ctrl+C 随时退出，不会留下文件。\n")
    interview.fill(given)
    if asks and (optional := interview.optional()):
        click.echo()
        interview.fill_optional(terminal.choose_some("还要填写哪些选填的字段？", optional))
    return interview


def _ask_name(interview: Interview) -> str:
    """The file's name, for a kind whose records neither have one of their own nor are numbered
    by the year; empty to take the next number after all."""
    if own_name(interview.setting, interview.schemas, interview.record):
        return ""

    def check(answer: object) -> str:
        return "" if SLUG.fullmatch(str(answer)) else "只能用小写字母、数字和连字符"

    asked = Question(
        path="", title="文件名", check=check, choice=Choice.TEXT, required=False,
        help="用在网址里，一般用拼音首字母，如 zwgk-zd；直接回车就用下一个编号",
    )  # fmt: skip
    answer = interview.asker.ask(asked)
    return "" if answer is UNANSWERED else str(answer)


def _ask_kind(asks: bool) -> Kind:
    if not asks:
        raise click.UsageError("请写明种类，例如 gongkai new article。用 gongkai schema 查看全部。")
    options = [Option(kind.name, kind.title) for kind in KINDS]
    return find_kind(str(Terminal.choose("新建哪一种？", options)))


def _unit_of(kind: Kind, given: str | None, corpus: Corpus, top: Path, asks: bool) -> str:
    """The unit that the record will belong to; empty for what belongs to the group."""
    if not kind.of_unit:
        return ""
    unit = given or _unit_here(top)
    if not unit and len(corpus.units) == 1:
        unit = next(iter(corpus.units))
    if not unit and asks and kind.name != "unit":
        unit = str(Terminal.choose("哪个单位的？", unit_options(corpus)))
    if not unit:
        example = "xjj" if kind.name == "unit" else next(iter(corpus.units), "portal")
        raise click.UsageError(f"请写明单位代号，例如 --unit {example}。")
    if not SLUG.fullmatch(unit):
        raise click.UsageError("单位代号只能用小写字母、数字和连字符。")
    if kind.name != "unit" and unit not in corpus.units:
        raise click.UsageError(
            f"没有 {unit} 这个单位。先用 gongkai new unit --unit {unit} 建立它。"
        )
    return unit


def _unit_here(top: Path) -> str:
    """The unit in whose folder the command was started."""
    try:
        parts = Path.cwd().resolve().relative_to(top / "content" / "units").parts
    except ValueError:
        return ""
    return parts[0] if parts else ""


def _refuse_existing(top: Path, path: str) -> None:
    if os.path.lexists(top / path):
        raise click.UsageError(f"{path} 已经有了，不会改动它。要修改请直接编辑这个文件。")
