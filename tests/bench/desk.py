"""A desk: one unit's place, words, days and numbers, and where its records are put."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from generator.clock import WorkCalendar
from generator.emit import to_markdown, to_yaml
from generator.load import KINDS_BY_NAME, Form
from generator.schema import Schemas
from tests.bench.places import Place
from tests.bench.prose import Prose
from tests.bench.words import surnames, trades

__all__ = ["Desk", "clock", "day"]

FIRST, LAST = date(2023, 11, 27), date(2026, 11, 20)


def clock(moment: datetime) -> str:
    """A moment as content writes it."""
    return f"{moment:%Y-%m-%d %H:%M}"


def day(moment: date) -> str:
    """A day as content writes it."""
    return f"{moment:%Y-%m-%d}"


class Desk:
    """What every record of a unit is written with."""

    def __init__(
        self,
        out: Path,
        place: Place,
        host: Place,
        seed: int,
        schemas: Schemas,
        calendar: WorkCalendar,
    ) -> None:
        self.place = place
        self.host = host  # the unit whose site shows this one
        self.random = Random(f"{seed}/{place.id}")
        self.prose = Prose(
            self.random, trades()[place.trade], place.name, place.short, place.county
        )
        self.schemas = schemas
        self.calendar = calendar
        self.written: Counter[str] = Counter()
        self._folder = out / "content" / "units" / place.id
        self._numbers: Counter[tuple[str, int]] = Counter()
        self._made: set[Path] = set()

    def example(self, kind: str, /, **changes: Any) -> dict[str, Any]:
        """The example of a kind with some fields changed; one given as None is left out."""
        record = {**copy.deepcopy(self.schemas.of(kind)["examples"][0]), **changes}
        return {key: value for key, value in record.items() if value is not None}

    def put(self, kind: str, name: str, record: Mapping[str, Any], body: str = "") -> str:
        """Writes a record, and gives its id; `name` holds the year where the kind asks for one."""
        form = KINDS_BY_NAME[kind].form
        text = to_markdown(record, body) if form is Form.MARKDOWN else to_yaml(record)
        folder = KINDS_BY_NAME[kind].folder
        path = folder if KINDS_BY_NAME[kind].single else f"{folder}/{name}"
        self.write(
            f"{path.removesuffix('.yml')}.{'md' if form is Form.MARKDOWN else 'yml'}", text.encode()
        )
        self.written[kind] += 1
        return f"units/{self.place.id}/{path.removesuffix('.yml')}"

    def write(self, name: str, data: bytes) -> None:
        """Writes a file below the unit's folder."""
        file = self._folder / name
        if file.parent not in self._made:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(file.parent)
        file.write_bytes(data)

    def counted(self, series: str, year: int) -> int:
        """How many numbers of a series a year has used."""
        return self._numbers[series, year]

    def number(self, series: str, year: int) -> int:
        """The next number of a series that begins anew each year."""
        self._numbers[series, year] += 1
        return self._numbers[series, year]

    def index_number(self, year: int) -> str:
        """A number that no other record of the city has."""
        return f"{self.place.organ}/{year}-{self.number('index', year):05}"

    def workday(self, first: date = FIRST, last: date = LAST) -> date:
        """A workday between two days."""
        while True:
            found = first + timedelta(days=int(self.random.random() * ((last - first).days + 1)))
            if self.calendar.is_workday(found):
                return found

    def moment(self, on: date | None = None) -> datetime:
        """A moment of office hours, and what the prose writes from now on is of that day."""
        on = on or self.workday()
        at = datetime(
            on.year,
            on.month,
            on.day,
            8 + int(self.random.random() * 10),
            int(self.random.random() * 60),
        )
        self.prose.begin(at.year, at.month, at.day)
        return at

    def person(self) -> str:
        """A placeholder for a person."""
        return self.prose.pick(surnames()) + "某（示例）"

    def column(self, notice: bool) -> str:
        """The column of an article on the site that shows the unit."""
        if notice:
            return "tzgg"
        if self.host.type != "platform":
            return "gzdt"
        return "yaowen" if self.place.type in {"city", "platform"} else "bmdt"
