"""The words of generated prose: topics, slots and the patterns that hold them.

A pattern is a text with `{slots}`: a list of `LEXICON`, a range of `NUMBERS`, or `{topic}`,
`{task}`, `{object}` and `{office}`, which the writer knows.
"""

from __future__ import annotations

__all__ = [
    "HEADINGS",
    "ITEMS",
    "LEXICON",
    "NUMBERS",
    "OPENINGS",
    "SENTENCES",
    "TITLES",
    "TOPICS",
    "Topic",
]

# What a text is about: its name, the theme it is filed under, tasks, and what they are done to.
Topic = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _topic(name: str, theme: str, tasks: str, objects: str) -> Topic:
    return name, theme, _words(tasks), _words(objects)


TOPICS: tuple[Topic, ...] = (
    _topic(
        "校园安全", "kjjy/jy", "隐患排查 家校联动 应急演练 校车检查", "中小学校 幼儿园 校车线路"
    ),
    _topic("义务教育", "kjjy/jy", "学位扩充 教师轮岗 课后服务", "乡村学校 城区小学 寄宿制学校"),
    _topic("煤层气开发", "gtzyny/syytrq", "增储上产 管网联通 安全巡检", "井场 集气站 输气支线"),
    _topic("古堡保护", "whgdcb/ww", "本体修缮 数字建档 白蚁防治", "古堡 传统院落 琉璃构件"),
    _topic("防汛备汛", "zhzw/yjgl", "河道清障 物资补充 预警叫应", "中小河流 淤地坝 地质灾害点"),
    _topic("森林防火", "zhzw/yjgl", "野外火源管控 队伍拉练 卡口值守", "林区 墓地 景区步道"),
    _topic("冬季供热", "cxjshb/cxjs", "管网检修 上门测温 应急抢修", "换热站 老旧小区 供热管网"),
    _topic("老旧小区改造", "cxjshb/cxjs", "管线入地 电梯加装 外墙保温", "小区 楼院 背街小巷"),
    _topic("政务公开", "zhzw/zwgk", "目录梳理 解读跟进 依申请答复", "公开目录 政策文件 便民地图"),
    _topic("营商环境", "scjgaq/gs", "证照联办 帮办代办 诉求回访", "企业 个体工商户 产业园区"),
    _topic("蚕桑生产", "nylysl/ny", "桑园管护 小蚕共育 技术培训", "桑园 养蚕户 缫丝企业"),
    _topic("康养旅游", "smhgly/ly", "民宿提质 线路串联 服务规范", "康养村 民宿 太行一号旅游公路"),
    _topic("河湖治理", "nylysl/sl", "巡河护河 排口整治 生态补水", "沁河 丹河 城市内河"),
    _topic("食品安全", "scjgaq/spypjg", "监督抽检 明厨亮灶 从业培训", "学校食堂 农贸市场 小作坊"),
    _topic(
        "就业服务", "ldrsjc/ldjy", "岗位归集 技能培训 送岗下乡", "高校毕业生 返乡务工人员 零工市场"
    ),
    _topic("基层医疗", "wsty/ws", "专家下沉 慢病随访 药品配送", "乡镇卫生院 村卫生室 家庭医生团队"),
    _topic("道路养护", "gyjt/gl", "病害处治 安全防护 绿化补植", "农村公路 桥梁 长大下坡路段"),
    _topic("数据共享", "zhzw/dzzw", "接口改造 目录编制 质量核查", "业务系统 共享平台 电子证照"),
    _topic("信访化解", "zhzw/xf", "领导包案 多元调解 回访评议", "信访事项 网格 调解室"),
    _topic(
        "养老服务", "mzfpjz/shfl", "助餐配餐 适老化改造 探访关爱", "社区食堂 养老机构 独居老人家庭"
    ),
)

