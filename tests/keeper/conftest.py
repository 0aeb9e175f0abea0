"""The clock of the command line, set to the time of the city at work."""

from datetime import datetime, timedelta, timezone

import pytest

CLOCKS = ("ledger_common", "ledger_verify", "release")


class Clock:
    """A time of its own, or that of a city, a minute on with each look."""

    def __init__(self):
        self.city = None
        self.time = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=8)))

    def now(self):
        if self.city is None:
            return self.time
        return datetime.fromisoformat(self.city.now())


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The clock that `gongkai ledger` and `gongkai build --release` read."""
    clock = Clock()
    for name in CLOCKS:
        monkeypatch.setattr(f"generator.cli.{name}.now", clock.now)
    return clock
