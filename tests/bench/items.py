"""What a unit publishes and answers: articles first of all, then everything else in proportion."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.bench.desk import LAST, Desk, clock, day
from tests.bench.files import docx, pdf, png, xlsx

__all__ = ["write_articles", "write_items"]

_STATE = "https://www.gov.cn/yaowen/liebiao"
_MASKED = ("李先生", "王女士", "网友“太行”", "网友张**", "赵女士", "刘先生")


def write_articles(desk: Desk, count: int) -> list[str]:
    """The articles of a unit, in the order of their days; ids of those submitted to the portal."""
    days = sorted(desk.workday() for _ in range(count))
    submitted = []
    for at, on in enumerate(days):
        # the second is a notice, so that both columns of a small site hold something
        notice = at == 1 or (at > 1 and desk.random.random() < 0.2)
        record_id, is_submitted = _article(desk, on, notice)
        if is_submitted:
            submitted.append(record_id)
    return submitted


def _article(desk: Desk, on: date, notice: bool) -> tuple[str, bool]:
    """Writes an article; by hand, for there are very many and their form is simple."""
    random, prose = desk.random, desk.prose
    at = desk.moment(on)
    number = f"{desk.number('article', at.year):04}"
    relayed = not notice and random.random() < 0.03
    lines = [
        "---",
        f"title: {prose.title(notice)}",
        f"column: {desk.column(notice)}",
        f"publishedAt: {clock(at)}",
    ]
    if relayed:
        page = f"{_STATE}/{at:%Y%m}/content_{random.randint(7000000, 7099999)}.htm"
        early = clock(at - timedelta(hours=5))
        lines += [
            "source: 中国政府网",
            "origin: relayed",
            f"sourceUrl: {page}",
            f"sourcePublishedAt: {early}",
        ]
    else:
        lines += [f"source: {desk.place.name}", "origin: original", f"author: {desk.person()}"]
    lines += [
        f"editor: {desk.person()}",
        f"summary: {prose.summary()}",
        f"keywords: [{prose.job}, {prose.area}]",
    ]
    if random.random() < 0.06:
        colour = [int(random.random() * 200) + 55 for _ in range(3)]
        desk.write(f"articles/{at.year}/{number}/photo.png", png(*colour))
        lines.append(
            f"image: {{file: {number}/photo.png, alt: {prose.say('<town><spot>的工作现场')}}}"
        )
    if notice and random.random() < 0.25:
        lines += [
            "attachments:",
            f"  - {{file: {_attachment(desk, at.year, number)}, title: {prose.job}任务分解表}}",
        ]
    submitted = not relayed and desk.place.type != "platform" and random.random() < 0.33
    if submitted:
        lines += _submission(desk, at, notice)
    body = prose.notice() if notice else prose.news()
    if int(number) > 1 and random.random() < 0.08:
        earlier = f"{1 + int(random.random() * (int(number) - 1)):04}"
        body += f"\n\n相关报道：[本单位此前发布的第{int(earlier)}篇稿件]({earlier}.md)。"
    text = "\n".join([*lines, "---", "", body, ""])
    desk.write(f"articles/{at.year}/{number}.md", text.encode())
    desk.written["article"] += 1
    return f"units/{desk.place.id}/articles/{at.year}/{number}", submitted


def _submission(desk: Desk, at: datetime, notice: bool) -> list[str]:
    sent = clock(at + timedelta(minutes=20 + int(desk.random.random() * 300)))
    lines = []
    if desk.host.type != "platform":  # the portal shows its own guests anyway
        column = "tzgg" if notice else "bmdt" if not desk.place.county else "xqdt"
        lines.append(f"outlets: [{{site: portal, column: {column}}}]")
    kind = desk.prose.pick(("policy", "livelihood", "news"))
    return [
        *lines,
        f"submission: {{submittedAt: {sent}, topicClass: {kind}, officer: {desk.person()}}}",
    ]


def _attachment(desk: Desk, year: int, number: str) -> str:
    name, data = desk.prose.pick(("plan.pdf", "tasks.xlsx", "form.docx")), b""
    if name == "plan.pdf":
        data = pdf(f"Plan {year} {number}")
    elif name == "tasks.xlsx":
        data = xlsx(
            [["任务", "责任单位", "完成日期"], [desk.prose.job, desk.place.short, "12月20日"]]
        )
    else:
        data = docx(f"{desk.prose.job}登记表")
    desk.write(f"articles/{year}/{number}/{name}", data)
    return f"{number}/{name}"


def write_items(desk: Desk, articles: int) -> None:
    """The other items and cases of a unit, as many as so many articles bring with them."""

    def share(one_in: int) -> range:
        return range(max(1, articles // one_in))

    for _ in share(60):
        _policy(desk)
    for _ in share(40):
        _disclosure(desk)
    for number in share(250):
        _consultation(desk, number)
    for _ in share(400):
        _interview(desk)
    for _ in share(30):
        _message(desk)
    for _ in share(120):
        _error_report(desk)
    for _ in share(40):
        _info_request(desk)


def _policy(desk: Desk) -> None:
    place, prose = desk.place, desk.prose
    at = desk.moment(desk.workday(last=date(2026, 10, 30)))
    year = at.year
    stem = f"{desk.number('policy', year):04}"
    explained = desk.random.random() < 0.5 or stem == "0001"
    title = f"关于进一步做好{prose.job}工作的通知（{year}年第{int(stem)}号）"
    interpretation = f"units/{place.id}/interpretations/{year}/{stem}"
    record: dict[str, Any] = {
        "title": title,
        "indexNumber": desk.index_number(year),
        "documentNumber": f"{place.sign}〔{year}〕{desk.number('document', year)}号",
        "theme": prose.trade.theme,
        "genre": "通知",
        "audience": ["citizen", "enterprise"],
        "policyKind": "normative",
        "article20Item": 1,
        "issuer": place.name,
        "writtenDate": day(at),
        "effectiveDate": day(at + timedelta(days=30)),
        "validity": "valid",
        "way": "proactive",
        "publishedAt": clock(at),
        "source": place.name,
        "summary": prose.say("通知明确了<job>的总体要求、重点任务和保障措施。"),
        "keywords": [prose.job],
        "needsInterpretation": explained,
        "interpretations": [interpretation] if explained else None,
        "noInterpretationReason": None if explained else "属于内部工作安排，不涉及群众切身利益",
    }
    desk.put(
        "policy",
        f"{year}/{stem}",
        {key: value for key, value in record.items() if value is not None},
        prose.provisions(),
    )
    if explained:
        _interpretation(desk, at, stem, title)


def _interpretation(desk: Desk, at: datetime, stem: str, title: str) -> None:
    place, prose = desk.place, desk.prose
    record = {
        "title": f"《{title}》政策解读",
        "policies": [f"units/{place.id}/policies/{at.year}/{stem}"],
        "form": "text",
        "publishedAt": clock(at + timedelta(minutes=10)),
        "source": place.name,
        "background": prose.say(
            "<who>反映<job>中办事环节多、标准不统一，国家和省又有新要求，为此制定本通知。"
        ),
        "goals": prose.say("把<job>的责任落实到人，办理时间缩短<few>个工作日。"),
        "mainPoints": [prose.say(text) for text in prose.trade.own[:2]],
        "cases": [
            {
                "title": "群众怎样受益",
                "text": prose.say(
                    "<town><village>的<who><person>按新规定办理，少跑了<few>趟，<few>天就有了结果。"
                ),
            }
        ],
        "data": [{"name": f"{prose.job}覆盖乡镇（街道）", "value": prose.number(), "unit": "个"}],
        "contactPhone": "0356-0020012",
    }
    desk.put(
        "interpretation",
        f"{at.year}/{stem}",
        record,
        prose.paragraph(4)
        + f"\n\n原文见[通知第二部分](../../policies/{at.year}/{stem}.md#二重点任务)。",
    )


def _disclosure(desk: Desk) -> None:
    place, prose = desk.place, desk.prose
    at = desk.moment(desk.workday())
    stem = f"{desk.number('disclosure', at.year):04}"
    formed = day(max(date(at.year, 1, 1), at.date() - timedelta(days=5)))
    record = desk.example(
        "disclosure",
        title=f"{place.name}{at.year}年部门预算调整情况公开第{int(stem)}号（{prose.job}）",
        indexNumber=desk.index_number(at.year),
        issuer=place.name,
        formedDate=formed,
        publishedAt=clock(at),
        source=place.name,
        summary=prose.say("公开<job>有关的预算安排和绩效目标。"),
        attachments=None,
    )
    record["budget"] = {**record["budget"], "year": at.year, "approvedDate": formed}
    desk.put("disclosure", f"{at.year}/{stem}", record, prose.paragraph(3) + "\n\n" + prose.table())


def _consultation(desk: Desk, number: int) -> None:
    prose = desk.prose
    at = desk.moment(desk.workday(last=date(2026, 8, 31)))
    stem = f"{desk.number('consultation', at.year):04}"
    record = desk.example(
        "consultation",
        title=f"《{prose.job}管理办法（征求意见稿）》公开征求意见（{at.year}年第{int(stem)}次）",
        column="zjdc",
        publishedAt=clock(at),
        opens=day(at),
        closes=day(at + timedelta(days=30)),
        channels=[{"type": "email", "value": f"{desk.place.id}@jincheng-sample.gov.cn"}],
        background=prose.say("现行办法施行已满五年，<who>对<job>提出了新的意见，需要修订。"),
        contact={"office": f"{desk.place.short}政策法规科", "phone": "0356-0020012"},
        attachments=None,
    )
    record["result"] = {
        **record["result"],
        "publishedAt": clock(at + timedelta(days=45)),
        "summary": prose.say("收到的意见集中在<job>的办理时限和监督方式，采纳的已写入修改稿。"),
    }
    desk.put("consultation", f"{at.year}/{stem}", record, prose.paragraph(4))


def _interview(desk: Desk) -> None:
    place, prose = desk.place, desk.prose
    at = desk.moment(desk.workday(last=date(2026, 10, 30))).replace(hour=15, minute=0)
    stem = f"{desk.number('interview', at.year):04}"
    guest = desk.person()
    record = desk.example(
        "interview",
        title=f"{place.short}谈{prose.job}（{at.year}年第{int(stem)}期）",
        topic=f"{prose.job}的政策和办理渠道",
        column="zxft",
        publishedAt=clock(at - timedelta(days=6)),
        announcedAt=clock(at - timedelta(days=6)),
        heldAt=clock(at),
        endedAt=clock(at + timedelta(hours=1)),
        host=desk.person(),
        guests=[{"name": guest, "position": f"{place.name}副局长"}],
        questions=[
            {
                "by": prose.pick(_MASKED),
                "askedAt": clock(at + timedelta(minutes=10)),
                "text": prose.say("<town>的<job>什么时候能完成？"),
                "answer": prose.say(prose.trade.own[0]),
                "answeredAt": clock(at + timedelta(minutes=14)),
                "answeredBy": guest,
            }
        ],
        summary=prose.say("嘉宾介绍<job>的进展，回答网友提问。"),
    )
    year = (at - timedelta(days=6)).year
    desk.put("interview", f"{year}/{stem}", record, prose.paragraph(4))


def _message(desk: Desk) -> None:
    place, prose = desk.place, desk.prose
    at = desk.moment(desk.workday(last=date(2026, 11, 6)))
    number = desk.number("message", at.year)
    record = desk.example(
        "message",
        number=f"LD{place.serial:04}-{at.year}-{number:05}",
        column="ldxx",
        by=prose.pick(_MASKED),
        receivedAt=clock(at),
        acceptedAt=clock(at + timedelta(hours=2)),
        answeredAt=clock(at + timedelta(days=4)),
        unit=place.id,
        title=prose.say(f"反映<town><village><job>问题（{at.year}年第{number}件）"),
        text=prose.say(
            "<town><spot>的<job>一直没有明确的说法，<who>希望尽快安排，并告知办理进展。"
        ),
        answer=prose.say(
            "您好！来信收悉。经核实，<office>已<act>，预计<few>个工作日内完成。感谢您的监督。"
        ),
        publishedAt=clock(at + timedelta(days=5)),
    )
    desk.put("message", f"{at.year}/{number:05}", record)


def _error_report(desk: Desk) -> None:
    place, prose = desk.place, desk.prose
    at = desk.moment(desk.workday(last=LAST - timedelta(days=5)))
    number = desk.number("error-report", at.year)
    record = desk.example(
        "error-report",
        number=f"JC{place.serial:04}-{at.year}-{number:04}",
        receivedAt=clock(at),
        forwardedAt=clock(at + timedelta(hours=3)),
        handledAt=clock(at + timedelta(hours=20)),
        answeredAt=clock(at + timedelta(hours=22)),
        publishedAt=clock(at + timedelta(hours=23)),
        page=f"{prose.job}办事指南",
        url=f"https://{desk.host.host}/bszn/index.html",
        record=None,
        unit=place.id,
        description=prose.say("页面上<town>的咨询电话打不通。"),
    )
    desk.put("error-report", f"{at.year}/{number:04}", record)


def _info_request(desk: Desk) -> None:
    at = desk.moment(desk.workday(last=date(2026, 9, 18)))
    number = desk.number("info-request", at.year)
    record = {
        "receivedAt": day(at),
        "channel": desk.prose.pick(("online", "mail", "window")),
        "applicantKind": "naturalPerson",
        "theme": desk.prose.trade.theme,
        "repliedAt": day(desk.calendar.after(at.date(), 3 + int(desk.random.random() * 16))),
        "result": "granted",
        "replyType": 2,
        "replyForm": "mail",
        "handlingOffice": "办公室",
    }
    desk.put("info-request", f"{at.year}/{number:04}", record)
