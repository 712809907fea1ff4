"""What every test session needs before Django starts; the register for tests of real places."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from climateportal import catalogues


def pytest_configure() -> None:
    """Compile the translations: addresses and words are Finnish only once they are."""
    catalogues.compile_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what asks no database: it has run on SQLite just before."""
    from django.conf import settings

    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        return
    asking = [item for item in items if item.get_closest_marker("django_db") or _uses_db(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in asking])
    items[:] = asking


def _uses_db(item: pytest.Item) -> bool:
    return not {"db", "demo", "transactional_db", "django_db_setup"}.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    """Each test begins in Finnish: a request leaves its language behind in the thread."""
    with translation.override("fi"):
        yield


@pytest.fixture
def register(db: None) -> None:
    """All municipalities, counties, sub-regions and their organisations, as they ship."""
    from municipalities.register import load  # models need Django started

    load()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The register, the first pages and the whole demo, made once for a module and then undone."""
    from django.core.management import call_command
    from django.db import transaction

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            call_command("load_register", verbosity=0)
            call_command("load_pages", verbosity=0)
            call_command("demo", verbosity=0)
            yield
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
