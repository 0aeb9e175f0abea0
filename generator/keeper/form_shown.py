"""The review form (审核表) as lines for a terminal, and as a page to be printed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator.keeper.form import Form

__all__ = ["as_page", "as_text"]

_HEADS = {
    "levels": ("级别", "审核人", "职务与依据", "时间", "凭证", "台账记录"),
    "gates": ("关口", "机器检查", "签字人", "时间", "逐项确认"),
    "objections": ("提出人", "处理"),
    "history": ("台账记录", "时间", "事项"),
}


def as_text(form: Form, result: str = "") -> str:
    """The form as lines for a terminal; `result` is what verifying found."""
    lines = [f"网站信息审核表　编号 {form.number}", ""]
    lines += [f"标题：{form.title}"] if form.title else []
    lines += [f"状态：{form.status}", *(f"{name}：{value}" for name, value in form.about)]
    for title, rows in (
        ("三级审核", form.levels), ("四道关口", form.gates), ("异议", form.objections),
        ("发布记录", form.history),
    ):  # fmt: skip
        if rows:
            lines += ["", title, *("  · " + "，".join(filter(None, row)) for row in rows)]
    if form.others:
        lines += ["", "同一变更的其他文件", *(f"  · {path}" for path in form.others)]
    lines += ["", "核验", *(f"  {name}：{value}" for name, value in form.proof), "", form.clock]
    return "\n".join([*lines, *(["", result] if result else [])]) + "\n"


@cache
def _template() -> Any:
    loader = PackageLoader("generator.keeper", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
        "form.html"
    )


def as_page(forms: Iterable[Form], result: str = "", printed: str = "") -> str:
    """The forms as a page to be printed on A4, one after another."""
    page: str = _template().render(forms=list(forms), heads=_HEADS, result=result, printed=printed)
    return page
