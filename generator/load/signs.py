"""Signs that are not seen on screen, or not as what they are; none may stand in content."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["HIDDEN", "named"]

# Controls except tab and line ends; soft hyphen; zero-width and bidirectional signs; line and
# paragraph separators; interlinear marks; a byte-order mark inside; tag characters; variation
# selectors beyond the sixteen that emoji use; private use; unassigned Hangul fillers.
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def named(sign: str) -> dict[str, str]:
    """What a finding says of one hidden sign: its number and its name."""
    return {"sign": f"U+{ord(sign):04X}", "name": unicodedata.name(sign, "CONTROL CHARACTER")}
