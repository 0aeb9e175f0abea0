"""Numbers of nobody: births 1901 to 1905, mobiles for tests. No file holds one whole."""

__all__ = ["CARD", "NUMBERS", "P1", "P2", "P3", "A", "B", "C", "D", "E", "resident"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident(region, born, serial):
    """A resident number; its check digit is reckoned apart from the gate's library."""
    first = f"{region}{born}{serial:03}"
    total = sum(int(sign) * weight for sign, weight in zip(first, _WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


A = resident(140502, 19030412, 1)
B = resident(140581, 19041231, 22)
C = resident(140522, 19010101, 13)
D = resident(140525, 19050606, 118)
E = resident(140502, 19020515, 8)
P1, P2, P3 = (f"1380013{serial}" for serial in (8001, 8002, 8003))
CARD = "622202" + "0" * 13
NUMBERS = {"A": A, "B": B, "C": C, "D": D, "E": E, "P1": P1, "P2": P2, "P3": P3}
