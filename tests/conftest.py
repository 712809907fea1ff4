"""What every test session needs before Django starts; the register for tests of real places."""

import pytest

from climateportal import catalogues


def pytest_configure() -> None:
    """Compile the translations: addresses and words are Finnish only once they are."""
    catalogues.compile_all()


@pytest.fixture
def register(db: None) -> None:
    """All municipalities, counties, sub-regions and their organisations, as they ship."""
    from municipalities.register import load  # models need Django started

    load()
