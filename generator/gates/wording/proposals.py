"""What to write instead, for rules whose right form follows from what was found.

Each function takes what was found and gives the text that stands for it, or nothing where it
cannot tell. `--fix` uses those that the rules call certain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from generator.gates.wording.packs import variants

__all__ = ["PROPOSALS", "right_word"]

_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"})
_BRACKETS = str.maketrans({"(": "（", ")": "）", ".": "。"})
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NUMBERS = re.compile(r"\d+")
_DIGITS = "零一二三四五六七八九"
_UNITS = {
    "km": "km", "kg": "kg", "cm": "cm", "ml": "mL", "kw": "kW", "kwh": "kW·h", "hz": "Hz",
    "db": "dB", "kpa": "kPa", "mpa": "MPa", "kv": "kV",
}  # fmt: skip
_SQUARED = {
    "㎡": "m²", "㎥": "m³", "㎞": "km", "㎝": "cm", "㎏": "kg", "㎎": "mg", "㎜": "mm", "㏄": "mL",
}  # fmt: skip
_RANGE = re.compile(r"\s*(?:~|--|－|–|˜|∼|〜|-)\s*")


def _narrow(text: str) -> str:
    """Full-width digits and letters as half-width ones; every other sign as it is."""
    return "".join(chr(ord(s) - 0xFEE0) if "０" <= s <= "ｚ" and s.isalnum() else s for s in text)


def _number(text: str) -> str:
    """A document number's year and serial number in their one right form."""
    text = _narrow(text)
    year = _YEAR.search(text)
    serial = _NUMBERS.search(text, year.end()) if year else None
    if year is None:
        return ""
    if serial is None:
        return f"〔{year[0]}〕"
    return f"〔{year[0]}〕{int(serial[0])}号" if int(serial[0]) else ""


def _day(text: str) -> str:
    return re.sub(r"(?<=[年月])0", "", text)


def _written_day(text: str) -> str:
    year, month, day = (int(part) for part in _NUMBERS.findall(text))
    return f"{year}年{month}月{day}日"


def _squared(text: str) -> str:
    return "".join(_SQUARED.get(s, s) for s in text).replace("2", "²").replace("3", "³")


def _about(text: str) -> str:
    return "".join(_DIGITS[int(sign)] for sign in _NUMBERS.findall(text) if len(sign) == 1)


def _normal(text: str) -> str:
    return "".join(variants().get(sign, unicodedata.normalize("NFKC", sign)) for sign in text)


def _unit(text: str) -> str:
    return text[: len(text) - len(text.lstrip())] + _UNITS.get(text.strip().lower(), "")


PROPOSALS: Mapping[str, Callable[[str], str]] = {
    "DN1": _number,
    "DN3": _number,
    "DN4": _number,
    "DN6": _number,
    "DT2": _day,
    "DT6": _written_day,
    "RG1": lambda text: _RANGE.sub("～", text),
    "RG2": lambda text: _RANGE.sub("～", text),
    "NU2": _about,
    "NU12": _narrow,
    "UN1": _unit,
    "UN2": _squared,
    "PU1": lambda text: text.translate(_WIDE),
    "PU2": lambda text: text.translate(_BRACKETS) if len(text) == 1 else f"（{text[1:-1]}）",
    "PU5": lambda text: f"（{text[1:-1]}）",
    "PU9": lambda text: text.replace("、", ""),
    "PU10": lambda _: "等",
    "PU13": lambda _: "——",
    "PU17": lambda _: "·",
    "PU19": lambda _: "",
    "PU20": lambda _: "",
    "PU22": lambda _: "",
    "LV1": lambda text: text[:-1].rstrip(),
    "LV2": lambda text: text[:-1].rstrip() + "、",
    "LV3": lambda text: text[:-1] + ".",
    "AT1": lambda text: text[:-1].rstrip() + "：",
    "AT2": lambda text: text[:-1].replace(":", "：") + ".",
    "NM5": lambda text: text.replace("战略", "倡议"),
    "RS6": _normal,
    "RS9": lambda _: "",
}


def right_word(found: str, right: str) -> tuple[str, bool]:
    """What to write for a word of the table, and whether it is certain.

    right: the right form, or several joined by 、, of which the nearest is meant

    >>> right_word("布署", "部署"), right_word("立既", "随即、当即、亦即、立即")
    (('部署', True), ('立即', False))
    >>> right_word("人才汇萃", "荟萃")
    ('人才荟萃', True)
    """
    forms = [form for form in re.split("[、；]", right) if form]
    made = [form for form in (_put(found, form) for form in forms) if form]
    if not made:
        return right, False
    best = min(made, key=lambda form: _differences(found, form))
    return best, len(forms) == 1


def _put(found: str, form: str) -> str:
    """A right form in the place of the part of the find that it stands for; empty if unclear."""
    if len(form) == len(found):
        return form
    if len(form) > len(found):
        return ""
    starts = range(len(found) - len(form) + 1)
    shared = [len(form) - _differences(found[at : at + len(form)], form) for at in starts]
    most = max(shared)
    if most == 0 or shared.count(most) > 1:
        return ""
    at = shared.index(most)
    return found[:at] + form + found[at + len(form) :]


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))
