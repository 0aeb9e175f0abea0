"""Services, their statistics, and the lists of powers and fees."""

from __future__ import annotations

from generator.model.fields import Part, Parts, Text
from generator.model.record import Record

__all__ = ["Fee", "Power", "Probe", "Service", "ServiceStatistics", "TableRecord"]


class Service(Record):
    """办事指南 of one service item."""

    kind = "service"
    name = Text("taskName")
    withdrawn = Part("withdrawn")

    @property
    def title(self) -> str:
        """The name of the item."""
        return self.name


class ServiceStatistics(Record):
    """办事统计 of one period."""

    kind = "service-statistics"


class TableRecord(Record):
    """A record that is mostly a table."""

    rows = Parts("rows")


class Power(TableRecord):
    """行政职权."""

    kind = "power"


class Fee(TableRecord):
    """收费清单."""

    kind = "fee"


class Probe(TableRecord):
    """A log of visits made from outside."""

    kind = "probe"
