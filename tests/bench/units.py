"""What a unit is: its description, site, leaders, disclosure guide, tables and accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.desk import Desk
from tests.bench.files import docx
from tests.bench.words import posts

__all__ = ["write_unit"]

_HOURS = "周一至周五 08:00–12:00、14:30–18:00（法定节假日除外）"
Rows = Sequence[Mapping[str, Any]]


def _column(
    id_: str, title: str, type_: str, about: str, collects: str = "", group: bool = False
) -> dict[str, Any]:
    column: dict[str, Any] = {
        "id": id_,
        "title": title,
        "type": type_,
        "description": f"{about}{title}。",
        "keywords": [title],
    }
    if collects:
        column["collects"] = collects.split()
    if group:
        column["from"] = "group"
    return column


def _columns(about: str, portal: bool) -> list[dict[str, Any]]:
    """The column tree of a site."""

    def own(id_: str, title: str, type_: str, collects: str = "") -> dict[str, Any]:
        group = portal and collects.split()[:1] not in ([], ["leader"], ["guide"])
        return _column(id_, title, type_, about, collects, group)

    news = (
        [
            own("yaowen", "政务要闻", "工作动态"),
            own("bmdt", "部门动态", "工作动态"),
            own("xqdt", "县区动态", "工作动态"),
        ]
        if portal
        else [own("gzdt", "工作动态", "工作动态")]
    )
    tree = [
        *news,
        own("tzgg", "通知公告", "政策文件"),
        own("jgzn", "机构职能", "机构职能", "unit"),
        own("ldzc", "领导之窗", "负责人信息", "leader"),
        own("zfxxgk", "政府信息公开", "信息公开目录", "guide institution disclosure annual-report"),
        own("zcwj", "政策文件", "政策文件", "policy"),
        own("zcjd", "政策解读", "政策解读", "interpretation"),
        {
            **own("bsfw", "办事服务", "办事服务"),
            "children": [
                own("bszn", "办事指南", "办事服务", "service"),
                own("bstj", "办事统计", "数据发布", "service-statistics"),
            ],
        },
        {
            **own("hdjl", "互动交流", "咨询投诉"),
            "children": [
                own("ldxx", "领导信箱", "咨询投诉", "message"),
                own("zjdc", "征集调查", "征集调查", "consultation"),
                own("zxft", "在线访谈", "在线访谈", "interview"),
                own("jcfk", "纠错反馈", "咨询投诉", "error-report"),
            ],
        },
    ]
    if not portal:
        return [*tree, own("wzbb", "网站报表", "数据发布", "site-report monthly-report")]
    managed = [
        own("qzqd", "权责清单", "信息公开目录", "power"),
        own("sfqd", "收费清单", "信息公开目录", "fee"),
        own("xmt", "政务新媒体", "工作动态", "media-account"),
        own("gzbb", "网站工作报表", "数据发布", "site-report monthly-report"),
        own("ndgb", "年终公布", "数据发布", "year-report evaluation reward"),
        own("jyh", "集约化进展", "工作动态", "migration"),
        own("jdzg", "监督整改", "回应关切", "finding task"),
        own("lxhy", "联席会议", "工作动态", "meeting"),
        own("cytb", "采用通报", "数据发布", "adoption"),
        own("hzmt", "合作媒体", "概况信息", "partner"),
        own("zzcl", "佐证材料", "数据发布", "attestation probe"),
    ]
    return [*tree, {**own("wzgl", "网站管理", "信息公开目录"), "children": managed}]


def _address(desk: Desk) -> str:
    return f"{desk.place.county or '城区'}示例街{desk.place.serial}号"


def _phone(desk: Desk, line: int) -> str:
    return f"0356-{desk.place.serial:04}{line:03}"


def write_unit(desk: Desk) -> None:
    """Every record of which a unit has one or a few."""
    _describe(desk)
    if desk.place.has_site:
        _open_site(desk)
    _name_leaders(desk)
    _guide(desk)
    if desk.place.type in {"department", "township"}:
        _list_powers(desk)
    if desk.place.serial % 3 == 0 or desk.place.type == "platform":
        _list_fees(desk)
    desk.put("media-account", "wechat", _account(desk))


def _describe(desk: Desk) -> None:
    place = desk.place
    contact = {
        "name": f"{place.short}办公室",
        "address": _address(desk) + "三层",
        "hours": _HOURS,
        "phone": _phone(desk, 11),
        "fax": _phone(desk, 12),
        "email": f"{place.id}@jincheng-sample.gov.cn",
        "postcode": "048000",
    }
    record: dict[str, Any] = {
        "name": place.name,
        "shortName": place.short,
        "type": place.type,
        "parent": place.parent,
        "organCode": place.organ,
        "divisionCode": place.division,
        "documentPrefixes": [place.sign],
        "duties": [
            f"负责{job}，{act}。"
            for job, act in zip(desk.prose.trade.jobs[:6], desk.prose.trade.acts, strict=False)
        ],
        "innerOffices": [
            {"name": name, "duties": f"承担{job}的具体工作。", "phone": _phone(desk, 20 + at)}
            for at, (name, job) in enumerate(
                zip(
                    ("办公室", "政策法规科", "综合业务科", "人事财务科"),
                    desk.prose.trade.jobs[6:],
                    strict=False,
                )
            )
        ],
        "address": _address(desk),
        "postcode": "048000",
        "officeHours": _HOURS,
        "phone": _phone(desk, 11),
        "email": f"{place.id}@jincheng-sample.gov.cn",
        "headName": desk.person(),
        "headTitle": posts()[0],
        "externalService": place.type == "department",
        "disclosureOffice": contact,
        "order": place.serial,
        "updatedAt": "2026-09-01",
        "verifiedAt": "2026-11-02",
    }
    desk.put("unit", "", {key: value for key, value in record.items() if value != ""})


def _open_site(desk: Desk) -> None:
    place = desk.place
    portal = place.type == "platform"
    code = f"{place.division}{9000 + place.serial}"
    government = portal or place.type in {"county", "township"}
    columns = _columns("晋城" if portal else place.short, portal)
    record: dict[str, Any] = {
        "title": "晋城在线" if portal else place.name,
        "subtitle": "晋城市人民政府门户网站" if portal else None,
        "url": f"https://{place.host}/",
        "role": "portal" if portal else "subsite",
        "siteClass": "government" if government else "department",
        "siteCode": code,
        "icp": f"晋ICP备99{place.serial:06}号-1",
        "policeNumber": f"晋公网安备 14050299{place.serial:06}号",
        "host": "晋城市人民政府办公室" if portal else place.name,
        "organiser": "晋城市大数据应用局",
        "contact": {
            "address": _address(desk),
            "phone": _phone(desk, 11),
            "email": f"{place.id}@jincheng-sample.gov.cn",
        },
        "partyGovBadge": f"https://bszs.conac.cn/sitename?method=show&id=SAMPLE{code}",
        "errorReportUrl": f"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={code}",
        "status": "running",
        "openedAt": "2019-05-08",
        "columns": columns,
        "home": {
            "quickLinks": [
                {"title": title, "url": f"/{id_}/"}
                for id_, title in (
                    ("bszn", "办事指南"),
                    ("ldxx", "领导信箱"),
                    ("zfxxgk", "政府信息公开"),
                )
            ],
            "sections": [columns[0]["id"], "tzgg", "zcwj", "zcjd", "ldxx"],
        },
    }
    desk.put("site", "", {key: value for key, value in record.items() if value is not None})


def _name_leaders(desk: Desk) -> None:
    for number, post in enumerate(posts()[: 2 + desk.place.serial % 3]):
        jobs = desk.prose.trade.jobs
        record = {
            "name": desk.person(),
            "post": desk.place.short + post,
            "isHead": number == 0,
            "order": number + 1,
            "gender": "male" if desk.random.random() < 0.6 else "female",
            "ethnicity": "汉族",
            "bornIn": f"{desk.random.randint(1970, 1984)}-{desk.random.randint(1, 12):02}",
            "education": "大学本科",
            "portfolio": ["主持全面工作"]
            if number == 0
            else [f"分管{job}" for job in jobs[number * 3 : number * 3 + 3]],
            "resume": [
                {
                    "period": "2008年7月至2019年3月",
                    "text": f"历任{desk.place.short}科员、科长（示例）",
                },
                {"period": "2019年3月至今", "text": f"任{desk.place.name}{post}（示例）"},
            ],
            "appointedAt": f"20{19 + number}-03-20",
            "updatedAt": "2026-09-01",
            "verifiedAt": "2026-11-02",
        }
        desk.put("leader", f"leader-{number + 1}", record)


def _guide(desk: Desk) -> None:
    place = desk.place
    office = {
        "name": f"{place.short}办公室",
        "address": _address(desk),
        "hours": _HOURS,
        "phone": _phone(desk, 11),
        "fax": _phone(desk, 12),
        "email": f"{place.id}@jincheng-sample.gov.cn",
        "postcode": "048000",
    }
    record = desk.example(
        "guide",
        title=f"{place.name}政府信息公开指南",
        issuer=place.name,
        office=office,
        requestForm={"file": "zfxxgkzn/form.docx", "title": "政府信息公开申请表", "kind": "form"},
        summary=f"说明{place.short}公开哪些信息、到哪里查阅、怎样提出公开申请。",
        ways=[{"name": "政府网站", "place": f"{desk.host.name}网站“政府信息公开”专栏"}],
    )
    desk.write("guides/zfxxgkzn/form.docx", docx(f"{place.name}政府信息公开申请表"))
    desk.put(
        "guide",
        "zfxxgkzn",
        record,
        f"## 公开范围\n\n{desk.prose.say('本机关主动公开<job>等方面的信息。')}",
    )
    desk.moment()
    rules = desk.example(
        "institution",
        title=f"{place.name}网站信息发布审核制度",
        issuedBy=place.name,
        source=place.name,
        documentNumber=f"{place.sign}〔2026〕{desk.number('document', 2026)}号",
        appliesTo=f"{place.short}各科室",
        summary=f"制度规定{place.short}网站信息的采写、审核、发布和更正。",
    )
    desk.put("institution", "xxfbsh", rules, desk.prose.provisions())


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    return "".join(",".join(row) + "\r\n" for row in rows).encode("utf-8-sig")


def _list_powers(desk: Desk) -> None:
    place = desk.place
    head = ["职权编码", "职权名称", "职权类别", "设定依据", "行使层级", "承办机构", "咨询电话"]
    level = "县级" if place.county else "市级"
    rows = [
        [
            f"{kind:02}20{number:06}",
            f"{job}{word}",
            word,
            f"《{job}管理办法》第{number}条（示例）",
            level,
            "综合业务科",
            _phone(desk, 22),
        ]
        for number, job in enumerate(desk.prose.trade.jobs, 1)
        for kind, word in ((2, "行政处罚"), (6, "行政检查"))
    ]
    record = desk.example(
        "power", title=f"{place.name}行政职权清单", issuer=place.name, source=place.name, rows=None
    )
    desk.put("power", "qzqd", record)
    desk.write("powers/qzqd.csv", _csv([head, *rows]))


def _list_fees(desk: Desk) -> None:
    place = desk.place
    row = {
        "code": "001",
        "name": "政府信息公开信息处理费",
        "category": "administrative",
        "basis": "国办函〔2020〕109号",
        "standard": "按件或者按量计收",
        "unit": "件",
        "scope": "超出规定数量、频次的政府信息公开申请人",
        "management": "treasury",
        "executor": place.name,
    }
    record = desk.example(
        "fee", title=f"{place.name}收费目录清单", issuer=place.name, source=place.name, rows=[row]
    )
    desk.put("fee", "sfqd", record)


def _account(desk: Desk) -> dict[str, Any]:
    place = desk.place
    return desk.example(
        "media-account",
        name=f"{place.short}发布",
        accountId=f"{place.id}-sample",
        url=f"https://weixin.jincheng-sample.gov.cn/{place.id}",
        certifiedOwner=place.name,
        introduction=f"发布{place.short}的工作动态和便民提醒，提供留言和预约入口。",
        posts=int(desk.prose.number()),
        followers=int(desk.prose.number()) * 10,
        serviceEntrances=None,
        editor=desk.person(),
        reviewer=desk.person(),
        phone=_phone(desk, 31),
    )
