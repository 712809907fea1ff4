"""Who may open and do what in the admin: every registered model, every kind of user.

A model that is registered without a rule here fails the first test.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

from climateportal.models import Notice, Page, User
from climateportal.publishing import PublicationState
from municipalities.models import Municipality, Organisation, Region, SteeringGroup
from projects.models import Contact, Goal, GoodPractice, Project, Theme
from tests.adminforms import controls
from tests.factories import (
    ContactFactory,
    GoalFactory,
    GoodPracticeFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


class Rule(NamedTuple):
    """What coordinators may do with a model. `users`: who sees it at all."""

    users: set[str]
    add: set[str] = frozenset()
    delete_own: set[str] = frozenset()
    pick: bool = True  # whether coordinators may look its rows up for a relation


BOTH = {"region", "municipality"}
RULES: dict[type[models.Model], Rule] = {
    Project: Rule(BOTH, add=BOTH, delete_own=BOTH),
    Contact: Rule(BOTH, add=BOTH, delete_own=BOTH),
    Goal: Rule(BOTH, add=BOTH, delete_own=BOTH),
    GoodPractice: Rule(BOTH, add=BOTH, delete_own=BOTH),
    Organisation: Rule(BOTH, add=BOTH, delete_own=BOTH),
    Municipality: Rule(BOTH),
    Region: Rule({"region"}),
    SteeringGroup: Rule({"region"}, add={"region"}, delete_own={"region"}),
    Theme: Rule(set()),
    Page: Rule(set()),
    Notice: Rule(set()),
    User: Rule(set(), pick=False),
}
# fields through which each model is looked up; None: no relation leads to it
LOOKUPS = {
    Project: ("projects", "project", "related"),
    Contact: ("projects", "projectcontact", "contact"),
    Organisation: ("projects", "funding", "funder"),
    Municipality: ("projects", "participation", "municipality"),
    Region: ("projects", "project", "regions"),
    Theme: ("projects", "project", "themes"),
    User: ("projects", "project", "checked_by"),
    Goal: ("projects", "measurement", "goal"),
    GoodPractice: ("projects", "adoption", "practice"),
    SteeringGroup: ("municipalities", "membership", "group"),
    Page: None,
    Notice: None,
}
ROLES = ("superuser", "region", "municipality", "no reach", "anonymous", "inactive", "not staff")
MODELS = list(RULES)


class World(NamedTuple):
    """For each model a row in the coordinators' reach and one out of it; a client for each role."""

    own: dict[type[models.Model], models.Model]
    foreign: dict[type[models.Model], models.Model]
    clients: dict[str, Client]


def _side(place: Municipality, region: Region) -> dict[type[models.Model], models.Model]:
    project = ProjectFactory(municipalities=[place], draft=True)
    contact = ContactFactory()
    ProjectContactFactory(project=project, contact=contact)
    body = OrganisationFactory(municipality=place, kind="municipality")
    return {
        Project: project,
        Contact: contact,
        Goal: GoalFactory(project=project),
        GoodPractice: GoodPracticeFactory(project=project),
        Organisation: body,
        Municipality: place,
        Region: region,
        SteeringGroup: SteeringGroup.objects.create(region=region, name_fi="Ohjausryhmä"),
        Theme: ThemeFactory(),
        Page: Page.objects.create(title_fi="Sivu", slug=f"sivu-{place.slug}"),
        Notice: Notice.objects.create(text_fi="Katko"),
        User: UserFactory(),
    }


@pytest.fixture
def world() -> Iterator[World]:
    own_place, foreign_place = MunicipalityFactory(), MunicipalityFactory()
    own_region = RegionFactory(members=[own_place])
    foreign_region = RegionFactory(members=[foreign_place])
    people = {
        "superuser": UserFactory(superuser=True),
        "region": UserFactory(),
        "municipality": UserFactory(),
        "no reach": UserFactory(),
        "inactive": UserFactory(superuser=True, is_active=False),
        "not staff": UserFactory(is_staff=False),
    }
    people["region"].regions.add(own_region)
    people["municipality"].municipalities.add(own_place)
    people["not staff"].municipalities.add(own_place)
    clients = {role: Client() for role in ROLES}
    for role, user in people.items():
        clients[role].force_login(user)
    return World(
        own=_side(own_place, own_region),
        foreign=_side(foreign_place, foreign_region),
        clients=clients,
    )


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_registered_model_has_a_rule() -> None:
    assert set(admin.site._registry) == set(RULES) == set(LOOKUPS)


