"""Which signs of a page nobody sees, and why: by what is painted over and under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.gates.secrecy.files.pack import limit
from generator.gates.secrecy.files.pdf_canvas import Canvas, Paint, Sign
from generator.gates.secrecy.files.pdf_lines import follows

__all__ = ["PARTLY", "parted"]

PARTLY = "只露出一部分"
_OUTSIDE, _WHITE = "页外", "白字"
_BAND = 20.0  # points: paints are looked for by the height at which they lie


def parted(canvas: Canvas) -> tuple[list[Sign], dict[str, list[Sign]]]:
    """The signs that are seen, and the others by why they are not.

    A sign that stands a second time at its place, where it is seen, hides nothing: programs draw
    twice for a shadow, or once below a colour and once above.
    """
    page = _Page(canvas)
    shown: list[Sign] = []
    hidden: dict[str, list[Sign]] = {}
    for sign, why in zip(canvas.signs, _whys(page, canvas.signs), strict=True):
        (hidden.setdefault(why, []) if why else shown).append(sign)
    if hidden:
        seen = {spot for sign in shown for spot in _around(sign)}
        for why, signs in hidden.items():
            hidden[why] = [sign for sign in signs if _spot(sign) not in seen]
    return shown, {why: signs for why, signs in hidden.items() if signs}


def _whys(page: _Page, signs: Sequence[Sign]) -> list[str]:
    """Why each sign is not seen; a word that begins where it is seen and goes on is told apart."""
    whys = [page.why(sign) for sign in signs]
    for order in (range(len(signs)), range(len(signs) - 1, -1, -1)):
        ink: bool | None = None  # whether the sign before is a seen one in white, or goes on one
        last: Sign | None = None
        for at in order:
            sign, why = signs[at], whys[at]
            pair = (last, sign) if order.step > 0 else (sign, last)
            if pair[0] is None or pair[1] is None or not follows(pair[0], pair[1]):
                ink = None
            last = sign
            if not sign.text.strip():
                continue
            if why in {"", PARTLY}:
                ink = sign.white
            elif (why == _OUTSIDE and ink is not None) or (why == _WHITE and ink):
                whys[at] = PARTLY
            else:
                ink = None
    return ["看不见" if why in {_OUTSIDE, _WHITE} else why for why in whys]


def _spot(sign: Sign) -> tuple[str, int, int]:
    return sign.text, round(sign.box[0]), round(sign.box[1])


def _around(sign: Sign) -> Iterable[tuple[str, int, int]]:
    text, x, y = _spot(sign)
    return ((text, x + across, y + up) for across in (-1, 0, 1) for up in (-1, 0, 1))


class _Page:
    """What is painted on a page, by its height."""

    def __init__(self, canvas: Canvas) -> None:
        self.box = canvas.box
        left, bottom, right, top = canvas.box
        area = max((right - left) * (top - bottom), 1.0)
        paints = [one for one in canvas.paints if not one.layer_off]
        self.covers = _banded(one for one in paints if _covers(one, area))
        self.grounds = _banded(one for one in paints if one.picture or not one.white)
        self.is_scan = any(
            one.picture and 100 * _area(one) >= limit("scan_share") * area for one in paints
        )

    def why(self, sign: Sign) -> str:
        """Why nobody sees a sign; empty if it is seen."""
        if not sign.text.strip():
            return ""
        if sign.layer_off:
            return "图层关闭"
        x, y = sign.centre
        left, bottom, right, top = self.box
        outside = not (left <= x <= right and bottom <= y <= top)
        if sign.size < limit("tiny_points"):
            return "看不见"
        if outside:
            return _OUTSIDE
        if sign.invisible:
            return "" if self.is_scan else "看不见"  # the words that were read off a scan
        covers = self.covers.get(int(y // _BAND), ())
        if any(one.order > sign.order and _holds(one, x, y) for one in covers):
            return "被盖住"
        grounds = self.grounds.get(int(y // _BAND), ()) if sign.white else ()
        if sign.white and not any(one.order < sign.order and _holds(one, x, y) for one in grounds):
            return _WHITE
        return ""


def _banded(paints: Iterable[Paint]) -> dict[int, list[Paint]]:
    found: dict[int, list[Paint]] = {}
    for one in paints:
        low, high = max(one.box[1], -1e4), min(one.box[3], 1e5)
        for band in range(int(low // _BAND), int(high // _BAND) + 1):
            found.setdefault(band, []).append(one)
    return found


def _covers(paint: Paint, area: float) -> bool:
    """Whether a thing that is painted can hide text: not a background, not a clear picture."""
    high = paint.box[3] - paint.box[1]
    if high >= limit("cover_height") or 100 * _area(paint) > limit("cover_share") * area:
        return False
    return not paint.clear


def _area(paint: Paint) -> float:
    left, bottom, right, top = paint.box
    return (right - left) * (top - bottom)


def _holds(paint: Paint, x: float, y: float) -> bool:
    left, bottom, right, top = paint.box
    return left <= x <= right and bottom <= y <= top
