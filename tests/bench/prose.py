"""Sentences, paragraphs, titles and tables of official Chinese, no two articles alike.

A `Prose` writes for one unit: its trade gives the words, its place the towns, and a generator of
random numbers that belongs to it alone makes every run of one seed the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.bench.words import Trade, counties, surnames, template, towns, villages

__all__ = ["Prose"]

_LEADS = (
    "<day>，<office>组织人员到<town><spot>，就<job>工作<act>。",
    "为做好<job>工作，<office><month>以来<act>。",
    "连日来，<town><village>的<who>发现，<job>有了新变化：<office>工作人员<act>。",
    "<day>上午，<area><job>工作推进会在<town>召开，会议通报前一阶段情况，部署下一步任务。",
    "记者从<office>了解到，今年以来<area>围绕<job>持续用力，<fact>。",
    "“原来要跑好几趟，现在家门口就能办。”在<town><spot>，<who><person>说起<job>带来的方便。",
    "<season>以来，<office>把<job>作为重点，安排<few>个工作组分赴各地<act>。",
    "<town><spot>里一派忙碌，<office>的工作人员正在<act>。",
    "<day>，<area><job>现场观摩活动走进<town>，<few>个乡镇（街道）的负责人边走边看、边看边议。",
    "走进<town><village>，<spot>的变化让<who><person>赞不绝口。",
)
_BODIES = (
    "截至<mday>，<area><fact>，<fact>。",
    "在<spot>，工作人员<act>，对发现的<few>个问题当场提出处理意见。",
    "<town>先行一步，<act>，由<village>、<village>等<few>个村试点，经验成熟后再推开。",
    "针对<who>反映集中的问题，<office>建立台账，逐条明确责任科室和完成日期，<pct>的事项已经办结。",
    "与去年同期相比，<town>的工作量增加<pct>，办理时间却缩短了<few>天。",
    "“以前最怕材料不全来回跑，如今一次就讲清楚了。”<who><person>说。",
    "<village>党支部书记<person>算了一笔账：这项工作开展以来，全村<n>人受益，人均节省开支<few>百元。",
    "<office>有关负责人介绍，这项工作点多面广，难在底数不清，关键在责任到人，为此专门<act>。",
    "检查中发现，个别<spot>还存在记录不全、更新不及时的问题，已要求<few>日内整改到位。",
    "<area>按照任务清单逐月对账，<month>完成年度计划的<pct>，比上月提高<few>个百分点。",
    "下午<few>时许，工作组来到<spot>，一边<act>，一边听取<who>的意见。",
    "会议指出，<job>关系<who>的切身利益，要把底数摸清、把责任压实、把政策讲透。",
    "为方便<who>，<town>在<spot>设置咨询点，<few>名工作人员轮流值守，节假日不休息。",
    "据统计，<month>全<unit><fact>，其中<town>占到<pct>。",
    "<person>是<village>的<who>，他在座谈时提出<few>条建议，大部分被写进了工作方案。",
    "各单位密切配合，<act>，形成了发现、交办、整改、销号的闭环。",
    "在资金保障上，<area>统筹<money>，实行专账管理，拨付进度按月公开。",
)
_ENDS = (
    "下一步，<office>将继续<act>，力争<deadline>前完成全年任务。",
    "<office>提醒，遇到疑问可以拨打咨询电话<phone>，工作时间均有人接听。",
    "<area>将把<job>的好做法固定下来，<deadline>前形成长效机制。",
    "<office>将持续跟踪进展，结果在本网站公布，欢迎<who>监督。",
    "目前，各项工作正在有序进行，<office>将根据<who>的意见及时完善措施。",
    "<deadline>前，<office>还将开展一次回头看，防止问题反弹。",
)
_ITEMS = (
    "明确责任。<town>等<few>个乡镇（街道）要确定一名负责人具体抓，<mday>前将名单报<office>。",
    "摸清底数。对<spot>逐一登记，做到不漏一户、不漏一处，登记结果由<who>签字确认。",
    "突出重点。把<job>与日常工作结合起来，<act>。",
    "严格标准。达不到要求的不得验收，<few>日内整改不到位的予以通报。",
    "做好宣传。利用村（社区）广播、微信群和公告栏讲清政策，让<who>知道找谁办、怎么办、多久办完。",
    "加强调度。实行周报告制度，每周五下午<few>时前报送进展，重要情况随时报告。",
    "强化保障。所需资金<money>由本级财政统筹安排，任何单位不得截留、挤占。",
    "注重实效。以<who>满意为标准，不搞形式、不增加基层负担。",
)
_NEWS_TITLES = (
    "<town>推进<job>",
    "<short>到<town>检查<job>工作",
    "<town><village>：<job>见实效",
    "<short>组织<who>座谈<job>",
    "<fact>，<area><job>稳步推进",
    "<short>在<town><spot><act>",
    "<area><month><job>任务完成<pct>",
    "<who>走进<spot>，感受<job>新变化",
    "<short><few>项措施做好<job>",
    "<town><spot>里的<job>故事",
    "<short>调研<town><village><job>情况",
    "<season>，<town><job>不停步",
)
_NOTICE_TITLES = (
    "关于做好<year>年<month><job>工作的通知",
    "关于<town><village><job>有关事项的公告",
    "关于<town>开展<job>的通告",
    "<short>关于公布<year>年<month><job>情况的公告",
    "关于征集<job>意见建议的公告（<town>）",
    "关于<year>年<job>专项工作第<few>批名单的公示（<town>）",
)
_HEADS = ("主要做法", "进展情况", "群众评价", "存在的问题", "下一步安排", "工作背景")
_ORDER = ("一", "二", "三", "四", "五", "六", "七")
_SEASONS = ("开春", "入夏", "入秋", "入冬", "汛期", "供暖期")


class Prose:
    """Writes for one unit."""

    def __init__(self, random: Random, trade: Trade, office: str, short: str, county: str) -> None:
        self.random = random
        self.trade = trade
        self._taken: set[str] = set()
        self._deck: list[str] = []  # sentences not yet used in this text
        self._towns = towns()[county] if county else [t for c in counties() for t in towns()[c]]
        self.area = "全市" if not county or county == "高平市" else f"全{county[-1]}"
        self._job = trade.jobs[0]
        self._year = self._month = self._day = 0
        fixed = {"office": office, "short": short, "area": self.area, "unit": self.area[1:]}
        lists = {"act": trade.acts, "who": trade.who, "spot": trade.spots, "town": self._towns}
        lists |= {"village": villages(), "season": _SEASONS}
        self._slots: Mapping[str, Callable[[], str]] = {
            **{name: lambda text=text: text for name, text in fixed.items()},
            **{name: lambda words=words: self.pick(words) for name, words in lists.items()},
            "job": lambda: self._job,
            "fact": lambda: self.say(self.pick(trade.facts)),
            "n": self.number,
            "few": lambda: str(2 + int(random.random() * 7)),
            "pct": lambda: f"{60 + random.random() * 39:.1f}%",
            "money": self.money,
            "person": lambda: self.pick(surnames()) + "某（示例）",
            "phone": lambda: f"0356-00{int(random.random() * 90000) + 10000}",
            "year": lambda: str(self._year),
            "month": lambda: f"{self._month}月",
            "day": lambda: f"{self._month}月{self._day}日",
            "mday": lambda: f"{self._month}月{max(1, self._day - 1)}日",
            "deadline": lambda: self.pick(("年底", "下月底", "本季度末", "明年一季度")),
        }

    def pick(self, words: Sequence[str]) -> str:
        """One of the words."""
        return words[int(self.random.random() * len(words))]

    def number(self) -> str:
        """A count, small ones more often than large ones."""
        return str(int(10 ** (1 + self.random.random() * 2.6)))

    def money(self) -> str:
        """A sum of money."""
        share = self.random.random()
        return f"{share * 9 + 1:.1f}亿元" if share < 0.1 else f"{int(share * 8000) + 20}万元"

    def say(self, text: str) -> str:
        """A template with its slots filled."""
        parts = template(text)
        if len(parts) == 1:
            return text
        slots = self._slots
        return "".join(slots[part]() if at % 2 else part for at, part in enumerate(parts))

    def begin(self, year: int, month: int, day: int) -> None:
        """Turns to a new text, written on a day and about one of the trade's jobs."""
        self._year, self._month, self._day = year, month, day
        self._job = self.pick(self.trade.jobs)
        self._deck = []

    @property
    def job(self) -> str:
        """What the text is about."""
        return self._job

    def title(self, notice: bool) -> str:
        """A title that no other text of the unit has."""
        frames = _NOTICE_TITLES if notice else _NEWS_TITLES
        for _ in range(12):
            title = self.say(self.pick(frames))
            if title not in self._taken:
                break
        else:
            title = f"{title}（第{len(self._taken)}期）"
        self._taken.add(title)
        return title

    def paragraph(self, sentences: int) -> str:
        """Some sentences, of the trade's own and of every bureau's, none twice."""
        own = max(1, sentences // 3)
        if len(self._deck) < sentences:
            self._deck = self.random.sample(_BODIES, len(_BODIES))
        frames = [self._deck.pop() for _ in range(sentences - own)]
        frames += self.random.sample(self.trade.own, own)
        self.random.shuffle(frames)
        return "".join(map(self.say, frames))

    def summary(self) -> str:
        """A sentence or two for lists."""
        return self.say(self.pick(_BODIES[:12]))

    def news(self) -> str:
        """The body of a news item, 300 to 1,500 signs."""
        random = self.random
        parts = [self.say(self.pick(_LEADS)) + self.say(self.pick(_BODIES))]
        with_heads = random.random() < 0.25
        for head in random.sample(_HEADS, 2 + int(random.random() * 4)):
            if with_heads:
                parts.append(f"## {head}")
            parts.append(self.paragraph(2 + int(random.random() * 3)))
        if random.random() < 0.12:
            parts.append(self.table())
        parts.append(self.say(self.pick(_ENDS)))
        return "\n\n".join(parts)

    def notice(self) -> str:
        """The body of a notice: whom it addresses, its numbered parts, who asks."""
        random = self.random
        parts = [
            "各乡镇人民政府、街道办事处，各有关单位：",
            self.say(self.pick(_LEADS[1:2] + _LEADS[6:7])),
        ]
        items = random.sample(_ITEMS, 3 + int(random.random() * 4))
        for number, item in zip(_ORDER, items, strict=False):
            head, _, text = self.say(item).partition("。")
            parts.append(f"## {number}、{head}")
            parts.append(text + self.say(self.pick(self.trade.own)))
        if random.random() < 0.3:
            parts.append(self.table())
        parts.append(self.say("联系人：<person>，联系电话：<phone>。"))
        return "\n\n".join(parts)

    def provisions(self) -> str:
        """The body of a policy: numbered parts with numbered sentences."""
        items = self.random.sample(_ITEMS, 5)
        parts = [self.say("根据国家和省有关规定，结合实际，现就<job>有关事项通知如下。")]
        for number, head in zip(_ORDER, ("总体要求", "重点任务", "保障措施"), strict=False):
            parts.append(f"## {number}、{head}")
            parts += [
                f"（{count}）{self.say(item)}{self.say(self.pick(self.trade.own))}"
                for count, item in zip(_ORDER, self.random.sample(items, 3), strict=False)
            ]
        parts.append("本通知自印发之日起施行，有效期五年。")
        return "\n\n".join(parts)

    def table(self) -> str:
        """A table of towns whose shares are true."""
        rows = ["| 乡镇（街道） | 任务数 | 完成数 | 完成率 |", "|:--|--:|--:|--:|"]
        for town in self.random.sample(self._towns, min(5, len(self._towns))):
            wanted = 20 + int(self.random.random() * 400)
            done = int(wanted * (0.5 + self.random.random() / 2))
            rows.append(f"| {town} | {wanted} | {done} | {done / wanted * 100:.1f}% |")
        return "\n".join(rows)
