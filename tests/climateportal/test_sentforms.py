"""A form that is sent twice is saved once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from climateportal.models import SavedForm
from projects.models import Contact, Project
from tests.adminforms import controls, row, saved
from tests.factories import MunicipalityFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/projects/project/add/"


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def test_a_new_project_is_made_once(boss: Client) -> None:
    data = controls(boss.get(ADD), "project_form") | {
        "title_fi": "Uusi hanke", "more_municipalities": [MunicipalityFactory().pk],
    }  # fmt: skip
    saved(boss, ADD, data)
    response = boss.post(ADD, data | {"_save": "1"}, follow=True)
    assert Project.objects.count() == 1
    assert "Lomake lähetettiin kaksi kertaa" in response.content.decode()
    made = Project.objects.get()
    response = boss.post(ADD, data | {"_save": "1", "_continue": "1"})
    assert response.status_code == 409  # another button is another wish
    assert made.get_absolute_url and f"/{made.pk}/change/" in response.content.decode()


def test_changed_after_back_it_is_not_saved_unasked(boss: Client) -> None:
    data = controls(boss.get(ADD), "project_form") | {
        "title_fi": "Uusi hanke", "more_municipalities": [MunicipalityFactory().pk],
    }  # fmt: skip
    saved(boss, ADD, data)
    response = boss.post(ADD, data | {"title_fi": "Toinen hanke", "_save": "1"})
    assert response.status_code == 409 and response.context["refusal"].kind == "again"
    assert Project.objects.count() == 1
    kept = controls(response, "project_form")
    assert kept["title_fi"] == "Toinen hanke"
    saved(boss, ADD, kept)  # knowingly
    assert {project.title_fi for project in Project.objects.all()} == {"Uusi hanke", "Toinen hanke"}


def test_a_row_added_to_a_project_is_added_once(boss: Client) -> None:
    project = ProjectFactory(municipalities=[MunicipalityFactory()])
    url = f"/admin/projects/project/{project.pk}/change/"
    data = row(
        controls(boss.get(url), "project_form"), "goals", text_fi="Tavoite", state="open",
        order=1,
    )  # fmt: skip
    saved(boss, url, data)
    response = boss.post(url, data | {"_save": "1"})
    assert response.status_code == 302 and response.url == "/admin/projects/project/"
    assert project.goals.count() == 1
    # and with Back, where another text was changed before saving again
    response = boss.post(url, data | {"summary_sv": "Mer", "_save": "1"})
    assert response.status_code == 409
    saved(boss, url, controls(response, "project_form"))
    project.refresh_from_db()
    assert (project.goals.count(), project.summary_sv) == (1, "Mer")


def test_a_refused_form_can_be_sent_again(boss: Client) -> None:
    data = controls(boss.get(ADD), "project_form")
    for _again in range(2):
        assert boss.post(ADD, data).status_code == 200
    assert not SavedForm.objects.exists()


def test_a_popup_answers_twice_with_the_same_row(boss: Client) -> None:
    url = "/admin/projects/contact/add/?_popup=1"
    data = controls(boss.get(url), "contact_form") | {"name": "Aino", "_save": "1"}
    first, second = boss.post(url, data), boss.post(url, data)
    assert Contact.objects.count() == 1
    assert first.context["popup_response_data"] == second.context["popup_response_data"]


def test_what_is_remembered_is_forgotten_in_a_day(boss: Client) -> None:
    url = "/admin/projects/contact/add/"
    saved(boss, url, controls(boss.get(url), "contact_form") | {"name": "Aino"})
    SavedForm.objects.update(at=timezone.now() - timedelta(hours=25))
    saved(boss, url, controls(boss.get(url), "contact_form") | {"name": "Eino"})
    assert SavedForm.objects.count() == 1