each_role = pytest.mark.parametrize("role", ROLES)


def opens(response: Any) -> bool:
    """Whether a page was given; a refusal is 403, a redirect to the index, or one to log-in."""
    assert response.status_code in (200, 302, 403, 404), response.status_code
    return response.status_code == 200


def users_of(model: type[models.Model], role: str) -> bool:
    return role == "superuser" or role in RULES[model].users


@each_role
def test_list_shows_what_is_in_reach(world: World, role: str) -> None:
    for model in MODELS:
        response = world.clients[role].get(address(model, "changelist"))
        assert opens(response) == users_of(model, role), model
        if users_of(model, role):
            shown = set(response.context["cl"].queryset)
            assert world.own[model] in shown
            assert (world.foreign[model] in shown) == (role == "superuser"), model


@each_role
def test_add(world: World, role: str) -> None:
    client = world.clients[role]
    for model in MODELS:
        allowed = role == "superuser" or role in RULES[model].add
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
            assert opens(response) == users_of(model, role), (model, page)


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
        own = role == "superuser" or role in RULES[model].delete_own
        assert opens(client.get(address(model, "delete", world.own[model].pk))) == own, model
        forbidden = [] if role == "superuser" else [world.foreign[model]]
        for row in forbidden if own else [*forbidden, world.own[model]]:
            client.post(address(model, "delete", row.pk), {"post": "yes"})
            assert model._default_manager.filter(pk=row.pk).exists(), model


TEXTS = {
    "title_fi", "name_fi", "name", "email", "text_fi", "plan_name_fi", "lead_fi"
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES[1:])
def test_changes_sent_for_a_row_out_of_reach(world: World, role: str) -> None:
    """The form is read by the administrator and sent by the other."""
    for model in MODELS:
        row, form = world.foreign[model], f"{model._meta.model_name}_form"
        url = address(model, "change", row.pk)
        data = controls(world.clients["superuser"].get(url), form)
        text = next(name for name in data if name in TEXTS)
        before = getattr(row, text)
        data |= {text: "muutettu@example.fi", "_save": "1"}
        assert not opens(world.clients[role].post(url, data)), model
        row.refresh_from_db()
        assert getattr(row, text) == before, model


@each_role
def test_history_takes_no_post(world: World, role: str) -> None:
    """Where history forms write, a user with reading rights writes: ours only reads."""
    outside = role in ("anonymous", "inactive", "not staff")
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
        allowed = role == "superuser" or (role in BOTH and RULES[model].pick)
        assert opens(response) == allowed, model
        if role in BOTH and allowed and (role in RULES[model].users or model is Theme):
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
    expected = {"superuser": set(both), "region": set(both[:1]), "municipality": set(both[:1])}
    assert checked == expected.get(role, set())


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


def _save(client: Client, url: str, form: str, **changes: Any) -> Any:
    return client.post(url, controls(client.get(url), form) | changes | {"_save": "1"})


def test_a_new_project_has_somebody_of_the_editors_own(world: World) -> None:
    client, add = world.clients["municipality"], address(Project, "add")
    foreign = world.foreign[Municipality].pk
    refused = _save(client, add, "project_form", title_fi="Uusi", more_municipalities=[foreign])
    assert [p.target for p in refused.context["problems"]] == ["participations-group"]
    own = world.own[Municipality].pk
    assert _save(
        client, add, "project_form", title_fi="Uusi", more_municipalities=[foreign, own]
    ).status_code == 302  # fmt: skip
    assert Project.objects.get(title_fi="Uusi").municipalities.count() == 2


