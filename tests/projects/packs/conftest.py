"""The case of every test of packs."""

import pytest

from tests.projects.packs.case import Case


@pytest.fixture
def case() -> Case:
    """The region on a fresh database."""
    return Case()
