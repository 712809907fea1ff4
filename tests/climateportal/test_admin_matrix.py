"""Every page and action of the admin that is ours: role × object; a new one fails until it has a
rule in `adminworld`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, reverse

from climateportal.models import User
from tests.climateportal.adminworld import (
    ACTIONS,
    EDITORS,
    LEADING,
    PAGES,
    READY,
    ROLES,
    RULES,
    World,
    address,
    opens,
)

pytestmark = pytest.mark.django_db
OF_THE_SITE = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete",
    "jsi18n", "app_list", "worklist",  # its rights: tests/projects/test_admin_worklist.py
    "projects_project_stages",  # its rights: tests/projects/test_stagesanddates.py
}  # fmt: skip
# import and export: for whoever edits something; the rows are tested in tests/projects/sheets
SHEETS = {
    "sheets": (), "sheets_import": ("00000000-0000-4000-8000-000000000000",),
    "sheets_template": ("task", "csv"), "sheets_export": ("task", "csv"),
}  # fmt: skip
OF_A_MODEL = ("changelist", "add", "history", "delete", "change")
OF_HISTORY = ("restore", "deleted", "undelete")  # whose rules are in history/test_rights.py
each_role = pytest.mark.parametrize("role", ROLES)


def _names(urls: list[Any]) -> Iterator[str]:
    for url in urls:
        if isinstance(url, URLResolver):
            yield from _names(url.url_patterns)
        elif isinstance(url, URLPattern) and url.name:
            yield url.name


def test_every_page_has_a_rule() -> None:
    of_models = {
        f"{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in (*OF_A_MODEL, *OF_HISTORY)
    }
    assert set(_names(admin.site.get_urls())) - OF_THE_SITE - of_models == {*PAGES, *SHEETS}


@each_role
def test_sheets_are_for_those_who_edit(world: World, role: str) -> None:
    edits = role in ("superuser", "neighbour") or role in EDITORS
    for name, args in SHEETS.items():
        url = reverse(f"admin:{name}", args=args)
        response = world.clients[role].get(url)
        opened = opens(response) or (
            response.status_code == 302 and response.url == "/admin/sheets/"
        )
        assert opened == edits, name
        assert opens(world.clients[role].post(url)) == (edits and name != "sheets_import"), name


def test_every_action_has_a_rule() -> None:
    """An action of the admin's own list; those of an action helper package would show as well."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True)
    found = {
        (model, name)
        for model, of_model in admin.site._registry.items()
        for name in of_model.get_actions(request)
    }
    assert found == set(ACTIONS) | LEADING
    assert {model for model, _name in found} <= set(RULES)


@each_role
def test_a_page_opens_for_its_roles_and_their_own_rows(world: World, role: str) -> None:
    client = world.clients[role]
    for name, page in PAGES.items():
        for rows, own in ((world.own, True), (world.foreign, False)):
            row = rows[page.model]
            url = reverse(f"admin:{name}", args=[row.pk, *page.more(row)])
            allowed = role == "superuser" or (own and role in page.roles)
            response = client.get(url)
            # an administrator is first asked for the password where a lock is taken away
            asked = role == "superuser" and getattr(response, "url", "").startswith("/tunnus/")
            assert (opens(response) or asked) == allowed, (name, own)


def _everything(world: World) -> dict[str, Any]:
    """All that is stored of the rows of both sides, their histories and their children."""
    found = {}
    for model in RULES:
        found[model.__name__] = list(model._default_manager.order_by("pk").values())
        for relation in model._meta.related_objects:
            rows = relation.related_model._base_manager.order_by("pk").values()
            found[relation.related_model.__name__] = list(rows)
    for name in ("User", "Session", "LogEntry"):
        found.pop(name, None)  # moved by signing in and by refusals themselves
    return found


@pytest.mark.parametrize("role", [role for role in ROLES if role != "superuser"])
def test_nothing_is_sent_to_a_page_without_the_right(world: World, role: str) -> None:
    client = world.clients[role]
    addresses = [
        reverse(f"admin:{name}", args=[row.pk, *page.more(row)])
        for name, page in PAGES.items()
        for row in [world.foreign[page.model]]
        + ([] if role in page.roles else [world.own[page.model]])
    ]
    before = _everything(world)
    for url in addresses:
        data = {"for_whom": "x", "until": "1.1.2030", "text": "1.1.2024\t5", "_write": "1"}
        assert not opens(client.post(url, data)), url
    assert _everything(world) == before


@each_role
def test_an_action_moves_only_rows_in_reach(world: World, role: str) -> None:
    for (model, name), roles in ACTIONS.items():
        own, foreign = world.own[model], world.foreign[model]
        rows = model._default_manager.filter(pk__in=[own.pk, foreign.pk])
        if name in READY:
            rows.update(**READY[name])
        before = {row["id"]: row for row in rows.values()}
        data = {"action": name, "_selected_action": [own.pk, foreign.pk]}
        world.clients[role].post(address(model, "changelist"), data)
        moved = {row["id"] for row in rows.values() if row != before[row["id"]]}
        own_moves = {own.pk} if role in roles else set()
        assert moved == ({own.pk, foreign.pk} if role == "superuser" else own_moves), name


def test_an_action_without_a_word_of_its_right_is_not_a_viewers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Django gives an action that names no permission to everybody who sees the list."""
    model: type[models.Model] = ACTIONS.__iter__().__next__()[0]
    done = []

    def careless(modeladmin: Any, request: Any, queryset: Any) -> None:
        done.extend(queryset)

    monkeypatch.setattr(admin.site._registry[model], "actions", [careless])
    data = {"action": "careless", "_selected_action": [world.own[model].pk]}
    world.clients["viewer"].post(address(model, "changelist"), data)
    assert done == []
