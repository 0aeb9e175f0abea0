"""Numbers of nobody, built when a test runs, and the files that they are planted in."""

from datetime import date

import yaml

from generator.gates import Known, known_of, scan
from generator.gates.secrecy import GATE

TODAY = date(2026, 11, 28)
PATH = "content/units/tax/articles/2026/0042.md"


def resident(region, born, serial):
    """A resident number; its check digit reckoned apart from the gate's library."""
    first = f"{region}{born}{serial:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(sign) * weight for sign, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


A = resident(140502, 19030412, 1)
E = resident(140502, 19020515, 8)
P1, P2, P3 = ("1380013" + tail for tail in ("8001", "8002", "8003"))
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
WORDS = {
    "A": A,
    "B": resident(140581, 19041231, 22),
    "C": resident(140522, 19010101, 13),
    "D": resident(140525, 19050606, 118),
    "E": E,
    "HK": resident(810000, 19020303, 2),
    "MO": resident(820000, 19020303, 4),
    "TW": resident(830000, 19020303, 6),
    "FP": resident(911156, 19030412, 3),
    "P1": P1,
    "P2": P2,
    "P3": P3,
    "CARD": "6222 0200 0000 0000 000",
    "wide A": "".join(chr(ord(sign) + 0xFEE0) for sign in A),
    "broken A": A[:10] + "\n" + A[10:],
    "zero A": A[:9] + "\u200b" + A[9:],
    "roman E": E[:-1] + "\u2169",
    "chinese P2": P2.translate(CHINESE),
    "6-8-4 A": f"{A[:6]}-{A[6:14]}-{A[14:]}",
    "wrong A": A[:-1] + str((int(A[-1]) + 1) % 10),
    "old A": A[:6] + A[8:17],
    "veiled A": A[:6] + "*" * 8 + A[14:],
}


def filled(text):
    """A text with the numbers that its names stand for."""
    for name, word in WORDS.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def record(body, front=None):
    """A Markdown record."""
    fields = yaml.safe_dump(
        {"title": "停水通知", **(front or {})}, allow_unicode=True, sort_keys=False
    )
    return f"---\n{fields}---\n\n{body}\n"


def found(text, path=PATH, front=None, known=None, encoding="utf-8"):
    """The findings in one file; a body where the path is a Markdown record's."""
    whole = record(text, front) if path.endswith(".md") else text
    return scan(GATE, [(path, filled(whole).encode(encoding))], known or Known(), TODAY).findings


def declared():
    """What is known where a unit has declared a mobile and a mailbox public."""
    row = {"public": True, "reason": "采购项目对外联系", "date": "2026-11-01"}
    unit = {
        "name": "市税务局",
        "phones": [{"value": WORDS["P1"], **row}],
        "mails": [{"value": "tax1903@163.com", **row}],
    }
    return known_of([("content/units/tax/unit.yml", yaml.safe_dump(unit).encode())])
