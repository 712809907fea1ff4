"""The content version: a word that changes in the transaction of every change of public content.

Triggers in the database see to it, so that no way of writing can forget it: the admin, an action,
a command, `queryset.update()`, a row of a many-to-many relation, a line typed into psql.
docs/decisions/0006-content-version.md tells why.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Min, Value
from simple_history.models import HistoricalChanges

OURS = ("climateportal", "municipalities", "projects")
# what no public page shows; every other table of ours is public content
NOT_CONTENT = {
    "climateportal.ContentVersion",
    "climateportal.Feedback",
    "climateportal.Invitation",
    "climateportal.KeptForm",
    "climateportal.SavedForm",
    "climateportal.Session",
    "climateportal.User",
    "projects.BrokenLink",
    "projects.PendingImport",
    "projects.ProjectDraft",
    "projects.SourceRecord",
}

TABLE = "climateportal_contentversion"
PREFIX = "content_moves"

SQLITE_TRIGGER = """\
CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN
UPDATE climateportal_contentversion SET token = lower(hex(randomblob(16)));
END"""

# Once in a transaction: after its own row the older ones are not needed. Those that another
# transaction is taking away are skipped, not waited for.
POSTGRES_FUNCTION = """\
CREATE OR REPLACE FUNCTION content_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := pg_current_xact_id()::text::bigint;
BEGIN
    INSERT INTO climateportal_contentversion (transaction, token)
        VALUES (mine, gen_random_uuid()::text) ON CONFLICT (transaction) DO NOTHING;
    IF FOUND THEN
        DELETE FROM climateportal_contentversion WHERE id IN (
            SELECT id FROM climateportal_contentversion
            WHERE transaction <> mine FOR UPDATE SKIP LOCKED
        );
    END IF;
    RETURN NULL;
END $$"""
POSTGRES_TRIGGER = """\
CREATE TRIGGER "{name}" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION content_moves()"""


def content_models() -> list[type[models.Model]]:
    """Models of ours that hold public content, the tables of many-to-many relations among them."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS
        and model._meta.managed
        and not model._meta.proxy
        and (model._meta.auto_created or model)._meta.label not in NOT_CONTENT
    ]


def install(using: BaseDatabaseWrapper = connection) -> None:
    """Give every content table its triggers, and move the version. Safe to run again.

    Runs after every migration: on SQLite a changed table loses its triggers. Tables that are not
    there yet are left out.
    """
    there = set(using.introspection.table_names())
    if TABLE not in there:
        return
    tables = sorted({model._meta.db_table for model in content_models()} & there)
    with using.cursor() as cursor:
        if using.vendor == "postgresql":
            _install_postgres(cursor, tables)
        else:
            _install_sqlite(cursor, tables)
    _move(using)


def _install_sqlite(cursor: Any, tables: list[str]) -> None:
    wanted = {}
    for table in tables:
        for event in ("INSERT", "UPDATE", "DELETE"):
            name = f"{PREFIX}_{table}_{event.lower()}"
            wanted[name] = SQLITE_TRIGGER.format(name=name, event=event, table=table)
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
        [f"{PREFIX}%"],
    )
    existing = dict(cursor.fetchall())
    for name, sql in existing.items():
        if wanted.get(name) != sql:
            cursor.execute(f'DROP TRIGGER "{name}"')
    for name, sql in wanted.items():
        if existing.get(name) != sql:
            cursor.execute(sql)


def _install_postgres(cursor: Any, tables: list[str]) -> None:
    cursor.execute(POSTGRES_FUNCTION)
    cursor.execute(
        "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname = %s AND NOT tgisinternal",
        [PREFIX],
    )
    existing = {table for (table,) in cursor.fetchall()}
    for table in existing.difference(tables):
        cursor.execute(f'DROP TRIGGER "{PREFIX}" ON "{table}"')
    for table in tables:
        if table not in existing:
            cursor.execute(POSTGRES_TRIGGER.format(name=PREFIX, table=table))


def _move(using: BaseDatabaseWrapper) -> None:
    """A new version although nothing was written: templates and columns may have changed."""
    from climateportal.models import ContentVersion

    rows = ContentVersion.objects.using(using.alias)
    rows.all().delete()
    rows.create(transaction=0, token=uuid4().hex)


def read() -> str:
    """The version; empty when nobody has set it up. One query, in plain SQL: every page asks it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM climateportal_contentversion ORDER BY token")
        return " ".join(token for (token,) in cursor.fetchall())


def next_moment(after: datetime) -> datetime | None:
    """The first moment after this one at which something begins or ends by itself. One query.

    Every moment that an editor can set counts, whatever it means: a publication, a notice's end.
    """
    moments = []
    for model in content_models():
        if issubclass(model, HistoricalChanges):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.DateTimeField) and field.editable:
                coming = model._base_manager.filter(**{f"{field.name}__gt": after}).order_by()
                grouped = coming.annotate(all_=Value(1)).values("all_")
                moments.append(grouped.annotate(first_=Min(field.name)).values_list("first_"))
    found = moments[0].union(*moments[1:], all=True)
    return min((moment for (moment,) in found if moment), default=None)
