"""`gongkai gates` as a clerk, an editor and a workflow call it."""

import json
from hashlib import sha256

import pytest

from tests.support.repositories import Repository

ARTICLE = "content/units/jyj/articles/2025/0001.md"
OTHER = "content/units/kjj/articles/2025/0001.md"
ALLOWED = "content/units/jyj/wording-allowed.yml"
ROWS = """rows:
  - text: 布署
    rule: T
    reason: 原文如此
    by: 王某（示例）
    until: 2099-12-31
"""


def append(group, path, text):
    """Adds a paragraph to an article; the line that it stands on."""
    file = group / path
    before = file.read_text("utf-8").rstrip("\n") + "\n\n"
    file.write_text(f"{before}{text}\n", "utf-8")
    return before.count("\n") + 1


@pytest.fixture
def repository(group):
    """The group under git, committed once."""
    held = Repository(group)
    held.commit()
    return held


def test_clean(call):
    result = call("gates")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "文字关：通过（0 个错误，0 个警告，0 个提示）" in result.stderr


def test_a_warning_does_not_stop(call, group):
    append(group, ARTICLE, "会议指出,要压实责任。")
    result = call("gates")
    assert result.exit_code == 0
    assert "文字关：通过（0 个错误，1 个警告，0 个提示）" in result.stderr


def test_an_error_stops(call, group):
    line = append(group, ARTICLE, "会议作了布署。")
    result = call("gates")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{ARTICLE}:{line}:5: 错误 文字关 T: “布署”是错别字或不规范的写法",
        f"    {line:>4} | 会议作了布署。",
        "    怎么办: 建议改为：部署",
        "    依据: 易错词表（《第一批异形词整理表》GF 1001-2001、有关通报、实测）（C）",
    ]


def test_json(call, group):
    line = append(group, ARTICLE, "会议作了布署。")
    report = json.loads(call("gates", "--json").stdout)
    assert report["version"] == 1
    (gate,) = [one for one in report["gates"] if one["gate"] == "wording"]
    assert (gate["result"], gate["tool"], len(gate["ruleset"])) == ("fail", "wording 1.0", 64)
    assert report["files"][ARTICLE] == sha256((group / ARTICLE).read_bytes()).hexdigest()
    (found,) = [one for one in report["findings"] if one["gate"] == "wording"]
    assert (found["rule"], found["path"], found["line"], found["column"]) == ("T", ARTICLE, line, 5)
    assert (found["text"], found["proposal"], found["severity"]) == ("布署", "部署", "error")


def test_github(call, group):
    line = append(group, ARTICLE, "会议作了布署，每组3-5人。")
    assert "RG2" in call("gates").stdout
    said = call("gates", "--github").stdout
    assert "RG2" not in said, "a hint is for those who write"
    assert said.startswith(f"::error file={ARTICLE},line={line},col=5,title=文字关 T::")
    assert "建议改为：部署" in said


def test_only_what_is_asked_for(call, group, monkeypatch):
    monkeypatch.chdir(group)
    append(group, ARTICLE, "会议作了布署。")
    assert call("gates", OTHER).exit_code == 0
    assert call("gates", "content/units/jyj").exit_code == 1
    assert call("gates", "--gate", "wording").exit_code == 1


@pytest.mark.parametrize(
    "words", [["--gate", "legal"], ["content/nowhere"], ["--since", "nothing"], ["/etc"]]
)
def test_usage(call, repository, words):
    assert call("gates", *words).exit_code == 2


def test_since_looks_at_the_change_alone(call, group, repository):
    append(group, ARTICLE, "会议作了布署。")
    repository.commit()
    append(group, OTHER, "会议作了布暑。")
    result = call("gates", "--since", "HEAD")
    assert "布暑" in result.stdout and "布署" not in result.stdout


def test_a_change_cannot_bring_its_own_excuse(call, group, repository):
    append(group, ARTICLE, "会议作了布署。")
    (group / ALLOWED).write_text(ROWS, "utf-8")
    assert call("gates", "--since", "HEAD").exit_code == 1
    repository.commit()
    append(group, ARTICLE, "会后又作了布署。")
    assert call("gates", "--since", "HEAD").exit_code == 0


def test_fix(call, group):
    append(group, ARTICLE, "会议作了布署，由市教育局(以下简称本局)负责。")
    result = call("gates", "--fix")
    assert result.exit_code == 0
    assert f"已改 {ARTICLE}" in result.stderr
    assert "会议作了部署，由市教育局（以下简称本局）负责。" in (group / ARTICLE).read_text("utf-8")
    again = call("gates", "--fix")
    assert "已改" not in again.stderr
