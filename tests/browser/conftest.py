"""One browser for a session, and the demo on a live server for a module."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.adminpages import boss, opened, project
from tests.browser.chromium import launched

__all__ = ["boss", "browser", "demo_site", "opened", "project"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def demo_site(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server with the register, the first pages and the demo; emptied after.

    The rows are committed: the server answers in another thread.
    """
    with django_db_blocker.unblock():
        for command in ("load_register", "load_pages", "demo"):
            call_command(command, verbosity=0)
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()
            call_command("flush", interactive=False, verbosity=0)
