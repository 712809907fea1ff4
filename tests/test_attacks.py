"""What an attacker with an account, or without one, was once able to do. Each must stay shut."""

import time
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from climateportal.richtext import LONGEST, safe, sanitise
from municipalities.models import Organisation
from municipalities.permissions import can_change_organisation
from projects.models import Contact, Project, ProjectOrganisation
from tests.adminforms import controls
from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    """A municipal editor, logged in."""
    user = UserFactory()
    user.municipalities.add(MunicipalityFactory())
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def test_the_slug_of_a_foreign_draft_is_not_told(coordinator: Client) -> None:
    draft = ProjectFactory(draft=True, slug="salainen-hanke")
    content_type = ContentType.objects.get_for_model(Project)
    response = coordinator.get(f"/admin/r/{content_type.pk}/{draft.pk}/")
    assert "salainen" not in response.get("Location", "")


def test_a_text_too_long_is_refused_and_a_stored_one_is_cleaned_once() -> None:
    with pytest.raises(ValidationError):
        sanitise("x" * (LONGEST + 1))
    nested = "<blockquote>" * 4000 + "x"
    safe(nested)
    begun = time.process_time()
    for _ in range(50):
        safe(nested)
    assert time.process_time() - begun < 0.1


def test_many_unknown_places_do_not_multiply_queries() -> None:
    ProjectFactory(municipalities=[MunicipalityFactory()])
    address = "/hankkeet/?" + "&".join(f"alue=a{n}&kunta=b{n}" for n in range(300))
    Client().get(address)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    assert len(queries) <= 24


def test_an_organisation_used_elsewhere_is_not_renamed_by_whoever_added_it(
    coordinator: Client,
) -> None:
    organisation = Organisation(name_fi="Rahoittaja Oy")
    organisation._history_user = coordinator.user
    organisation.save()
    assert can_change_organisation(coordinator.user, organisation)
    elsewhere = ProjectFactory(municipalities=[MunicipalityFactory()])
    ProjectOrganisation.objects.create(project=elsewhere, organisation=organisation)
    assert not can_change_organisation(coordinator.user, organisation)


def test_a_contact_listed_elsewhere_is_not_deleted(coordinator: Client) -> None:
    own = coordinator.user.municipalities.get()
    contact = ContactFactory(
        organisation=OrganisationFactory(municipality=own, kind="municipality")
    )
    elsewhere = ProjectFactory(municipalities=[MunicipalityFactory()])
    ProjectContactFactory(project=elsewhere, contact=contact)
    coordinator.post(reverse("admin:projects_contact_delete", args=[contact.pk]), {"post": "yes"})
    assert Contact.objects.filter(pk=contact.pk).exists()


@pytest.mark.parametrize(
    "query",
    ["_facets=True", f"county={'9' * 30}", "county=abc", f"q={'sana ' * 1000}"],
)
@pytest.mark.parametrize("model", ["projects_project", "projects_contact"])
def test_odd_lists_of_the_admin_answer(coordinator: Client, model: str, query: str) -> None:
    response = coordinator.get(f"{reverse(f'admin:{model}_changelist')}?{query}")
    assert response.status_code in (200, 302)


def test_a_year_typed_short_gets_a_message_not_an_error(coordinator: Client) -> None:
    project = ProjectFactory(
        municipalities=[coordinator.user.municipalities.get()], start_date=date(2024, 1, 1)
    )
    url = reverse("admin:projects_project_change", args=[project.pk])
    data = controls(coordinator.get(url), "project_form")
    data |= {"published_at_0": "1.1.0001", "published_at_1": "00:00", "start_date": "1.1.0021"}
    response = coordinator.post(url, data)
    assert response.status_code == 200
    assert "1.1.0001" in response.content.decode()
    project.refresh_from_db()
    assert project.start_date == date(2024, 1, 1)


def test_a_new_project_may_be_opened_with_a_suggestion(coordinator: Client) -> None:
    related = ProjectFactory()
    url = reverse("admin:projects_project_add")
    assert coordinator.get(f"{url}?related={related.pk}").status_code == 200


@pytest.mark.any_database
@pytest.mark.usefixtures("demo")
def test_every_form_of_the_demo_opens() -> None:
    """With rows of every kind: a link of one of them once had nowhere to lead."""
    client = Client()
    client.force_login(UserFactory(superuser=True))
    for model, admin_of_model in admin.site._registry.items():
        for obj in model._default_manager.all()[:12]:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            url = reverse(name, args=[obj.pk])
            assert client.get(url).status_code == 200, f"{admin_of_model}: {obj}"