LEXICON: dict[str, tuple[str, ...]] = {
    "place": _words(
        "城区 泽州县 高平市 阳城县 陵川县 沁水县 开发区 金村镇 巴公镇 北留镇 润城镇 马村镇 米山镇"
        " 崇文镇 附城镇 端氏镇 嘉峰镇 东街街道 西街街道 南街街道 北街街道 钟家庄街道 开发区街道"
        " 南村镇 大阳镇 周村镇 犁川镇 河西镇 寺庄镇 町店镇 横河镇 礼义镇 平城镇 中村镇 郑庄镇"
    ),
    "who": ("有关负责同志", "业务骨干", "一线工作人员", "技术人员", "志愿者", "网格员", "党员干部"),
    "how": ("分片包联", "现场办公", "集中攻坚", "清单管理", "挂图作战", "点对点帮扶", "错峰作业",
            "交叉互查", "示范带动", "入户走访", "随机抽查", "线上线下结合"),
    "view": ("责任要压实到岗到人", "标准要前后一致", "发现的问题要限期清零", "群众意见要件件有回音",
             "进度要按周通报", "经验要及时固化为制度", "数据要真实可查", "安全底线要守牢"),
    "effect": ("办理时间明显缩短", "群众满意度稳步提升", "隐患存量大幅下降", "运行更加平稳",
               "协同效率进一步提高", "基层负担有所减轻", "覆盖面继续扩大", "长效机制初步形成"),
    "verb": ("扎实推进", "有序开展", "全面启动", "持续深化", "统筹抓好", "稳步实施", "加快落实"),
    "deed": ("召开推进会", "开展专题调研", "组织业务培训", "完成阶段验收", "启动专项行动",
             "举办现场观摩", "部署下半年工作", "公布进展情况", "开展回头看", "征求各方建议"),
    "person": ("王某", "李某", "张某", "赵某", "刘某", "陈某", "郭某", "杨某", "马某", "宋某"),
    "season": ("年初以来", "入春以来", "入汛以来", "三季度以来", "入冬以来", "近期", "本月以来"),
    "list": ("工作台账", "问题清单", "责任清单", "整改方案", "操作手册", "联系名册", "进度表"),
}  # fmt: skip

NUMBERS: dict[str, tuple[int, int]] = {
    "few": (2, 12), "some": (13, 96), "many": (102, 989), "lots": (1020, 9870),
    "percent": (71, 99), "month": (1, 12), "day": (2, 28), "round": (1, 48),
}  # fmt: skip

OPENINGS = (
    "{season}，{office}围绕{topic}{verb}各项任务，以{task}为抓手，带动{object}工作整体提升。",
    "{month}月{day}日，{office}在{place}组织{topic}工作会，{who}共{some}人参加，研究{task}有关事项。",
    "为做好{topic}工作，{office}会同{place}对{few}处{object}开展{task}，并现场听取意见。",
    "记者从{office}了解到，今年全市{topic}计划安排任务{some}项，目前已完成{few}项，其余按月调度。",
)
SENTENCES = (
    "在{place}，{who}采取{how}的方式，对{some}处{object}逐一登记，建立{list}，明确{few}名责任人。",
    "截至{month}月底，{place}累计完成{task}{many}次，发现并解决具体问题{some}个，{effect}。",
    "{person}（示例）介绍，过去办理一次要跑{few}趟，现在通过{how}，一般{few}个工作日内就能办完。",
    "会议提出，{view}，不得层层加码，也不得以会议代替落实。",
    "{place}把{task}与日常巡查合并进行，每{few}天核对一次{list}，做到底数清、情况明。",
    "据统计，今年以来共投入{lots}万元，惠及{lots}户，其中{object}占{percent}%。",
    "对群众反映集中的{object}问题，{office}安排{who}到{place}驻点{few}天，边查边改。",
    "下一步，{office}将继续做好{task}，在{month}月前完成{place}等{few}个点位的复核。",
    "{place}探索“{task}＋{how}”的做法，形成可供借鉴的{list}，已在{few}个乡镇推广。",
    "抽查显示，{object}合格率为{percent}%，比上年同期提高{few}个百分点，{effect}。",
    "办理中需要帮助的，可以在工作日拨打咨询电话，{who}会说明所需材料和办理时限。",
    "{object}是{topic}的薄弱环节，{place}为此增加人手{few}名，把{task}的周期缩短到{few}天。",
    "从{place}的情况看，{task}推开后，群众反映的问题比上年减少{some}件，{effect}。",
    "{person}（示例）算了一笔账：{object}每处节省开支{lots}元，{few}个月就能收回投入。",
    "{office}负责人表示，{topic}关系千家万户，{view}，工作成效由群众评判。",
    "项目分{few}批实施，首批{some}处{object}已在{month}月完工，其余按{list}推进。",
    "{office}同时提醒，遇到{object}方面的异常情况请及时反映，核实后{few}日内答复。",
)
HEADINGS = ("主要做法", "工作进展", "取得成效", "存在的不足", "下一步安排", "具体要求", "便民提示",
             "任务分工", "时间安排", "监督保障")  # fmt: skip
ITEMS = (
    "{place}：完成{task}{some}次，整改{few}处。",
    "{object}：由{who}负责，{month}月底前办结。",
    "{task}：采取{how}，每{few}天报送一次进度。",
    "咨询与监督：{view}。",
)
TITLES = (
    "{place}{verb}{topic}{task}工作",
    "{office}{deed}：{topic}{task}覆盖{some}处{object}",
    "{place}{deed} {how}抓好{topic}",
    "{topic}进行时：{place}{many}户受益",
    "关于{month}月份{place}{object}{task}情况的通报",
    "{place}{object}{task}完成{percent}%",
    "{office}赴{place}{deed} 推动{topic}第{round}轮{task}",
    "{person}（示例）到{place}调研{topic}和{task}",
)
