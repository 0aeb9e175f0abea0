"""Items: the Markdown records that are published in columns, and what they share."""

from __future__ import annotations

from generator.model.fields import (
    Day,
    Flag,
    MaybeDay,
    MaybeMoment,
    Moment,
    Number,
    Part,
    Parts,
    Text,
    Texts,
)
from generator.model.record import Record

__all__ = [
    "Article",
    "Consultation",
    "Disclosure",
    "Guide",
    "Institution",
    "Interpretation",
    "Interview",
    "Item",
    "Meeting",
    "Policy",
]


class Item(Record):
    """A published Markdown record: a title, a body, a time, and the columns that list it."""

    column = Text("column")
    published = Moment("publishedAt")
    source = Text("source")
    author = Text("author")
    summary = Text("summary")
    keywords = Texts("keywords")
    image = Part("image")
    attachments = Parts("attachments")
    outlets = Parts("outlets")
    embargo = Flag("embargo")
    withdrawn = Part("withdrawn")
    former_addresses = Texts("formerAddresses")
    expires = MaybeMoment("expiresAt")

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self.document.body


class Article(Item):
    """动态要闻、通知公告 and the like."""

    kind = "article"
    origin = Text("origin")
    source_url = Text("sourceUrl")
    partner = Text("partner")


class _Disclosed(Item):
    """An item that article 26 of the regulation gives twenty workdays."""

    index_number = Text("indexNumber")
    theme = Text("theme")
    issuer = Text("issuer")
    formed = MaybeDay("formedDate")
    late_reason = Text("lateReason")
    validity = Text("validity")
    effective = MaybeDay("effectiveDate")
    repealed = MaybeDay("repealedDate")


class Policy(_Disclosed):
    """政策文件: rules, normative and other documents."""

    kind = "policy"
    document_number = Text("documentNumber")
    written = Day("writtenDate")
    needs_interpretation = Flag("needsInterpretation")
    interpretations = Texts("interpretations")
    replaces = Parts("replaces")
    replaced_by = Parts("replacedBy")
    amends = Parts("amends")
    article20 = Number("article20Item")


class Interpretation(Item):
    """政策解读 of one or more policies."""

    kind = "interpretation"
    policies = Texts("policies")
    form = Text("form")
    cases = Parts("cases")
    charts = Parts("charts")
    media = Parts("media")


class Disclosure(_Disclosed):
    """法定主动公开内容: information under article 20 or 21 of the regulation."""

    kind = "disclosure"
    written = MaybeDay("writtenDate")

    @property
    def article20(self) -> int:
        """The number of the item of article 20; 0 where it falls under article 21 alone."""
        return int(self.data.get("article20Item") or 0)


class Guide(Item):
    """政府信息公开指南."""

    kind = "guide"


class Institution(Item):
    """政府信息公开制度 and other published systems."""

    kind = "institution"
    written = MaybeDay("writtenDate")


class Consultation(Item):
    """意见征集 or 网上调查, with its result once there is one."""

    kind = "consultation"
    form = Text("kind")
    opens = Day("opens")
    closes = Day("closes")
    result = Part("result")


class Interview(Item):
    """在线访谈."""

    kind = "interview"
    held = MaybeMoment("heldAt")
    questions = Parts("questions")


class Meeting(Record):
    """联席会议; public only where it says so."""

    kind = "meeting"
    decisions = Parts("decisions")

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self.document.body
