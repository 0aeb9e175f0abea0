"""Forms and statistics: sums, shares, ranks and the order of rows, each form by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Evaluation, Probe, Record, Reward, ServiceStatistics, YearReport
from generator.rules.balances import Balance, imbalances
from generator.rules.names import called

__all__ = [
    "BALANCES",
    "numbers_out_of_balance",
    "probes_out_of_order",
    "rank_against_score",
    "share_against_numbers",
    "stem_of_another_period",
]

_LINES: Mapping[str, tuple[str, ...]] = {
    "site-report": (
        (
            "publishing.total >= publishing.overview + publishing.news"
            " + publishing.disclosureCatalogue"
        ),
        "services.cases.total = services.cases.naturalPerson + services.cases.legalPerson",
        "services.onlineItems <= services.items",
        "traffic.visitors <= traffic.visits",
        "topics.opened <= topics.maintained",
        "interaction.messages.finished <= interaction.messages.received",
        "interaction.messages.publicAnswers <= interaction.messages.finished",
        "interaction.surveys.resultsPublished <= interaction.surveys.held",
        "interaction.interviews.answers <= interaction.interviews.messages",
        "security.problemsFixed <= security.problemsFound",
    ),
    "monthly-report": (
        (
            "published.total = published.news + published.notices + published.policies"
            " + published.interpretations + published.disclosures + published.relayed"
            " + published.other"
        ),
        "columnsUpdated.updated <= columnsUpdated.total",
        "corrections.handledIn48h <= corrections.received",
        "selfCheck.faultsFixed <= selfCheck.faultsFound",
        "security.risksFixed <= security.risksFound",
        "media.stale <= media.accounts",
    ),
    "service-statistics": (
        "finished = naturalPerson + legalPerson",
        "online <= accepted",
        "dissatisfied <= evaluations",
        "dissatisfiedHandled <= dissatisfied",
        "accepted = byTaskType.*.accepted",
        "finished = byTaskType.*.finished",
        "overdue = byTaskType.*.overdue",
        "byTaskType.*.online <= byTaskType.*.accepted",
        "accepted >= byUnit.*.accepted",
        "finished >= byUnit.*.finished",
        "overdue >= byUnit.*.overdue",
    ),
    "reward": (
        "total = rows.*.reward",
        "rows.*.adopted <= rows.*.submitted",
    ),
    "evaluation": (
        "ballots.received <= ballots.sent",
        "ballots.valid <= ballots.received",
        (
            "items.*.verySatisfied + items.*.satisfied + items.*.neutral"
            " + items.*.dissatisfied + items.*.veryDissatisfied <= ballots.valid"
        ),
        "units.*.votes <= ballots.valid",
    ),
    "year-report": (
        "units.*.adopted <= units.*.submitted",
        "inspections.*.qualified <= inspections.*.sites",
        "inspections.*.fixed <= inspections.*.problems",
    ),
    "interview": ("statistics.answered <= statistics.messages",),
    "consultation": ("result.opinions >= result.adopted.*.count + result.notAdopted.*.count",),
    "migration": (
        "counts.*.source = counts.*.migrated + counts.*.dropped + counts.*.failed",
        "redirects.tested <= redirects.total",
        "redirects.failed <= redirects.tested",
    ),
}
BALANCES: tuple[Balance, ...] = tuple(
    Balance.of("RPT-010" if " = " in line else "RPT-011", kind, line)
    for kind, lines in _LINES.items()
    for line in lines
)


def numbers_out_of_balance(corpus: Corpus) -> Iterator[Diagnostic]:
    """Numbers of a form that do not add up, or a part larger than its whole."""
    return imbalances(corpus, BALANCES)


def share_against_numbers(corpus: Corpus) -> Iterator[Diagnostic]:
    """A percentage that its own numbers do not give."""
    for statistics in corpus.every(ServiceStatistics):
        data = statistics.data
        yield from _share(corpus, statistics, data, ("onlineShare",), ("online", "accepted"))
    for report in corpus.every(YearReport):
        for index, row in enumerate(report.data["duties"]):
            yield from _share(corpus, report, row, ("duties", index, "rate"), ("done", "required"))


def _share(
    corpus: Corpus,
    record: Record,
    row: Mapping[str, float],
    at: tuple[str | int, ...],
    keys: tuple[str, str],
) -> Iterator[Diagnostic]:
    """A percentage is right as far as it was rounded: 33 and 33.3 both stand for a third."""
    said, part, whole = row.get(str(at[-1])), row.get(keys[0]), row.get(keys[1])
    if said is None or part is None or not whole:
        return
    share = min(100.0, 100 * part / whole)
    step = 1.0 if said == int(said) else 0.1
    if abs(share - said) > step / 2 + 1e-9:
        values = {"said": said, "part": part, "whole": whole, "share": f"{share:.1f}"}
        yield record.finding("RPT-012", *at, field=called(corpus, record, at), **values)


def rank_against_score(corpus: Corpus) -> Iterator[Diagnostic]:
    """A rank other than one more than the number of those with a better score."""
    for kind, key in ((Reward, "rows"), (Evaluation, "units")):
        for record in corpus.every(kind):
            rows = record.data.get(key) or ()
            if any(row.get("score") is None or row.get("rank") is None for row in rows):
                continue
            scores = sorted((row["score"] for row in rows), reverse=True)
            for index, row in enumerate(rows):
                expected = scores.index(row["score"]) + 1
                if row["rank"] != expected:
                    values = {"rank": row["rank"], "score": row["score"], "expected": expected}
                    yield record.finding("RPT-013", key, index, "rank", **values)


def probes_out_of_order(corpus: Corpus) -> Iterator[Diagnostic]:
    """A probe dated before the one above it, or outside the time that the log speaks of."""
    for log in corpus.every(Probe):
        before = str(log.data.get("from") or "")
        end = str(log.data.get("to") or "9")
        for index, row in enumerate(log.rows):
            at = str(row["at"])
            if at < before[: len(at)] or at[: len(end)] > end:
                yield log.finding("RPT-014", "rows", index, "at", at=at, before=before, end=end)
            before = max(before, at)


_PERIODS = (
    ("annual-report", "year"),
    ("site-report", "year"),
    ("year-report", "year"),
    ("reward", "year"),
    ("evaluation", "year"),
    ("monthly-report", "month"),
    ("service-statistics", "period"),
)


def stem_of_another_period(corpus: Corpus) -> Iterator[Diagnostic]:
    """A report whose file is named for another period than the one it reports on."""
    for kind, field in _PERIODS:
        for record in corpus.every(Record.classes[kind]):
            period = str(record.data[field])
            exact = kind == "annual-report"
            if record.stem != period if exact else period not in record.stem:
                yield record.finding("RPT-006", field, period=period, stem=record.stem)
