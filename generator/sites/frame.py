"""What the frame of a site's pages says: its names, its columns, the eight items of the footer.

Source of the footer: 国办秘函〔2019〕19号 (indicator 网站标识) and 《网页设计规范》.
"""

from __future__ import annotations

from typing import Any

from generator.corpus import Corpus
from generator.model import Column, Site

__all__ = ["frame_settings"]

_BADGE = "https://bszs.conac.cn/"
_ICP = "https://beian.miit.gov.cn/"
_POLICE = "https://beian.mps.gov.cn/"


def frame_settings(corpus: Corpus, site: Site) -> dict[str, Any]:
    """What the theme's templates need to know of a site, as plain values."""
    group = corpus.group
    footer = group.footer if group else {}
    portal = corpus.portal
    return {
        "id": site.unit,
        "name": site.name,
        "subtitle": site.subtitle,
        "url": site.url,
        "code": site.code,
        "is_portal": site is portal,
        "portal": {"name": portal.name, "url": portal.url} if portal else None,
        "primary": site.theme.get("primary", "#a61b1b"),
        "accent": site.theme.get("accent", "#8a5a00"),
        "columns": [_column(column) for column in site.columns if not column.hidden],
        "logo": _logo(site),
        "host": site.host,
        "organiser": site.organiser,
        "contact": dict(site.contact),
        "icp": site.icp,
        "icp_url": footer.get("icpUrl", _ICP),
        "police": site.police_number,
        "police_url": footer.get("policeUrl", _POLICE),
        "badge_url": site.data.get("partyGovBadge", _BADGE),
        "error_report_url": site.data["errorReportUrl"],
        "friends": [dict(link) for link in site.friend_links],
        "notice": group.sample_notice if group else "",
    }


def _logo(site: Site) -> dict[str, str] | None:
    """The site's own mark, its file named from the root of the site."""
    logo = site.data.get("logo")
    return {"file": logo["file"], "alt": logo["alt"]} if logo else None


def _column(column: Column) -> dict[str, Any]:
    return {
        "id": column.id,
        "title": column.title,
        "path": column.url or f"{column.id}/",
        "external": bool(column.url),
        "children": [_column(child) for child in column.children if not child.hidden],
    }
