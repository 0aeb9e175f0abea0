"""Every seed for files is found, and nothing else; a clean file of each form passes; none fails."""

import tracemalloc
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.gates import scan
from generator.gates.known import Known
from generator.gates.secrecy import GATE, files
from generator.gates.secrecy.files import ocr, pdf_size
from tests.support.leaks.numbers import NUMBERS

TODAY = date(2026, 11, 28)
DATA = yaml.safe_load((Path(__file__).parent / "file_seeds.yml").read_text("utf-8"))
NEEDS_OCR = pytest.mark.skipif(not ocr.can_read(), reason="the extra `ocr` is not installed")


def built(name):
    module, _, function = name.partition(".")
    return getattr(import_module(f"tests.support.leaks.{module}"), function)()


def findings(name, data):
    path = f"content/units/tax/articles/2026/0042/{name}"
    return scan(GATE, [(path, data)], Known(), TODAY).findings


def found(name, data):
    """Rule → its severities; what only says that nothing could read a picture does not count."""
    told = {}
    for one in findings(name, data):
        if ocr.can_read() or one.rule != "I7":
            told.setdefault(one.rule, set()).add(one.severity)
    return {rule: sorted(severities) for rule, severities in told.items()}


def cases(key):
    for case in DATA[key]:
        marks = [NEEDS_OCR] if case.get("reads") else []
        name = f"{case['seed']}-{case['build']}" if "seed" in case else case["build"]
        yield pytest.param(case, marks=marks, id=name)


@pytest.mark.parametrize("case", [*cases("seeds"), *cases("others")])
def test_what_a_file_hides_is_found_and_nothing_else(case):
    assert found(case["file"], built(case["build"])) == case["found"]


@pytest.mark.parametrize("case", [*cases("clean")])
def test_a_clean_file_passes(case):
    assert findings(case["file"], built(case["build"])) == ()


def test_every_seed_for_files_has_its_row():
    assert [case["seed"] for case in DATA["seeds"]] == list(range(39, 79))


@pytest.mark.parametrize("case", DATA["seeds"], ids=lambda case: str(case["seed"]))
def test_no_number_is_shown_whole(case):
    said = repr(findings(case["file"], built(case["build"])))
    assert not [name for name, number in NUMBERS.items() if number in said]


FILES = {
    case["file"].rpartition(".")[2]: built(case["build"])
    for case in DATA["seeds"]
    if case["seed"] in {41, 50, 61, 70, 73, 74, 77, 78}
}


@given(st.sampled_from(sorted(FILES)), st.integers(0, 1 << 20), st.binary(min_size=1, max_size=9))
@settings(max_examples=80, deadline=None)
def test_no_damaged_file_makes_it_fail(ending, at, noise):
    data = FILES[ending]
    start = at % len(data)
    damaged = data[:start] + noise + data[start + len(noise) :]
    assert found(f"a.{ending}", damaged) is not None


@given(st.sampled_from(sorted(FILES)), st.integers(0, 1 << 20))
@settings(max_examples=40, deadline=None)
def test_a_file_that_was_cut_short_does_not_pass(ending, at):
    data = FILES[ending]
    assert found(f"a.{ending}", data[: at % len(data)])


def test_two_persons_in_a_sheet_with_brackets_in_its_name_are_two_findings():
    from tests.support.leaks import sheets
    from tests.support.leaks.numbers import resident

    same_ends = [resident(140502, 19030412, serial) for serial in (1, 191)]
    assert len({number[-2:] for number in same_ends}) == 1

    def fill(made):
        made.active.title = "名单（一）"
        for row, number in enumerate(same_ends, 1):
            made.active.cell(row, 2, number)

    hits = [one.place for one in findings("a.xlsx", sheets.book(fill)) if one.rule == "N1"]
    assert hits == ["工作表“名单（一）”B1", "工作表“名单（一）”B2"]


def test_every_row_of_the_packs_is_used():
    program = "".join(file.read_text("utf-8") for file in Path(files.__file__).parent.glob("*.py"))
    packs = Path(files.__file__).parents[2] / "packs" / "secrecy"
    limits = yaml.safe_load((packs / "limits.yml").read_text("utf-8"))
    assert [name for name in limits if f'limit("{name}")' not in program] == []
    rows = yaml.safe_load((packs / "files.yml").read_text("utf-8"))["rows"]
    families = {"W1", "W2", "F1", "I3"}  # properties.py puts these names together
    names = [row["name"] for row in rows if row["name"].partition("-")[0] not in families]
    assert [name for name in names if f'"{name}"' not in program] == []
    assert {row["mark"] for row in rows} | {row["mark"] for row in limits.values()} <= {
        "C", "C-", "R+", "R", "R-",
    }  # fmt: skip


def test_a_part_that_would_grow_without_end_does_no_harm():
    assert found("a.docx", built("word.entity_bomb")) == {"A0": ["error"]}


@pytest.mark.parametrize("name", ["bomb_on_its_page", "bomb_packed_twice", "bomb_in_letters"])
def test_a_bomb_on_a_page_takes_little_memory(name):
    data = built(f"pdfs.{name}")
    assert len(data) < 1_000_000
    tracemalloc.start()
    told = [one.message for one in findings("a.pdf", data)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000
    assert len(told) == 1 and told[0].startswith("内容太多，没有检查完：")


def test_a_large_scan_of_white_paper_is_no_bomb():
    pdf_size.measure(built("pdfs.white_scan"))


def test_what_nobody_has_read_is_told(monkeypatch):
    monkeypatch.setattr(ocr, "can_read", lambda: "")
    told = [(one.rule, one.severity) for one in findings("a.png", built("pictures.card"))]
    assert told == [("I7", "hint")]


def test_a_picture_is_read_once(monkeypatch, tmp_path):
    read = []
    monkeypatch.setattr(ocr, "_read", lambda pixels: read.append(1) or ["正文"])
    monkeypatch.setattr(ocr, "_memory", {})
    monkeypatch.setattr(ocr, "_kept", dict(ocr._kept))
    ocr.keep_in(tmp_path)
    image = Image.new("RGB", (40, 40), "white")
    assert (ocr.lines(image), ocr.lines(image)) == (["正文"], ["正文"])
    ocr._memory.clear()
    assert ocr.lines(image) == ["正文"]
    assert read == [1]
