"""`gongkai docs` builds a page for every kind and code, and MkDocs has nothing to complain of."""

import re

import click
import pytest
from click.testing import CliRunner

from generator.cli import gongkai
from generator.diagnostics.catalogue import codes
from generator.load import KINDS

VERBS = gongkai.list_commands(click.Context(gongkai))


@pytest.fixture(scope="module")
def built(tmp_path_factory, root):
    out = tmp_path_factory.mktemp("docs") / "handbook"
    result = CliRunner().invoke(gongkai, ["docs", "--out", str(out), "--root", str(root)])
    assert result.exit_code == 0, (result.output, result.exception)
    return out


def test_every_kind_and_code_has_its_page(built):
    for kind in KINDS:
        text = (built / f"kinds/{kind.name}.html").read_text("utf-8")
        assert kind.title in text
        assert f"gongkai new {kind.name}" in text
    for code in codes():
        assert code in (built / f"codes/{code}.html").read_text("utf-8")


def test_the_written_pages_name_only_what_exists(built, root):
    verbs = set(VERBS)
    known = {kind.name for kind in KINDS}
    for file in (root / "generator/docs").glob("*.md"):
        text = file.read_text("utf-8")
        assert (built / f"{file.stem}.html").is_file()
        assert set(re.findall(r"gongkai ([a-z]+)(?= |`|$)", text, re.MULTILINE)) <= verbs
        assert set(re.findall(r"gongkai new ([a-z-]+)", text)) <= known
        assert set(re.findall(r"\b[A-Z]{3}-[0-9]{3}\b", text)) <= set(codes())


def test_every_verb_is_in_the_list_of_commands(built):
    text = (built / "commands.html").read_text("utf-8")
    for verb in VERBS:
        assert f"gongkai {verb}" in text


def test_no_page_asks_another_host_for_anything(built):
    for file in (built / "index.html", built / "kinds/article.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"""<(?:script|img)[^>]+src=["']https?:""", text)
        assert not re.search(r"""<link[^>]+rel="stylesheet"[^>]+href=["']https?:""", text)


@pytest.mark.parametrize(
    "name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "content/README.md"]
)
def test_the_first_pages_lead_somewhere(name, root):
    text = (root / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert ((root / name).parent / target).exists(), target
    assert set(re.findall(r"gongkai ([a-z]+)(?= |`|$)", text, re.MULTILINE)) <= set(VERBS)
    targets = re.findall(r"^([a-z]+):.*##", (root / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"`?make ([a-z]+)(?:`|  )", text)) <= set(targets)
