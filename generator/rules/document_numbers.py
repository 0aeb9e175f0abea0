"""Document numbers (发文字号): in the one right form, their issuer's, of their year, given once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.corpus import Claim, Corpus
from generator.diagnostics import Diagnostic
from generator.model import Disclosure, Institution, Policy
from generator.rules.joined import Joined
from generator.rules.twice import repeated

__all__ = [
    "document_number_ill_formed",
    "document_number_of_another_year",
    "document_number_twice",
    "foreign_prefix",
]

_NUMBER = re.compile(
    r"(?P<prefix>[一-龥]{2,12})〔(?P<year>(?:19|20)[0-9]{2})〕(?P<serial>[1-9][0-9]*)号"
)
# 命令（令）、公告: numbered through, without a year.
_THROUGH = re.compile(r"(?:[一-龥]{0,20}(?:令|公告|通告))?第[1-9][0-9]*号")


def _numbered(corpus: Corpus) -> Iterator[tuple[str, Policy | Disclosure]]:
    for policy in corpus.every(Policy):
        if policy.document_number:
            yield policy.document_number, policy
    for disclosure in corpus.every(Disclosure):
        number = disclosure.data.get("documentNumber")
        if number:
            yield str(number), disclosure


def document_number_ill_formed(corpus: Corpus) -> Iterator[Diagnostic]:
    """A document number in another form than 机关代字〔年份〕顺序号."""
    for number, item in _numbered(corpus):
        if not _NUMBER.fullmatch(number) and not _THROUGH.fullmatch(number):
            yield item.finding("NUM-005", "documentNumber", number=number, fault=_fault(number))


_FAULTS: tuple[tuple[str, str, str], ...] = (
    (r"\s", "里面有空格", "it holds a blank"),
    (r"[０-９Ａ-Ｚａ-ｚ]", "用了全角的数字或字母", "its digits are full-width"),
    (
        r"[\[\]()（）【】<>《》「」]",
        "年份要用六角括号〔〕",
        "the year stands in the wrong brackets",
    ),
    (r"〔[0-9]{2}〕", "年份要写四位", "the year has two digits"),
    (r"〕第", "顺序号前不写“第”", "第 stands before the serial number"),
    (r"〕0", "顺序号不编虚位，前面不写 0", "the serial number has a leading zero"),
    (r"[^号]\Z", "末尾缺少“号”", "it does not end in 号"),
    (r"^〔", "缺少机关代字", "the organ's prefix is missing"),
)


def _fault(number: str) -> dict[str, str]:
    for pattern, chinese, english in _FAULTS:
        if re.search(pattern, number):
            return {"zh": chinese, "en": english}
    return {
        "zh": "应为 机关代字〔年份〕顺序号",
        "en": "it is not of the form 机关代字〔year〕serial号",
    }


def foreign_prefix(corpus: Corpus) -> Iterator[Diagnostic]:
    """A document number whose prefix its issuer has not registered.

    The issuers are the units of the group that the record names; one outside the group is not
    ours to judge.
    """
    by_name = {
        name: unit for unit in corpus.units.values() for name in (unit.name, unit.short_name)
    }
    for number, item in _numbered(corpus):
        match = _NUMBER.fullmatch(number)
        names = (item.issuer, *(item.data.get("jointIssuers") or ()))
        issuers = [by_name[name] for name in names if name in by_name]
        known = sorted({prefix for unit in issuers for prefix in unit.prefixes})
        if match and issuers and match["prefix"] not in known:
            yield item.finding(
                "NUM-006",
                "documentNumber",
                prefix=match["prefix"],
                unit=issuers[0].name,
                known=known or [{"zh": "（还没有登记）", "en": "(none)"}],
            )


def document_number_of_another_year(corpus: Corpus) -> Iterator[Diagnostic]:
    """A document number of another year than the one its document was written in."""
    dated = [(number, item, item.written or item.formed) for number, item in _numbered(corpus)]
    systems = [
        (str(system.data.get("documentNumber", "")), system, system.written)
        for system in corpus.every(Institution)
    ]
    for number, item, day in (*dated, *systems):
        match = _NUMBER.fullmatch(number)
        if match and day and int(match["year"]) != day.year:
            yield item.finding(
                "NUM-007", "documentNumber", year=match["year"], written=day.isoformat()
            )


def _document_numbers(corpus: Corpus) -> Iterator[Claim]:
    for number, item in _numbered(corpus):
        yield item.id, item.issuer if _THROUGH.fullmatch(number) else "", number


def _document_twice(corpus: Corpus, claims: Sequence[Claim]) -> Iterator[Diagnostic]:
    in_order = sorted(claims, key=lambda claim: claim[0].split("/")[2] != "policies")
    named = (((issuer, number), name) for name, issuer, number in in_order)
    for item, other in repeated(corpus, named):
        number = item.data["documentNumber"]
        yield item.finding("NUM-008", "documentNumber", number=number, other=other.path)


# A document number that another record has; one without a year is its issuer's own.
document_number_twice = Joined("document_number_twice", _document_numbers, _document_twice)
