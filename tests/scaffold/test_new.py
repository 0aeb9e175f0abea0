"""`gongkai new`: valid records of every kind, from options alone or from an editor's keys."""

import json
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from generator.check import read_corpus
from generator.cli.new import new
from generator.load import KINDS, Form
from generator.schema import Schemas
from generator.tree import open_tree
from tests.support.corpora import NOW

new_module = import_module("generator.cli.new")  # the package gives the verb by that name
SCHEMAS = Schemas.read(Path(__file__).resolve().parents[2] / "schemas")
DOWN, ENTER, SPACE = "\x1b[B", "\r", " "


def example(kind):
    return SCHEMAS.of(kind)["examples"][0]


def options(values):
    """The values as `--set` options, each written as an editor would write it."""
    pairs = (
        f"{key}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for key, value in values.items()
    )
    return [part for pair in pairs for part in ("--set", pair)]


def findings(folder):
    _, found = read_corpus(open_tree(folder, None, NOW), SCHEMAS)
    return [(f.place.path, f.place.line, f.code) for f in found if f.code != "SRC-050"]


def write(folder, *arguments):
    return CliRunner().invoke(new, [*arguments, "--root", str(folder)])


@pytest.fixture(scope="module")
def model(tmp_path_factory, root):
    """A repository with a group and one unit that has a site, each made by the verb."""
    folder = tmp_path_factory.mktemp("model")
    shutil.copytree(root / "schemas", folder / "schemas")
    (folder / "content").mkdir()
    for kind in ("group", "unit", "site"):
        owner = [] if kind == "group" else ["--unit", "edu"]
        result = write(folder, kind, "--yes", *owner, *options(example(kind)))
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def folder(tmp_path, model):
    """A copy of the model to write in."""
    return shutil.copytree(model, tmp_path / "city")


@pytest.fixture
def city(folder, monkeypatch):
    """`city("article", …)`: the verb in that folder, by the clock of the tests."""
    monkeypatch.setattr(new_module, "now", lambda: NOW)
    return lambda *arguments: write(folder, *arguments)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_can_be_written_and_reads_clean(kind, city, folder):
    if kind.name in ("group", "unit", "site"):
        path = folder / kind.pattern.replace("<单位>", "edu")
    else:
        owner = ["--unit", "edu"] if kind.of_unit else []
        result = city(kind.name, "--yes", *owner, *options(example(kind.name)))
        assert result.exit_code == 0, result.output
        path = folder / result.output.splitlines()[0].removeprefix("写好了：")
    assert path.is_file()
    assert findings(folder) == []
    corpus, _ = read_corpus(open_tree(folder, None, NOW), SCHEMAS)
    record = corpus.records[path.relative_to(folder / "content").with_suffix("").as_posix()]
    assert record.data == example(kind.name)
    assert ("<!--" in record.document.body) == (kind.form is Form.MARKDOWN)


def test_what_is_known_is_not_asked(city, folder):
    result = city("policy", "--unit", "edu", "--yes", "--title", "关于校园安全的通知",
                  "--set", "theme=kjjy/jy", "--set", "policyKind=其他文件",
                  "--set", "article20Item=1", "--set", "needsInterpretation=否",
                  "--set", "noInterpretationReason=仅调整联系人，无需解读")  # fmt: skip
    assert result.exit_code == 0, result.output
    text = (folder / "content/units/edu/policies/2026/0001.md").read_text("utf-8")
    assert text.startswith("---\ntitle: 关于校园安全的通知\nindexNumber: 111405000125/2026-00001\n")
    assert "publishedAt: 2026-11-24 12:00\n" in text
    assert "发文字号 documentNumber" in result.output
    assert "withdrawn" not in result.output  # nothing is withdrawn before it is published
    assert "issuer: 晋城市教育局\n" in text
    assert findings(folder) == []


def test_numbers_go_on_and_nothing_is_overwritten(city, folder):
    values = options(example("article"))
    first = city("article", "--unit", "edu", "--yes", *values)
    second = city("article", "--unit", "edu", "--yes", *values)
    assert "articles/2026/0001.md" in first.output
    assert "articles/2026/0002.md" in second.output
    before = (folder / "content/units/edu/articles/2026/0002.md").read_bytes()
    third = city("article", "--unit", "edu", "--yes", "--id", "0002", *values)
    assert third.exit_code == 2
    assert "已经有了" in third.output
    assert (folder / "content/units/edu/articles/2026/0002.md").read_bytes() == before


def test_without_a_terminal_what_is_missing_is_listed(city, folder):
    result = city("article", "--unit", "edu")
    assert result.exit_code == 2
    assert "--set title=…  标题：公开显示的标题，写全称，末尾不加标点。" in result.output
    assert "--set column=…  栏目：" in result.output
    assert "--set origin" not in result.output  # proposed
    assert not (folder / "content/units/edu/articles").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["artcle"], "是不是：article", id="an unknown kind offers a near one"),
        pytest.param(["article", "--unit", "nobody"], "没有 nobody 这个单位", id="an unknown unit"),
        pytest.param(["article", "--unit", "A B"], "只能用小写字母", id="a bad unit id"),
        pytest.param(["article", "--unit", "edu", "--id", "甲"], "只能用小写字母", id="a bad id"),
        pytest.param(["article", "--unit", "edu", "--set", "x"], "少了等号", id="no equals sign"),
        pytest.param(["article", "--unit", "edu", "--set", "x=1"], "没有 x 这个", id="no field"),
        pytest.param(
            ["article", "--unit", "edu", *options({**example("article"), "origin": "relayed"})],
            "--set sourceUrl=…  转载原文网址：转载稿件必填",
            id="what is required in this case only",
        ),
        pytest.param(
            ["article", "--unit", "edu", *options({**example("article"), "publishedAt": "昨天"})],
            "不是有效的日期或时间：昨天",
            id="a value in the schema's words",
        ),
    ],
)
def test_bad_usage_says_what_to_do(arguments, said, city):
    result = city(*arguments, "--yes")
    assert result.exit_code == 2
    assert said in result.output.replace("\n", "")


