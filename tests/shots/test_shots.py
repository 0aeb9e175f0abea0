"""Pictures of the pages that a change touches."""

import pytest
from click.testing import CliRunner
from PIL import Image

from generator.cli import gongkai
from generator.shots import BrowserError, Page, changed_pages, shoot

PAGE = "<!doctype html><meta charset=utf-8><body style='margin:0;background:{}'>{}</body>"


@pytest.fixture
def built(tmp_path):
    def write(side, pages):
        for path, (colour, text) in pages.items():
            file = tmp_path / side / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(PAGE.format(colour, text), "utf-8")

    write(
        "before",
        {
            "tax/index.html": ("white", "一"),
            "tax/articles/2026/0042.html": ("red", "旧"),
            "tax/articles/2026/0041.html": ("white", "同"),
            "tax/gone.html": ("white", "去"),
        },
    )
    write(
        "after",
        {
            "tax/index.html": ("white", "二"),
            "tax/articles/2026/0042.html": ("blue", "新"),
            "tax/articles/2026/0041.html": ("white", "同"),
            "tax/come.html": ("white", "来"),
            "tax/news/2.html": ("white", "列"),
        },
    )
    return tmp_path


def test_changed_pages_have_records_before_lists(built):
    assert changed_pages(built / "before", built / "after") == [
        Page("tax/articles/2026/0042.html", True, True),
        Page("tax/come.html", False, True),
        Page("tax/gone.html", True, False),
        Page("tax/index.html", True, True),
        Page("tax/news/2.html", False, True),
    ]


def test_the_verb_takes_pictures_of_both_sides(built):
    out = built / "pictures"
    words = ["preview", str(built / "before"), str(built / "after"), "--out", str(out)]
    done = CliRunner().invoke(gongkai, [*words, "--most", "1"])
    assert done.exit_code == 0, done.output
    assert "有变化的页面 5 个" in done.stdout
    assert "还有 4 个没有拍" in done.stdout
    colours = {}
    for side in ("before", "after"):
        with Image.open(out / f"tax--articles--2026--0042.{side}.png") as picture:
            assert picture.width == 1280
            colours[side] = picture.convert("RGB").getpixel((600, 900))
    assert colours == {"before": (255, 0, 0), "after": (0, 0, 255)}
    index = (out / "index.html").read_text("utf-8")
    assert index.count("<img") == 2


def test_a_browser_that_fails_is_told(built, tmp_path):
    with pytest.raises(BrowserError):
        shoot("false", built / "after/tax/come.html", tmp_path / "x.png")
