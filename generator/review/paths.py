"""Paths: which are allowed, which rule they fall under, and which unit they belong to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from generator.review.globs import matches
from generator.review.policy import PathRule, Policy
from generator.review.roles import Roles

__all__ = ["Place", "fault_of_path", "folded", "place_of", "rule_of", "unit_of"]

_MOST_BYTES = 240
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE
)
_GIT = frozenset({".git", "git~1"})
_FORBIDDEN = frozenset('\\:*?"<>|')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def fault_of_path(path: str) -> str:
    """Why a path is not allowed, in Chinese; empty for a good one.

    >>> fault_of_path("content/units/tax/con.md"), fault_of_path("theme/main.html")
    ('con.md 是 Windows 的设备名', '')
    """
    if unicodedata.normalize("NFC", path) != path:
        return "不是 NFC 形式"
    if len(path.encode("utf-8", "surrogatepass")) > _MOST_BYTES:
        return f"超过 {_MOST_BYTES} 个字节"
    for sign in path:
        if sign in _FORBIDDEN:
            return f"含有 {sign}"
        if unicodedata.category(sign) in _UNSEEN:
            return f"含有看不见的字符 U+{ord(sign):04X}"
    return next((fault for part in path.split("/") if (fault := _of_segment(part))), "")


def _of_segment(segment: str) -> str:
    if segment in ("", ".", ".."):
        return "有空的或者只有点的一段"
    if segment.casefold() in _GIT:
        return f"{segment} 是 git 自己的文件夹"
    if segment[0].isspace() or segment[-1].isspace():
        return "有一段以空格开头或者结尾"
    if segment.endswith("."):
        return "有一段以点结尾"
    if _DEVICE.fullmatch(segment):
        return f"{segment} 是 Windows 的设备名"
    return ""


def folded(path: str) -> str:
    """What two paths share that some disk would take for one: NFC, case folded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def rule_of(path: str, policy: Policy) -> PathRule | None:
    """The first path rule of the policy that names the path; None: not classified."""
    return next(
        (rule for rule in policy.paths if any(matches(one, path) for one in rule.match)), None
    )


def unit_of(path: str, kind: str, policy: Policy, roles: Roles) -> str | None:
    """The unit that owns a path of this kind; None where no unit does."""
    if kind in ("site", "governance"):
        return policy.platform_unit if policy.platform_unit in roles.units else None
    return next(
        (
            unit.id
            for unit in roles.units.values()
            if path.startswith(unit.folder) or any(matches(one, path) for one in unit.paths)
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path belongs: its rule and its unit, None where there is none."""

    path: str
    rule: PathRule | None
    unit: str | None

    @property
    def kind(self) -> str | None:
        return self.rule.kind if self.rule else None


def place_of(path: str, policy: Policy, roles: Roles) -> Place:
    """The rule and the unit of a path."""
    rule = rule_of(path, policy)
    return Place(path, rule, unit_of(path, rule.kind, policy, roles) if rule else None)
