"""The field reference, annotated examples and code pages, from schemas and message catalogues."""

from generator.reference.annotated import annotated, example_record
from generator.reference.codes import Page, page
from generator.reference.fields import Field, conditions, fields
from generator.reference.groups import by_family, family_title
from generator.reference.handbook import handbook, navigation

__all__ = [
    "Field",
    "Page",
    "annotated",
    "by_family",
    "conditions",
    "example_record",
    "family_title",
    "fields",
    "handbook",
    "navigation",
    "page",
]
