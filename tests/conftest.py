"""What every test session needs before Django starts; the register for tests of real places."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.template.base import Template
from django.utils import translation

from climateportal import catalogues

if TYPE_CHECKING:
    from tests.prepared import Prepared

# files that take ten seconds or more: begun first, so that no worker is left alone with one
LONG = (
    "odd/test_addresses.py", "test_public_pages.py", "climateportal/test_admin_rights.py",
    "odd/test_forms.py", "projects/test_admin_project.py", "projects/test_review.py",
    "projects/test_review_ways.py", "projects/test_admin_money.py",
    "climateportal/test_staleness.py", "projects/test_drafts.py",
    "projects/test_admin_goals.py", "test_migrations.py", "projects/test_demo.py",
    "projects/documents/test_contract.py", "projects/test_listing.py",
    "projects/test_own_part.py", "projects/test_demo_refusals.py", "test_attacks.py",
    "climateportal/test_stalenessrows.py", "projects/test_admin_decision.py",
)  # fmt: skip
PARTS_OF_FORMS = ("django/forms/", "admin/widgets/", "admin/edit_inline/", "admin/includes/")


def pytest_configure() -> None:
    """Compile the translations: addresses and words are Finnish only once they are."""
    catalogues.compile_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files first. On PostgreSQL without what asks no database, or nothing that
    databases answer differently, and without half of the variants: they have run on SQLite.
    """
    from django.conf import settings

    items.sort(key=_long_first)
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        return
    asking = [item for item in items if _uses_db(item) and not _the_same_anywhere(item)]
    asking = _half_of_variants(asking)
    config.hook.pytest_deselected(items=[item for item in items if item not in asking])
    items[:] = asking


def _long_first(item: pytest.Item) -> int:
    name = item.path.relative_to(Path(__file__).parent).as_posix()
    return LONG.index(name) if name in LONG else len(LONG)


def _half_of_variants(items: list[pytest.Item]) -> list[pytest.Item]:
    """Every test, but of one with four variants or more the first and every second: each way into
    the database is walked, and the values were all tried on SQLite.
    """
    variants: dict[object, list[pytest.Item]] = {}
    for item in items:
        variants.setdefault((item.path, getattr(item, "function", item)), []).append(item)
    left_out = {
        item for found in variants.values() if len(found) > 3 for item in found[1::2]
    }  # by their place, the same in every worker
    return [item for item in items if item not in left_out]


def _uses_db(item: pytest.Item) -> bool:
    fixtures = {"db", "demo", "transactional_db", "django_db_setup"}
    return bool(item.get_closest_marker("django_db")) or not fixtures.isdisjoint(item.fixturenames)


def _the_same_anywhere(item: pytest.Item) -> bool:
    return item.get_closest_marker("any_database") is not None


def pytest_collection_finish() -> None:
    """What is loaded stays: looking through it for garbage again and again is a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def pages_are_told(django_test_environment: None) -> Iterator[None]:
    """Tests hear of the templates of pages, not of the thousands of a form's widgets and rows.

    Telling of those and copying their contexts is a third of the time in which the admin's largest
    forms answer.
    """
    telling = Template._render

    def render(template: Template, context: Any) -> Any:
        if str(template.name).startswith(PARTS_OF_FORMS):
            return template.nodelist.render(context)
        return telling(template, context)

    Template._render = render
    yield
    Template._render = telling


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    """Each test begins in Finnish: a request leaves its language behind in the thread."""
    with translation.override("fi"):
        yield


@pytest.fixture(scope="session")
def prepared(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator["Prepared"]:
    """Databases that are filled once for this worker."""
    from django.db import connection

    from tests.prepared import Prepared  # both need Django started

    with django_db_blocker.unblock():
        made = Prepared(connection)
    yield made
    with django_db_blocker.unblock():
        made.drop()


@pytest.fixture(scope="session")
def register_made(prepared: "Prepared", django_db_blocker: pytest.FixtureRequest) -> None:
    """The register in a database of its own."""
    from municipalities.register import load

    with django_db_blocker.unblock():
        prepared.once("register", load)


@pytest.fixture
def register(prepared: "Prepared", register_made: None, db: None) -> Iterator[None]:
    """All municipalities, counties, sub-regions and their organisations, as they ship."""
    with prepared.begin_with("register"):
        yield


@pytest.fixture(scope="session")
def demo_made(prepared: "Prepared", django_db_blocker: pytest.FixtureRequest) -> None:
    """The demo in a database of its own."""
    from django.core.management import call_command

    def fill() -> None:
        for command in ("load_register", "load_pages", "demo"):
            call_command(command, verbosity=0)

    with django_db_blocker.unblock(), translation.override("fi"):
        prepared.once("demo", fill)


@pytest.fixture(scope="module")
def demo(
    prepared: "Prepared", demo_made: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """The register, the first pages and the whole demo, for all tests of a module."""
    with django_db_blocker.unblock(), prepared.begin_with("demo"):
        yield
