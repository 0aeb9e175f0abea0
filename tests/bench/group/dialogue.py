"""Where a unit and the public meet: letters, consultations, interviews, corrections, requests."""

from __future__ import annotations

from datetime import date, timedelta

from tests.bench.group.forms import Forms, example
from tests.bench.group.units import UnitFacts
from tests.bench.group.words import Writer

__all__ = ["consultation", "error_report", "info_request", "interview", "message"]

# What a request holds only where it took long.
_LONG_WAYS = (
    "correctionRequestedAt",
    "correctedAt",
    "extendedAt",
    "extensionReason",
    "extensionApprovedAt",
    "thirdParty",
    "reviews",
)


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def message(forms: Forms, unit: UnitFacts, write: Writer, day: str, serial: int) -> None:
    """A letter and its answer, two days later."""
    write.turn()
    answered = _after(day, 2)
    forms.put(
        f"messages/{day[:4]}/{serial:05d}",
        example(
            "message",
            number=f"{unit.id.upper()}-{serial:05d}",
            unit=unit.id,
            column="ldxx",
            title=write.title(),
            text=write.paragraph(2),
            answer="您好！来信收悉。" + write.paragraph(2),
            receivedAt=f"{day} 09:16",
            acceptedAt=f"{day} 15:40",
            answeredAt=f"{answered} 10:30",
            publishedAt=f"{answered} 16:00",
        ),
    )


def consultation(forms: Forms, unit: UnitFacts, write: Writer, day: str, serial: int) -> None:
    """A draft laid open for thirty days, and what came of it."""
    topic = write.turn()[0]
    value = example("consultation", ("attachments",), column="zjdc", background=write.paragraph(2))
    value["title"] = f"《晋城市{topic}管理办法（第{serial}次修订稿）》公开征求意见"
    value |= {"publishedAt": f"{day} 09:00", "opens": day, "closes": _after(day, 30)}
    value["result"] |= {"publishedAt": f"{_after(day, 40)} 10:00", "summary": write.paragraph(2)}
    value["contact"]["office"] = f"{unit.short}办公室"
    forms.put(f"consultations/{day[:4]}/{serial:04d}", value, write.paragraph(5))


def interview(forms: Forms, unit: UnitFacts, write: Writer, day: str, serial: int) -> None:
    """An interview announced a week before, with its questions."""
    write.turn()
    held = _after(day, 7)
    value = example("interview", column="zxft", title=f"访谈：{write.title()}")
    value |= {"topic": write.opening(), "summary": write.opening()}
    value |= {"publishedAt": f"{day} 09:00", "announcedAt": f"{day} 09:00"}
    value |= {"heldAt": f"{held} 15:00", "endedAt": f"{held} 16:00"}
    value["guests"][0]["position"] = f"{unit.name}负责人"
    for question in value["questions"]:
        question |= {"askedAt": f"{held} 15:12", "answeredAt": f"{held} 15:15"}
        question["answer"] = write.paragraph(1)
    forms.put(f"interviews/{day[:4]}/{serial:04d}", value, write.paragraph(4))


def error_report(forms: Forms, unit: UnitFacts, write: Writer, day: str, serial: int) -> None:
    """A fault somebody found on a page, mended within the day."""
    value = example(
        "error-report",
        ("record", "corrected"),
        number=f"{unit.id.upper()}-{day[:4]}-{serial:04d}",
        unit=unit.id,
        url=f"https://{unit.host}/gzdt/",
        page="工作动态栏目",
        description=write.say("栏目里关于{place}的一条动态把“{object}”写错了一个字。"),
    )
    for key, clock in (("received", "09:05"), ("forwarded", "09:30"), ("handled", "10:20")):
        value[f"{key}At"] = f"{day} {clock}"
    value |= {"answeredAt": f"{day} 11:00", "publishedAt": f"{day} 11:10"}
    forms.put(f"error-reports/{day[:4]}/{serial:04d}", value)


def info_request(forms: Forms, day: str, serial: int) -> None:
    """A request for information, answered within the week."""
    value = example("info-request", _LONG_WAYS, receivedAt=day, repliedAt=_after(day, 6))
    forms.put(f"info-requests/{day[:4]}/{serial:04d}", value)