def test_the_form_of_a_municipal_editor_begins_with_the_municipality(world: World) -> None:
    data = controls(world.clients["municipality"].get(address(Project, "add")), "project_form")
    assert data["more_municipalities"] == [str(world.own[Municipality].pk)]


def test_nobody_shuts_themselves_out_of_a_project(world: World) -> None:
    project = ProjectFactory(municipalities=[world.own[Municipality], world.foreign[Municipality]])
    url = address(Project, "change", project.pk)
    client = world.clients["municipality"]
    response = _save(client, url, "project_form", **{"participations-0-DELETE": "on"})
    assert [p.target for p in response.context["problems"]] == ["participations-group"]


def test_the_administrator_may_make_a_project_of_nobody(world: World) -> None:
    client, add = world.clients["superuser"], address(Project, "add")
    assert _save(client, add, "project_form", title_fi="Kaikkien").status_code == 302


def test_a_region_project_may_have_no_municipality(world: World) -> None:
    client, add = world.clients["region"], address(Project, "add")
    response = _save(client, add, "project_form", title_fi="Alueen", regions=[world.own[Region].pk])
    assert response.status_code == 302


def test_links_to_drafts_of_others_survive_a_save_by_one_who_does_not_see_them(
    world: World,
) -> None:
    project, hidden = world.own[Project], world.foreign[Project]
    project.related.add(hidden)
    url = address(Project, "change", project.pk)
    client = world.clients["municipality"]
    assert hidden.title_fi not in client.get(url).content.decode()
    assert _save(client, url, "project_form", summary_fi="Uusi").status_code == 302
    assert list(project.related.all()) == [hidden]


def test_a_draft_of_others_cannot_be_linked_or_its_contact_listed(world: World) -> None:
    url = address(Project, "change", world.own[Project].pk)
    client = world.clients["municipality"]
    response = _save(client, url, "project_form", related=[world.foreign[Project].pk])
    assert [p.target for p in response.context["problems"]] == ["id_related"]
    response = _save(
        client, url, "project_form",
        **{"project_contacts-0-contact": world.foreign[Contact].pk},
    )  # fmt: skip
    assert [p.target for p in response.context["problems"]] == ["id_project_contacts-0-contact"]


def test_listing_a_public_contact_gives_no_right_to_rewrite_it(world: World) -> None:
    contact = ContactFactory()
    elsewhere = ProjectFactory(municipalities=[world.foreign[Municipality]])
    ProjectContactFactory(project=elsewhere, contact=contact)
    client = world.clients["municipality"]
    url = address(Project, "change", world.own[Project].pk)
    response = _save(client, url, "project_form", **{"project_contacts-0-contact": contact.pk})
    assert response.status_code == 302
    assert world.own[Project].project_contacts.get().contact == contact
    assert not opens(client.get(address(Contact, "change", contact.pk)))


def test_what_one_adds_one_may_edit(world: World) -> None:
    client = world.clients["municipality"]
    for model, values in {
        Organisation: {"name_fi": "Kylät ry", "kind": "association"},
        Contact: {"name": "Aino Esimerkki", "kind": "person"},
    }.items():
        form = f"{model._meta.model_name}_form"
        assert _save(client, address(model, "add"), form, **values).status_code == 302
        added = model.objects.latest("pk")
        assert opens(client.get(address(model, "change", added.pk)))
        assert not opens(world.clients["region"].get(address(model, "change", added.pk)))


def test_official_facts_are_only_read(world: World) -> None:
    place = world.own[Municipality]
    url = address(Municipality, "change", place.pk)
    data = {"population": "1", "name_fi": "Muu", "plan_status": "in_force"}
    for role in sorted(BOTH):
        assert _save(
            world.clients[role], url, "municipality_form", **data
        ).status_code == 302  # fmt: skip
        place.refresh_from_db()
        assert (place.population, place.plan_status) == (5000, "in_force")
    _save(world.clients["superuser"], url, "municipality_form", **data, population_year="2025")
    place.refresh_from_db()
    assert place.population == 1


