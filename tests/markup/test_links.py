"""Links, pictures and headings are found where they stand, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup import headings, links, raw_tags, render
from tests.support.timing import seconds


def found(body):
    """Each link as `line:column target`, a picture with `!`."""
    return [f"{k.line}:{k.column} {'!' * k.image}{k.target}" for k in links(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("见[通知](a.md)。", ["1:2 a.md"], id="inline"),
        pytest.param("[a](a.md) [b](b.md#x)", ["1:1 a.md", "1:11 b.md#x"], id="two"),
        pytest.param("![图](0001/a.png)", ["1:1 !0001/a.png"], id="picture"),
        pytest.param('[a](a.md "题")', ["1:1 a.md"], id="title"),
        pytest.param("[a](<名 称.pdf>)", ["1:1 名 称.pdf"], id="angle brackets"),
        pytest.param("[a](计划(1).pdf)", ["1:1 计划(1).pdf"], id="brackets in the target"),
        pytest.param(r"[a](a\_b\(1\).md)", ["1:1 a_b(1).md"], id="escapes in the target"),
        pytest.param("[a]()", ["1:1 "], id="empty target"),
        pytest.param("[](a.md)", ["1:1 a.md"], id="empty text"),
        pytest.param("[一[二]三](a.md)", ["1:1 a.md"], id="brackets in the text"),
        pytest.param("[![图](a.png)](b.md)", ["1:1 b.md", "1:2 !a.png"], id="picture in a link"),
        pytest.param("[r]([甲](a.md)", ["1:1 [甲](a.md)", "1:5 a.md"], id="brackets left open"),
        pytest.param(
            "[r]([甲](h(1).md)", ["1:1 [甲]", "1:5 h(1).md"], id="brackets left open twice"
        ),
        pytest.param("[长的文字\n分两行](a.md)", ["1:1 a.md"], id="text over two lines"),
        pytest.param("甲\n\n乙[一\n二\n三](a.md)丙", ["3:2 a.md"], id="text over three lines"),
        pytest.param("[一\n\n二](a.md)", [], id="a paragraph ends the text"),
        pytest.param("[a][n]\n\n[n]: b.md", ["3:1 b.md"], id="reference"),
        pytest.param("[n]: <b.md> '题'", ["1:1 b.md"], id="reference in angle brackets"),
        pytest.param("数据[^1]\n\n[^1]: 按年末口径。", [], id="footnote"),
        pytest.param("<https://www.gov.cn/a>", ["1:1 https://www.gov.cn/a"], id="address"),
        pytest.param("<mailto:a@b.cn>", ["1:1 mailto:a@b.cn"], id="mail address"),
        pytest.param('<a href="a.md">甲</a>', ["1:1 a.md"], id="raw link"),
        pytest.param("<A class=x HREF = 'a.md' >甲</A>", ["1:1 a.md"], id="raw link, other form"),
        pytest.param('<img alt="图" src="a.png">', ["1:1 !a.png"], id="raw picture"),
        pytest.param('<a id="x"></a>', [], id="raw anchor"),
        pytest.param("`[a](a.md)`", [], id="inline code"),
        pytest.param("``[a](a.md) ` ``[b](b.md)", ["1:17 b.md"], id="longer inline code"),
        pytest.param("```\n[a](a.md)\n```\n[b](b.md)", ["4:1 b.md"], id="fence"),
        pytest.param("~~~\n[a](a.md)\n```\n[a](a.md)\n~~~\n[b](b.md)", ["6:1 b.md"], id="tildes"),
        pytest.param("```\n[a](a.md)\n``` x\n[a](a.md)\n```", [], id="no end of a fence"),
        pytest.param("````\n```\n[a](a.md)\n````\n[b](b.md)", ["5:1 b.md"], id="longer fence"),
        pytest.param("``` a`b\n[b](b.md)", ["2:1 b.md"], id="no fence"),
        pytest.param("```\n[一\n二](a.md)\n```", [], id="over lines in a fence"),
        pytest.param(r"\[a](a.md)", [], id="escaped"),
        pytest.param(r"\![a](a.md)", ["1:3 a.md"], id="escaped picture mark"),
        pytest.param("[a] (a.md)", [], id="blank between"),
        pytest.param("【a】(a.md) 甲（a.md）", [], id="full width"),
        pytest.param("没有链接。", [], id="none"),
    ],
)
def test_links(body, expected):
    assert found(body) == expected


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("![会议现场](a.png)", "会议现场"),
        ("![](a.png)", ""),
        ('<img src="a.png">', ""),
        ('<img src="a.png" alt="现场">', "现场"),
        ('<a href="a.md">更多</a>', "更多"),
        ('<a href="a.md"></a>', ""),
        ('<a href="a.md">\n更多</a>', "…"),
        ("[更多](a.md)", "更多"),
    ],
)
def test_texts(body, text):
    (link,) = links(body)
    assert link.text == text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# 一\n## 二 ##\n###三\n    # 四\n####### 五\n", [(1, 1, "一"), (2, 2, "二")]),
        ("```\n# 一\n```\n# 二", [(1, 4, "二")]),
    ],
)
def test_headings(body, expected):
    assert list(headings(body)) == expected


def test_raw_tags():
    body = "<p style='x' onclick=y>甲</p>\n\n`<b>` \\<i> <script>\n```\n<u>\n```\n1 < 2"
    tags = [(tag.name, tag.attributes, tag.line) for tag in raw_tags(body)]
    assert tags == [("p", ("style", "onclick"), 1), ("script", (), 3)]


PARTS = st.sampled_from(
    [
        "[甲](a.md)",
        "![图](b.png)",
        "<https://c.cn/>",
        "[乙][r]",
        "\n\n[r]: d.md\n\n",
        "正文",
        " ",
        "\n",
        "`代码`",
        "**强调**",
        "[丙\n丁](e.md)",
        "[戊](<f g.md>)",
        "\n\n```\n[x](no.md)\n```\n\n",
        "\n\n- ",
        "\n\n> ",
        "[己](h(1).md)",
        "\\[庚](no.md)",
        "[![图](i.png)](j.md)",
        "\n\n## ",
        "(",
        ")",
        "]",
        "!",
    ]
)


@given(st.lists(PARTS, max_size=12).map("".join))
def test_no_link_that_is_shown_is_missed(body):
    shown = set()

    def seen(target):
        shown.add(target)
        return target

    render(body, seen, seen)
    assert shown <= {link.target for link in links(body)}


@pytest.mark.parametrize(
    "body",
    [
        "[" * 1_000_000,
        "[a](" * 250_000,
        "[a\n" * 300_000,
        "[[a]" * 250_000,
        "![" * 500_000,
        "](" * 500_000,
        "<a " * 300_000,
        "<img src='" * 100_000,
        "[x [a]" * 150_000,
        "`" * 1_000_000,
        "` " * 500_000,
        "[a]((" * 200_000,
        "[a]: " * 200_000,
        "\\[" * 400_000,
        "[" + "[a]" * 330_000,
        "<a href='x'>" * 80_000,
        "<a " + "href='x' " * 100_000,
        "<a " + "href " * 200_000,
        "# " * 500_000,
        "```\n" * 250_000,
        "<" * 1_000_000,
        "[a\nb](c) " * 100_000,
        "#" + " #" * 500_000,
        "# a" + " " * 999_999,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_no_body_takes_long(body):
    def read():
        sum(len(link.text) for link in links(body))
        list(headings(body))
        list(raw_tags(body))

    assert seconds(read, runs=1) < 10
