"""Whether digits are what they look like: check digits, dates, provinces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from stdnum import luhn
from stdnum.cn.ric import calc_check_digit

__all__ = ["CHECKS", "is_nobodys", "is_resident", "masked", "may_begin_a_person"]

# Provinces by the first two digits (GB/T 2260), and the three of residence permits (81 to 83).
_PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)}
    | {71, 81, 82, 83}
)
_FIRST = 1900
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_HEADS = {
    "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "1239", "6": "129", "7": "129",
    "8": "19", "9": "123", "A": "19", "N": "1239", "Y": "1",
}  # fmt: skip
_CARD = range(15, 20)
_PERMITS = frozenset({"81", "82", "83"})
_MOBILE = 11


def masked(text: str) -> str:
    """What a report may show of something private: the first three and the last two signs.

    >>> masked("13800138000")
    '138******00'
    """
    if len(text) <= 5:
        return "*" * len(text)
    return text[:3] + "*" * (len(text) - 5) + text[-2:]


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def is_nobodys(text: str) -> bool:
    """Whether a number is one that standards print as a sample."""
    return _plain(text) in _samples()


@cache
def _samples() -> frozenset[str]:
    file = Path(__file__).parents[1] / "packs" / "secrecy" / "allowed.txt"
    return frozenset(file.read_text("utf-8").split())


def may_begin_a_person(text: str) -> bool:
    """Whether the first two signs of a masked number may be a province's, as far as they show."""
    first = text[:2]
    return "*" in first or (first.isdigit() and int(first) in _PROVINCES)


def _has_day(digits: str, today: date) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return day.year >= _FIRST and day <= today


def _is_credit_code(text: str) -> bool:
    """Whether it is a valid unified social credit code (GB 32100), which is public."""
    if len(text) != 18 or any(sign not in _CREDIT for sign in text):
        return False
    if text[1] not in _HEADS.get(text[0], "") or text[2:4] == "00":  # no division begins so
        return False
    total = sum(_CREDIT.index(sign) * weight for sign, weight in zip(text, _WEIGHTS, strict=False))
    return _CREDIT[(31 - total % 31) % 31] == text[17]


def _looks_like_a_person(text: str, today: date) -> str:
    """The eighteen signs if province and day of birth are possible; else nothing."""
    number = _plain(text).lstrip("GL")
    if len(number) != 18 or int(number[:2]) not in _PROVINCES or _is_credit_code(number):
        return ""
    return number if _has_day(number[6:14], today) else ""


def is_resident(text: str, today: date) -> bool:
    """Whether it is a valid resident number (GB 11643): province, day, check digit.

    The library's own test also asks for the county of birth in a table that lacks new counties.
    """
    number = _looks_like_a_person(text, today)
    return bool(number) and _is_checked(number)


def _is_checked(number: str) -> bool:
    return bool(calc_check_digit(number) == number[-1])  # it takes no notice of the last sign


def _is_mistyped(text: str, today: date) -> bool:
    return bool(_looks_like_a_person(text, today)) and not is_resident(text, today)


def _is_permit(text: str, today: date) -> bool:
    """A residence permit of people from Hong Kong, Macao and Taiwan."""
    return _plain(text)[:2] in _PERMITS and is_resident(text, today)


def _is_foreign(text: str, today: date) -> bool:
    """A permanent resident card of a foreigner since 2023: 9, place, nation, day, check digit."""
    number = _plain(text)
    if len(number) != 18 or number[0] != "9" or _is_credit_code(number):
        return False
    return int(number[1:3]) in _PROVINCES and _has_day(number[6:14], today) and _is_checked(number)


def _is_disability(text: str, today: date) -> bool:
    """A certificate of disability: a resident number, then kind and grade."""
    return is_resident(_plain(text)[:18], today)


def _is_scattered(text: str, today: date) -> bool:
    """Eleven digits of a mobile with words between them."""
    return len(re.findall("[0-9]", text)) == _MOBILE and not re.fullmatch(r"[0-9 \-]+", text)


def _is_of_a_province(text: str, today: date) -> bool:
    return int(_plain(text)[:2]) in _PROVINCES


def _is_card(text: str, today: date) -> bool:
    digits = _plain(text)
    resident = len(digits) == 18 and is_resident(digits, today)
    return len(digits) in _CARD and not resident and bool(luhn.is_valid(digits))


def _is_mobile(text: str, today: date) -> bool:
    return len(_plain(text)) in {11, 13, 15}


CHECKS: Mapping[str, Callable[[str, date], bool]] = {
    "bank": _is_card,
    "disability": _is_disability,
    "foreign": _is_foreign,
    "mistyped": _is_mistyped,
    "mobile": _is_mobile,
    "permit": _is_permit,
    "province": _is_of_a_province,
    "resident": is_resident,
    "scattered": _is_scattered,
}
