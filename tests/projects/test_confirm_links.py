"""The link in a reminder: one project, one editor, one purpose, thirty days, nothing by reading."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from climateportal.models import User
from projects import actions
from projects.confirmlinks import make_token
from projects.models import Project
from tests.factories import MunicipalityFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=300)


@pytest.fixture
def project() -> Project:
    made = ProjectFactory(title_fi="Pyörätiet", municipalities=[MunicipalityFactory()])
    Project.objects.filter(pk=made.pk).update(content_updated_at=LONG_AGO)
    return Project.objects.get(pk=made.pk)


@pytest.fixture
def editor(project: Project) -> User:
    user = UserFactory()
    user.municipalities.set(project.municipalities.all())
    return user


def address(project: Project, editor: User) -> str:
    return f"/tarkista/{make_token(project, editor)}/"


def checked(project: Project) -> bool:
    return Project.objects.get(pk=project.pk).checked_at is not None


def test_reading_asks_and_changes_nothing(client: Client, project: Project, editor: User) -> None:
    response = client.get(address(project, editor))
    assert response.status_code == 200
    page = response.content.decode()
    assert "Onko tämä yhä ajan tasalla?" in page
    assert "Pyörätiet" in page
    assert not checked(project)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_the_button_confirms_in_the_editors_name(
    client: Client, project: Project, editor: User
) -> None:
    response = client.post(address(project, editor))
    assert "Kiitos" in response.content.decode()
    project.refresh_from_db()
    assert project.checked_by == editor
    assert project.history.first().history_user == editor
    assert project.content_updated_at == LONG_AGO


def test_the_form_needs_its_csrf_token(project: Project, editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(project, editor)).status_code == 403
    assert not checked(project)


def test_it_works_once(client: Client, project: Project, editor: User) -> None:
    link = address(project, editor)
    client.post(link)
    first = Project.objects.get(pk=project.pk).checked_at
    assert "Tähän on jo vastattu" in client.post(link).content.decode()
    assert Project.objects.get(pk=project.pk).checked_at == first


def test_a_change_since_is_an_answer_too(client: Client, project: Project, editor: User) -> None:
    link = address(project, editor)
    with actions.editing(project=project, by=editor):
        project.summary_fi = "Uusi ingressi."
    assert "Tähän on jo vastattu" in client.get(link).content.decode()


def test_it_expires(client: Client, project: Project, editor: User) -> None:
    link = address(project, editor)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        response = client.post(link)
    assert response.status_code == 410
    assert not checked(project)


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "ä", "x" * 5000])
def test_an_altered_link_leads_nowhere(client: Client, token: str) -> None:
    assert client.get(f"/tarkista/{token}/").status_code in (400, 404)


def test_a_link_ends_with_the_right_to_edit(client: Client, project: Project, editor: User) -> None:
    link = address(project, editor)
    editor.municipalities.clear()
    assert client.post(link).status_code == 404
    assert not checked(project)


def test_a_link_ends_with_the_account(client: Client, project: Project, editor: User) -> None:
    link = address(project, editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert client.post(link).status_code == 404


def test_a_link_is_for_one_project(client: Client, project: Project, editor: User) -> None:
    other = ProjectFactory(municipalities=project.municipalities.all())
    Project.objects.filter(pk=other.pk).update(content_updated_at=LONG_AGO)
    client.post(address(project, editor))
    assert not checked(other)


def test_the_page_speaks_the_editors_language(
    client: Client, project: Project, editor: User
) -> None:
    User.objects.filter(pk=editor.pk).update(language="sv")
    page = client.get(address(project, editor)).content.decode()
    assert '<html lang="sv">' in page
    assert "aktuellt" in page
