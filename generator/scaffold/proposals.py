"""Sensible values for fields, from what the group already says: one row a field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.load import Pointer
from generator.model import Record
from generator.scaffold.numbers import next_index_number, next_organ_code
from generator.scaffold.question import UNANSWERED
from generator.scaffold.setting import Setting

__all__ = ["proposal", "standard_columns"]

_COLUMNS = Path(__file__).with_name("columns.yml")
_GOVERNMENTS = ("city", "county", "zone")
_HALF_YEAR = 6

Make = Callable[[Setting, Mapping[str, Any], Any], object]


def proposal(setting: Setting, pointer: Pointer, schema: Mapping[str, Any], so_far: Any) -> object:
    """A value that is probably right; UNANSWERED where there is none."""
    make = _PROPOSALS.get((setting.kind.name, *pointer)) or _PROPOSALS.get(("*", *pointer[-1:]))
    value = make(setting, schema, so_far) if make else None
    return UNANSWERED if value is None or value == "" else value


@cache
def _trees() -> Any:
    return yaml.load(_COLUMNS.read_text("utf-8"), Loader=yaml.CSafeLoader)


def standard_columns(tree: str, unit: str) -> list[dict[str, Any]]:
    """The standard column tree (`government`, `department` or `portal`) for a unit's name."""

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: named(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [named(inner) for inner in value]
        return value.replace("{unit}", unit) if isinstance(value, str) else value

    found: list[dict[str, Any]] = named(_trees()[tree])
    return found


def _today(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    """Now, in the form of the field: a time to five minutes, or a day."""
    now = setting.now - timedelta(minutes=setting.now.minute % 5)
    form = {"local-datetime": "%Y-%m-%d %H:%M", "local-date": "%Y-%m-%d", "local-month": "%Y-%m"}
    pattern = form.get(schema.get("format", ""))
    return now.strftime(pattern) if pattern else None


def _last_month(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    return (setting.now.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def _report_year(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    """The year that a report is about: in the first half of a year the one before."""
    return setting.now.year - (setting.now.month <= _HALF_YEAR)


def _unit_name(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    return setting.owner.name if setting.owner and "enum" not in schema else None


def _own_unit(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    return setting.unit if setting.owner and "unit" in schema.get("x-reference", ()) else None


def _own_site(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    site = setting.site
    return site.unit if site and "site" in schema.get("x-reference", ()) else None


def _index_number(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    owner = setting.owner
    if owner is None or not owner.organ_code:
        return None
    return next_index_number(setting.corpus, owner.organ_code, setting.now.year)


def _division(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    group = setting.corpus.group
    return group.division if group and so_far.get("type") not in ("county", "township") else None


def _organ_code(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    group = setting.corpus.group
    return next_organ_code(setting.corpus, group.division) if group else None


def _parent(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    cities = [unit.unit for unit in setting.corpus.units.values() if unit.type == "city"]
    group = setting.corpus.group
    return cities[0] if cities else group.portal if group else None


def _of_new_unit(key: str, after: str = "") -> Make:
    """A value of the unit that is just being described."""

    def make(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
        return f"{so_far[key]}{after}" if so_far.get(key) else None

    return make


def _of_owner(key: str) -> Make:
    """A value of the unit that will own the record."""

    def make(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
        return setting.owner.data.get(key) if setting.owner else None

    return make


def _role(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    group = setting.corpus.group
    return "portal" if group and group.portal == setting.unit else "subsite"


def _site_class(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    kind = setting.owner.type if setting.owner else ""
    of_government = kind in _GOVERNMENTS or so_far.get("role") == "portal"
    return "government" if of_government else "department"


def _error_report_url(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    group = setting.corpus.group
    start = group.footer.get("errorReportUrl") if group else ""
    return f"{start}{so_far['siteCode']}" if start and so_far.get("siteCode") else None


def _tree(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    tree = "portal" if so_far.get("role") == "portal" else so_far.get("siteClass")
    name = setting.owner.name if setting.owner else so_far.get("title", "")
    return standard_columns(str(tree), name) if tree in _trees() else None


def _count_of_kind(setting: Setting, schema: Mapping[str, Any], so_far: Any) -> object:
    records = setting.corpus.every(Record.classes[setting.kind.name])
    return 1 + sum(record.unit == setting.unit for record in records)


def _fixed(value: object) -> Make:
    return lambda setting, schema, so_far: value


# By kind and pointer, or by a field's name in every kind.
_PROPOSALS: Mapping[tuple[str | int, ...], Make] = {
    ("*", "title"): lambda setting, schema, so_far: setting.title,
    **{
        ("*", name): _today
        for name in (
            "publishedAt", "updatedAt", "verifiedAt", "receivedAt", "sentAt", "attestedAt",
            "adoptedAt", "registeredAt", "announcedAt", "formedDate", "writtenDate", "issuedAt",
            "foundAt", "decidedAt", "asOf", "openedAt", "filedAt",
        )
    },
    **{("*", name): _unit_name for name in ("source", "issuer", "issuedBy", "organiser", "host")},
    ("*", "unit"): _own_unit,
    ("*", "site"): _own_site,
    ("*", "indexNumber"): _index_number,
    ("*", "origin"): _fixed("original"),
    ("*", "way"): _fixed("proactive"),
    ("*", "validity"): _fixed("valid"),
    ("*", "status"): _fixed("running"),
    ("*", "year"): _report_year,
    ("*", "month"): _last_month,
    **{
        (kind, name): lambda setting, schema, so_far: setting.title
        for kind, name in (
            ("unit", "name"), ("leader", "name"), ("partner", "name"), ("group", "name"),
            ("media-account", "name"), ("service", "taskName"),
        )
    },
    ("unit", "parent"): _parent,
    ("unit", "divisionCode"): _division,
    ("unit", "organCode"): _organ_code,
    ("unit", "disclosureOffice", "name"): _of_new_unit("shortName", "办公室"),
    ("unit", "disclosureOffice", "address"): _of_new_unit("address"),
    ("unit", "disclosureOffice", "hours"): _of_new_unit("officeHours"),
    ("unit", "disclosureOffice", "phone"): _of_new_unit("phone"),
    ("site", "title"): lambda setting, schema, so_far: setting.title or _unit_name(
        setting, schema, so_far
    ),
    ("site", "role"): _role,
    ("site", "siteClass"): _site_class,
    ("site", "contact", "phone"): _of_owner("phone"),
    ("site", "errorReportUrl"): _error_report_url,
    ("site", "columns"): _tree,
    ("leader", "order"): _count_of_kind,
    ("service", "deptName"): _unit_name,
    ("service", "deptCode"): _of_owner("creditCode"),
}  # fmt: skip
