"""Files → documents: values as they were written, each with its line and column."""

from generator.load.document import Document, Table
from generator.load.kinds import KINDS, KINDS_BY_NAME, Form, Kind, locate
from generator.load.reader import (
    CONTENT,
    Loaded,
    Source,
    load,
    read_all,
    read_document,
    read_source,
    record_files,
    sort_out,
)
from generator.load.yaml_reader import Pointer, read_yaml

__all__ = [
    "CONTENT",
    "KINDS",
    "KINDS_BY_NAME",
    "Document",
    "Form",
    "Kind",
    "Loaded",
    "Pointer",
    "Source",
    "Table",
    "load",
    "locate",
    "read_all",
    "read_document",
    "read_source",
    "read_yaml",
    "record_files",
    "sort_out",
]
