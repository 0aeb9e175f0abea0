"""What a body becomes: its text as written, and nothing that could act in a reader's browser."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup import anchors, is_allowed, render, sanitised


@pytest.mark.parametrize(
    ("body", "html"),
    [
        pytest.param("一段。\n", "<p>一段。</p>\n", id="paragraph"),
        pytest.param(
            "**“强调”**文字", "<p><strong>“强调”</strong>文字</p>\n", id="emphasis in Chinese"
        ),
        pytest.param(
            "**通知。**请看", "<p><strong>通知。</strong>请看</p>\n", id="emphasis and full stop"
        ),
        pytest.param("~~旧~~", "<p><del>旧</del></p>\n", id="struck"),
        pytest.param("a < b", "<p>a &lt; b</p>\n", id="less"),
        pytest.param("a & b", "<p>a &amp; b</p>\n", id="and"),
        pytest.param("[甲](a.md)", '<p><a href="a.md">甲</a></p>\n', id="link"),
        pytest.param(
            '![图](a.png "题")', '<p><img src="a.png" alt="图" title="题" /></p>\n', id="picture"
        ),
        pytest.param("## 一、目标", '<h2 id="一目标">一、目标</h2>\n', id="heading"),
        pytest.param(
            '## 说"好"', '<h2 id="说好">说&quot;好&quot;</h2>\n', id="heading with quotes"
        ),
        pytest.param(
            "## 甲 <b>乙</b>", '<h2 id="甲-乙">甲 <b>乙</b></h2>\n', id="heading with raw HTML"
        ),
        pytest.param("1<sup>2</sup>", "<p>1<sup>2</sup></p>\n", id="raw HTML that is allowed"),
        pytest.param("", "", id="empty"),
    ],
)
def test_render(body, html):
    assert render(body) == html


def test_tables():
    html = render("| 项目 | 金额 |\n|:--|--:|\n| 甲 | 1 |\n")
    assert '<th align="left">项目</th>' in html
    assert '<td align="right">1</td>' in html


def test_raw_tables_keep_their_spans():
    html = render('<table><tr><th scope="col" colspan="2">甲</th></tr></table>')
    cell = re.search("<th ([^>]*)>甲</th>", html)
    assert cell is not None
    assert set(cell[1].split()) == {'scope="col"', 'colspan="2"'}


def test_footnotes_speak_chinese():
    html = render("数据[^1]。\n\n[^1]: 按年末口径。\n")
    assert 'aria-label="返回正文引用处 1"' in html
    assert "Back to" not in html
    assert 'href="#fn-1"' in html
    assert 'id="fn-1"' in html


def test_targets_pass_through_the_rewriters():
    body = "[甲](a.md) ![乙](b.png) <https://www.gov.cn/> [丙][r]\n\n[r]: c.md\n"
    html = render(body, lambda target: "L/" + target, lambda target: "I/" + target)
    found = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert found == ["L/a.md", "I/b.png", "L/https://www.gov.cn/", "L/c.md"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("## 甲\n\n## 甲\n\n### 乙 1.2\n", {"甲", "甲-1", "乙-12"}),
        ('<a id="old"></a>\n\n<span id=x>x</span>', {"old", "x"}),
        ('`id="no"`\n\n    id="no"\n', set()),
        ("没有标题", set()),
    ],
)
def test_anchors(body, found):
    assert anchors(body) == found


HOSTILE = (Path(__file__).parent / "hostile.txt").read_text("utf-8").rstrip("\n").split("\n====\n")


class Judge(HTMLParser):
    """Reads HTML as a browser would, and objects to whatever could act."""

    def __init__(self):
        super().__init__()
        self.objections = []

    def handle_starttag(self, tag, attrs):
        if not is_allowed(tag):
            self.objections.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "target"}:
                self.objections.append(f"{tag} {name}={value}")
            if name in {"href", "src"}:
                scheme = re.match(r"[\x00-\x20]*([a-zA-Z\s]*):", value or "")
                if scheme and re.sub(r"\s", "", scheme[1]).lower() not in {
                    "http",
                    "https",
                    "mailto",
                    "tel",
                }:
                    self.objections.append(f"{tag} {name}={value}")

    def handle_comment(self, data):
        self.objections.append(f"<!--{data}-->")


def objections(html):
    """What in the HTML could act in a browser."""
    judge = Judge()
    judge.feed(html)
    judge.close()
    return judge.objections


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_bodies(body):
    assert objections(render(body)) == []
    assert objections(render(f"正文 {body} 正文")) == []
    assert objections(render(f"- {body}\n\n> {body}\n")) == []


def test_the_judge_judges():
    assert objections("<script>x</script>") == ["<script>"]
    assert len(objections("<a href='java\nscript:x' onclick=y>")) == 2


PIECES = st.sampled_from(
    [
        "<",
        ">",
        "</",
        "/>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "script",
        "svg",
        "math",
        "style",
        "img",
        "a",
        "p",
        "table",
        "td",
        "title",
        "textarea",
        "noscript",
        "template",
        " ",
        "\n",
        "\t",
        "'",
        '"',
        "`",
        "=",
        "src",
        "href",
        "onerror",
        "onload",
        "style",
        "javascript:",
        "data:",
        "alert(1)",
        "&#x6a;",
        "&lt;",
        "&colon;",
        "[",
        "](",
        ")",
        "![",
        "](<",
        "*",
        "_",
        "#",
        "|",
        "---",
        "^",
        "\\",
        "\x00",
        "甲",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_mixture_acts(body):
    assert objections(render(body)) == []


@given(st.lists(PIECES, max_size=20).map("".join))
def test_cleaning_twice_changes_nothing(html):
    once = sanitised(html)
    assert sanitised(once) == once
    assert objections(once) == []


@given(st.text(max_size=100))
def test_any_text_renders(body):
    assert objections(render(body)) == []
    anchors(body)
