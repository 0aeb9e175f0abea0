"""The kinds in the order in which people look for them, and names for the families of codes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics.catalogue import codes

__all__ = ["KIND_GROUPS", "by_family", "family_title"]

KIND_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("机构与网站", ("unit", "site", "leader", "media-account", "partner")),
    (
        "稿件与信息公开",
        (
            "article", "policy", "interpretation", "disclosure", "guide", "institution",
            "info-request", "annual-report",
        ),
    ),
    ("办事服务", ("service", "service-statistics", "power", "fee")),
    ("互动交流", ("message", "consultation", "interview", "error-report")),
    (
        "报表与监督",
        (
            "site-report", "monthly-report", "year-report", "evaluation", "finding", "task",
            "meeting", "adoption", "reward", "migration", "attestation", "probe",
            "wording-allowed",
        ),
    ),
    (
        "全群设定",
        (
            "group", "roles", "review-policy", "duty", "indicator", "workdays", "themes",
            "divisions", "thresholds", "article20", "vocabulary",
        ),
    ),
)  # fmt: skip

_FAMILIES = {
    "AST": "附件和图片",
    "COL": "栏目",
    "LNK": "链接",
    "NUM": "编号",
    "POL": "政策与解读",
    "REF": "引用",
    "RLY": "转载",
    "ROL": "人员与任职",
    "RPT": "年报与报表",
    "SCH": "字段",
    "SIT": "单位和网站",
    "SRC": "文件和写法",
    "SVC": "办事服务",
    "TIM": "时间和期限",
    "TTL": "标题和文字",
}


def family_title(family: str) -> str:
    """What the codes of a family are about; the family itself where nobody has named it."""
    return _FAMILIES.get(family, family)


def by_family() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The families of codes and their codes, in alphabetical order."""
    families = {code.partition("-")[0] for code in codes()}
    for family in sorted(families):
        yield family, tuple(code for code in codes() if code.startswith(family + "-"))
