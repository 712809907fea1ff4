"""The migrations make, from nothing, the same tables as the models do for the other tests."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from climateportal.checks import joined_migrations_have_run

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
    for apart in ("django_migrations", *(cache["LOCATION"] for cache in settings.CACHES.values())):
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


FORMER = {  # what a portal of before 29 November 2026 has run; each app's numbers have no gap
    "climateportal": (
        "0001_initial", "0002_initial", "0003_content_version",
        "0004_reach_over_projects_and_viewers", "0005_sessions_and_languages", "0006_invitations",
        "0007_notices_have_a_history", "0008_reminders", "0009_kept_forms", "0010_feedback",
    ),
    "municipalities": (
        "0001_initial", "0002_meetings", "0003_members_leave", "0004_regions_may_require_review",
    ),
    "projects": (
        "0001_initial", "0002_decisions_and_packs", "0003_cost_sharing", "0004_goal_baselines",
        "0005_money_hints", "0006_source_records", "0007_search_text_has_a_table",
        "0008_stages_and_themes_have_a_history", "0009_costs_by_municipality_hint",
        "0010_pending_imports", "0011_drafts_of_public_projects", "0012_archived_projects",
        "0013_picture_focus", "0014_reviews", "0015_scheduled_drafts", "0016_broken_links",
    ),
}  # fmt: skip


def _applied(monkeypatch: pytest.MonkeyPatch, names: set[tuple[str, str]]) -> None:
    monkeypatch.setattr(settings, "MIGRATION_MODULES", {})  # the other tests run without
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: dict.fromkeys(names))


def test_a_portal_of_before_the_migrations_were_joined_runs_only_what_is_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {(app, name) for app, found in FORMER.items() for name in found}
    _applied(monkeypatch, names)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    ours = [row for row, _backwards in plan if row.app_label in FORMER]
    assert [(row.app_label, row.name) for row in ours if not row.replaces][:1] == [
        ("municipalities", "0002_meetings_are_announced")
    ]
    assert [row.name for row in ours if row.replaces] == []
    assert joined_migrations_have_run(None, databases=["default"]) == []


def test_a_portal_that_is_older_still_is_told_and_not_half_upgraded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _applied(monkeypatch, {("projects", name) for name in FORMER["projects"][:-1]})
    (error,) = joined_migrations_have_run(None, databases=["default"])
    assert "projects" in error.msg
    with pytest.raises(SystemCheckError, match="too old"):
        call_command("setup", "--no-demo")
