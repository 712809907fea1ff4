"""Nothing public changes without the content version: every table, admin page and action."""

import inspect
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal import contentversion
from climateportal.models import (
    ContentVersion,
    Feedback,
    Invitation,
    KeptForm,
    Notice,
    Page,
    SavedForm,
    Session,
    User,
)
from municipalities.models import Municipality
from projects import actions
from projects.enums import Activity, ExpenseState, Stage
from projects.models import (
    BrokenLink,
    Event,
    Expense,
    PendingImport,
    Project,
    ProjectDraft,
    SourceRecord,
    Task,
    Theme,
)
from tests.adminforms import controls, saved
from tests.climateportal.adminworld import MODELS, World, address
from tests.contentmoves import moving, staying
from tests.factories import (
    ContactFactory,
    DecisionFactory,
    GoalFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    TaskFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CONTENT = [model for model in MODELS if model not in (BrokenLink, Feedback, Invitation, User)]


def test_every_table_of_ours_is_content_but_those_named() -> None:
    assert {apps.get_model(label) for label in contentversion.NOT_CONTENT}  # each exists
    content = set(contentversion.content_models())
    left_out = {
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in contentversion.OURS and model not in content
    }
    own_tables = {
        table
        for model in (Invitation, User)
        for table in (model, *(field.remote_field.through for field in model._meta.many_to_many))
    }
    assert left_out == {
        BrokenLink, ContentVersion, Feedback, KeptForm, PendingImport, ProjectDraft, SavedForm,
        Session, SourceRecord,
        *own_tables,
    }  # fmt: skip


def _triggers() -> set[tuple[str, str]]:
    """(table, event) of every trigger of ours in the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT event_object_table, event_manipulation FROM information_schema.triggers"
                " WHERE trigger_name = 'content_moves'"
            )
            return set(cursor.fetchall())
        cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {(table, sql.split(" AFTER ")[1].split()[0]) for table, sql in cursor.fetchall()}


def test_every_content_table_has_its_triggers() -> None:
    assert _triggers() == {
        (model._meta.db_table, event)
        for model in contentversion.content_models()
        for event in ("INSERT", "UPDATE", "DELETE")
    }


def test_a_rebuilt_table_gets_its_triggers_back() -> None:
    """SQLite changes a table by making another one: a migration drops the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER content_moves ON projects_theme")
        else:
            cursor.execute("DROP TRIGGER content_moves_projects_theme_insert")
    before = contentversion.read()
    contentversion.install()
    assert ("projects_theme", "INSERT") in _triggers()
    assert contentversion.read() != before  # a migration may change what pages show
    with moving():
        ThemeFactory()


def test_a_table_that_is_no_content_any_more_loses_its_triggers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        contentversion,
        "NOT_CONTENT",
        contentversion.NOT_CONTENT | {"projects.Theme", "projects.HistoricalTheme"},
    )
    contentversion.install()
    assert "projects_theme" not in {table for table, _event in _triggers()}
    with staying():
        Theme.objects.create(name_fi="Energia", slug="energia")


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model.__name__)
def test_the_admin_moves_it(model: type[models.Model], world: World) -> None:
    """Change a row; where it may be, add another one and delete that."""
    client, row = world.clients["superuser"], world.own[model]
    change = address(model, "change", row.pk)
    data = _different(model, controls(client.get(change), f"{model._meta.model_name}_form"))
    with moving():
        saved(client, change, data)
    if not admin.site.get_model_admin(model).has_add_permission(_request(client, change)):
        return
    MunicipalityFactory()  # one that nothing belongs to yet
    known = set(model._base_manager.values_list("pk", flat=True))
    add = address(model, "add")
    data = _another(row, controls(client.get(add), f"{model._meta.model_name}_form"))
    with moving():
        saved(client, add, data)
    (added,) = set(model._base_manager.values_list("pk", flat=True)) - known
    with moving():
        response = client.post(address(model, "delete", added), {"post": "yes"})
        assert response.status_code == 302
    assert not model._base_manager.filter(pk=added).exists()


def _request(client: Client, path: str) -> Any:
    return client.get(path).wsgi_request