def press(run, arguments, presses):
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("".join(presses))
        return run(*arguments)


@pytest.fixture
def at_a_terminal(monkeypatch):
    monkeypatch.setattr(new_module, "_is_terminal", lambda: True)


def test_an_editor_answers_with_keys(city, folder, at_a_terminal):
    result = press(
        city,
        ["article", "--unit", "edu"],
        [
            "关", ENTER, "于报名的通知", ENTER,  # one sign is too short: the prompt stays
            DOWN, ENTER,  # the second column
            ENTER,  # now
            ENTER,  # the unit's name
            DOWN, ENTER,  # relayed, so that an address is asked for
            "ftp://x", ENTER, *["\x7f"] * 7, "https://www.gov.cn/a", ENTER,
            SPACE, ENTER,  # the first optional field, a subtitle
            "副标题在此", ENTER,
        ],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "转载稿件（origin 为 relayed）必须写明原文网址 sourceUrl。" in result.output
    text = (folder / "content/units/edu/articles/2026/0001.md").read_text("utf-8")
    assert text.startswith(
        "---\ntitle: 关于报名的通知\nsubtitle: 副标题在此\ncolumn: tzgg\n"
        "publishedAt: 2026-11-24 12:00\nsource: 晋城市教育局\norigin: relayed\n"
        "sourceUrl: https://www.gov.cn/a\n---\n"
    )
    assert findings(folder) == []


def test_a_new_unit_and_its_site_are_complete(city, folder, at_a_terminal):
    unit = press(
        city,
        ["unit", "--unit", "xjj", "--title", "晋城市消防救援支队"],
        [
            ENTER, "市消防支队", ENTER,
            *[DOWN] * 3, ENTER,  # a department
            "统筹全市火灾预防工作。", ENTER, "负责火灾扑救。", ENTER, ENTER,
            "晋城市城区示例街9号", ENTER, "周一至周五", ENTER, "0356-2000090", ENTER,
            "王某（示例）", ENTER, "y", ENTER,
            *[ENTER] * 9,
        ],
    )  # fmt: skip
    assert unit.exit_code == 0, unit.output
    assert "gongkai new site --unit xjj" in unit.output
    site = city("site", "--unit", "xjj", "--yes", "--set", "url=https://xjj.example.gov.cn/",
                "--set", "siteCode=1405009099", "--set", "icp=晋ICP备99000099号-1",
                "--set", "policeNumber=晋公网安备14050299000099号",
                "--set", "errorReportUrl=https://zfwzgl.www.gov.cn/?s=1405009099")  # fmt: skip
    assert site.exit_code == 0, site.output
    assert "空白栏目" in site.output
    assert findings(folder) == []
    corpus, _ = read_corpus(open_tree(folder, None, NOW), SCHEMAS)
    made = corpus.units["xjj"]
    assert made.organ_code == "111405000126"  # after the one in use
    assert made.data["disclosureOffice"]["name"] == "市消防支队办公室"
    assert {"gzdt", "tzgg", "jgzn", "zfxxgk", "zcwj", "bszn"} <= set(
        corpus.sites["xjj"].column_by_id
    )


def test_leaving_writes_nothing(city, folder, at_a_terminal):
    result = press(city, ["article", "--unit", "edu"], ["标题", "\x03"])
    assert result.exit_code == 1
    assert not (folder / "content/units/edu/articles").exists()


def test_the_standard_columns_are_columns_of_a_site(city, folder):
    for unit, kind in (("a", "county"), ("b", "department"), ("c", "platform")):
        values = {**example("unit"), "type": kind}
        assert city("unit", "--unit", unit, "--yes", *options(values)).exit_code == 0
        values = {k: v for k, v in example("site").items() if k not in ("columns", "siteClass")}
        if kind == "platform":
            values |= {"role": "portal", "siteClass": "government"}
        result = city("site", "--unit", unit, "--yes", *options(values))
        assert result.exit_code == 0, result.output
    assert findings(folder) == []
    corpus, _ = read_corpus(open_tree(folder, None, NOW), SCHEMAS)
    assert "xzdt" in corpus.sites["a"].column_by_id
    assert "gzdt" in corpus.sites["b"].column_by_id
    assert "xqdt" in corpus.sites["c"].column_by_id


def test_an_interview_goes_into_the_column_that_collects_it(city, folder):
    assert city("unit", "--unit", "a", "--yes", *options(example("unit"))).exit_code == 0
    site = {k: v for k, v in example("site").items() if k != "columns"}
    assert city("site", "--unit", "a", "--yes", *options(site)).exit_code == 0
    result = city("interview", "--unit", "a", "--title", "在线访谈：寒假安全", "--set", "column=x")
    assert result.exit_code == 2
    result = city("interview", "--unit", "a", "--title", "在线访谈：寒假安全")
    assert "--set column=…  栏目" in result.output
    assert result.output.index("zxft 互动交流 › 在线访谈") < result.output.index("gzdt 工作动态")


def test_a_record_without_a_number_is_named_by_its_editor(city, folder, at_a_terminal):
    result = press(
        city,
        ["institution", "--unit", "edu", *options(example("institution"))],
        [ENTER, "XX", ENTER, *["\x7f"] * 2, "zwgk-zd", ENTER],
    )
    assert result.exit_code == 0, result.output
    assert (folder / "content/units/edu/institutions/zwgk-zd.md").is_file()
    assert f"新增公开制度：{example('institution')['title']}" in result.output
