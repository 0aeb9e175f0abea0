"""`gongkai new`: a valid new record at the right place, from answers or options."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from generator.check import read_corpus
from generator.cli.common import ROOT_OPTION, now, read_schemas, root_of
from generator.cli.prompts import Terminal, Unattended
from generator.cli.schema import find_kind
from generator.clock import wall_time
from generator.corpus import Corpus
from generator.load import KINDS, Form, Kind
from generator.load.kinds import SLUG
from generator.scaffold import (
    AnswerError,
    Draft,
    Interview,
    Option,
    Setting,
    draft,
    given_values,
    path_of,
    unit_options,
)
from generator.schema import Schemas
from generator.tree import open_tree

__all__ = ["new"]

_ZONE = "Asia/Shanghai"  # of a group that has no group.yml yet
_SHOWN_MISSING = 40


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
    made = draft(setting, interview, stem, year or setting.now.year)
    if made.unanswered:
        raise click.UsageError(_missing(made))
    if made.faults:
        raise click.UsageError("填写的内容还不能用：\n  " + "\n  ".join(made.faults))
    _refuse_existing(top, made.path)
    file = top / made.path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as out:
        out.write(made.text)
    click.echo(_next_steps(made, setting))


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


def _missing(made: Draft) -> str:
    lines = [
        f"  --set {question.path}=…  {question.title}：{question.help}"
        + (
            "可填：" + "、".join(f"{option.value} {option.label}" for option in question.options)
            if 0 < len(question.options) <= _SHOWN_MISSING
            else ""
        )
        for question in made.unanswered
    ]
    return "还缺下列内容。在终端中不带 --yes 运行可以逐项填写，或者补上：\n" + "\n".join(lines)


def _next_steps(made: Draft, setting: Setting) -> str:
    path, kind = shlex.quote(made.path), setting.kind
    lines = [f"写好了：{made.path}"]
    if made.zeros:
        lines.append(f"以下表格先填了 0，请在文件里改成实际数字：{'、'.join(made.zeros)}")
    if made.optional:
        names = "、".join(f"{option.label} {option.value}" for option in made.optional)
        lines.append(f"还可以填写：{names}")
    steps = []
    if kind.form is Form.MARKDOWN:
        steps.append("打开文件，把正文写在第二行 --- 的下面，删去提示")
    if kind.name == "unit":
        unit = setting.unit
        steps.append(
            f"接着建立领导信息、公开指南：gongkai new leader --unit {unit}，"
            f"gongkai new guide --unit {unit}；开设网站用 gongkai new site --unit {unit}"
        )
    if kind.name == "site":
        steps.append(
            "核对文件里的栏目，删去用不上的。还没有内容的栏目，检查时会报“空白栏目”，"
            "上线前补上内容或者删去栏目"
        )
    branch = made.path.removeprefix("content/").rpartition(".")[0].removeprefix("units/")
    said = f"{kind.title}：{setting.title}" if setting.title else f"新增{kind.title}"
    steps += [
        f"检查：gongkai check {path}",
        f"建分支：git switch -c {branch.replace('/', '-')}",
        f"提交：git add {path} && git commit -m {shlex.quote(said)}",
        "推送：git push -u origin HEAD，再到 GitHub 上建合并请求，等三级审核",
    ]
    lines += ["", "下一步：", *(f"  {n}. {step}" for n, step in enumerate(steps, 1))]
    return "\n".join(lines)
