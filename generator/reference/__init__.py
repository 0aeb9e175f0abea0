"""The field reference, annotated examples and code pages, from schemas and message catalogues."""

from generator.reference.annotated import annotated, example_record
from generator.reference.codes import Page, by_family, page
from generator.reference.fields import Field, conditions, fields

__all__ = [
    "Field",
    "Page",
    "annotated",
    "by_family",
    "conditions",
    "example_record",
    "fields",
    "page",
]
