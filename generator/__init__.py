"""Gongkai: a city's government website group, built from schema-validated content in git."""

__version__ = "0.1.0"
