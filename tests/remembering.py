"""Tests of what a process remembers, without committing: quicker than emptying all tables."""

import pytest

from climateportal import memory


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A process that has just started, and that remembers what the test has not committed.

    A test that writes after something was remembered must commit instead: it is marked with
    `transaction=True`. PostgreSQL moves the version once in a transaction.
    """
    monkeypatch.setattr(memory, "_latest", None)
    marker = request.node.get_closest_marker("django_db")
    if not marker.kwargs.get("transaction"):
        monkeypatch.setattr(memory, "_is_uncommitted", lambda: False)
