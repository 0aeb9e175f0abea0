"""What `gongkai new` says at its end: what is still missing, or what to do next."""

from __future__ import annotations

import shlex

from generator.load import Form
from generator.scaffold import Draft, Setting

__all__ = ["missing", "next_steps"]

_SHOWN_OPTIONS = 40


def missing(made: Draft) -> str:
    """What was not answered, and how to answer it."""
    lines = [
        f"  --set {question.path}=…  {question.title}：{question.help}"
        + (
            "可填：" + "、".join(f"{option.value} {option.label}" for option in question.options)
            if 0 < len(question.options) <= _SHOWN_OPTIONS
            else ""
        )
        for question in made.unanswered
    ]
    return "还缺下列内容。在终端中不带 --yes 运行可以逐项填写，或者补上：\n" + "\n".join(lines)


def next_steps(made: Draft, setting: Setting) -> str:
    """Where the record is, what it may hold besides, and the way to a pull request."""
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
    said = f"新增{kind.title}：{made.title}" if made.title else f"新增{kind.title}"
    steps += [
        f"检查：gongkai check {path}",
        f"建分支：git switch -c {branch.replace('/', '-')}",
        f"提交：git add {path} && git commit -m {shlex.quote(said)}",
        "推送：git push -u origin HEAD，再到 GitHub 上建合并请求，等三级审核",
    ]
    lines += ["", "下一步：", *(f"  {n}. {step}" for n, step in enumerate(steps, 1))]
    return "\n".join(lines)
