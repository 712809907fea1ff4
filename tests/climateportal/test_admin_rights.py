"""Who may open and do what in the admin: every registered model, every kind of user.

A model that is registered without a rule here fails the first test.
"""

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

from climateportal.publishing import PublicationState
from municipalities.models import Municipality, Organisation, Region
from projects.models import BrokenLink, Project, Theme
from tests.adminforms import controls, saved
from tests.climateportal.adminworld import (
    EDITORS,
    LOOKUPS,
    MODELS,
    ROLES,
    RULES,
    World,
    address,
    opens,
)
from tests.factories import (
    ProjectFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_every_registered_model_has_a_rule() -> None:
    assert set(admin.site._registry) == set(RULES) == set(LOOKUPS)


BOTH = {"region", "municipality"}
each_role = pytest.mark.parametrize("role", ROLES)


def may(role: str, letter: str, model: type[models.Model]) -> bool:
    return role == "superuser" or role in RULES[model].roles(letter)


@each_role
def test_list_shows_what_is_in_reach(world: World, role: str) -> None:
    for model in MODELS:
        response = world.clients[role].get(address(model, "changelist"))
        listed = role == "neighbour" and RULES[model].roles("l") >= {"municipality"}
        assert opens(response) == (listed or may(role, "l", model)), model
        if opens(response):
            shown = set(response.context["cl"].queryset)
            assert (world.own[model] in shown) == may(role, "v", model), model
            assert (world.foreign[model] in shown) == (role == "superuser"), model


@each_role
def test_add(world: World, role: str) -> None:
    client = world.clients[role]
    for model in MODELS:
        rule = RULES[model]
        acts_as = "municipality" if role == "neighbour" else role
        made_here = not (rule.nested or rule.given)
        allowed = (role == "superuser" and made_here) or acts_as in rule.roles("a")
        assert opens(client.get(address(model, "add"))) == allowed, model
        if not allowed:
            before = model._default_manager.count()
            assert not opens(client.post(address(model, "add"), {"title_fi": "Uusi"}))
            assert model._default_manager.count() == before, model


@each_role
def test_own_row(world: World, role: str) -> None:
    for model in MODELS:
        for page in ("change", "history"):
            response = world.clients[role].get(address(model, page, world.own[model].pk))
            assert opens(response) == may(role, "v", model), (model, page)
            if page == "change" and opens(response) and not may(role, "c", model):
                text = response.content.decode()
                assert 'type="submit"' not in text.split('id="content-main"')[1], model
                assert 'class="button"' not in text, model
                assert ("deletelink" in text) == may(role, "d", model), model


@each_role
def test_row_out_of_reach(world: World, role: str) -> None:
    for model in MODELS:
        for page in ("change", "history", "delete"):
            response = world.clients[role].get(address(model, page, world.foreign[model].pk))
            assert opens(response) == (role == "superuser"), (model, page)


@each_role
def test_delete(world: World, role: str) -> None:
    client = world.clients[role]
    for model in MODELS:
        own = may(role, "d", model)
        assert opens(client.get(address(model, "delete", world.own[model].pk))) == own, model
        forbidden = [] if role == "superuser" else [world.foreign[model]]
        for row in forbidden if own else [*forbidden, world.own[model]]:
            client.post(address(model, "delete", row.pk), {"post": "yes"})
            assert model._default_manager.filter(pk=row.pk).exists(), model


TEXTS = {
    "title_fi", "name_fi", "name", "email", "text_fi", "plan_name_fi", "lead_fi", "note",
    "place_fi", "answer",
}  # fmt: skip


def _form(client: Client, model: type[models.Model], row: models.Model) -> tuple[str, dict]:
    """The address of a row's form, and what a browser sends of it."""
    url = address(model, "change", row.pk)
    return url, controls(client.get(url), f"{model._meta.model_name}_form")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_changes_sent_without_the_right(world: World, model: type[models.Model]) -> None:
    """The form is read by the administrator, once, and sent by everybody else."""
    for row in (world.foreign[model], world.own[model]):
        url, data = _form(world.clients["superuser"], model, row)
        shown = "address" if model is BrokenLink else "email"  # of rows that are only read
        text = next((name for name in data if name in TEXTS), shown)
        before = getattr(row, text)
        data |= {text: "muutettu@example.fi", "_save": "1"}
        for role in ROLES[1:]:
            if row == world.own[model] and may(role, "c", model):
                continue
            assert not opens(world.clients[role].post(url, data)), role
            row.refresh_from_db()
            assert getattr(row, text) == before, role


@pytest.mark.parametrize("role", sorted(EDITORS))
def test_changes_sent_with_the_right(world: World, role: str) -> None:
    for model in MODELS:
        if may(role, "c", model):
            row = world.own[model]
            url, data = _form(world.clients[role], model, row)
            text = next(name for name in data if name in TEXTS)
            saved(world.clients[role], url, data | {text: "Muutettu"})
            row.refresh_from_db()
            assert getattr(row, text) == "Muutettu", model


@each_role
def test_history_takes_no_post(world: World, role: str) -> None:
    """Where history forms write, a user with reading rights writes: ours only reads."""
    outside = role in ("anonymous", "inactive", "not staff", "member")
    for model in MODELS:
        url = address(model, "history", world.own[model].pk)
        response = world.clients[role].post(url, {"title_fi": "HACKED"})
        assert response.status_code == (302 if outside else 403), model


PUBLIC_NAMES = {Municipality, Region, Organisation, Theme}


@each_role
def test_lookup_for_a_relation(world: World, role: str) -> None:
    for model, source in LOOKUPS.items():
        if source is None:
            continue
        query = dict(zip(("app_label", "model_name", "field_name"), source, strict=True))
        response = world.clients[role].get(reverse("admin:autocomplete"), query)
        acts_as = "municipality" if role == "neighbour" else role
        allowed = role == "superuser" or acts_as in RULES[model].roles("p")
        assert opens(response) == allowed, model
        if role in BOTH and allowed and (may(role, "v", model) or model is Theme):
            found = {item["id"] for item in response.json()["results"]}
            assert str(world.own[model].pk) in found, model
            offered = str(world.foreign[model].pk) in found
            assert offered == (model in PUBLIC_NAMES), model


@each_role
def test_up_to_date_for_ticked_projects(world: World, role: str) -> None:
    both = [world.own[Project].pk, world.foreign[Project].pk]
    data = {"action": "confirm_up_to_date", "_selected_action": both}
    world.clients[role].post(address(Project, "changelist"), data)
    checked = set(Project.objects.filter(checked_at__isnull=False).values_list("pk", flat=True))
    own = set(both[:1]) if role in EDITORS else set()
    assert checked == (set(both) if role == "superuser" else own)


def test_nobody_deletes_many_at_once(world: World) -> None:
    for role in ("superuser", "region"):
        data = {"action": "delete_selected", "_selected_action": [world.own[Project].pk],
                "post": "yes"}  # fmt: skip
        world.clients[role].post(address(Project, "changelist"), data)
        assert Project.objects.filter(pk=world.own[Project].pk).exists()


# --- the finer rules -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(BOTH))
def test_a_published_project_is_not_deleted_by_a_coordinator(world: World, role: str) -> None:
    project = ProjectFactory(municipalities=[world.own[Municipality]])
    url = address(Project, "delete", project.pk)
    assert not opens(world.clients[role].post(url, {"post": "yes"}))
    Project.objects.filter(pk=project.pk).update(publication=PublicationState.DRAFT)
    assert world.clients[role].post(url, {"post": "yes"}).status_code == 302
    assert not Project.objects.filter(pk=project.pk).exists()
