"""What every test session needs before Django starts."""

from climateportal import catalogues


def pytest_configure() -> None:
    """Compile the translations: addresses and words are Finnish only once they are."""
    catalogues.compile_all()
