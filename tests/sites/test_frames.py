"""Frames and templates: what is kept between builds is what was made, and a change is seen."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.sites.fragments import dated_templates, environment_of, keep_compiled
from generator.sites.frame import frame_settings
from generator.sites.render import render_frame
from generator.sites.shell import THEME, Frame, Shell, ThemeFile
from tests.support.groups import SmallGroup


def rendered(small: SmallGroup, name: str) -> Frame:
    corpus = small.listing().corpus
    site = corpus.sites[name]
    settings = frame_settings(corpus, site)
    return render_frame(small.root / "mkdocs.yml", site.name, site.url, settings, 2)


def test_a_kept_frame_is_the_frame(small: SmallGroup) -> None:
    frame = rendered(small, "jyj")
    assert Frame.of_json(json.loads(json.dumps(frame.as_json()))) == frame


def test_frames_of_one_process_keep_apart(small: SmallGroup) -> None:
    first, other = rendered(small, "jyj"), rendered(small, "portal")
    assert first != other
    assert rendered(small, "jyj") == first


def test_a_theme_file_is_found_where_it_came_from(small: SmallGroup) -> None:
    theme = small.root / "theme"
    files = rendered(small, "jyj").files
    assert files["assets/gongkai.css"] == ThemeFile(THEME, "assets/gongkai.css")
    assert all(file.on_disk(theme).is_file() for file in files.values())
    assert ThemeFile("generator", "__init__.py").on_disk(theme).is_file()


@pytest.mark.parametrize(
    ("html", "closed"),
    [
        pytest.param("<a%%gongkai:x%%>%%gongkai:main%%", "<a1>M", id="one closed, one left"),
        pytest.param("%%gongkai:x%%%%gongkai:y%%", "1", id="a hole without a value is empty"),
        pytest.param("文字", "文字", id="no holes"),
    ],
)
def test_a_closed_shell_fills_as_an_open_one(html: str, closed: str) -> None:
    shell = Shell.of(html).closed({"x": "1"}, frozenset({"main"}))
    assert "x" not in shell.holes
    assert shell.fill({"main": "M"}) == closed


def test_a_saved_template_is_seen_at_once(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "fragments"
    shutil.copytree(root / "theme" / "fragments", folder)
    gone = folder / "gone.html"
    before = environment_of(folder)
    assert environment_of(folder) is before
    gone.write_text("{{ listing.now }}")
    assert environment_of(folder).get_template("gone.html") is not before.get_template("gone.html")
    assert "gone.html" in dated_templates(folder)


def test_only_pages_that_tell_the_day_are_dated(root: Path) -> None:
    dated = dated_templates(root / "theme" / "fragments")
    assert "page/consultation.html" in dated
    assert "page/article.html" not in dated


def test_a_template_that_builds_on_a_dated_one_is_dated(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("{% extends 'b.html' %}")
    (tmp_path / "b.html").write_text("{%- include 'c.html' %}")
    (tmp_path / "c.html").write_text("{{ listing.now }}")
    (tmp_path / "d.html").write_text("d")
    assert dated_templates(tmp_path) == {"a.html", "b.html", "c.html"}


def compiled(folder: Path, cache: Path) -> set[str]:
    """The names of what is kept of all templates of a folder."""
    keep_compiled(folder, cache)
    environment = environment_of(folder)
    for name in environment.list_templates():
        environment.get_template(name)
    return {file.name for file in cache.iterdir()}


def test_compiled_templates_are_kept_until_one_changes(root: Path, tmp_path: Path) -> None:
    folder, cache = tmp_path / "fragments", tmp_path / "cache"
    shutil.copytree(root / "theme" / "fragments", folder)
    first = compiled(folder, cache)
    assert len(first) == len(list(folder.rglob("*.html")))
    assert compiled(folder, cache) == first
    (folder / "page" / "base.html").write_text("{% block content %}{% endblock %}")
    assert len(compiled(folder, cache)) == 2 * len(first)  # each may be built on any other


def test_two_templates_that_change_places_are_seen(root: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    one.write_text("1")
    two.write_text("2")
    before = environment_of(tmp_path)
    assert before.get_template("one.html").render() == "1"
    one.rename(tmp_path / "three.html")
    two.rename(one)
    (tmp_path / "three.html").rename(two)
    assert environment_of(tmp_path).get_template("one.html").render() == "2"
