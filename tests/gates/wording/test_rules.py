"""Rules beside the seeds: what each finds, what it leaves alone, and how much it weighs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.gates import Finding, Known, known_of, scan
from generator.gates.known import Allowed
from generator.gates.wording import GATE, whole
from generator.gates.wording.packs import FOLDER, column, patterns, rows, rules, signs
from tests.gates.wording.test_sheet import PATH, TODAY, written
from tests.gates.wording.test_sheet import rows as cases


def page(body: str, front: str = "") -> str:
    fields = (front or "title: 示例").replace("|", "\n")
    return f"---\n{fields}\n---\n\n{written(body)}\n"


def findings(body: str, front: str = "", known: Known | None = None) -> tuple[Finding, ...]:
    files = [(PATH, page(body, front).encode())]
    return scan(GATE, files, known or Known(), TODAY).findings


@pytest.mark.parametrize("row", cases("cases.tsv"), ids=lambda row: f"{row['rule']}-{row['place']}")
def test_a_fault_is_found(row):
    found = [one for one in findings(row["body"], row.get("front", "")) if one.rule == row["rule"]]
    assert [(one.text, one.severity) for one in found] == [(row["place"], row["severity"])]
    line = page(row["body"], row.get("front", "")).split("\n")[found[0].line - 1]
    assert line[found[0].column - 1 :].startswith(written(row["place"]).split("\n")[0])


@pytest.mark.parametrize("row", cases("right.tsv"), ids=lambda row: f"{row['rule']}-{row['body']}")
def test_what_is_right_is_left_alone(row):
    found = [one for one in findings(row["body"], row.get("front", "")) if one.rule == row["rule"]]
    assert found == []


@pytest.mark.parametrize("row", cases("lookalikes.tsv"), ids=lambda row: row["sentence"])
def test_a_look_alike_is_not_reported(row):
    assert findings(row["sentence"]) == ()


@pytest.mark.parametrize(
    ("body", "place", "note"),
    [
        ("全市 3 个县、2 个区和5个镇。", "和5", "有空格的3处，没有空格的2处"),
        ("全市3个县，2 个区。\n\n## 用APP办", "2 个", "有空格的1处，没有空格的4处"),
        ("共 5个。", "共 5", "有空格的1处，没有空格的1处"),
        ("全市3个县，`共 2 个`。", "", ""),
        ("全市 3 个县，20% 的镇，2.5 万。", "", ""),
    ],
)
def test_blanks_beside_digits_are_counted_where_the_row_is_not_off(body, place, note, monkeypatch):
    assert [one for one in findings(body) if one.rule == "PU21"] == []
    on = {**rules(), "PU21": replace(rules()["PU21"], off=False)}
    monkeypatch.setattr(whole, "rules", lambda: on)
    found = [one for one in findings(body) if one.rule == "PU21"]
    assert [one.text for one in found] == [place] * bool(place)
    assert all(note in one.message and one.severity == "hint" for one in found)


def test_a_short_form_of_two_names_says_which():
    said = "甲局（以下简称“信息局”）、{}（以下简称“信息局”）负责，信息局牵头。"
    messages = [findings(said.format(name))[0].message for name in ("乙局", "甲局")]
    assert ["“甲局”的简称，这里又是“乙局”的简称" in one for one in messages] == [True, False]


def test_quotations_weigh_less():
    assert [one.severity for one in findings("会议作了布署。")] == ["error"]
    for body in (
        "《关于布署工作的决定》",
        "> 会议作了布署。",
        "他说：“会议对下一阶段全市各项重点工作作了布署。”",
    ):
        assert [one.severity for one in findings(body)] == ["hint"], body
    assert findings("会议作了布署。", "title: 办法|policyKind: rule")[0].severity == "hint"


def test_a_set_phrase_and_residue_are_faults_in_quotations_too():
    found = findings("《中国人民共和国森林法》和《某\u200b办法》")
    assert {one.rule: one.severity for one in found} == {"NM1": "error", "RS9": "error"}


LEADERS = {
    "content/units/city/leaders/a.yml": (
        "name: 杜家毫\npost: 市委副书记、市长\norder: 1\nappointedAt: 2020-01-01\n"
    ),
    "content/units/city/leaders/b.yml": (
        "name: 李示例\npost: 副市长\norder: 2\nappointedAt: 2020-01-01\n"
    ),
    "content/units/city/leaders/c.yml": "name: 郭某（示例）\npost: 副市长\norder: 3\n",
    "content/units/city/leaders/d.yml": (
        "name: 李强\npost: 市委常委、副市长\norder: 4\nappointedAt: 2020-01-01\n"
    ),
    "content/units/gxj/leaders/e.yml": "name: 王晓伟\npost: 局长\norder: 1\n",
    "content/units/kjj/leaders/f.yml": "name: 张伟\npost: 局长\norder: 1\n",
    "content/units/city/unit.yml": (
        "name: 晋城市人民政府\nshortName: 市政府\nphone: 0356-0010001\naddress: 甲路\n"
    ),
    "content/reference/divisions.yml": (
        "divisions:\n- {id: jc, name: 晋城市}\n- {id: gp, name: 高平市, parent: jc}\n"
        "- {id: yc, name: 阳城县, parent: jc}\n"
    ),
}


@pytest.mark.parametrize(
    ("rule", "body", "places"),
    [
        ("NM2", "市长杜家豪主持会议。", ["杜家豪"]),
        ("NM2", "市长杜家毫主持会议。", []),
        ("NM2", "副市长杜家毫主持会议。", ["副市长"]),
        ("NM2", "李示例、杜家毫出席会议，市长讲话。", ["李示例、杜家毫"]),
        ("NM2", "杜家毫、李示例出席会议，市长讲话。", []),
        ("NM2", "副市长王某主持会议。", []),
        ("NM2", "副市长李墙主持会议。", ["李墙"]),
        ("NM2", "由李墙副市长主持。", ["李墙"]),
        ("NM2", "副市长黎强、李示例出席。", ["黎强"]),
        ("NM2", "副市长李强主持会议。", []),
        ("NM2", "副市长李刚主持会议。", []),  # another sound, so another person
        ("NM2", "副市长李墙国主持会议。", []),  # a longer name
        ("NM2", "主任李墙主持会议。", []),  # another title
        ("NM2", "局长王小威主持会议。", ["王小威"]),
        ("NM2", "局长章伟主持会议。", []),  # of another unit than the page
        ("NM2", "杜家毫、李强、李示例出席会议，市长讲话。", ["杜家毫、李强、李示例"]),
        ("NM13", "晋城市沁源县的水库", ["晋城市沁源县"]),
        ("NM13", "晋城市阳城县的水库，晋城市各县区", []),
        ("ST3", "晋城市人民政府联系电话：0356-0010002。", ["0356-0010002"]),
        ("ST3", "晋城市人民政府联系电话：0356-0010001。", []),
    ],
)
def test_names_against_the_records(rule, body, places):
    known = known_of([(path, text.encode()) for path, text in LEADERS.items()])
    found = [one.text for one in findings(body, known=known) if one.rule == rule]
    assert found == places


def test_documents_are_cited_with_one_number():
    def numbered(number, body, front=""):
        text = page(body, f"title: 稿件{number}{front}")
        return f"content/units/gxj/articles/2026/000{number}.md", text.encode()

    cited = "按照《关于加强网站管理的意见》（晋市政发〔2024〕{}号）执行。"
    pages = [numbered(at, cited.format(said)) for at, said in ((1, 3), (2, 3), (3, 8))]
    found = scan(GATE, pages, Known(), TODAY).findings
    assert [(one.rule, one.path[-6:-3], one.text) for one in found] == [
        ("ST1", "003", "晋市政发〔2024〕8号")
    ]
    ended = numbered(4, "正文。", "|documentNumber: 晋市政发〔2024〕3号|validity: repealed")
    found = scan(GATE, [*pages[:1], ended], Known(), TODAY).findings
    assert [one.rule for one in found] == ["ST2"]


def test_a_total_is_the_sum():
    table = "| 项目 | 数 |\n|---|---|\n| 甲 | 1 |\n| 乙 | 2 |\n| 合计 | {} |"
    assert [one.text for one in findings(table.format(4)) if one.rule == "ST4"] == ["4"]
    assert findings(table.format(3)) == ()


def test_what_is_allowed_passes_until_its_day():
    row = Allowed("gxj", "作了布署", "T", date(2026, 12, 31))
    allowing = Known(allowed=(row,))
    assert findings("会议作了布署。", known=allowing) == ()
    assert findings("会议的布署。", known=allowing)  # other words
    over = Known(allowed=(Allowed("gxj", "作了布署", "T", date(2026, 11, 1)),))
    assert findings("会议作了布署。", known=over)
    elsewhere = Known(allowed=(Allowed("city", "作了布署", "T", date(2026, 12, 31)),))
    assert findings("会议作了布署。", known=elsewhere)


@pytest.mark.parametrize("lacking", ["reason", "by", "until"])
def test_a_row_without_reason_name_or_day_allows_nothing(lacking):
    row = {
        "text": "布署",
        "rule": "T",
        "reason": "核对过",
        "by": "王某（示例）",
        "until": "2027-01-01",
    }
    file = "content/units/gxj/wording-allowed.yml"
    kept = {key: value for key, value in row.items() if key != lacking}
    for value, count in ((row, 1), (kept, 0)):
        text = "rows:\n- " + "\n  ".join(f"{key}: {said}" for key, said in value.items())
        assert len(known_of([(file, text.encode())]).allowed) == count


def test_the_packs_are_whole():
    assert len(rows("words.tsv")) == 475
    assert sum(row["severity"] == "error" for row in rows("words.tsv")) == 380
    assert len(signs("characters.txt")) == 8105
    assert len([row for row in rows("nations.tsv") if row["kind"] == "nation"]) == 56
    assert {pattern.rule.id for pattern in patterns()} <= set(rules())
    for rule in rules().values():
        assert rule.severity in {"error", "warning", "hint"} and rule.message and rule.source
        assert rule.proposal or rule.right, rule.id
    assert all(pattern.regex for pattern in patterns())
    assert all(column(file.name, "pattern") for file in FOLDER.glob("patterns.tsv"))


def test_a_file_that_cannot_be_read_does_not_pass():
    result = scan(GATE, [(PATH, b"\xff\xfe")], Known(), TODAY)
    assert result.result == "fail" and [one.rule for one in result.findings] == ["SRC"]


def test_the_rule_set_has_a_digest():
    first, again = (GATE.ruleset(Known()) for _ in range(2))
    assert first == again != GATE.ruleset(known_of([(next(iter(LEADERS)), b"name: x\n")]))
    result = scan(GATE, [(PATH, b"---\ntitle: x\n---\n\nok\n")], Known(), TODAY)
    assert (result.gate, result.result, result.tool) == ("wording", "pass", "wording 1.0")
