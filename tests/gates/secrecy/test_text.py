"""What the sheet's tables do not show: masking of what is shown, labels, lists, names of files."""

from generator.gates.secrecy.numbers import masked
from generator.gates.show import as_text
from tests.gates.secrecy.planted import WORDS, A, declared, found


def test_what_is_private_is_never_shown():
    hits = found(f"号码{A}，电话{WORDS['P1']}")
    assert len(hits) == 2
    for hit in hits:
        assert A not in repr(hit)
        assert WORDS["P1"] not in repr(hit)
    assert masked(A) == A[:3] + "*" * 13 + A[-2:]


def test_a_name_is_never_shown():
    for text in ("赵小树因患尿毒症获救助", "信访人赵小树反映", "学生赵小树（女，9岁）获奖"):
        hits = found(text)
        assert len(hits) == 1
        assert "小树" not in repr(hits)


def test_the_line_of_a_private_number_is_not_quoted():
    said = as_text(found(f"号码{A}"), lambda path, line: f"号码{A}")
    assert "N1" in said
    assert A not in said


def test_an_organs_account_hides_no_card_elsewhere():
    hits = found(f"账号：0412020109022100000 户名：晋城市财政局\n\n王某，卡号{WORDS['CARD']}")
    assert [(hit.rule, hit.line) for hit in hits] == [("N11", 7)]


def test_a_unit_says_which_mobile_is_public():
    unit = f"name: 市税务局\nphone: '{WORDS['P1']}'\ncomplaintPhone: '{WORDS['P2']}'\n"
    hits = found(unit, "content/units/tax/unit.yml", known=declared())
    assert [(hit.rule, hit.line) for hit in hits] == [("N9", 3)]


def test_a_paper_that_does_not_go_out_is_known_by_its_name():
    hits = found("正文", "content/units/tax/articles/2026/讨论稿.md")
    assert [(hit.rule, hit.place) for hit in hits] == [("D1", "文件名")]
