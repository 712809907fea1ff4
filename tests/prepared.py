"""Databases that are filled once for a worker, for tests that begin with more than empty tables.

Filling takes seconds and a copy a moment. A test works in its copy within a transaction that is
undone, exactly as in the empty database; while it does, the copy is the default connection.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

DEFAULT = "default"


class Prepared:
    """The filled copies of one worker. `empty` is the test database they are copied from."""

    def __init__(self, empty: BaseDatabaseWrapper) -> None:
        self._empty = empty
        self._copies: dict[str, BaseDatabaseWrapper] = {}
        self._told: dict[str, Any] = {}

    def once(self, name: str, fill: Callable[[], Any]) -> Any:
        """Make the copy `name` unless it is there, and give what `fill` returned.

        For fixtures of the session: no test may have begun.
        """
        if name not in self._told:
            copy = self._copies[name] = _copied(self._empty, name)
            with _as_default(copy), transaction.atomic():
                self._told[name] = fill()
        return self._told[name]

    @contextmanager
    def begin_with(self, name: str) -> Iterator[None]:
        """In the block everything is read from the copy `name`; what is written is undone."""
        copy = self._copies[name]
        with _as_default(copy), transaction.atomic():
            yield
            if not copy.needs_rollback:
                copy.check_constraints()
            transaction.set_rollback(True)

    def drop(self) -> None:
        """Close the copies and remove those that would stay."""
        for copy in self._copies.values():
            copy.close()
            if copy.vendor == "postgresql":
                _maintain(self._empty, f'DROP DATABASE "{copy.settings_dict["NAME"]}"')


@contextmanager
def _as_default(copy: BaseDatabaseWrapper) -> Iterator[None]:
    before = connections[DEFAULT]
    connections[DEFAULT] = copy
    ContentType.objects.clear_cache()  # the keys of one database are not those of another
    try:
        yield
    finally:
        connections[DEFAULT] = before
        ContentType.objects.clear_cache()


def _copied(source: BaseDatabaseWrapper, name: str) -> BaseDatabaseWrapper:
    """A connection to a new database with all that `source` holds."""
    copy = source.copy()
    if source.vendor == "sqlite":
        copy.settings_dict["NAME"] = f"file:prepared_{name}?mode=memory&cache=shared"
        source.ensure_connection()
        copy.ensure_connection()
        source.connection.backup(copy.connection)
        return copy
    origin = source.settings_dict["NAME"]
    target = copy.settings_dict["NAME"] = f"{origin}_{name}"
    source.close()  # a database that is in use is no template
    _maintain(
        source,
        f'DROP DATABASE IF EXISTS "{target}"',
        f'CREATE DATABASE "{target}" TEMPLATE "{origin}"',
    )
    return copy


def _maintain(source: BaseDatabaseWrapper, *statements: str) -> None:
    """Run statements that no transaction may hold, from the maintenance database."""
    with source._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
