"""What was measured as Markdown tables: absolute numbers, ratios within a run, growth by size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from tests.bench.compare import OURS, Result
from tests.bench.edits import EDITS
from tests.bench.measure import Measure, middle

__all__ = ["absolute", "growth", "ratios"]

_NAMES: Mapping[str, str] = {
    OURS: "gongkai",
    "hugo-pages": "Hugo, all records",
    "hugo-articles": "Hugo, articles only",
    "mkdocs": "MkDocs + Material, articles only",
    "zensical": "Zensical, articles only",
    "copy": "`cp -r` of ours",
}
_Key = tuple[str, str]
_FULL: _Key = (OURS, "full")
_HUGO: _Key = ("hugo-pages", "full")


def absolute(result: Result, not_run: Mapping[str, str]) -> Iterator[str]:
    """The lines of a group's table of medians; `not_run` says of a tool why it has none."""
    yield f"**{result.name}, {result.records:,} records**"
    yield ""
    yield "| tool | action | seconds | processor s | peak MiB | pages | files | MB |"
    yield "|:--|:--|--:|--:|--:|--:|--:|--:|"
    for (tool, action), runs in result.runs.items():
        run = middle(runs)
        written = " |  | "
        if action == "full":
            size = result.sizes[tool]
            written = f"{size.pages:,} | {size.files:,} | {size.bytes / 1e6:,.0f}"
        took = f"{run.seconds:.2f} | {run.processor:.2f} | {run.mebibytes:,.0f}"
        yield f"| {_NAMES[tool]} | {action} | {took} | {written} |"
    for tool, reason in not_run.items():
        yield f"| {_NAMES[tool]} | not run: {reason} |  |  |  |  |  |  |"


def ratios(results: Sequence[Result]) -> Iterator[str]:
    """The lines of the table of ratios: of two commands of one run each, then the median."""
    yield "| ratio | " + " | ".join(f"{_short(r)}: time | processor" for r in results) + " |"
    yield "|:--|" + "--:|--:|" * len(results)
    for title, over, under, by_page in _pairs(results):
        cells = []
        for result in results:
            pages = _pages(result, over) / _pages(result, under) if by_page else 1.0
            for number in (_seconds, _processor):
                found = _ratio(result, over, under, number)
                cells.append("" if found is None else f"{found / pages:.2f}")
        yield f"| {title} | {' | '.join(cells)} |"


def _pairs(results: Sequence[Result]) -> Iterator[tuple[str, _Key, _Key, bool]]:
    """Title, numerator, denominator, and whether a page of each is meant."""
    keys = dict.fromkeys(key for result in results for key in result.runs)
    for tool in dict.fromkeys(tool for tool, action in keys if action == "full"):
        if tool != OURS:
            yield f"full build: gongkai / {_NAMES[tool]}", _FULL, (tool, "full"), False
            if tool != "copy":
                yield f"the same, a page of each: / {_NAMES[tool]}", _FULL, (tool, "full"), True
    others = [key for key in keys if key[0] == OURS and key != _FULL]
    for key in others:
        yield f"{key[1]}: gongkai / its full build", key, _FULL, False
    for key in others:
        if _HUGO in keys and key[1] in EDITS:
            yield f"{key[1]}: gongkai / Hugo's full build, all records", key, _HUGO, False


def _seconds(run: Measure) -> float:
    return run.seconds


def _processor(run: Measure) -> float:
    return run.processor


def _pages(result: Result, key: _Key) -> int:
    size = result.sizes.get(key[0])
    return size.pages if size else 1


def _ratio(
    result: Result, over: _Key, under: _Key, number: Callable[[Measure], float]
) -> float | None:
    """The median of the ratios of runs made side by side; None where one was not made."""
    pairs = zip(result.runs.get(over, ()), result.runs.get(under, ()), strict=False)
    found = [number(one) / number(other) for one, other in pairs if number(other)]
    return median(found) if found else None


def growth(results: Sequence[Result]) -> Iterator[str]:
    """The lines of the table of growth: how often as many pages, how often as much time."""
    yield "| from → to | tool | action | pages | time | processor | peak |"
    yield "|:--|:--|:--|--:|--:|--:|--:|"
    for small, large in pairwise(results):
        for key in (key for key in small.runs if key in large.runs):
            before, after = middle(small.runs[key]), middle(large.runs[key])
            times = (
                _pages(large, key) / _pages(small, key),
                after.seconds / before.seconds,
                after.processor / max(before.processor, 0.01),
                after.mebibytes / before.mebibytes,
            )
            cells = " | ".join(f"× {each:.1f}" for each in times)
            step = f"{small.articles:,} → {large.articles:,}"
            yield f"| {step} | {_NAMES[key[0]]} | {key[1]} | {cells} |"


def _short(result: Result) -> str:
    return f"{result.articles:,}" if result.articles else result.name
