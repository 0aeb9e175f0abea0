"""Reference data and governance: calendars, limits, word lists, people and their appointments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.fields import Parts, Texts
from generator.model.record import Record

__all__ = [
    "Appointment",
    "Article20",
    "Divisions",
    "Duty",
    "Indicator",
    "ReviewPolicy",
    "Roles",
    "Themes",
    "Threshold",
    "Thresholds",
    "Vocabulary",
    "WordingAllowed",
    "Workdays",
]


class Workdays(Record):
    """工作日历 of one year."""

    kind = "workdays"

    @property
    def row(self) -> tuple[int, list[date], list[date]]:
        """The year, its days off, and its makeup workdays."""
        off = [date.fromisoformat(day) for row in self.data["holidays"] for day in row["days"]]
        on = [date.fromisoformat(day) for day in self.data["makeupWorkdays"]]
        return int(self.data["year"]), off, on


class Themes(Record):
    """主题分类表."""

    kind = "themes"

    def labels(self) -> dict[str, str]:
        """Names by theme id, second levels as `大类\\小类`."""
        found: dict[str, str] = {}
        for row in self.data["themes"]:
            found[row["id"]] = row["label"]
            for child in row.get("children", ()):
                found[child["id"]] = f"{row['label']}\\{child['label']}"
        return found


class Divisions(Record):
    """行政区划表."""

    kind = "divisions"
    rows = Parts("divisions")


@dataclass(frozen=True, slots=True)
class Threshold:
    """One limit: its number, and how sure we are of it."""

    id: str
    value: float
    unit: str
    article: str
    confidence: str


class Thresholds(Record):
    """限值表."""

    kind = "thresholds"

    @property
    def rows(self) -> Iterator[Threshold]:
        """Every limit of the table."""
        for row in self.data["thresholds"]:
            yield Threshold(
                row["id"], row["value"], row["unit"], row.get("article", ""), row["confidence"]
            )


class Article20(Record):
    """主动公开事项表: the groups of the disclosure platform."""

    kind = "article20"
    rows = Parts("items")


class Vocabulary(Record):
    """词表."""

    kind = "vocabulary"
    words = Texts("words")


class WordingAllowed(Record):
    """文字关放行表: what the wording gate lets pass in a unit's pages, and until when."""

    kind = "wording-allowed"
    rows = Parts("rows")


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's role in a unit, from one day up to, not including, another."""

    index: int
    id: str
    person: str
    role: str
    unit: str
    rank: int | None
    start: date
    end: date | None

    def holds(self, day: date) -> bool:
        """Whether the appointment is in force on `day`."""
        return self.start <= day and (self.end is None or day < self.end)


class Roles(Record):
    """人员与任职: `content/governance/roles.yml`."""

    kind = "roles"
    people = Parts("people")

    @property
    def appointments(self) -> Iterator[Appointment]:
        """Every appointment, in file order."""
        for index, row in enumerate(self.data["appointments"]):
            end = row["to"]
            yield Appointment(
                index,
                row["id"],
                row["person"],
                row["role"],
                row["unit"],
                row.get("rank"),
                date.fromisoformat(row["from"]),
                date.fromisoformat(end) if end else None,
            )


class ReviewPolicy(Record):
    """审核规则: `content/governance/policy.yml`."""

    kind = "review-policy"


class Duty(Record):
    """A duty of the notice, as data."""

    kind = "duty"


class Indicator(Record):
    """A national inspection indicator, as data."""

    kind = "indicator"
