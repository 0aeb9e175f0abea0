"""What people and units say to each other: letters, error reports, requests, tasks, findings."""

from __future__ import annotations

from generator.model.fields import Day, Flag, MaybeDay, MaybeMoment, Moment, Part, Text
from generator.model.record import Record

__all__ = ["ErrorReport", "Finding", "InfoRequest", "Message", "Task"]


class Message(Record):
    """公众来信: a letter to the leader mailbox, the hotline or the message board."""

    kind = "message"
    received = Moment("receivedAt")
    accepted = MaybeMoment("acceptedAt")
    answered = MaybeMoment("answeredAt")
    published = MaybeMoment("publishedAt")
    answering_unit = Text("unit")
    column = Text("column")
    public = Flag("public")
    withdrawn = Part("withdrawn")


class ErrorReport(Record):
    """纠错: a reader's report of a fault on a page."""

    kind = "error-report"
    received = Moment("receivedAt")
    answered = MaybeMoment("answeredAt")
    published = MaybeMoment("publishedAt")
    public = Flag("public")
    withdrawn = Part("withdrawn")

    @property
    def title(self) -> str:
        """The page that the report is about."""
        return f"关于“{self.data['page']}”的纠错"


class InfoRequest(Record):
    """依申请公开: dates and result of a request, never who asked."""

    kind = "info-request"
    received = Day("receivedAt")
    replied = MaybeDay("repliedAt")


class Finding(Record):
    """A problem found by supervision."""

    kind = "finding"


class Task(Record):
    """A task from above."""

    kind = "task"
