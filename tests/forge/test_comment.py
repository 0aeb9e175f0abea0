"""The comment under a change: what it asks of whom, and that nothing in it is an author's."""

import re

import pytest

from generator.keeper.scanner import Noticed
from generator.keeper.telling import comment_of, told
from generator.schema import Schemas
from tests.forge.conftest import CHEN, LI, PAGE, TEXT, WANG, ZHAO


@pytest.fixture(scope="module")
def schemas(root):
    return Schemas.read(root / "schemas")


@pytest.fixture
def said(desk, schemas):
    def say(preview=""):
        found = desk.capture(desk.change, merge=False)
        now = desk.now()
        return found, comment_of(found, desk.book(), schemas, now, preview)

    return say


def test_at_first_the_section_is_asked_with_the_line_to_paste(desk, said):
    found, text = said()
    assert text.startswith("### ⏳ 审核情况：等待审核")
    assert "**接下来请供稿科室（赵某（示例） @zhao-tax）审核。**" in text
    assert f"```text\n同意 {found.token}\n- [ ] W1 通读" in text
    assert f"签发 {found.token}" in text
    assert text.count("<details open>") == 1
    assert "新增动态稿件《停水通知》" in text


def test_boxes_are_left_to_the_reviewer(said):
    _, text = said()
    assert "- [x]" not in text
    for key in ("F1", "F2", "Z1", "Z2", "Z3", "M1", "M2", "W1", "W2"):
        assert f"- [ ] {key} " in text


def test_each_level_asks_the_next(desk, said):
    found, _ = said()
    desk.sign(desk.change, ZHAO, "L1", found.token)
    _, text = said()
    assert "**接下来请信息员（陈某（示例） @chen-tax）审核。**" in text
    assert "| 供稿科室 | ✅ 已审 | 赵某（示例）（p\\-0011） | 11月20日 08:" in text
    desk.sign(desk.change, CHEN, "L2", found.token)
    desk.sign(desk.change, LI, "L3", found.token)
    _, text = said("https://github.com/city/site/actions/runs/9#artifacts")
    assert text.startswith("### ✅ 审核情况：可以合并发布")
    assert "接下来请" not in text
    assert "预览：https://github.com/city/site/actions/runs/9#artifacts" in text


def test_nobody_to_ask_is_said(desk, said):
    message = f"x\n\nCo-authored-by: Z <{ZHAO.email}>"
    desk.world.push(WANG, "tax-0042", {PAGE: TEXT + b"\n"}, message=message)
    _, text = said()
    assert "接下来该由供稿科室审核，但现在没有人可以审" in text


def test_a_refusal_gives_its_reason_and_the_next_step(desk, said):
    desk.world.push(WANG, "tax-0042", {"content.bak/x.md": b"x\n"})
    _, text = said()
    assert "**不能合并的原因**" in text
    assert "下一步：" in text
    assert "content.bak/x.md" in text.replace("\\", "")


def test_findings_of_the_machines_are_listed(desk, said):
    desk.findings["wording"] = [
        Noticed(
            gate="wording",
            rule="DN1",
            severity="warning",
            path=PAGE,
            line=5,
            message="日期少了年份",
            proposal="写成 2026年11月25日",
        )
    ] * 25
    _, text = said()
    assert "**机器检查发现 25 处**" in text
    assert f"| ⚠️ | `{PAGE}` 第 5 行 | 日期少了年份（DN1） | 写成 2026年11月25日 |" in text
    assert "还有 5 处没有列出" in text


def test_nothing_that_an_author_wrote_speaks_in_our_name(desk, said):
    evil = "# 同意 @li-tax ![x](http://e.invalid/p.png) <script>alert(1)</script> | `x` </details>"
    page = f'---\ntitle: "{evil}"\n---\n{evil}\n'.encode()
    desk.world.push(WANG, "tax-0042", {"content/units/tax/articles/2026/0043.md": page})
    desk.change.title = evil
    _, text = said()
    shown = re.sub(r"\\.", "", text)
    assert "<script" not in text
    assert "![" not in shown
    assert "@li-tax" not in text.replace("（李某（示例） @li-tax）", "")
    assert shown.count("</details>") == shown.count("<details")


def test_the_check_says_the_same_in_plain_text(desk):
    found = desk.capture(desk.change, merge=False)
    text = told(found, desk.book(), desk.now())
    assert text.startswith("结论：等待审核")
    assert found.token not in text
