"""A group small enough to be built hundreds of times, in which everything leads somewhere else.

It is a generated one with three sites and five units, cut down, and then tied together: items that
other sites show, that link to one another across units, that are taken back, pinned, held back
until their time, or known by a former address; tables as CSV, pictures and attachments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from tests.bench.files import pdf
from tests.bench.generate import generate

__all__ = ["field", "fields_of", "with_field", "write_group"]

_ARTICLES = 22
_KEPT_YEARS = frozenset({"2022.yml", "2023.yml", "2024.yml", "2025.yml", "2026.yml"})


def write_group(root: Path) -> None:
    """Writes the group into the empty folder `root`."""
    generate(root, 3, _ARTICLES, 1)
    content = root / "content"
    _cut_down(content)
    _tie_together(content / "units")


def _cut_down(content: Path) -> None:
    for folder in ("duties", "indicators"):
        for file in sorted((content / folder).glob("*.yml"))[2:]:
            file.unlink()
    for file in (content / "reference" / "workdays").iterdir():
        if file.name not in _KEPT_YEARS:
            file.unlink()
    table = content / "reference" / "article20.yml"
    head, *items = re.split(r"(?m)^(?=  - )", table.read_text("utf-8"))
    twentieth = [item for item in items if 'article: "20"' in item][:2]
    later = [item for item in items if 'article: "20"' not in item][:1]
    table.write_text("".join((head, *twentieth, *later)), "utf-8")
    for kind in ("monthly-reports", "service-statistics", "annual-reports"):
        for unit in sorted((content / "units").iterdir()):
            for file in sorted((unit / kind).glob("*.yml"))[1:]:
                file.unlink()


def _tie_together(units: Path) -> None:
    one, two = "chengqu", "zezhou"
    first, second = (_newest(units / unit / "articles") for unit in (one, two))
    hosted = _newest(units / "city" / "articles")
    policy, other = (_newest(units / unit / "policies") for unit in (two, one))
    _put(first, outlets=f"[{{site: {two}, column: gzdt}}, {{site: portal, column: xqdt}}]")
    _put(second, outlets="[{site: portal, column: xqdt}]", pinnedUntil="2026-12-01")
    _put(
        hosted,
        formerAddresses="[/content/2018/0612.html, /old/]",
        outlets=f"[{{site: {one}, column: gzdt}}]",
    )
    anchor = "#一强化保障" if "一、强化保障" in second.read_text("utf-8") else ""
    _add(
        first,
        f"\n见[县里的通知]({_way(second)}{anchor})和[旧办法第二部分]({_way(policy)}#二重点任务)。\n",
    )
    _add(second, f"\n见[区里的新办法]({_way(other)})。\n")
    _add(hosted, f"\n见[区里的稿件]({_way(first)})。\n")
    _put(
        policy,
        validity="repealed",
        repealedDate="2026-10-01",
        replacedBy=f"[{{record: {_id(other)}, title: 关于新办法的通知}}]",
    )
    _put(other, replaces=f"[{{record: {_id(policy)}, title: 关于旧办法的通知}}]")
    for number, (unit, fields) in enumerate(_variants(one, two, second)):
        like = _newest(units / unit / "articles")
        file = like.with_name(f"9{number:03}.md")
        file.write_text(
            like.read_text("utf-8").replace("title: ", f"title: 其{number}", 1), "utf-8"
        )
        _put(file, image=None, attachments=None, **{"formerAddresses": None, **fields})
    folder = first.with_suffix("")
    folder.mkdir(exist_ok=True)
    (folder / "plan.pdf").write_bytes(pdf("Plan"))
    _add(first, f"\n[实施计划全文]({first.stem}/plan.pdf)\n")
    _as_csv(min(units.glob("*/fees/*.yml")))


def _variants(one: str, two: str, second: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The units and fields of articles of which something has to be told beside their text."""
    taken = "at: 2026-11-02 10:00, reason: 内容有误"
    yield one, {"withdrawn": f"{{{taken}, replacedBy: {_id(second)}}}"}
    yield two, {"withdrawn": f"{{{taken}}}", "formerAddresses": "[/content/7.html]"}
    shown = "[{site: portal, column: xqdt}]"
    yield two, {"publishedAt": "2026-11-24 13:30", "embargo": "true", "outlets": shown}
    yield one, {"publishedAt": "2026-11-25 08:00", "embargo": "true"}
    yield "city", {"expiresAt": "2026-11-24 15:00", "pinnedUntil": "2026-11-25"}


def _as_csv(table: Path) -> None:
    """The rows of a table as a CSV file beside it."""
    import csv

    import yaml

    whole = yaml.safe_load(table.read_text("utf-8"))
    rows = whole["rows"]
    names = [name for name in rows[0] if not isinstance(rows[0][name], (list, dict))]
    if any(isinstance(row.get(name), (list, dict)) for row in rows for name in row):
        return
    text = with_field(table.read_text("utf-8"), "rows", None)
    table.write_text(text, "utf-8")
    with table.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


def _newest(folder: Path) -> Path:
    return max(folder.glob("*/0*.md"))


def _way(file: Path) -> str:
    """The way to a record from one of another unit."""
    return "../../../" + file.as_posix().rpartition("/units/")[2]


def _id(file: Path) -> str:
    path = file.as_posix().rpartition("/content/")[2]
    return path.rpartition(".")[0]


def _put(file: Path, **fields: str | None) -> None:
    text = file.read_text("utf-8")
    for name, value in fields.items():
        text = with_field(text, name, value)
    file.write_text(text, "utf-8")


def _add(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


@lru_cache(maxsize=256)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"^{name}:(.*\n(?:(?: |- ).*\n)*)", re.MULTILINE)


def _head(text: str) -> tuple[str, str, str]:
    """What stands before the fields of a record, its fields, and what stands after them."""
    if not text.startswith("---\n"):
        return "", text, ""
    fields, mark, body = text[4:].partition("\n---\n")
    return "---\n", fields + "\n", mark[1:] + body


def field(text: str, name: str) -> str:
    """The value of a record's field as it is written; empty where it has none."""
    found = _pattern(name).search(_head(text)[1])
    return found[1].strip() if found else ""


def fields_of(text: str) -> list[str]:
    """The names of a record's fields."""
    return re.findall(r"(?m)^([A-Za-z0-9]+):", _head(text)[1])


def with_field(text: str, name: str, value: str | None) -> str:
    """The record's text with another value for a field, or without the field."""
    before, fields, after = _head(text)
    line = "" if value is None else f"{name}: {value}\n"
    changed, count = _pattern(name).subn(lambda _: line, fields, count=1)
    return before + (changed if count else fields + line) + after
