"""The lines of a review's body, by the letter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.review.lines import Lines, Waiver, body_lines, read_lines

T = "7f3a-9c01-22be-04d1"
U = "0000-0000-0000-0001"


def said(body: str) -> Lines:
    return read_lines(body_lines(body))


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("", Lines(), id="nothing"),
        pytest.param("辛苦了，同意", Lines(), id="talk"),
        pytest.param(f"同意 {T}", Lines(bound=True, token=T, approval="同意"), id="approve"),
        pytest.param(f"签发 {T}\r\n", Lines(bound=True, token=T, approval="签发"), id="sign, CRLF"),
        pytest.param(f"审查 {T} \t\u3000", Lines(bound=True, token=T), id="blanks at the end"),
        pytest.param(f" 同意 {T}", Lines(), id="a blank before is talk"),
        pytest.param(f"同意  {T}", Lines(bound=True, malformed=True), id="two blanks"),
        pytest.param(f"同意\t{T}", Lines(bound=True, malformed=True), id="a tab"),
        pytest.param(f"同意{T}", Lines(bound=True, malformed=True), id="no blank"),
        pytest.param(f"同意 {T}。", Lines(bound=True, malformed=True), id="a full stop"),
        pytest.param(f"同意 {T[:-1]}", Lines(bound=True, malformed=True), id="a digit short"),
        pytest.param(f"同意 {T.upper()}", Lines(bound=True, malformed=True), id="capitals"),
        pytest.param(
            f"同意 {T}\r", Lines(bound=True, token=T, approval="同意"), id="a CR at the end"
        ),
        pytest.param(f"同意 {T}\r审查 {T}", Lines(bound=True, malformed=True), id="a CR within"),
        pytest.param(f"同意 {T}\n同意 {T}", Lines(bound=True, malformed=True, token=T), id="twice"),
        pytest.param(f"同意 {T}\n签发 {T}", Lines(bound=True, malformed=True, token=T), id="both"),
        pytest.param(
            f"同意 {T}\n审查 {T}", Lines(bound=True, token=T, approval="同意"), id="approve, attest"
        ),
        pytest.param(
            f"同意 {T}\n审查 {U}",
            Lines(bound=True, malformed=True, approval="同意"),
            id="two tokens",
        ),
        pytest.param(
            f"豁免 文字关 {T} 机构 改名",
            Lines(bound=True, token=T, waivers=(Waiver("wording", "机构 改名"),)),
            id="a waiver",
        ),
        pytest.param(
            f"豁免 保密审查 {T}",
            Lines(bound=True, token=T, waivers=(Waiver("secrecy", ""),)),
            id="a waiver without reason",
        ),
        pytest.param(
            f"豁免 政治关 {T} 一\n豁免 法律关 {T} 二",
            Lines(bound=True, token=T, waivers=(Waiver("legal", "二"), Waiver("political", "一"))),
            id="two waivers",
        ),
        pytest.param(
            f"豁免 文字关 {T}  一", Lines(bound=True, malformed=True), id="two blanks, reason"
        ),
        pytest.param(f"豁免 文字 {T} 一", Lines(bound=True, malformed=True), id="no such gate"),
        pytest.param(f"豁免 {T} 一", Lines(bound=True, malformed=True), id="no gate"),
        pytest.param(
            f"不采纳 {T} 已核对",
            Lines(bound=True, token=T, override="已核对"),
            id="an override",
        ),
        pytest.param(
            f"不采纳 {T}",
            Lines(bound=True, token=T),
            id="an override without reason",
        ),
        pytest.param("- [x] Z1\n- [x] Z2 人名", Lines(ticks=frozenset({"Z1", "Z2"})), id="ticks"),
        pytest.param("- [ ] Z1\n- [X] Z2\n* [x] Z3\n-[x] Z4", Lines(), id="no ticks"),
        pytest.param("- [x]  Z1", Lines(), id="a tick with two blanks"),
        pytest.param("撤回异议", Lines(withdraws=True), id="withdraw"),
        pytest.param("撤回异议。", Lines(), id="withdraw, a full stop"),
        pytest.param("升级 C\n升级 B", Lines(raises=("B", "C")), id="raise"),
        pytest.param("升级 B 吧\n升级  B\n升级", Lines(), id="no raise"),
    ],
)
def test_a_body(body, lines):
    assert said(body) == lines


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([], Lines(), id="nothing"),
        pytest.param(
            ["签发", "- [x] Z1"],
            Lines(bound=True, approval="签发", ticks=frozenset({"Z1"})),
            id="sign",
        ),
        pytest.param([f"签发 {T}"], Lines(bound=True, malformed=True), id="with a token"),
        pytest.param(["同意", "签发"], Lines(bound=True, malformed=True), id="both"),
        pytest.param(["审查", "审查"], Lines(bound=True), id="attest"),
        pytest.param(
            ["豁免 文字关 误报"],
            Lines(bound=True, waivers=(Waiver("wording", "误报"),)),
            id="waive",
        ),
        pytest.param(["不采纳"], Lines(bound=True), id="override without reason"),
        pytest.param(
            ["不采纳 已核对"],
            Lines(bound=True, override="已核对"),
            id="override",
        ),
        pytest.param(["撤回异议", "升级 B"], Lines(withdraws=True, raises=("B",)), id="unbound"),
    ],
)
def test_signed_lines(lines, expected):
    assert read_lines(lines, signed=True) == expected


def test_what_is_an_act():
    assert not said("好的").says_anything
    for body in ("同意", "- [x] Z1", "撤回异议", "升级 B"):
        assert said(body).says_anything


WORDS = ["同意", "签发", "审查", "豁免", "不采纳", "撤回异议", "升级", "文字关", "理由", "B", T, U]
SIGNS = [" ", "\n", "\r\n", "- [x] Z1", "\t", "\u3000", "\x00", "\u2028", "\x0b"]
PIECES = st.sampled_from([*WORDS, *SIGNS])


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_body_is_read(body):
    """A token comes out only where every line that needs one carries it in full."""
    lines = said(body)
    rows = body.replace("\r\n", "\n").split("\n")
    needing = [row for row in rows if row.startswith(("同意", "签发", "审查", "豁免", "不采纳"))]
    assert lines.bound == bool(needing)
    if lines.bound and not lines.malformed:
        assert all(
            lines.token in row.split(" ") or row.rstrip().endswith(lines.token) for row in needing
        )
    if lines.approval is not None:
        assert any(row.startswith(lines.approval) for row in needing)


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_foreign_text_is_talk(body):
    assert said(body).token is None
