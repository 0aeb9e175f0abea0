"""What the tests of schemas share: the repository's schemas, compiled once."""

from pathlib import Path

import pytest

from generator.schema import Schemas


@pytest.fixture(scope="session")
def schemas(root: Path) -> Schemas:
    """The schemas in `schemas/`."""
    return Schemas.read(root / "schemas")
