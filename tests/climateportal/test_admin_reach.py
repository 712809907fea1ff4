"""What a coordinator may send from the admin: nothing reaches beyond the own area."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from climateportal.models import Feedback, User
from municipalities.models import Meeting, Municipality, Organisation, Region, SteeringGroup
from projects.models import BrokenLink, Contact, Expense, Goal, GoodPractice, Project
from tests.adminforms import controls
from tests.climateportal.adminworld import (
    RULES,
    World,
    address,
    opens,
)
from tests.factories import (
    ContactFactory,
    ProjectContactFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


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
    client = world.clients["region"]
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
    url = address(Contact, "change", contact.pk)  # shown, but with nothing to send
    assert "name" not in controls(client.get(url), "contact_form")
    client.post(url, {"name": "Muu", "kind": "person", "_save": "1"})
    contact.refresh_from_db()
    assert contact.name != "Muu"


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
    for role in ("municipality", "region"):
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
    [
        (Goal, "municipality", Municipality),
        (SteeringGroup, "region", Region),
        (Meeting, "group", SteeringGroup),
    ],
)
def test_rows_are_not_given_to_owners_out_of_reach(
    world: World, model: type[models.Model], field: str, owner: type[models.Model]
) -> None:
    client, form = world.clients["region"], f"{model._meta.model_name}_form"
    values = {
        "text_fi": "Tavoite",
        "name_fi": "Ryhmä",
        "date": "1.2.2027",
        field: world.foreign[owner].pk,
    }
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

    everything = [model.__name__ for model, rule in RULES.items() if not rule.nested]
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
    from climateportal import feedbackrights
    from municipalities import permissions as areas
    from projects import linkrights
    from projects import permissions as work

    pairs: dict[type[models.Model], tuple[Predicate, Callable[[Any], models.Q]]] = {
        Project: (work.can_change_project, work.project_in_reach_q),
        Contact: (work.can_change_contact, work.contact_in_reach_q),
        Goal: (work.can_change_goal, work.goal_in_reach_q),
        Expense: (work.can_change_expense, work.expense_in_reach_q),
        GoodPractice: (work.can_change_practice, work.practice_in_reach_q),
        Municipality: (areas.can_change_municipality, areas.municipality_in_reach_q),
        Region: (areas.can_change_region, areas.region_in_reach_q),
        SteeringGroup: (areas.can_change_steering_group, areas.steering_group_in_reach_q),
        Meeting: (areas.can_change_meeting, areas.meeting_in_reach_q),
        Feedback: (feedbackrights.can_answer_feedback, feedbackrights.feedback_in_reach_q),
        BrokenLink: (linkrights.can_mend, linkrights.brokenlink_in_reach_q),
        Organisation: (areas.can_change_organisation, areas.organisation_in_reach_q),
    }
    for user in [*User.objects.all(), None]:
        for model, (predicate, condition) in pairs.items():
            found = set(model._default_manager.filter(condition(user)))
            for row in (world.own[model], world.foreign[model]):
                assert predicate(user, row) == (row in found), (user, model, row)
