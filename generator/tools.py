"""What every result follows from beside the content: the program, its schemas, its libraries."""

from __future__ import annotations

from pathlib import Path

from generator.store import digest_of

__all__ = ["tools_key"]

# The libraries whose version can change what is found in content or written on a page.
_LIBRARIES = (
    "comrak", "jinja2", "jsonschema", "jsonschema-rs", "lxml", "markupsafe", "mkdocs",
    "mkdocs-material", "nh3", "openpyxl", "pillow", "puremagic", "pypdf", "python-docx", "pyyaml",
)  # fmt: skip


def tools_key(root: Path) -> str:
    """A digest of the program's own files and of the schemas at `root`."""
    from importlib.metadata import version

    own = Path(__file__).parent
    files = [*sorted(own.rglob("*.py")), *sorted((root / "schemas").glob("*.json"))]
    rows = (digest_of(_name(file, own), file.read_bytes()) for file in files)
    return digest_of(*rows, *(version(name) for name in _LIBRARIES))


def _name(file: Path, own: Path) -> str:
    """A file of the program by its place in it; a schema by its name."""
    return file.relative_to(own).as_posix() if file.is_relative_to(own) else file.name
