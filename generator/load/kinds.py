"""The kinds of record, one row each: where its files stand, in which form, and its Chinese name.

What a record of a kind may hold is said by `schemas/<kind>.schema.json`, and only there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["ASSET_ENDINGS", "KINDS", "KINDS_BY_NAME", "Form", "Kind", "Located", "locate"]


class Form(StrEnum):
    """How a record is written down."""

    MARKDOWN = "markdown"  # front matter between two `---` lines, then a body
    YAML = "yaml"
    TABLE = "table"  # YAML, its rows inline or in a CSV file of the same stem


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: `folder` stands in the unit's folder, or in `content/` where `of_unit` is false."""

    name: str
    folder: str  # a folder, or the single file that holds the only record of a unit or group
    form: Form
    title: str
    dated: bool = False  # a folder per year between `folder` and the file
    of_unit: bool = True

    @property
    def single(self) -> bool:
        """Whether the kind is one file with a fixed name."""
        return self.folder.endswith(".yml")

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings its files may have."""
        return {
            Form.MARKDOWN: (".md",),
            Form.YAML: (".yml",),
            Form.TABLE: (".yml", ".csv"),
        }[self.form]

    @property
    def pattern(self) -> str:
        """Where its files stand, for people: `content/units/<单位>/articles/<年份>/<编号>.md`."""
        top = "content/units/<单位>/" if self.of_unit else "content/"
        if self.single:
            return top + self.folder
        year = "<年份>/" if self.dated else ""
        return f"{top}{self.folder}/{year}<编号>{self.endings[0]}"


_MD, _YML, _TABLE = Form.MARKDOWN, Form.YAML, Form.TABLE

KINDS: tuple[Kind, ...] = (
    Kind("group", "group.yml", _YML, "网站群", of_unit=False),
    Kind("roles", "governance/roles.yml", _YML, "人员与任职", of_unit=False),
    Kind("review-policy", "governance/policy.yml", _YML, "审核规则", of_unit=False),
    Kind("duty", "duties", _YML, "义务", of_unit=False),
    Kind("indicator", "indicators", _YML, "检查指标", of_unit=False),
    Kind("workdays", "reference/workdays", _YML, "工作日历", of_unit=False),
    Kind("themes", "reference/themes.yml", _YML, "主题分类表", of_unit=False),
    Kind("divisions", "reference/divisions.yml", _YML, "行政区划表", of_unit=False),
    Kind("thresholds", "reference/thresholds.yml", _YML, "限值表", of_unit=False),
    Kind("article20", "reference/article20.yml", _YML, "主动公开事项表", of_unit=False),
    Kind("vocabulary", "reference/vocabularies", _YML, "词表", of_unit=False),
    Kind("unit", "unit.yml", _YML, "单位"),
    Kind("site", "site.yml", _YML, "网站"),
    Kind("wording-allowed", "wording-allowed.yml", _YML, "文字关放行表"),
    Kind("leader", "leaders", _YML, "领导信息"),
    Kind("article", "articles", _MD, "动态稿件", dated=True),
    Kind("policy", "policies", _MD, "政策文件", dated=True),
    Kind("interpretation", "interpretations", _MD, "政策解读", dated=True),
    Kind("disclosure", "disclosures", _MD, "主动公开信息", dated=True),
    Kind("power", "powers", _TABLE, "行政职权"),
    Kind("fee", "fees", _TABLE, "收费清单"),
    Kind("guide", "guides", _MD, "公开指南"),
    Kind("institution", "institutions", _MD, "公开制度"),
    Kind("info-request", "info-requests", _YML, "依申请公开", dated=True),
    Kind("annual-report", "annual-reports", _YML, "政府信息公开工作年度报告"),
    Kind("site-report", "site-reports", _YML, "政府网站工作年度报表"),
    Kind("monthly-report", "monthly-reports", _YML, "月度工作报表"),
    Kind("service", "services", _YML, "办事指南"),
    Kind("service-statistics", "service-statistics", _YML, "办事统计"),
    Kind("media-account", "media", _YML, "政务新媒体"),
    Kind("consultation", "consultations", _MD, "征集调查", dated=True),
    Kind("interview", "interviews", _MD, "在线访谈", dated=True),
    Kind("message", "messages", _YML, "公众来信", dated=True),
    Kind("error-report", "error-reports", _YML, "纠错", dated=True),
    Kind("partner", "partners", _YML, "合作媒体"),
    Kind("migration", "migrations", _YML, "集约化迁移"),
    Kind("finding", "findings", _YML, "监督发现的问题", dated=True),
    Kind("task", "tasks", _YML, "上级任务", dated=True),
    Kind("meeting", "meetings", _MD, "联席会议"),
    Kind("adoption", "adoptions", _YML, "采用记录", dated=True),
    Kind("reward", "rewards", _YML, "年终评比"),
    Kind("year-report", "year-reports", _YML, "年终工作公布"),
    Kind("evaluation", "evaluations", _YML, "群众评议"),
    Kind("attestation", "attestations", _YML, "佐证"),
    Kind("probe", "probes", _TABLE, "探测记录"),
)
KINDS_BY_NAME: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in KINDS})

ASSET_ENDINGS = frozenset(
    {".pdf", ".docx", ".xlsx", ".png", ".jpg", ".jpeg", ".webp", ".csv", ".zip", ".mp3", ".mp4"}
)
_RECORD_ENDINGS = frozenset({".md", ".yml", ".yaml"})
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BY_FOLDER = {(kind.of_unit, kind.folder): kind for kind in KINDS}


class Located(NamedTuple):
    """What a path says: a record of a kind, an asset of a unit, or neither (`fault`).

    fault: "" | "unit" no place for files | "folder" no kind has that folder | "year" the year
        folder is missing or wrong | "ending" wrong for the kind | "depth" too deep or shallow
    """

    kind: Kind | None = None
    unit: str = ""
    id: str = ""
    asset: bool = False
    fault: str = ""


def locate(path: str) -> Located:
    """What the path of a file under `content/` says about it; `path` starts with `content/`."""
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    usual = _usual(folder)
    if usual is not None and stem and dot + ending in usual[2]:
        return Located(usual[0], usual[1], f"{folder[8:]}/{stem}")
    return _located(path)


@lru_cache(maxsize=4096)
def _usual(folder: str) -> tuple[Kind, str, tuple[str, ...]] | None:
    """The kind and unit of the records in a folder of many, and the endings they have."""
    parts = folder.split("/")
    if len(parts) not in {4, 5} or parts[:2] != ["content", "units"]:
        return None
    kind = _BY_FOLDER.get((True, parts[3]))
    if kind is None or kind.single or kind.dated != (len(parts) == 5):
        return None
    if kind.dated and not _YEAR.fullmatch(parts[4]):
        return None
    return kind, parts[2], kind.endings


def _located(path: str) -> Located:
    parts = path.split("/")
    name = parts[-1]
    stem, dot, ending = name.rpartition(".")
    ending = dot + ending
    record_id = path.removeprefix("content/")[: -len(ending)] if dot else ""
    if len(parts) > 3 and parts[1] == "units":
        return _of_unit(parts, stem, ending, record_id)
    folder, rest = "/".join(parts[1:]), ""
    while folder:
        kind = _BY_FOLDER.get((False, folder))
        if kind is not None and rest.count("/") == (0 if kind.single else 1):
            if ending not in kind.endings:
                return Located(fault="ending", kind=kind)
            return Located(kind=kind, id=record_id)
        folder, _, last = folder.rpartition("/")
        rest = f"{last}/{rest}"
    return Located(fault="unit")


def _of_unit(parts: list[str], stem: str, ending: str, record_id: str) -> Located:
    unit, inner = parts[2], parts[3:]
    kind = _BY_FOLDER.get((True, inner[0]))
    if kind is not None and kind.single and len(inner) == 1:
        return Located(kind=kind, unit=unit, id=record_id)
    is_asset = ending in ASSET_ENDINGS
    at_depth = len(inner) == (3 if kind and kind.dated else 2)
    if kind is not None and not kind.single and at_depth:
        if ending in kind.endings:
            if kind.dated and not _YEAR.fullmatch(inner[1]):
                return Located(unit=unit, kind=kind, fault="year")
            return Located(kind=kind, unit=unit, id=record_id)
        if not is_asset:
            return Located(unit=unit, kind=kind, fault="ending")
    if is_asset:
        return Located(unit=unit, asset=True)
    if kind is None:
        return Located(unit=unit, fault="folder")
    if ending not in _RECORD_ENDINGS:
        return Located(unit=unit, kind=kind, fault="ending")
    return Located(
        unit=unit, kind=kind, fault="year" if kind.dated and len(inner) == 2 else "depth"
    )
