"""A number of a person is found under every trick of writing, and never shown whole."""

from base64 import b64encode
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.gates.secrecy.fold import folded
from generator.gates.secrecy.numbers import masked
from tests.gates.secrecy.planted import found as scanned
from tests.gates.secrecy.planted import resident

PROVINCES = (14, 15, 23, 37, 46, 54, 65)  # none that begins a credit code, too
PROVINCE = st.sampled_from(PROVINCES)
SEPARATORS = " \u00a0\u2009\u3000-‐‑–—.·_/"
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\U000e0041\ufe0f"


@st.composite
def residents(draw):
    county = st.integers(101, 9999)
    mainland = st.builds(lambda province, rest: province * 10_000 + rest, PROVINCE, county)
    region = draw(mainland | st.sampled_from([810000, 820000, 830000]))
    born = draw(st.dates(date(1901, 1, 1), date(1905, 12, 31)))
    return resident(region, f"{born:%Y%m%d}", draw(st.integers(0, 999)))


def turned(digits):
    """The number with its digits replaced, and the last X as it is."""
    table = str.maketrans(dict(zip("0123456789", digits, strict=True)))
    return lambda number, _: number.translate(table)


def spread(signs):
    return lambda number, seed: "".join(
        sign + (signs[(seed + at) % len(signs)] if at in {5, 8, 13} else "")
        for at, sign in enumerate(number)
    )


def alike(number, seed):
    letters = dict(zip("0158", ("O", "l", "S", "B"), strict=True))
    return "".join(
        letters.get(sign, sign) if 6 <= at < 17 and (seed >> at) & 1 else sign
        for at, sign in enumerate(number)
    )


def mixed(number, seed):
    chinese = "零一二三四五六七八九"
    return "".join(
        chinese[int(sign)] if sign.isdigit() and at % 3 == seed % 3 else sign
        for at, sign in enumerate(number)
    )


