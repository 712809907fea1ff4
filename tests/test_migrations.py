"""The migrations make, from nothing, the same tables as the models do for the other tests."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def migrated(db: None, tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A connection to an empty database on which `manage.py migrate` was run, once."""
    if connection.vendor == "sqlite":
        name = str(tmp_path / "migrated.sqlite3")
        url = f"sqlite:///{name}"
    else:
        name = f"{connection.settings_dict['NAME']}_migrated"
        there = connection.settings_dict
        url = (f"postgres://{there['USER']}:{there['PASSWORD']}@{there['HOST']}:"
               f"{there['PORT'] or 5432}/{name}")  # fmt: skip
        _maintain(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "climateportal.settings",
            "DATABASE_URL": url,
        },
        check=True,
    )
    other = ConnectionHandler(
        {"default": {**settings.DATABASES["default"], "NAME": name, "OPTIONS": {}}}
    )["default"]
    try:
        yield other
    finally:
        other.close()
        if connection.vendor != "sqlite":
            _maintain(f'DROP DATABASE "{name}"')


def _maintain(*statements: str) -> None:
    """Run statements that no transaction may hold, on the maintenance database."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def shape(there: BaseDatabaseWrapper) -> dict[str, tuple[set[tuple[str, bool]], set[str]]]:
    """For each table its columns with whether they may be null, and its named constraints."""
    found = {}
    with there.cursor() as cursor:
        tables = there.introspection.table_names(cursor)
        for table in tables:
            columns = there.introspection.get_table_description(cursor, table)
            rules = there.introspection.get_constraints(cursor, table)
            found[table] = (
                {(column.name, bool(column.null_ok)) for column in columns},
                {name for name, rule in rules.items() if rule["check"] or rule["unique"]},
            )
    return found


def test_migrations_make_the_tables_of_the_models(migrated: BaseDatabaseWrapper) -> None:
    by_migrations, by_models = shape(migrated), shape(connection)
    for apart in ("django_migrations", settings.CACHES["default"]["LOCATION"]):
        by_migrations.pop(apart, None)
        by_models.pop(apart, None)
    assert by_migrations.keys() == by_models.keys()
    assert [
        (table, by_migrations[table], expected)
        for table, expected in by_models.items()
        if by_migrations[table][0] != expected[0]
    ] == []
    ours = {name for _columns, rules in by_models.values() for name in rules if _named(name)}
    theirs = {name for _columns, rules in by_migrations.values() for name in rules if _named(name)}
    assert theirs == ours
    assert len(ours) > 50


def _named(rule: str) -> bool:
    """Whether a constraint has its name from a model's Meta, not from the database."""
    return not rule.startswith(("__unnamed", "sqlite_")) and not rule.endswith(("_key", "_pkey",
        "_uniq", "_check", "_not_null"))  # fmt: skip
