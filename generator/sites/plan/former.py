"""Former addresses: what moved points on, what was taken back says so, nothing just vanishes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model import Site
from generator.sites.addresses import host_url
from generator.sites.listing import Listing

__all__ = ["former_addresses"]

_OVER = "公示期满，名单已经撤下"  # why a list of persons who got help is gone

_SLASHES = re.compile("/+")


def former_addresses(listing: Listing, site: Site) -> tuple[dict[str, str], dict[str, str]]:
    """What moved (former path → now) and what is gone (former path → reason), for one site."""
    moved = {_path(row["from"]): str(row["to"]) for row in site.redirects}
    gone = {_path(row["from"]): str(row["reason"]) for row in site.tombstones}
    for record, path in listing.pages_on(site):
        data = record.data
        over = "benefitList" in data and listing.is_over(record)
        if "formerAddresses" not in data and "withdrawn" not in data and not over:
            continue
        withdrawn: Mapping[str, str] = data.get("withdrawn") or ({"reason": _OVER} if over else {})
        target = _replacement(listing, site, withdrawn.get("replacedBy", ""))
        if withdrawn and not target:
            gone[path] = withdrawn["reason"]
        elif withdrawn:
            moved[path] = target
        for former in record.data.get("formerAddresses", ()):
            if withdrawn and not target:
                gone[_path(former)] = withdrawn["reason"]
            else:
                moved[_path(former)] = target or "/" + path
    return moved, gone


def _path(address: str) -> str:
    path = _SLASHES.sub("/", address).lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def _replacement(listing: Listing, site: Site, record_id: str) -> str:
    record = listing.corpus.records.get(record_id)
    if record is None or not listing.is_shown(record):
        return ""
    where = listing.addresses.page(record)
    if where is None:
        return ""
    return "/" + where[1] if where[0] is site else host_url(*where)
