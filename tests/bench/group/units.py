"""The units of a generated city: names, codes and addresses, each unit's own."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MOST_UNITS", "UnitFacts", "units"]

_WORDS = """
教育 科技 工信 民政 司法 财政 人社 规划 生态 住建 交通 水务 农业 商务 文旅 卫健 退役 应急 审计 国资
市场 体育 统计 信访 能源 医保 城管 审批 林业 气象 档案 供销 园林 房产 粮食 地震 水文 养护 就业 安居
"""
_STEMS = tuple(_WORDS.split())
_SUFFIXES = (
    ("局", ""),
    ("服务中心", "服"),
    ("事务中心", "事"),
    ("信息中心", "信"),
    ("研究院", "研"),
)
MOST_UNITS = 1 + len(_STEMS) * len(_SUFFIXES)

PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What every record of a unit needs to know of it."""

    number: int  # from 1; the portal's unit is the first
    id: str
    name: str
    short: str
    prefix: str  # 机关代字
    columns: tuple[str, ...]  # those that take articles

    @property
    def is_portal(self) -> bool:
        """Whether the unit runs the portal."""
        return self.id == PORTAL

    @property
    def organ_code(self) -> str:
        """The first part of its index numbers."""
        return f"11140500{self.number:04d}"

    @property
    def site_code(self) -> str:
        """The national code of its site."""
        return f"140500{9000 + self.number:04d}"

    @property
    def host(self) -> str:
        """The host of its site."""
        return f"{'www' if self.is_portal else self.id}.jincheng-sample.gov.cn"

    @property
    def phone(self) -> str:
        """A number that nobody has."""
        return f"0356-0{self.number:03d}001"


def units(count: int) -> list[UnitFacts]:
    """The portal's unit and `count - 1` others. Errors: ValueError beyond `MOST_UNITS`."""
    if not 1 <= count <= MOST_UNITS:
        raise ValueError(f"a group has 1 to {MOST_UNITS} sites")
    of_portal = ("yaowen", "bmdt", "tzgg", "csgk", "sjfb")
    found = [UnitFacts(1, PORTAL, "晋城市大数据应用局", "市大数据局", "晋市数发", of_portal)]
    for number in range(2, count + 1):
        tier, stem = divmod(number - 2, len(_STEMS))
        suffix, letter = _SUFFIXES[tier]
        name = _STEMS[stem] + suffix
        columns = ("gzdt", "tzgg", "ywgz")
        found.append(
            UnitFacts(
                number,
                f"dept-{number:03d}",
                f"晋城市{name}",
                f"市{name}",
                f"晋市{_STEMS[stem]}{letter}发",
                columns,
            )
        )
    return found