def _different(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    name = next(
        field.name
        for field in model._meta.concrete_fields
        if field.name in data and isinstance(field, models.CharField | models.TextField)
        and not field.choices and not field.unique and (field.max_length or 99) > 40
    )  # fmt: skip
    return {**data, name: f"{data[name]} toisin"}


def _another(row: models.Model, data: dict[str, Any]) -> dict[str, Any]:
    """An empty form filled with the values of a row, with others where they must be unique."""
    for field in row._meta.concrete_fields:
        if field.name in data and not isinstance(field, models.FileField | models.DateTimeField):
            value = field.value_from_object(row)
            if isinstance(value, date):
                value += timedelta(days=1)  # a group meets once a day
            data[field.name] = _unused(field, value) if field.unique else value
    return {name: "" if value is None else value for name, value in data.items()}


def _unused(field: models.Field, value: Any) -> Any:
    if field.is_relation:
        taken = field.model._base_manager.exclude(**{field.name: None}).values(field.name)
        return field.related_model._base_manager.exclude(pk__in=taken).first().pk
    return "999" if value.isdecimal() else f"{value}-toinen"


ACTIONS = {
    name: action
    for name, action in vars(actions).items()
    if inspect.isfunction(action) and action.__module__ == actions.__name__
    and not name.startswith("_")
}  # fmt: skip


@pytest.fixture
def arguments(db: None) -> dict[str, Any]:
    """What actions are called with, by the names of their parameters."""
    project = ProjectFactory(stage=Stage.PLANNING, municipalities=[MunicipalityFactory()])
    project.participations.update(cost_share_percent=10)  # does not count: shares are not used
    contact = ContactFactory()
    ProjectContactFactory(project=project, contact=contact)
    decision, until = DecisionFactory(projects=[project]), timezone.localdate()
    return {
        "project": project,
        "task": TaskFactory(project=project),
        "contact": contact,
        "goal": GoalFactory(project=project),
        "value": Decimal(5),
        "rows": [{"date": date(2026, 1, 2), "amount": Decimal(5)}],
        "expenses": [Expense.objects.create(project=project, date=date(2026, 1, 2), amount=5)],
        "decision": decision,
        "meeting": decision.meeting,
        "until": until,
        "link": actions.make_pack_link(meeting=decision.meeting, by=None, until=until),
        "by": UserFactory(),
        ("add_follow_up", "task"): Task(project=project, title_fi="Jatko"),
        "before": actions.Snapshot.of(project.pk),
        ("change_stage", "to"): Stage.IMPLEMENTATION,
        ("change_activity", "to"): Activity.PAUSED,
        ("set_payment", "to"): ExpenseState.PAID,
        ("change_activity", "reason"): {"fi": "Rahoitus puuttuu."},
    }


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_moves_it(name: str, arguments: dict[str, Any]) -> None:
    """A new action needs its arguments above when their names are new."""
    given: dict[str, Any] = {}
    for parameter in inspect.signature(ACTIONS[name]).parameters.values():
        value = arguments.get((name, parameter.name), arguments.get(parameter.name))
        if parameter.kind == parameter.VAR_KEYWORD:
            given |= value or {}
        elif value is not None:
            given[parameter.name] = value
        elif parameter.default is parameter.empty and parameter.name != "before":
            pytest.skip(f"name an argument for {parameter.name} above")
    with moving():
        result = ACTIONS[name](**given)
        if isinstance(result, AbstractContextManager):
            with result as project:
                project.title_fi = "Toinen nimi"


def test_rows_written_past_the_models_move_it() -> None:
    project, theme = ProjectFactory(), ThemeFactory()
    for write in (
        lambda: Project.objects.update(title_fi="Toinen"),
        lambda: project.themes.add(theme),
        lambda: project.themes.set([]),
        lambda: Task.objects.bulk_create([Task(project=project, title_fi="Tehtävä")]),
        lambda: Theme.objects.bulk_create(
            [Theme(name_fi="Uusi", slug="uusi"), Theme(name_fi="Sama", slug=theme.slug)],
            ignore_conflicts=True,
        ),
        lambda: connection.cursor().execute("UPDATE projects_task SET title_fi = 'Muu'"),
        lambda: Task.objects.all()._raw_delete("default"),
        lambda: project.delete(),
    ):
        with moving():
            write()


def test_commands_move_it() -> None:
    with moving():
        call_command("load_register", verbosity=0)
    Municipality.objects.filter(slug="akaa").update(population=1)
    with moving():
        call_command("load_register", verbosity=0)
    with moving():
        call_command("load_pages", verbosity=0)


def test_what_is_undone_does_not_move_it() -> None:
    before = contentversion.read()
    with pytest.raises(RuntimeError), transaction.atomic():
        ThemeFactory()
        raise RuntimeError
    assert contentversion.read() == before


def test_reading_logging_in_and_accounts_do_not_move_it(client: Client) -> None:
    user = UserFactory(superuser=True)
    ProjectFactory()
    with staying():
        client.get("/")
        client.post(reverse("account_login"), {"login": user.email, "password": "salasana"})
        assert client.get("/admin/").status_code == 200
        UserFactory(first_name="Uusi")


def test_the_next_moment_is_of_whatever_an_editor_dated() -> None:
    project = ProjectFactory()
    now, hour = timezone.now(), timedelta(hours=1)
    assert contentversion.next_moment(now) is None
    Event.objects.create(project=project, title_fi="Ilta", starts_at=now + 5 * hour)
    assert contentversion.next_moment(now) == now + 5 * hour
    opening = {"publication": "published", "published_at": now + 3 * hour}
    Page.objects.create(title_fi="Sivu", slug="sivu", **opening)
    assert contentversion.next_moment(now) == now + 3 * hour
    Notice.objects.create(text_fi="Katko", starts_at=now - hour, ends_at=now + 2 * hour)
    assert contentversion.next_moment(now) == now + 2 * hour
    assert contentversion.next_moment(now + 2 * hour) == now + 3 * hour
