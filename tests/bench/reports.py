"""Services, and what is reported by the year, the quarter and the month."""

from __future__ import annotations

import hashlib
from typing import Any

from tests.bench.desk import Desk

__all__ = ["write_reports", "write_services"]

_APPLICANTS = ("naturalPerson", "business", "research", "welfare", "legalService", "other")


def write_services(desk: Desk, count: int) -> None:
    """Guides to services, each with all its element classes."""
    place, prose = desk.place, desk.prose
    for number in range(1, count + 1):
        desk.moment()
        job = prose.trade.jobs[number % len(prose.trade.jobs)]
        code = f"{place.serial:06}{number:06}"
        page = f"https://zwfw.jincheng-sample.gov.cn/item/{code}"
        record = desk.example(
            "service",
            taskName=f"{job}事项办理（第{number}类）",
            taskCode=f"11140500{place.serial:05}{number:03}A3{code}",
            catalogCode=code,
            deptName=place.name,
            deptCode=f"1114{place.serial:010}{number % 10}X0A"[:18],
            acceptCondition=prose.say(prose.trade.own[number % len(prose.trade.own)]),
            transactAddr=f"{place.name}一层服务大厅{number % 20 + 1}号窗口",
            jointAgencies=None,
            linkAddr=page,
            mobileTerminalUrl=page,
            onlineAddr=page,
            sourceUrl=page,
            resultName=f"{job}办理结果通知书",
            hash="sha256:" + hashlib.sha256(f"{place.id}/{number}".encode()).hexdigest(),
            localThemes=None,
            keywords=[job, prose.trade.office],
        )
        forms = [m for m in record["materials"] if m["type"] != "form"]
        record["materials"] = [{**m, "name": f"{job}申请人身份证明"} for m in forms]
        desk.put("service", f"item-{number:03}", record)


def write_reports(desk: Desk) -> None:
    """The reports of a unit and, where it has one, of its site."""
    carried = 0
    for year in (2024, 2025):
        carried = _annual_report(desk, year, carried)
    for quarter in (2, 3):
        _statistics(desk, quarter)
    if desk.place.has_site:
        _site_report(desk)
        for month in (8, 9, 10):
            _monthly_report(desk, month)


def _columns(total: int, natural: int) -> dict[str, int]:
    """A line of table three: persons and businesses, the rest nothing."""
    return {
        **dict.fromkeys(_APPLICANTS, 0),
        "naturalPerson": natural,
        "business": total - natural,
        "total": total,
    }


def _annual_report(desk: Desk, year: int, came: int) -> int:
    """Writes the report of a year in whose table all sums are true; how many were carried on."""
    place = desk.place
    received = desk.counted("info-request", year)
    handled = max(0, received + came - 1)
    record = desk.example(
        "annual-report",
        title=f"{place.name}{year}年政府信息公开工作年度报告",
        year=year,
        organKind="department" if place.type in {"department", "platform"} else "government",
        publishedAt=f"{year + 1}-01-20 09:00",
        reportedAt=f"{year + 1}-01-19",
        issuer=place.name,
        **{"from": f"{year}-01-01", "to": f"{year}-12-31"},
    )
    table = {key: _columns(0, 0) for key in record["table3"]}
    table["newRequests"] = _columns(received, received)
    table["carriedIn"] = _columns(came, came)
    table["granted"] = table["total"] = _columns(handled, handled)
    table["carriedOut"] = _columns(received + came - handled, received + came - handled)
    record["table3"] = table
    record["sections"] = {
        **record["sections"],
        "overview": desk.prose.say(f"{year}年，<short>公开信息<n>条，收到公开申请{received}件。"),
        "requests": f"全年新收{received}件，上年结转{came}件，办结{handled}件，其余结转下年度。",
    }
    desk.put("annual-report", str(year), record)
    return received + came - handled


def _site_report(desk: Desk) -> None:
    place = desk.place
    title = "晋城在线" if place.type == "platform" else place.name
    record = desk.example(
        "site-report",
        title=f"{title}2025年政府网站工作年度报表",
        site=place.id,
        publishedUrl=f"https://{place.host}/wzbb/2025.html",
    )
    head: dict[str, Any] = {
        **record["head"],
        "reportingUnit": place.name,
        "siteName": title,
        "homeUrl": f"https://{place.host}/",
        "host": place.name,
        "siteCode": f"{place.division}{9000 + place.serial}",
        "icp": f"晋ICP备99{place.serial:06}号-1",
        "policeNumber": f"晋公网安备 14050299{place.serial:06}号",
        "siteType": "department" if place.type == "department" else "government",
    }
    record["head"] = head
    desk.put("site-report", "2025", record)


def _monthly_report(desk: Desk, month: int) -> None:
    record = desk.example(
        "monthly-report",
        month=f"2026-{month:02}",
        site=desk.place.id,
        sentAt=f"2026-{month + 1:02}-03 16:20",
        filler=desk.person(),
        reviewer=desk.person(),
    )
    record["columnsUpdated"] = {**record["columnsUpdated"], "total": 3, "updated": 3, "stale": []}
    record["selfCheck"] = {**record["selfCheck"], "date": f"2026-{month:02}-28"}
    desk.put("monthly-report", f"2026-{month:02}", record)


def _statistics(desk: Desk, quarter: int) -> None:
    place = desk.place
    first, last = 3 * quarter - 2, 3 * quarter
    accepted = 100 + int(desk.random.random() * 900)
    online = int(accepted * 0.8)
    record = {
        "title": f"{place.name}政务服务事项办理情况统计（2026年第{'一二三四'[quarter - 1]}季度）",
        "period": f"2026-q{quarter}",
        "from": f"2026-{first:02}-01",
        "to": f"2026-{last:02}-30",
        "publishedAt": f"2026-{last + 1:02}-12 10:00",
        "source": f"山西省一体化在线政务服务平台，{place.name}提供",
        "items": len(desk.prose.trade.jobs),
        "accepted": accepted,
        "finished": accepted,
        "naturalPerson": accepted - 20,
        "legalPerson": 20,
        "online": online,
        "onlineShare": round(online / accepted * 100, 1),
        "overdue": 0,
        "averageDays": 2.4,
        "satisfaction": 99.2,
    }
    desk.put("service-statistics", f"2026-q{quarter}", record)
