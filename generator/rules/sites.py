"""Sites and the units behind them: identity, filings, life cycle.

What a site says of itself is held against its unit, against the table of divisions and against
the other sites. Addresses that moved stand in `addresses.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Place
from generator.model import Divisions, Site

__all__ = [
    "closed_without_notice",
    "error_report_of_another_site",
    "filing_of_another_place",
    "folder_without_unit",
    "foreign_domain",
    "identity_used_twice",
    "offline_too_long",
    "portal_not_one",
    "site_class_against_unit",
    "site_code_of_another_division",
    "site_of_abolished_unit",
    "unknown_division",
]

_GOVERNMENT = (".gov.cn", ".政务", ".xn--zfr164b")
_GOVERNMENTS = frozenset({"city", "county"})
_DEPARTMENTS = frozenset({"department", "institution"})


def folder_without_unit(corpus: Corpus) -> Iterator[Diagnostic]:
    """A unit's folder with files in it and no unit.yml, told at its first file."""
    units = {record.unit for record in corpus.subjects.values()} - {""}
    units.update(path.split("/")[2] for path in corpus.assets)
    for unit in sorted(units):
        if unit in corpus.units or f"units/{unit}/unit" in corpus.broken:
            continue
        own = [record.path for record in corpus.subjects.values() if record.unit == unit]
        files = [path for path in corpus.assets if path.startswith(f"content/units/{unit}/")]
        values = {"file": f"content/units/{unit}/unit.yml"}
        yield Diagnostic("SIT-001", Place(min([*own, *files])), values)


def _divisions(corpus: Corpus) -> frozenset[str]:
    return frozenset(row["code"] for table in corpus.common(Divisions) for row in table.rows)


def unknown_division(corpus: Corpus) -> Iterator[Diagnostic]:
    """A unit with the code of a division that is not in the table."""
    known = _divisions(corpus)
    for unit in corpus.units.values():
        code = unit.data.get("divisionCode")
        if code is not None and known and code not in known:
            yield unit.finding("SIT-002", "divisionCode", number=code, known=sorted(known))


def site_code_of_another_division(corpus: Corpus) -> Iterator[Diagnostic]:
    """A site code that does not begin with the division of the unit, or of the city."""
    for site in corpus.sites.values():
        unit = corpus.units.get(site.unit)
        if unit is None or corpus.group is None:
            continue
        division = str(unit.data.get("divisionCode") or corpus.group.division)
        if not site.code.startswith(division):
            yield site.finding("SIT-003", "siteCode", number=site.code, division=division)


def identity_used_twice(corpus: Corpus) -> Iterator[Diagnostic]:
    """A site code, address or filing number that two sites bear."""
    for key in ("siteCode", "url", "icp", "policeNumber"):
        seen: dict[str, Site] = {}
        for site in corpus.sites.values():
            value = str(site.data[key]).replace(" ", "").lower()
            first = seen.setdefault(value, site)
            if first is not site:
                yield site.finding(
                    "SIT-004",
                    key,
                    field=_title(corpus, key),
                    value=site.data[key],
                    other=first.name,
                    file=first.path,
                )


def _title(corpus: Corpus, key: str) -> dict[str, str]:
    return {"zh": str(corpus.schemas.at("site", (key,)).get("title", key)), "en": key}


def _host(site: Site) -> str:
    return urlsplit(site.url).hostname or ""


def foreign_domain(corpus: Corpus) -> Iterator[Diagnostic]:
    """A site under no government domain; a department's that is no sub-domain of the portal's."""
    portal = corpus.portal
    domain = _host(portal).removeprefix("www.") if portal else ""
    for site in corpus.sites.values():
        host = _host(site)
        if not host.endswith(_GOVERNMENT):
            yield site.finding("SIT-005", "url", host=host)
        elif domain and site.data["siteClass"] == "department" and not host.endswith("." + domain):
            yield site.finding("SIT-006", "url", host=host, domain=domain)


def portal_not_one(corpus: Corpus) -> Iterator[Diagnostic]:
    """A portal that the group does not name, or a named one that says it is none."""
    if corpus.group is None:
        return
    for site in corpus.sites.values():
        named = site.unit == corpus.group.portal
        if named != (site.role == "portal"):
            yield site.finding("SIT-007", "role", named=corpus.group.portal, site=site.unit)


def site_class_against_unit(corpus: Corpus) -> Iterator[Diagnostic]:
    """A government's site that calls itself a department's, or the other way round."""
    for site in corpus.sites.values():
        unit = corpus.units.get(site.unit)
        if unit is None or site.role == "portal":
            continue
        wanted = (
            "government"
            if unit.type in _GOVERNMENTS
            else "department"
            if unit.type in _DEPARTMENTS
            else ""
        )
        if wanted and site.data["siteClass"] != wanted:
            yield site.finding(
                "SIT-008",
                "siteClass",
                type={"zh": corpus.label(unit, "type"), "en": unit.type},
                wanted=wanted,
            )


def error_report_of_another_site(corpus: Corpus) -> Iterator[Diagnostic]:
    """An entrance for error reports that does not carry the site's own code."""
    for site in corpus.sites.values():
        if site.code not in site.data["errorReportUrl"]:
            yield site.finding("SIT-009", "errorReportUrl", number=site.code)


def filing_of_another_place(corpus: Corpus) -> Iterator[Diagnostic]:
    """A police filing from outside the city, or filings that name two provinces."""
    if corpus.group is None:
        return
    for site in corpus.sites.values():
        number = site.police_number
        digits = "".join(sign for sign in number if sign.isdigit())
        if not digits.startswith(corpus.group.division[:4]):
            yield site.finding(
                "SIT-010", "policeNumber", number=number, division=corpus.group.division[:4]
            )
        elif number[0] != site.icp[0]:
            yield site.finding("SIT-011", "icp", icp=site.icp, police=number)


def offline_too_long(corpus: Corpus) -> Iterator[Diagnostic]:
    """A site taken offline for longer than the limit."""
    for site in corpus.sites.values():
        start, end = site.data.get("offlineFrom"), site.data.get("offlineTo")
        if site.status != "offline" or start is None or end is None:
            continue
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days
        limit = int(corpus.threshold("site-offline-max-days"))
        if days > limit:
            yield site.finding("SIT-012", "offlineTo", days=days, limit=limit)


def closed_without_notice(corpus: Corpus) -> Iterator[Diagnostic]:
    """A site closed sooner after its notice than the limit."""
    for site in corpus.sites.values():
        if site.status != "closed":
            continue
        notice = date.fromisoformat(site.data["noticeDate"])
        days = (date.fromisoformat(site.data["offlineFrom"]) - notice).days
        limit = int(corpus.threshold("site-closing-notice-days"))
        if days < limit:
            yield site.finding("SIT-013", "noticeDate", days=days, limit=limit)


def site_of_abolished_unit(corpus: Corpus) -> Iterator[Diagnostic]:
    """A site that runs on although its unit is no more."""
    for site in corpus.sites.values():
        unit = corpus.units.get(site.unit)
        if unit is not None and unit.abolished is not None and site.status == "running":
            yield site.finding("SIT-014", "status", at=unit.abolished.isoformat())
