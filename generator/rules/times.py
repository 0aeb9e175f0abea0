"""Dates of one record that stand in the wrong order.

`ORDERS` is the whole table: in each row time runs from left to right, a field that is absent is
passed over, and `<` asks for a later day where `<=` lets both be the same. Values are compared as
they are written: days, months and times of ISO 8601 sort as text once cut to the shorter length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.load import Pointer
from generator.model import Record
from generator.rules.kept import kept
from generator.rules.names import called
from generator.schema import Schemas

__all__ = ["ORDERS", "Chain", "dates_out_of_order"]

_ITEMS = (
    "article", "policy", "interpretation", "disclosure", "guide", "institution", "consultation",
    "interview", "message", "error-report", "annual-report", "site-report", "service-statistics",
    "reward", "evaluation", "year-report", "power", "fee",
)  # fmt: skip
_IN_FORCE = ("policy", "disclosure", "institution")


@dataclass(frozen=True, slots=True)
class Chain:
    """Fields of a record in the order of time; `strict[i]` asks for a later day at `fields[i]`."""

    kind: str
    fields: tuple[Pointer, ...]
    strict: tuple[bool, ...]

    @classmethod
    def of(cls, kind: str, text: str) -> Chain:
        """The chain that `text` writes as `opens < closes <= result.publishedAt`."""
        words = text.split()
        fields = tuple(tuple(word.split(".")) for word in words[::2])
        return cls(kind, fields, (False, *(sign == "<" for sign in words[1::2])))


ORDERS: tuple[Chain, ...] = (
    *(Chain.of(kind, "publishedAt <= withdrawn.at") for kind in _ITEMS),
    *(Chain.of(kind, "effectiveDate <= expiryDate") for kind in _IN_FORCE),
    *(Chain.of(kind, "formedDate <= publishedAt") for kind in ("policy", "disclosure")),
    *(Chain.of(kind, "writtenDate <= publishedAt") for kind in _IN_FORCE),
    Chain.of("policy", "writtenDate <= repealedDate"),
    Chain.of("policy", "writtenDate <= expiryDate"),
    Chain.of("article", "sourcePublishedAt <= publishedAt <= expiresAt"),
    Chain.of("article", "publishedAt <= pinnedUntil"),
    Chain.of("disclosure", "plan.periodFrom <= plan.periodTo"),
    Chain.of("disclosure", "licenceResults.*.validFrom <= licenceResults.*.validTo"),
    Chain.of("disclosure", "procurement.awardedDate <= procurement.contractDate"),
    Chain.of("disclosure", "emergency.issuedAt <= emergency.liftedAt"),
    Chain.of("disclosure", "recruitment.applyFrom <= recruitment.applyTo <= recruitment.examDate"),
    Chain.of("disclosure", "recruitment.publicityFrom <= recruitment.publicityTo"),
    Chain.of(
        "disclosure",
        "decision.participationFrom <= decision.participationTo <= decision.decidedAt",
    ),
    Chain.of("disclosure", "expropriation.publicityFrom <= expropriation.publicityTo"),
    Chain.of("consultation", "opens < closes < result.publishedAt"),
    Chain.of("consultation", "publishedAt <= closes"),
    Chain.of("interview", "announcedAt <= heldAt <= endedAt"),
    Chain.of("interview", "announcedAt <= questionsUntil <= endedAt"),
    Chain.of("interview", "questions.*.askedAt <= questions.*.answeredAt"),
    Chain.of("message", "receivedAt <= acceptedAt <= answeredAt <= publishedAt"),
    Chain.of("message", "receivedAt <= extension.until"),
    Chain.of("error-report", "receivedAt <= forwardedAt <= handledAt <= answeredAt <= publishedAt"),
    Chain.of("info-request", "receivedAt <= correctionRequestedAt <= correctedAt <= repliedAt"),
    Chain.of("info-request", "receivedAt <= extensionApprovedAt <= extendedAt <= repliedAt"),
    Chain.of("info-request", "receivedAt <= thirdParty.askedAt <= thirdParty.answeredAt"),
    Chain.of("info-request", "receivedAt <= otherOrgan.askedAt <= otherOrgan.answeredAt"),
    Chain.of("info-request", "receivedAt <= fee.noticedAt <= fee.paidAt"),
    Chain.of("info-request", "receivedAt <= reviews.*.filedAt <= reviews.*.decidedAt"),
    Chain.of("info-request", "receivedAt <= litigations.*.filedAt <= litigations.*.decidedAt"),
    Chain.of("finding", "foundAt <= fixedAt <= verifiedAt"),
    Chain.of("finding", "foundAt <= due"),
    Chain.of("finding", "foundAt <= escalation.proposedAt"),
    Chain.of("task", "issuedAt <= due"),
    Chain.of("task", "issuedAt <= doneAt"),
    Chain.of("meeting", "heldAt <= publishedAt"),
    Chain.of("meeting", "heldAt <= decisions.*.due"),
    Chain.of("meeting", "heldAt <= decisions.*.doneAt"),
    Chain.of("migration", "application.filedAt <= approval.at <= migratedAt <= oldSiteClosedAt"),
    Chain.of("migration", "approval.at <= steps.*.startedAt <= steps.*.doneAt"),
    Chain.of("migration", "redirects.testedAt <= redirects.until"),
    Chain.of("adoption", "submittedAt <= adoptedAt"),
    Chain.of("service", "planEffectiveDate <= planCancelDate"),
    Chain.of("leader", "appointedAt <= leftAt"),
    Chain.of("media-account", "openedAt <= lastPostAt"),
    Chain.of("media-account", "openedAt <= closedAt"),
    Chain.of("media-account", "openedAt <= matrixJoinedAt"),
    Chain.of("partner", "agreements.*.signedAt <= agreements.*.validUntil"),
    Chain.of("partner", "registeredAt <= endedAt"),
    Chain.of("site", "openedAt <= offlineFrom <= offlineTo"),
    Chain.of("site", "noticeDate <= offlineFrom"),
    Chain.of("fee", "rows.*.effectiveFrom <= rows.*.effectiveTo"),
    Chain.of("annual-report", "from <= to < publishedAt"),
    Chain.of("site-report", "foot.date <= publishedAt"),
    Chain.of("monthly-report", "selfCheck.date <= sentAt"),
    Chain.of("service-statistics", "from <= to < publishedAt"),
    Chain.of("evaluation", "from <= to <= publishedAt"),
    Chain.of("reward", "decidedAt <= publishedAt"),
    Chain.of("reward", "decidedAt <= paidAt"),
    Chain.of("year-report", "asOf <= publishedAt <= comment.until"),
    Chain.of("attestation", "occurredAt <= endedAt <= attestedAt <= validUntil"),
    Chain.of("attestation", "occurredAt <= problems.*.fixedAt"),
    Chain.of("probe", "from <= to"),
)


@dataclass(frozen=True, slots=True)
class _Watched:
    """A chain, and the keys of which a record must have one for the chain to say anything."""

    chain: Chain
    keys: tuple[str, ...]


@kept
def _watched(schemas: Schemas) -> Mapping[str, Sequence[_Watched]]:
    """The chains of each kind.

    One field alone is never out of order, so the one that every record has, or else the first, is
    not among the keys to watch for: most records then end at a look for keys that they lack.
    """
    found: dict[str, list[_Watched]] = {}
    for chain in ORDERS:
        always = schemas.of(chain.kind).get("required", ())
        tops = [str(field[0]) for field in chain.fields]
        spared = next((index for index, top in enumerate(tops) if top in always), 0)
        keys = tuple(dict.fromkeys(tops[:spared] + tops[spared + 1 :]))
        found.setdefault(chain.kind, []).append(_Watched(chain, keys))
    return found


def dates_out_of_order(corpus: Corpus) -> Iterator[Diagnostic]:
    """A later step that is dated before an earlier one."""
    for kind, chains in _watched(corpus.schemas).items():
        for record in corpus.every(Record.classes[kind]):
            data = record.data
            for watched in chains:
                for key in watched.keys:
                    if key in data:
                        yield from _in_chain(corpus, record, watched.chain)
                        break


def _in_chain(corpus: Corpus, record: Record, chain: Chain) -> Iterator[Diagnostic]:
    for fields in _expanded(record.data, chain.fields):
        yield from _reversed(corpus, record, fields, chain.strict)


def _expanded(data: Mapping[str, Any], fields: tuple[Pointer, ...]) -> Iterator[Sequence[Pointer]]:
    """The fields with `*` made each index in turn of the one list that the chain speaks of."""
    starred = next((field for field in fields if "*" in field), None)
    if starred is None:
        yield fields
        return
    rows = _value(data, starred[: starred.index("*")])
    for index in range(len(rows) if isinstance(rows, list) else 0):
        yield [tuple(index if part == "*" else part for part in field) for field in fields]


def _value(data: Any, pointer: Pointer) -> Any:
    for part in pointer:
        if isinstance(part, int):
            data = data[part]
        else:
            data = data.get(part)
            if data is None:
                return None
    return data


def _reversed(
    corpus: Corpus, record: Record, fields: Sequence[Pointer], strict: Sequence[bool]
) -> Iterator[Diagnostic]:
    before: tuple[Pointer, str] | None = None
    for field, later in zip(fields, strict, strict=True):
        value = _value(record.data, field)
        if value is None:
            continue
        text = str(value)
        if before is not None:
            length = min(len(text), len(before[1]))
            one, two = before[1][:length], text[:length]
            if two < one or (later and two == one):
                yield _finding(corpus, record, before, (field, text), later)
        before = field, text


def _finding(
    corpus: Corpus,
    record: Record,
    earlier: tuple[Pointer, str],
    later: tuple[Pointer, str],
    strict: bool,
) -> Diagnostic:
    must = (
        {"zh": "必须晚于", "en": "must come after"}
        if strict
        else {"zh": "不能早于", "en": "cannot come before"}
    )
    return record.finding(
        "TIM-001",
        *later[0],
        earlier=called(corpus, record, earlier[0]),
        earlier_value=earlier[1],
        later=called(corpus, record, later[0]),
        later_value=later[1],
        must=must,
    )
