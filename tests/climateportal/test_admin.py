"""The admin of the site itself: pages, notices, users, log-in, rich text and its policy."""

import re
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from climateportal.models import Notice, OldSlug, Page, User
from projects.models import Project, StageChange, Task
from tests.adminforms import controls, problems, saved
from tests.factories import (
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SCRIPT = '<p>Hei <strong onclick="x()">kaikki</strong></p><script>alert(1)</script>'


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def form_of(client: Client, url: str, name: str) -> dict[str, Any]:
    return controls(client.get(url), f"{name}_form")


# --- log-in ---------------------------------------------------------------------------------------


def test_log_in_is_the_throttled_one_and_its_post_is_no_way_in(client: Client) -> None:
    user = UserFactory(superuser=True)
    assert client.get("/admin/").status_code == 302
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_login"))
    client.post(reverse("admin:login"), {"username": user.email, "password": "salasana"})
    assert client.get("/admin/").status_code == 302


def test_a_signed_in_visitor_without_rights_is_told_so(client: Client) -> None:
    client.force_login(UserFactory(is_staff=False))
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_admin_is_finnish_and_has_the_sites_name(boss: Client, settings: Any) -> None:
    boss.cookies["django_language"] = "en"
    page = boss.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="fi"' in page
    assert settings.SITE_NAME in page
    assert ">Hankkeet</a>" in page


def test_the_page_of_an_app_leads_to_the_front(boss: Client) -> None:
    assert boss.get("/admin/projects/").url == reverse("admin:index")


def test_scripts_have_their_words_in_finnish(boss: Client) -> None:
    words = boss.get(reverse("admin:jsi18n")).content.decode()
    assert "Lihavointi" in words
    assert "heading3" in words
    assert "Poistettu" in words


# --- rich text ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_script_is_not_stored_by_the_form(boss: Client, language: str) -> None:
    project = ProjectFactory()
    task = TaskFactory(project=project)
    url = reverse("admin:projects_project_change", args=[project.pk])
    data = form_of(boss, url, "project") | {
        f"description_{language}": SCRIPT, f"tasks-0-body_{language}": SCRIPT,
    }  # fmt: skip
    saved(boss, url, data)
    project.refresh_from_db()
    task.refresh_from_db()
    for text in (getattr(project, f"description_{language}"), getattr(task, f"body_{language}")):
        assert text == "<p>Hei <strong>kaikki</strong></p>"


def test_a_script_is_not_stored_by_save_alone() -> None:
    project = ProjectFactory(description_fi=SCRIPT)
    project.refresh_from_db()
    assert "script" not in project.description_fi
    assert "onclick" not in project.description_fi


def test_a_script_in_the_database_is_never_drawn(boss: Client) -> None:
    """`update()` passes by every cleaning; the page cleans again, the admin shows it as text."""
    project = ProjectFactory()
    Project.objects.update(description_fi=SCRIPT, title_fi=SCRIPT)
    Task.objects.create(project=project, title_fi=SCRIPT, body_fi="")
    Task.objects.update(body_fi=SCRIPT)
    public = Client().get(project.get_absolute_url()).content.decode()
    url = reverse("admin:projects_project_change", args=[project.pk])
    pages = [public, boss.get(url).content.decode(),
             boss.get(reverse("admin:projects_project_changelist")).content.decode()]  # fmt: skip
    for page in pages:
        assert "<script>alert" not in page
        assert '<strong onclick="x()"' not in page


def test_only_the_import_map_has_a_nonce_and_only_pages_with_the_editor_have_its_policy(
    boss: Client,
) -> None:
    response = boss.get(reverse("admin:projects_project_add"))
    policy = response["Content-Security-Policy"]
    nonce = re.search(r"script-src 'self' 'nonce-([^']+)'", policy).group(1)
    page = response.content.decode()
    assert page.count(f'nonce="{nonce}"') == 1
    tag = next(tag for tag in re.findall(r"<script[^>]*>", page) if nonce in tag)
    assert 'type="importmap"' in tag
    assert "'unsafe" not in policy
    for url in ("/admin/", reverse("admin:projects_contact_add"), "/"):
        other = boss.get(url)["Content-Security-Policy"]
        assert "nonce" not in other
        assert "sha256" not in other


def test_nonces_are_not_repeated(boss: Client) -> None:
    url = reverse("admin:projects_project_add")
    first, second = boss.get(url), boss.get(url)
    assert first["Content-Security-Policy"] != second["Content-Security-Policy"]


# --- pages, notices, users ------------------------------------------------------------------------


def test_a_page_remembers_its_address_and_the_day_of_its_text(boss: Client) -> None:
    page = Page.objects.create(title_fi="Tietoa", slug="tietoa")
    url = reverse("admin:climateportal_page_change", args=[page.pk])
    saved(boss, url, form_of(boss, url, "page") | {"slug": "tietoa-meista", "order": "3"})
    page.refresh_from_db()
    assert OldSlug.objects.target(Page, "tietoa") == page.pk
    assert page.updated_at is None, "a moved page is not a new text"
    saved(boss, url, form_of(boss, url, "page") | {"body_sv": "<p>Text</p>"})
    page.refresh_from_db()
    assert page.updated_at is not None


def test_a_notice_does_not_end_before_it_starts(boss: Client) -> None:
    url = reverse("admin:climateportal_notice_add")
    data = form_of(boss, url, "notice") | {
        "text_fi": "Katko", "starts_at_0": "1.5.2027", "starts_at_1": "12:00",
        "ends_at_0": "1.5.2027", "ends_at_1": "11:00",
    }  # fmt: skip
    assert list(problems(boss.post(url, data))) == ["id_ends_at_0"]
    saved(boss, url, data | {"ends_at_1": "13:00"})
    assert Notice.objects.get().text_fi == "Katko"


def test_an_account_is_made_for_editing_and_then_given_its_reach(boss: Client) -> None:
    url = reverse("admin:climateportal_user_add")
    password = "pitka-ja-outo-lause"
    data = form_of(boss, url, "user") | {
        "email": "Aino.Esimerkki@Example.FI", "usable_password": "true",
        "password1": password, "password2": password,
    }  # fmt: skip
    response = saved(boss, url, data)
    user = User.objects.get(email="aino.esimerkki@example.fi")
    assert not user.is_staff  # there is nothing to see in the admin yet
    assert not user.is_superuser
    assert authenticate(email=user.email, password=password) == user
    assert response.url == reverse("admin:climateportal_user_change", args=[user.pk])
    place = MunicipalityFactory()
    saved(boss, response.url, form_of(boss, response.url, "user") | {"municipalities": [place.pk]})
    assert list(user.municipalities.all()) == [place]
    user.refresh_from_db()
    assert user.is_staff


def test_an_account_gets_its_reach_on_the_same_page(boss: Client) -> None:
    url = "/admin/climateportal/user/add/"
    region = RegionFactory()
    data = controls(boss.get(url), "user_form") | {
        "email": "uusi@example.fi", "regions": [region.pk], "usable_password": "true",
        "password1": "pitkä ja hyvä salasana", "password2": "pitkä ja hyvä salasana",
    }  # fmt: skip
    saved(boss, url, data)
    user = User.objects.get(email="uusi@example.fi")
    assert list(user.regions.all()) == [region]
    rows = boss.get("/admin/climateportal/user/").content.decode()
    assert f'<td class="field-reach">{region}</td>' in rows


def test_before_deleting_only_what_people_know_is_listed(boss: Client) -> None:
    project = ProjectFactory(regions=[RegionFactory()])
    TaskFactory(project=project, title_fi="Kartoitus")
    StageChange.objects.create(project=project, from_stage="idea", to_stage="planning")
    page = boss.get(f"/admin/projects/project/{project.pk}/delete/").content.decode()
    assert "Tehtävä: Kartoitus" in page
    assert "Idea → Suunnittelu" in page
    assert "object (" not in page
    assert "project_regions" not in page.lower()
    assert "project-region" not in page.lower()


def test_two_accounts_of_one_address_are_refused(boss: Client) -> None:
    UserFactory(email="aino@example.fi")
    url = reverse("admin:climateportal_user_add")
    data = form_of(boss, url, "user") | {
        "email": "AINO@example.fi", "usable_password": "true",
        "password1": "pitka-ja-outo-lause", "password2": "pitka-ja-outo-lause",
    }  # fmt: skip
    assert problems(boss.post(url, data))


def test_single_rights_and_groups_are_not_offered(boss: Client) -> None:
    user = UserFactory()
    url = reverse("admin:climateportal_user_change", args=[user.pk])
    assert not {"groups", "user_permissions", "is_staff"} & set(form_of(boss, url, "user"))


@pytest.mark.parametrize("name", ["password_change", "logout"])
def test_djangos_own_pages_work_in_our_frame(boss: Client, name: str) -> None:
    url = reverse(f"admin:{name}")
    response = boss.post(url) if name == "logout" else boss.get(url)
    assert response.status_code in (200, 302)