TRICKS = {
    "plain": lambda number, _: number,
    "separators": spread(SEPARATORS),
    "hidden signs": spread(HIDDEN),
    "line end": spread("\n"),
    "full width": lambda number, _: "".join(chr(ord(sign) + 0xFEE0) for sign in number),
    "mathematical": turned([chr(0x1D7CE + at) for at in range(10)]),
    "Arabic-Indic": turned([chr(0x660 + at) for at in range(10)]),
    "circled": turned([chr(0x24EA), *(chr(0x2460 + at) for at in range(9))]),
    "parenthesised": turned(["0", *(chr(0x2474 + at) for at in range(9))]),
    "superscript": turned("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "Chinese": turned("〇一二三四五六七八九"),
    "Chinese, for money": turned("零壹贰叁肆伍陆柒捌玖"),
    "mixed": mixed,
    "small x": lambda number, _: number.lower(),
    "letters for digits": alike,
    "Cyrillic X": lambda number, _: number.replace("X", "Х"),
    "Roman ten": lambda number, _: number.replace("X", "Ⅹ"),
    "backwards": lambda number, _: number[::-1],
    "percent": lambda number, _: "".join(f"%{ord(sign):02X}" for sign in number),
    "references": lambda number, _: "".join(f"&#{ord(sign)};" for sign in number),
    "references in code": lambda number, _: "`" + "".join(f"&#x{ord(s):x};" for s in number) + "`",
    "escapes": lambda number, _: "`" + "".join(f"\\u{ord(sign):04x}" for sign in number) + "`",
    "base64": lambda number, _: b64encode(f"号码{number}。".encode()).decode(),
    "quoted-printable": lambda number, _: "".join(f"={ord(sign):02X}" for sign in number),
    "a quoted line": lambda number, _: f"{number[:9]}=\n{number[9:]}",
    "UTF-7": lambda number, _: f"+{b64encode(number.encode('utf-16-be')).decode().rstrip('=')}-",
    "HZ": lambda number, _: "号码~{" + wide(number).encode("hz").decode()[2:],
    "comment": lambda number, _: f"<!-- {number} -->",
    "picture": lambda number, _: f"![{number}](a.png)",
    "target": lambda number, _: f"[看](/cx?id={number})",
    "title": lambda number, _: f'[看](/cx "{number}")',
    "attribute": lambda number, _: f'<span data-id="{number}">看</span>',
    "cells": lambda number, _: (
        f"\n\n| a | b | c |\n|---|---|---|\n| {number[:6]} | {number[6:14]} | {number[14:]} |\n\n"
    ),
}


def wide(number):
    return "".join(chr(ord(sign) + 0xFEE0) for sign in number)


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
@given(number=residents(), seed=st.integers(0, 1 << 18))
@settings(max_examples=20, deadline=None)
def test_a_number_is_found_under_every_trick(trick, number, seed):
    hits = [hit for hit in scanned(f"号码：{trick(number, seed)}。") if hit.severity == "error"]
    assert {hit.rule for hit in hits} & {"N1", "N7"}, trick(number, seed)
    for hit in hits:
        assert number not in repr(hit)
        assert trick(number, seed) not in repr(hit)


MOBILES = {name: TRICKS[name] for name in ("plain", "separators", "hidden signs", "full width")} | {
    "circled": TRICKS["circled"],
    "Chinese": TRICKS["Chinese"],
    "with a country": lambda number, _: f"+86 {number}",
    "mixed": mixed,
}


@pytest.mark.parametrize("trick", MOBILES.values(), ids=MOBILES)
@given(tail=st.integers(0, 9999_9999), seed=st.integers(0, 1 << 10))
@settings(max_examples=20, deadline=None)
def test_a_mobile_is_found_under_every_trick(trick, tail, seed):
    number = f"138{tail:08}" if tail != 138000 else "13800138001"
    if trick is MOBILES["separators"] or trick is MOBILES["hidden signs"]:
        signs = SEPARATORS if trick is MOBILES["separators"] else HIDDEN
        sign = signs[seed % len(signs)]
        written = f"{number[:3]}{sign}{number[3:7]}{sign}{number[7:]}"
    else:
        written = trick(number, seed)
    assert [hit.rule for hit in scanned(f"号码：{written}。")] == ["N9"], written


def test_a_mobile_parted_by_words_is_found_after_its_label():
    hits = scanned("手机：138（中间）0013转8002。")
    assert [(hit.rule, hit.severity) for hit in hits] == [("N9", "warning")]


@given(st.text(max_size=60))
def test_what_is_masked_is_never_whole(text):
    shown = masked(text)
    assert len(shown) == len(text)
    assert len(text) < 6 or shown[3:-2] == "*" * (len(text) - 5)


@given(st.text(max_size=80))
def test_each_sign_of_a_folded_text_has_its_place(text):
    plain, places = folded(text)
    if places is None:
        assert len(plain) == len(text)
    else:
        assert len(places) == len(plain)
        assert places == sorted(set(places))
        assert not places or places[-1] < len(text)


ANY = st.text(max_size=200) | st.text(
    alphabet='0123456789Xx*秘密★〔〕内部资料-·|\n 卡号：１２①某赵小树患癌&#;<!->()[]`\\u%="姓名',
    max_size=200,
)


@given(ANY, st.sampled_from([".md", ".yml", ".csv"]))
@settings(max_examples=1500, deadline=None)
def test_no_text_makes_it_fail(text, ending):
    assert scanned(text, f"content/units/tax/articles/2026/0042{ending}") is not None


@pytest.mark.parametrize(
    "text", ["`\\ud83d`", "&#xD800;", "%ED%A0%80", "\uffff", "\\u{dfff}", "\0"]
)
def test_half_a_sign_does_not_make_it_fail(text):
    assert [hit.rule for hit in scanned(f"{text}{resident(140502, 19030412, 1)}")][-1] == "N1"


def test_half_a_sign_in_a_field_does_not_make_it_fail():
    assert scanned('name: "\\ud800"\n', "content/units/tax/services/dl.yml") is not None
