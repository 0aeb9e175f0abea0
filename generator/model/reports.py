"""Reports, registers and records of work done."""

from __future__ import annotations

from generator.model.fields import MaybeMoment, Number, Parts, Text
from generator.model.record import Record

__all__ = [
    "Adoption",
    "AnnualReport",
    "Attestation",
    "Evaluation",
    "MediaAccount",
    "Migration",
    "MonthlyReport",
    "Partner",
    "Reward",
    "SiteReport",
    "YearReport",
]


class AnnualReport(Record):
    """政府信息公开工作年度报告."""

    kind = "annual-report"
    year = Number("year")
    published = MaybeMoment("publishedAt")


class SiteReport(Record):
    """政府网站工作年度报表."""

    kind = "site-report"
    year = Number("year")


class MonthlyReport(Record):
    """月度工作报表."""

    kind = "monthly-report"

    @property
    def title(self) -> str:
        """The month it reports."""
        year, month = str(self.data["month"]).split("-")
        return f"{year}年{int(month)}月政府网站工作报表"


class MediaAccount(Record):
    """政务新媒体: one account or app."""

    kind = "media-account"
    state = Text("state")


class Partner(Record):
    """合作媒体: a registered source of relayed items."""

    kind = "partner"
    domains = Parts("domains")


class Migration(Record):
    """集约化迁移 of one site."""

    kind = "migration"


class Adoption(Record):
    """What the portal took over."""

    kind = "adoption"


class Reward(Record):
    """年终评比."""

    kind = "reward"


class YearReport(Record):
    """年终工作公布."""

    kind = "year-report"


class Evaluation(Record):
    """群众评议."""

    kind = "evaluation"


class Attestation(Record):
    """Evidence of what no repository can prove."""

    kind = "attestation"
