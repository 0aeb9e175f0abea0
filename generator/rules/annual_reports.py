"""The annual report on disclosure: every sum of its tables, and what is carried over the years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import AnnualReport, InfoRequest
from generator.rules.balances import Balance, imbalances
from generator.rules.names import called

__all__ = [
    "TABLES",
    "carried_over_otherwise",
    "counts_against_requests",
    "fee_unmentioned",
    "format_of_another_year",
    "table_out_of_balance",
]

_APPLICANTS = ("naturalPerson", "business", "research", "welfare", "legalService", "other")
_RESULTS = (
    "granted", "partlyGranted", "refusedStateSecret", "refusedForbiddenByLaw", "refusedStability",
    "refusedThirdParty", "refusedInternalAffairs", "refusedProcess", "refusedEnforcementFile",
    "refusedAdministrativeQuery", "unableNotHeld", "unableMustBeMade", "unableStillUnclear",
    "notHandledPetition", "notHandledRepeated", "notHandledPublication", "notHandledExcessive",
    "notHandledConfirmation", "otherCorrectionOverdue", "otherFeeUnpaid", "otherRemaining",
)  # fmt: skip
_ROWS = ("newRequests", "carriedIn", *_RESULTS, "total", "carriedOut")
_DISPUTES = ("review", "directLitigation", "litigationAfterReview")
_OUTCOMES = ("upheld", "corrected", "otherResult", "pending")
# The format of 国办公开办函〔2019〕60号 served two years.
_LAST_OF_2019 = 2020
_SIX = {"zh": "（一）至（六）各项之和", "en": "the sum of (1) to (6)"}


def _tables() -> Iterator[Balance]:
    for row in _ROWS:
        cells = " + ".join(f"table3.{row}.{cell}" for cell in _APPLICANTS)
        say = {"zh": "前六列之和", "en": "the sum of the six columns"}
        yield Balance.of("RPT-001", "annual-report", f"table3.{row}.total = {cells}", say)
    for cell in (*_APPLICANTS, "total"):
        results = " + ".join(f"table3.{row}.{cell}?" for row in _RESULTS)
        yield Balance.of("RPT-002", "annual-report", f"table3.total.{cell} = {results}", _SIX)
        ins = f"table3.newRequests.{cell} + table3.carriedIn.{cell}"
        outs = f"table3.total.{cell} + table3.carriedOut.{cell}"
        yield Balance.of("RPT-003", "annual-report", f"{ins} = {outs}")
    for block in _DISPUTES:
        cells = " + ".join(f"table4.{block}.{cell}" for cell in _OUTCOMES)
        yield Balance.of("RPT-005", "annual-report", f"table4.{block}.total = {cells}")


TABLES: tuple[Balance, ...] = tuple(_tables())


def table_out_of_balance(corpus: Corpus) -> Iterator[Diagnostic]:
    """Tables three and four: a row, a column or the printed rule that does not come out."""
    return imbalances(corpus, TABLES)


def carried_over_otherwise(corpus: Corpus) -> Iterator[Diagnostic]:
    """Requests carried in that are not those carried out of the year before."""
    reports = {(report.unit, report.year): report for report in corpus.every(AnnualReport)}
    for (unit, year), report in reports.items():
        before = reports.get((unit, year - 1))
        if before is None:
            continue
        for cell in (*_APPLICANTS, "total"):
            came = report.data["table3"]["carriedIn"][cell]
            went = before.data["table3"]["carriedOut"][cell]
            if came != went:
                at = ("table3", "carriedIn", cell)
                column = called(corpus, report, at)
                values = {"came": came, "went": went, "year": year - 1, "file": before.path}
                yield report.finding("RPT-004", *at, column=column, **values)


def counts_against_requests(corpus: Corpus) -> Iterator[Diagnostic]:
    """A year's new requests in the report and in the register, where the register has any."""
    registered = Counter(
        (request.unit, request.received.year) for request in corpus.every(InfoRequest)
    )
    for report in corpus.every(AnnualReport):
        count = registered[report.unit, report.year]
        said = report.data["table3"]["newRequests"]["total"]
        if count and count != said:
            at = ("table3", "newRequests", "total")
            yield report.finding("RPT-007", *at, said=said, count=count)


def fee_unmentioned(corpus: Corpus) -> Iterator[Diagnostic]:
    """A fee that was asked for in the year, and not a word of it in section six."""
    asked = {
        (request.unit, int(request.data["fee"]["noticedAt"][:4]))
        for request in corpus.every(InfoRequest)
        if (request.data.get("fee") or {}).get("noticedAt")
    }
    for report in corpus.every(AnnualReport):
        unpaid = report.data["table3"].get("otherFeeUnpaid", {}).get("total", 0)
        if (unpaid or (report.unit, report.year) in asked) and not any(
            word in report.data["sections"]["other"] for word in ("信息处理费", "收费", "收取")
        ):
            yield report.finding("RPT-008", "sections", "other")


def format_of_another_year(corpus: Corpus) -> Iterator[Diagnostic]:
    """A report in the format of 2019 for a later year than 2020, or the other way round."""
    for report in corpus.every(AnnualReport):
        expected = "form2019" if report.year <= _LAST_OF_2019 else "form2021"
        if report.data["format"] != expected:
            yield report.finding("RPT-009", "format", year=report.year, expected=expected)
