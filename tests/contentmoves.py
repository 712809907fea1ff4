"""Seeing whether the content version moved, also inside a test's own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from climateportal import contentversion


def _version() -> str:
    """The version, made able to move again: PostgreSQL moves it once in a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM climateportal_contentversion")
    return contentversion.read()


@contextmanager
def moving() -> Iterator[None]:
    """Fails unless the block moves the version."""
    before = _version()
    yield
    assert contentversion.read() != before, "the content version stayed"


@contextmanager
def staying() -> Iterator[None]:
    """Fails when the block moves the version."""
    before = _version()
    yield
    assert contentversion.read() == before, "the content version moved"
