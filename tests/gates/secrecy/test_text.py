"""Every seed of the sheet is found where it stands; no look-alike is."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.gates import scan
from generator.gates.known import Known
from generator.gates.secrecy import GATE
from generator.gates.secrecy.numbers import masked
from generator.gates.show import as_text

TODAY = date(2026, 11, 28)
PATH = "content/units/tax/articles/2026/0042.md"
HEAD = "---\ntitle: 停水通知\n---\n\n"
DATA = yaml.safe_load((Path(__file__).parent / "seeds.yml").read_text("utf-8"))


def resident(region, born, serial):
    """A resident number; its check digit reckoned apart from the gate's library."""
    first = f"{region}{born}{serial:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(sign) * weight for sign, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


A = resident(140502, 19030412, 1)
WORDS = {
    "A": A,
    "B": resident(140581, 19041231, 22),
    "HK": resident(810000, 19020303, 2),
    "P1": "1380013" + "8001",
    "P2": "1380013" + "8002",
    "P3": "1380013" + "8003",
    "CARD": "6222 0200 0000 0000 000",
    "wide A": "".join(chr(ord(sign) + 0xFEE0) for sign in A),
    "broken A": A[:10] + "\n" + A[10:],
    "zero A": A[:9] + "\u200b" + A[9:],
    "roman E": resident(140502, 19020515, 8)[:-1] + "\u2169",
    "chinese P2": ("1380013" + "8002").translate(
        dict(zip(map(ord, "01238"), "零一二三八", strict=True))
    ),
    "6-8-4 A": f"{A[:6]}-{A[6:14]}-{A[14:]}",
    "wrong A": A[:-1] + str((int(A[-1]) + 1) % 10),
    "old A": A[:6] + A[8:17],
}


def found(text, path=PATH, head=HEAD):
    data = (head + text + "\n").encode()
    return scan(GATE, [(path, data)], Known(), TODAY).findings


@pytest.mark.parametrize("seed", DATA["seeds"], ids=lambda seed: f"{seed['seed']}-{seed['rule']}")
def test_a_seed_is_found_at_its_place(seed):
    text = seed["text"]
    for name, word in WORDS.items():
        text = text.replace(f"{{{name}}}", word)
    hits = [hit for hit in found(text) if hit.rule == seed["rule"]]
    assert {(hit.severity, hit.line) for hit in hits} == {(seed["severity"], 5)}


@pytest.mark.parametrize("text", DATA["clean"])
def test_no_look_alike_is_found(text):
    assert found(text) == ()


def test_the_seeds_end_as_the_sheet_says():
    assert (A[-1], WORDS["B"][-1], WORDS["HK"][-1], WORDS["roman E"][-1]) == (
        "1",
        "1",
        "5",
        "\u2169",
    )
    assert resident(140502, 19020515, 8)[-1] == "X"


def test_what_is_private_is_never_shown():
    hits = found(f"号码{A}，电话{WORDS['P1']}")
    assert len(hits) == 2
    for hit in hits:
        assert A not in repr(hit)
        assert WORDS["P1"] not in repr(hit)
    assert masked(A) == A[:3] + "*" * 13 + A[-2:]


def test_the_line_of_a_private_number_is_not_quoted():
    said = as_text(found(f"号码{A}"), lambda path, line: f"号码{A}")
    assert "N1" in said
    assert A not in said


@pytest.mark.parametrize(
    ("header", "word", "rule", "severity"),
    [
        pytest.param("身份证号", "wrong A", "N1", "warning", id="21"),
        pytest.param("卡号", "CARD", "N11", "error", id="29"),
    ],
)
def test_the_header_of_a_table_is_a_label(header, word, rule, severity):
    table = f"| 姓名 | {header} |\n|---|---|\n| 王某 | 无 |\n| 李某 | {WORDS[word]} |"
    assert [(hit.rule, hit.severity, hit.line) for hit in found(table)] == [(rule, severity, 8)]


def test_an_organs_account_hides_no_card_elsewhere():
    hits = found(f"账号：0412020109022100000 户名：晋城市财政局\n\n王某，卡号{WORDS['CARD']}")
    assert [(hit.rule, hit.line) for hit in hits] == [("N11", 7)]


def test_an_office_may_be_called():
    unit = f"name: 市税务局\nphone: '{WORDS['P1']}'\n"
    assert found(unit, "content/units/tax/unit.yml", "") == ()
    assert [hit.rule for hit in found(f"请拨打{WORDS['P1']}")] == ["N9"]


def test_a_paper_that_does_not_go_out_is_known_by_its_name():
    hits = found("正文", "content/units/tax/articles/2026/讨论稿.md")
    assert [(hit.rule, hit.place) for hit in hits] == [("D1", "文件名")]


@given(st.text(alphabet="0123456789X秘密★〔〕内部资料-· \n卡号：１２", max_size=80))
@settings(max_examples=60)
def test_no_text_makes_it_fail(text):
    assert found(text) is not None
