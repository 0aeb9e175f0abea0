"""Every edit changes what it names, leaves a valid group, and is put back."""

import json
import shutil
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from generator.check import check
from generator.schema import Schemas
from generator.tree import WorkingTree
from tests.bench.edits import EDITS, Spots, group_spots
from tests.bench.rivals.source import quiet_articles, read_group, submitted_article

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)

YAML = "---\ntitle: 甲\n---\n\n正文。\n"
QUOTED = '---\ntitle: "2026"\n---\n\n正文。\n'
JSON = '{\n"title": "甲",\n"date": "2026-01-01"\n}\n正文。\n'


@pytest.fixture(scope="module")
def own(group, tmp_path_factory):
    """A group of one's own, and its spots."""
    root = tmp_path_factory.mktemp("own") / "group"
    shutil.copytree(group[0], root)
    listing = read_group(root)
    first, second = quiet_articles(listing)[:2]
    paths = first.record.path, second.record.path
    column = first.site.unit, first.column.title
    return root, group_spots(root, *paths, *column, submitted_article(listing))


def contents(root):
    """Every file below `root` that an edit may touch."""
    files = [*root.glob("content/units/**/*"), *root.glob("theme/fragments/page/*")]
    return {file: file.read_bytes() for file in files if file.is_file()}


@pytest.mark.parametrize(
    ("name", "added", "gone", "changed"),
    [
        pytest.param("article edited", 0, 0, 1, id="article edited"),
        pytest.param("submission edited", 0, 0, 1, id="submission edited"),
        pytest.param("article added", 1, 0, 0, id="article added"),
        pytest.param("article renamed", 1, 1, 0, id="article renamed"),
        pytest.param("article deleted", 0, 1, 0, id="article deleted"),
        pytest.param("column renamed", 0, 0, 1, id="column renamed"),
        pytest.param("template edited", 0, 0, 1, id="template edited"),
    ],
)
def test_an_edit_changes_one_thing_and_is_put_back(name, added, gone, changed, own):
    root, spots = own
    before = contents(root)
    with EDITS[name](spots):
        after = contents(root)
    assert len(after.keys() - before.keys()) == added
    assert len(before.keys() - after.keys()) == gone
    assert sum(before[file] != after[file] for file in before.keys() & after.keys()) == changed
    assert contents(root) == before


def test_a_group_with_every_edit_is_valid(own):
    root, spots = own
    before = contents(root)
    with ExitStack() as undone:
        for edit in EDITS.values():
            undone.enter_context(edit(spots))
        checked = check(WorkingTree(root, NOW), Schemas.read(root / "schemas"))
    assert [finding for finding in checked.findings if finding.code != "SRC-050"] == []
    assert contents(root) == before


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        pytest.param(YAML, "title: 甲更新\n", id="YAML"),
        pytest.param(QUOTED, 'title: "2026更新"\n', id="YAML in quotes"),
        pytest.param(JSON, '"title": "甲更新",\n', id="JSON"),
    ],
)
def test_a_title_is_found_in_each_form_of_front_matter(text, edited, tmp_path):
    file = tmp_path / "article.md"
    file.write_text(text, "utf-8")
    spots = Spots(file, file, file, "", None)
    with EDITS["article edited"](spots):
        found = file.read_text("utf-8")
    assert edited in found
    assert found.endswith("正文。\n\n有关情况将继续在本网站公布。\n")


def test_what_is_not_there_cannot_be_edited(tmp_path):
    file = tmp_path / "article.md"
    file.write_text("正文。\n", "utf-8")
    spots = Spots(file, file, file, "title: 乙", file, "{{ body }}")
    for name in ("article edited", "column renamed", "template edited"):
        with pytest.raises(ValueError, match="nothing to edit"), EDITS[name](spots):
            pass


def test_spots_can_be_written_down(own):
    spots = own[1]
    assert Spots.of_texts(json.loads(json.dumps(spots.as_texts()))) == spots
