"""Numbers that name a document: 索引号, unique for ever, and 发文字号, in its one right form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Disclosure, Policy, Record
from generator.rules.twice import repeated

__all__ = [
    "document_number_ill_formed",
    "document_number_of_another_year",
    "document_number_twice",
    "foreign_prefix",
    "index_number_of_another_unit",
    "index_number_reused",
    "index_number_twice",
    "organ_code_twice",
]

_NUMBER = re.compile(
    r"(?P<prefix>[一-龥]{2,12})〔(?P<year>(?:19|20)[0-9]{2})〕(?P<serial>[1-9][0-9]*)号"
)
# 命令（令）、公告: numbered through, without a year.
_THROUGH = re.compile(r"(?:[一-龥]{0,20}(?:令|公告|通告))?第[1-9][0-9]*号")


def _indexed(corpus: Corpus) -> Iterator[tuple[str, Record]]:
    """Every index number of the group with its record, in id order."""
    for record in corpus.records.values():
        number = record.data.get("indexNumber")
        if isinstance(number, str):
            yield number, record


def index_number_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """An index number that another record already has."""
    for record, other in repeated(corpus, _indexed(corpus)):
        number = record.data["indexNumber"]
        yield record.finding("NUM-001", "indexNumber", number=number, other=other.path)


def index_number_reused(corpus: Corpus) -> Iterator[Diagnostic]:
    """An index number that another file held before.

    A file that was moved keeps its number: it names its old address in `formerAddresses`.
    """
    past = corpus.past()
    for number, record in _indexed(corpus):
        addresses = record.data.get("formerAddresses") or ()
        others = sorted(
            path
            for path in past.get(number, ())
            if path != record.path
            and not any(_stem(path) in address for address in addresses)
            and not _holds(corpus, path, number)
        )
        if others:
            yield record.finding("NUM-002", "indexNumber", number=number, other=others[0])


def _stem(path: str) -> str:
    """The end of the address of the record in `path`: `/policies/2026/0007`."""
    return "/" + path.split("/", 3)[-1].rpartition(".")[0]


def _holds(corpus: Corpus, path: str, number: str) -> bool:
    """Whether the file still has the number: then two have it, which is said elsewhere."""
    record = corpus.records.get(path.removeprefix("content/").rpartition(".")[0])
    return record is not None and record.data.get("indexNumber") == number


def index_number_of_another_unit(corpus: Corpus) -> Iterator[Diagnostic]:
    """An index number that does not begin with the code of the unit that owns the record."""
    for number, record in _indexed(corpus):
        unit = corpus.units.get(record.unit)
        if unit and unit.organ_code and number.partition("/")[0] != unit.organ_code:
            yield record.finding(
                "NUM-003", "indexNumber", number=number, organ=unit.organ_code, unit=unit.name
            )


def organ_code_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """A unit whose code another unit already has."""
    coded = ((unit.organ_code, unit) for unit in corpus.units.values() if unit.organ_code)
    for unit, other in repeated(corpus, coded):
        yield unit.finding("NUM-004", "organCode", organ=unit.organ_code, other=other.title)


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
    for number, item in _numbered(corpus):
        match = _NUMBER.fullmatch(number)
        day = item.written or item.formed
        if match and day and int(match["year"]) != day.year:
            yield item.finding(
                "NUM-007", "documentNumber", year=match["year"], written=day.isoformat()
            )


def document_number_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """A document number that another record has; one without a year is its issuer's own."""
    named = (
        ((item.issuer if _THROUGH.fullmatch(number) else "", number), item)
        for number, item in _numbered(corpus)
    )
    for item, other in repeated(corpus, named):
        number = item.data["documentNumber"]
        yield item.finding("NUM-008", "documentNumber", number=number, other=other.path)
