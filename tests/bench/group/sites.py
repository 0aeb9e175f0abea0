"""The sites of a generated group and their column trees: a portal and department sites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.bench.group.units import UnitFacts

__all__ = ["site"]

# Columns, one a line: depth by indentation, then id, title, type, and the kinds it collects.
_DEPARTMENT = """
gzdt 工作动态 工作动态
tzgg 通知公告 政策文件
jggk 机构概况 概况信息
  jgzn 机构职能 机构职能 unit
  ldzc 领导信息 负责人信息 leader
zfxxgk 政府信息公开 信息公开目录 guide institution disclosure annual-report
zcwj 政策文件 政策文件 policy
zcjd 政策解读 政策解读 interpretation
ywgz 业务工作 工作动态
bsfw 办事服务 办事服务
  bszn 办事指南 办事服务 service
  bstj 办事统计 数据发布 service-statistics
  sfqd 收费清单 信息公开目录 fee
  qzqd 权责清单 信息公开目录 power
hdjl 互动交流 咨询投诉
  zjdc 征集调查 征集调查 consultation
  ldxx 局长信箱 咨询投诉 message
  zxft 在线访谈 在线访谈 interview
  jcfk 纠错反馈 咨询投诉 error-report
xmt 政务新媒体 政务新媒体 media-account
wzbb 网站报表 网站管理 site-report monthly-report
"""
_PORTAL = """
yaowen 政务要闻 工作动态
bmdt 部门动态 工作动态
tzgg 通知公告 政策文件
csgk 城市概况 概况信息
sjfb 数据发布 数据发布
ldzc 领导之窗 负责人信息 leader
jgzn 机构职能 机构职能 unit
zfxxgk 政府信息公开 信息公开目录 guide institution disclosure annual-report
zcwj 政策文件 政策文件 policy
zcjd 政策解读 政策解读 interpretation
bsfw 办事服务 办事服务
  bszn 办事指南 办事服务 service
  bstj 办事统计 数据发布 service-statistics
  qzqd 权责清单 信息公开目录 power
  sfqd 收费清单 信息公开目录 fee
hdjl 互动交流 咨询投诉
  ldxx 领导信箱 咨询投诉 message
  zjdc 征集调查 征集调查 consultation
  zxft 在线访谈 在线访谈 interview
  jcfk 纠错反馈 咨询投诉 error-report
xmt 政务新媒体 政务新媒体 media-account
wzgl 网站管理 网站管理
  gzbb 网站工作报表 网站管理 site-report monthly-report
  ndgb 年终公布 网站管理 year-report evaluation reward
  jyh 集约化进展 网站管理 migration
  jdzg 监督整改 网站管理 finding task
  lxhy 联席会议 网站管理 meeting
  cytb 采用通报 网站管理 adoption
  hzmt 合作媒体 网站管理 partner
  zzcl 佐证材料 网站管理 attestation probe
"""
_OWN = frozenset({"leader", "guide", "institution", "disclosure", "annual-report"})


def _columns(text: str, from_group: bool) -> list[dict[str, Any]]:
    top: list[dict[str, Any]] = []
    for line in text.strip().splitlines():
        name, title, kind, *collects = line.split()
        column: dict[str, Any] = {"id": name, "title": title, "type": kind}
        column["description"] = f"集中发布{title}方面的信息，方便公众查阅。"
        column["keywords"] = [title, "晋城"]
        if collects:
            column["collects"] = collects
            if from_group and _OWN.isdisjoint(collects):
                column["from"] = "group"
        if line.startswith(" "):
            top[-1].setdefault("children", []).append(column)
        else:
            column["showOnHome"] = not collects
            top.append(column)
    return top


def site(unit: UnitFacts) -> Mapping[str, Any]:
    """The site of a unit: the portal's, or a department's."""
    filing = 99000000 + unit.number
    sections = [*unit.columns, "zcwj", "zcjd"]
    return {
        "title": "晋城在线" if unit.is_portal else unit.name,
        "url": f"https://{unit.host}/",
        "role": "portal" if unit.is_portal else "subsite",
        "siteClass": "government" if unit.is_portal else "department",
        "siteCode": unit.site_code,
        "icp": f"晋ICP备{filing}号-1",
        "policeNumber": f"晋公网安备 140502{filing}号",
        "host": unit.name,
        "organiser": f"{unit.name}办公室",
        "contact": {
            "address": f"晋城市城区示例街{unit.number}号",
            "phone": unit.phone,
            "email": f"{unit.id}@jincheng-sample.gov.cn",
        },
        "partyGovBadge": f"https://bszs.conac.cn/sitename?method=show&id=SAMPLE{unit.number}",
        "errorReportUrl": (
            f"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={unit.site_code}"
        ),
        "status": "running",
        "openedAt": "2019-05-08",
        "extraColumnTypes": ["政务新媒体", "网站管理"],
        "columns": _columns(_PORTAL if unit.is_portal else _DEPARTMENT, unit.is_portal),
        "theme": {"primary": "#1f5fa8", "accent": "#c8102e"},
        "home": {
            "quickLinks": [{"title": "办事指南", "url": "/bszn/"}],
            "sections": sections,
        },
        "friendLinks": [{"title": "中国政府网", "url": "https://www.gov.cn/"}],
    }
