"""`gongkai check` as a clerk, an editor and a workflow call it."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from generator.check import judging
from generator.cli import gongkai, main
from tests.support.repositories import Repository
from tests.support.trees import write

ARTICLE = "content/units/jyj/articles/2025/0001.md"
OTHER = "content/units/kjj/articles/2025/0001.md"


def break_title(group, path=ARTICLE):
    """Misspells the key `title` of an article, on line 2."""
    file = group / path
    file.write_text(file.read_text("utf-8").replace("title:", "tilte:", 1), "utf-8")


@pytest.fixture
def repository(group):
    """The group under git, committed once."""
    held = Repository(group)
    held.minutes = -60 * 24 * 30  # before the group's migration baseline
    held.commit()
    return held


def test_clean(call):
    result = call("check")
    assert result.exit_code == 0
    assert "SRC-050" in result.stdout, "a note informs, and is no fault"
    assert "0 个错误，0 个警告，1 个提示" in result.stderr


def test_findings(call, group):
    break_title(group)
    result = call("check", "--quiet")
    assert result.exit_code == 1
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{ARTICLE}:2:1:"))
    assert lines[at] == f"{ARTICLE}:2:1: 错误 SCH-003: 没有 tilte 这个字段，是不是 title？"
    assert lines[at + 1] == "       2 | tilte: 市教育局检查中小学食堂食品安全"
    assert lines[at + 2] == "    怎么办: 把 tilte 改成 title"


def test_english(call, group):
    break_title(group)
    result = call("check", "--lang", "en")
    assert f"{ARTICLE}:2:1: error SCH-003: " in result.stdout
    assert "1 errors, 0 warnings, 1 notes" in result.stderr


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_forms(form, call, group):
    break_title(group)
    result = call("check", "--format", form)
    assert result.exit_code == 1
    if form == "github":
        assert f"::error file={ARTICLE},line=2,col=1," in result.stdout
    else:
        assert "SCH-003" in json.dumps(json.loads(result.stdout))
    assert result.stderr == "", "a machine reads this"


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([ARTICLE], 1),
        (["content/units/jyj"], 1),
        (["content/units/jyj/"], 1),
        (["content"], 2),
        (["."], 2),
        (["content/units/../units/kjj"], 1),
        (["content/units/city"], 0),
        ([ARTICLE, OTHER], 2),
        (["content/units/jy"], None),
    ],
)
def test_paths(paths, found, call, group, monkeypatch):
    monkeypatch.chdir(group)
    break_title(group)
    break_title(group, OTHER)
    result = call("check", "--format", "json", *paths)
    if found is None:
        assert result.exit_code == 2
        assert "没有 content/units/jy 这个文件或文件夹" in result.stderr
        return
    errors = [f for f in json.loads(result.stdout)["findings"] if f["severity"] == "error"]
    assert len(errors) == found
    assert result.exit_code == (1 if found else 0)


def test_the_root_is_found_from_a_folder_within(group, monkeypatch):
    break_title(group)
    monkeypatch.chdir(group / "content/units/jyj")
    result = CliRunner().invoke(gongkai, ["check", "articles"])
    assert result.exit_code == 1
    assert ARTICLE in result.stdout


def test_order_is_stable(call, group):
    files = {
        f"content/units/jyj/articles/2025/{n:04}.md": "---\ntilte: 甲\n---\n" for n in range(2, 30)
    }
    write(group, files)
    first = call("check", "--format", "json").stdout
    assert first == call("check", "--format", "json").stdout
    places = [(f["path"], f["line"], f["column"]) for f in json.loads(first)["findings"]]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "xml"],
        ["--lang", "fr"],
        ["--since", "HEAD"],
        ["--at", "HEAD"],
        ["--nonsense"],
        ["/etc/passwd"],
        ["../elsewhere"],
        ["content/units/nowhere"],
    ],
)
def test_usage(arguments, call, group, monkeypatch):
    monkeypatch.chdir(group)
    result = call("check", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize("missing", ["content", "schemas", ""])
def test_a_root_that_is_none(missing, tmp_path):
    for name in {"content", "schemas"} - {missing} if missing else ():
        (tmp_path / name).mkdir()
    result = CliRunner().invoke(gongkai, ["check", "--root", str(tmp_path)])
    assert result.exit_code == 2
    assert "不是内容库" in result.stderr


def test_no_root_above(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(gongkai, ["check"])
    assert result.exit_code == 2
    assert "--root" in result.stderr


def test_at_a_commit(call, group, repository):
    sound = repository.git("rev-parse", "HEAD")
    break_title(group)
    repository.commit()
    (group / ARTICLE).unlink()
    assert call("check", "--at", sound).exit_code == 0
    result = call("check", "--at", "HEAD")
    assert result.exit_code == 1
    assert "tilte: 市教育局" in result.stdout, "the line is the commit's, not the disk's"
    assert call("check", "--at", "HEAD", str(group / ARTICLE)).exit_code == 1
    assert call("check", "--at", "HEAD", str(group / "content/units/x")).exit_code == 2
    assert call("check", "--at", "nowhere").exit_code == 2


def test_since(call, group, repository):
    break_title(group, OTHER)
    repository.commit()
    break_title(group)
    found = {
        f["path"]
        for f in json.loads(call("check", "--since", "HEAD", "--format", "json").stdout)["findings"]
    }
    assert found == {ARTICLE}
    found = {
        f["path"]
        for f in json.loads(call("check", "--since", "HEAD~1", "--format", "json").stdout)[
            "findings"
        ]
    }
    assert found == {ARTICLE, OTHER}
    assert call("check", "--since", "HEAD", str(group / "content/units/kjj")).exit_code == 0
    assert call("check", "--since", "nowhere").exit_code == 2


def test_since_sees_what_a_change_breaks_elsewhere(call, group, repository):
    (group / "content/units/jyj/interpretations/2025/0001.md").unlink()
    result = call("check", "--since", "HEAD", "--format", "json")
    found = {f["path"] for f in json.loads(result.stdout)["findings"]}
    assert "content/units/jyj/policies/2025/0001.md" in found


def test_since_until_a_commit(call, group, repository):
    break_title(group)
    repository.commit()
    break_title(group, OTHER)
    result = call("check", "--since", "HEAD~1", "--at", "HEAD", "--format", "json")
    assert {f["path"] for f in json.loads(result.stdout)["findings"]} == {ARTICLE}


def test_hostile_content_is_shown_and_not_obeyed(call, group):
    write(
        group,
        {ARTICLE: "---\ntitle: \x1b]0;owned\x07\n---\n", "content/units/jyj/a\x1b[31m.md": ""},
    )
    result = call("check")
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert "<U+001B>]0;owned<U+0007>" in result.stdout


def test_windows_line_ends_do_not_move_lines(call, group):
    text = (group / ARTICLE).read_text("utf-8").replace("source:", "sorce:")
    (group / ARTICLE).write_bytes(text.replace("\n", "\r\n").encode())
    assert "       5 | sorce: 晋城市教育局\n" in call("check").stdout


def test_our_fault(group, monkeypatch, capsys):
    monkeypatch.setattr(judging, "PART_RULES", (lambda corpus: 1 / 0,))
    monkeypatch.setattr(sys, "argv", ["gongkai", "check", "--root", str(group)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 3
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "程序出错" in said


def test_as_a_module(group):
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--quiet", "--root", str(group)],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert "SRC-050" in done.stdout.decode()
