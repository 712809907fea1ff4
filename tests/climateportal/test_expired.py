"""A form sent after the session ended, or after a new log-in, goes on for the same user alone."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.admin import keptforms
from climateportal.admin.staleness import TOKEN
from climateportal.models import KeptForm, User
from projects.models import Project
from tests.adminforms import controls, saved
from tests.factories import MunicipalityFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/projects/project/add/"
LOGIN = "/tunnus/kirjaudu/"
PASSWORD = "hyvin-pitkä-salasana"


def change(project: Project) -> str:
    return reverse("admin:projects_project_change", args=[project.pk])


@pytest.fixture
def editor() -> User:
    user = UserFactory(superuser=True)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def project() -> Project:
    return ProjectFactory(title_fi="Hanke", municipalities=[MunicipalityFactory()])


def browser(user: User | None = None) -> Client:
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    return client


def opened(client: Client, url: str) -> dict[str, Any]:
    return controls(client.get(url), "project_form")


def signed_in(client: Client, user: User, address: str) -> Any:
    """Signs in on the page that a redirect led to. Returns the answer to the log-in."""
    page = client.get(address)
    assert "Kirjautumisesi oli päättynyt" in page.content.decode()
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    after = parse_qs(urlsplit(address).query)["next"][0]
    return client.post(
        LOGIN,
        {"login": user.email, "password": PASSWORD, "next": after, "csrfmiddlewaretoken": token},
    )


def test_what_was_typed_goes_on_after_signing_in(editor: User, project: Project) -> None:
    client = browser(editor)
    data = opened(client, change(project)) | {"title_fi": "Kirjoitettu", "summary_sv": "Skrivet"}
    client.cookies.pop("sessionid")
    response = client.post(change(project), data | {"_save": "1"})
    assert response.status_code == 302 and response.url.startswith(LOGIN)
    project.refresh_from_db()
    assert project.title_fi == "Hanke"
    response = signed_in(client, editor, response.url)
    assert response.status_code == 302
    page = client.get(response.url)
    assert page.status_code == 200
    assert "ei ole vielä tallennettu" in page.content.decode()
    kept = controls(page, "project_form")
    assert (kept["title_fi"], kept["summary_sv"]) == ("Kirjoitettu", "Skrivet")
    project.refresh_from_db()
    assert project.title_fi == "Hanke"  # opening the page saves nothing
    assert client.get(response.url).status_code == 200  # and it can be opened again
    saved(client, response.url, kept)
    project.refresh_from_db()
    assert project.title_fi == "Kirjoitettu"
    assert not KeptForm.objects.exists()


def test_a_new_project_goes_on_too(editor: User) -> None:
    client = browser(editor)
    place = MunicipalityFactory()
    data = opened(client, ADD) | {"title_fi": "Uusi", "more_municipalities": [place.pk]}
    client.cookies.pop("sessionid")
    response = signed_in(client, editor, client.post(ADD, data).url)
    kept = controls(client.get(response.url), "project_form")
    assert kept["more_municipalities"] == [str(place.pk)]
    saved(client, response.url, kept)
    assert Project.objects.get().title_fi == "Uusi"


def test_somebody_else_saved_meanwhile(editor: User, project: Project) -> None:
    client, other = browser(editor), Client()
    other.force_login(UserFactory(superuser=True))
    data = opened(client, change(project)) | {"title_fi": "Minun"}
    saved(other, change(project), opened(other, change(project)) | {"title_fi": "Heidän"})
    client.cookies.pop("sessionid")
    response = signed_in(client, editor, client.post(change(project), data).url)
    page = client.get(response.url)
    (told,) = page.context["refusal"].differences
    assert (told.mine, told.stored) == ("Minun", "Heidän")
    saved(client, response.url, controls(page, "project_form"))
    project.refresh_from_db()
    assert project.title_fi == "Minun"


def test_nobody_else_sees_it(editor: User, project: Project) -> None:
    client = browser(editor)
    data = opened(client, change(project)) | {"title_fi": "Kirjoitettu"}
    client.cookies.pop("sessionid")
    client.post(change(project), data)
    kept = KeptForm.objects.get()
    assert kept.user == editor
    address = f"{change(project)}?kept={kept.key}"
    other = browser(UserFactory(superuser=True))
    assert "Kirjoitettu" not in other.get(address).content.decode()
    owner = browser(editor)
    elsewhere = f"{change(ProjectFactory())}?kept={kept.key}"
    assert "Kirjoitettu" not in owner.get(elsewhere).content.decode()
    assert "Kirjoitettu" in owner.get(address).content.decode()
    KeptForm.objects.update(at=timezone.now() - timedelta(hours=25))
    assert "Kirjoitettu" not in owner.get(address).content.decode()


def test_only_a_form_of_ours_is_kept_and_not_too_much(
    editor: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(editor)
    data = opened(client, change(project))
    client.cookies.pop("sessionid")
    for odd in ({TOKEN: ""}, {TOKEN: data[TOKEN][:-3] + "xyz"}):
        assert client.post(change(project), data | odd).url.startswith("/admin/login/")
    other = change(ProjectFactory())
    assert client.post(other, data).url.startswith("/admin/login/")
    monkeypatch.setattr(keptforms, "LONGEST", 100)
    assert client.post(change(project), data).url.startswith("/admin/login/")
    assert not KeptForm.objects.exists()
    monkeypatch.undo()
    monkeypatch.setattr(keptforms, "MOST", 2)
    for number in range(4):
        client.post(change(project), data | {"title_fi": f"Nimi {number}"})
    assert KeptForm.objects.count() == 2
    User.objects.update(is_active=False)
    client.post(change(project), data | {"title_fi": "Lukittu"})
    assert KeptForm.objects.count() == 2


def test_files_are_said_to_be_lost_and_passwords_are_not_kept(editor: User) -> None:
    client = browser(editor)
    url = "/admin/climateportal/user/add/"
    data = controls(client.get(url), "user_form") | {
        "email": "uusi@example.fi", "password1": "salaisuus-123", "password2": "salaisuus-123",
    }  # fmt: skip
    project_data = opened(client, ADD) | {"title_fi": "Uusi"}
    client.cookies.pop("sessionid")
    client.post(url, data)
    kept = KeptForm.objects.get()
    assert "salaisuus" not in kept.sent and "csrf" not in kept.sent and "uusi%40" in kept.sent
    client.post(ADD, project_data | {"image": SimpleUploadedFile("kuva.png", b"x")})
    kept = KeptForm.objects.latest("pk")
    page = browser(editor).get(f"{ADD}?kept={kept.key}").content.decode()
    assert "Valitse tiedostot ja kuvat uudelleen" in page


def test_a_new_log_in_in_another_tab_loses_nothing(editor: User, project: Project) -> None:
    client = browser(editor)
    data = opened(client, change(project)) | {"title_fi": "Kirjoitettu"}
    client.cookies.clear()
    client.get(LOGIN)
    client.force_login(editor)  # another session and another CSRF secret
    response = client.post(change(project), data)
    assert response.status_code == 302 and response.url.startswith(f"{change(project)}?kept=")
    project.refresh_from_db()
    assert project.title_fi == "Hanke"
    kept = controls(client.get(response.url), "project_form")
    saved(client, response.url, kept)
    project.refresh_from_db()
    assert project.title_fi == "Kirjoitettu"


def test_another_user_s_session_gets_the_plain_page(editor: User, project: Project) -> None:
    data = opened(browser(editor), change(project)) | {"title_fi": "Kirjoitettu"}
    other = browser(UserFactory(superuser=True))
    response = other.post(change(project), data)
    assert response.status_code == 403
    assert "Kirjoitettu" not in response.content.decode()


def test_other_csrf_failures_are_as_before(project: Project) -> None:
    assert browser().post(LOGIN, {"login": "x"}).status_code == 403
    assert browser().post(change(project), {TOKEN: "x"}).status_code == 403
