"""Every case of `tests/cases/review/forge/` goes as it says, over HTTP and real git."""

import pytest

from tests.forge.teller import ForgeTeller
from tests.support.review import cases

CASES = cases("forge")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case, desk):
    ForgeTeller(desk).tell(case)