def test_a_coordinator_cannot_widen_the_region_and_so_the_reach(world: World) -> None:
    region = world.own[Region]
    url = address(Region, "change", region.pk)
    data = {
        "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0",
        "memberships-MIN_NUM_FORMS": "0", "memberships-MAX_NUM_FORMS": "1000",
        "memberships-0-municipality": world.foreign[Municipality].pk,
        "kind": "county", "code": "99",
    }  # fmt: skip
    _save(world.clients["region"], url, "region_form", **data, lead_fi="Uusi ingressi")
    region.refresh_from_db()
    assert (region.lead_fi, region.kind) == ("Uusi ingressi", "cooperation")
    assert list(region.members.all()) == [world.own[Municipality]]


@pytest.mark.parametrize(
    ("model", "field", "owner"),
    [(Goal, "municipality", Municipality), (SteeringGroup, "region", Region)],
)
def test_rows_are_not_given_to_owners_out_of_reach(
    world: World, model: type[models.Model], field: str, owner: type[models.Model]
) -> None:
    client, form = world.clients["region"], f"{model._meta.model_name}_form"
    values = {"text_fi": "Tavoite", "name_fi": "Ryhmä", field: world.foreign[owner].pk}
    response = _save(client, address(model, "add"), form, **values)
    assert response.context["problems"][0].target == f"id_{field}"
    query = {
        "app_label": model._meta.app_label, "model_name": model._meta.model_name,
        "field_name": field, "term": "",
    }  # fmt: skip
    found = client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [item["id"] for item in found] == [str(world.own[owner].pk)]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"app_label": "projects", "model_name": "project", "field_name": "nothing"},
        {"app_label": "auth", "model_name": "user", "field_name": "groups"},
        {"app_label": "climateportal", "model_name": "user", "field_name": "groups"},
    ],
)
def test_lookups_of_what_is_not_offered_are_refused(world: World, query: dict[str, str]) -> None:
    response = world.clients["superuser"].get(reverse("admin:autocomplete"), query)
    assert response.status_code == 403


def test_index_lists_each_users_own_tasks(world: World) -> None:
    def shown(role: str) -> list[str]:
        response = world.clients[role].get(reverse("admin:index"))
        return [
            model["object_name"] for app in response.context["app_list"] for model in app["models"]
        ]

    everything = [model.__name__ for model in RULES]
    assert sorted(shown("superuser")) == sorted(everything)
    assert shown("superuser")[0] == "Project"
    assert "User" not in shown("region")
    assert "Region" in shown("region")
    assert "Region" not in shown("municipality")
    assert shown("no reach") == []
    assert world.clients["not staff"].get(reverse("admin:index")).status_code == 302


Predicate = Callable[[Any, Any], bool]


def test_predicates_and_conditions_agree(world: World) -> None:
    """For every model with both: `can_change_x(user, row)` says what `x_in_reach_q(user)` finds."""
    from municipalities import permissions as areas
    from projects import permissions as work

    pairs: dict[type[models.Model], tuple[Predicate, Callable[[Any], models.Q]]] = {
        Project: (work.can_change_project, work.project_in_reach_q),
        Contact: (work.can_change_contact, work.contact_in_reach_q),
        Goal: (work.can_change_goal, work.goal_in_reach_q),
        GoodPractice: (work.can_change_practice, work.practice_in_reach_q),
        Municipality: (areas.can_change_municipality, areas.municipality_in_reach_q),
        Region: (areas.can_change_region, areas.region_in_reach_q),
        SteeringGroup: (areas.can_change_steering_group, areas.steering_group_in_reach_q),
        Organisation: (areas.can_change_organisation, areas.organisation_in_reach_q),
    }
    for user in [*User.objects.all(), None]:
        for model, (predicate, condition) in pairs.items():
            found = set(model._default_manager.filter(condition(user)))
            for row in (world.own[model], world.foreign[model]):
                assert predicate(user, row) == (row in found), (user, model, row)
