"""The project form: what saving does, and what is refused at which field."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from climateportal.models import OldSlug
from climateportal.publishing import PublicationState
from projects.enums import Stage, TaskState
from projects.models import Project, StageChange
from tests.adminforms import controls, problems, row, saved
from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    UserFactory,
    WorkPackageFactory,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/projects/project/add/"


def change(project: Project) -> str:
    return reverse("admin:projects_project_change", args=[project.pk])


@pytest.fixture
def boss(client: Client) -> Client:
    """Signed in as the portal's administrator."""
    client.force_login(UserFactory(superuser=True))
    return client


def form_of(client: Client, url: str = ADD) -> dict[str, Any]:
    response = client.get(url)
    assert response.status_code == 200
    return controls(response, "project_form")


# --- saving --------------------------------------------------------------------------------------


def test_a_joint_project_is_made_with_goals_tasks_and_contacts(boss: Client) -> None:
    akaa, urjala = MunicipalityFactory(name_fi="Akaa"), MunicipalityFactory(name_fi="Urjala")
    contact = ContactFactory()
    data = form_of(boss) | {"title_fi": "Yhteinen hanke", "more_municipalities": [akaa.pk]}
    data = row(data, "participations", municipality=urjala.pk, order=0)
    data = row(data, "goals", text_fi="Päästöt puoleen", state="open", order=0)
    data = row(
        data, "tasks", title_fi="Kartoitus", state="done", completed_at="30.11.2022",
        due_precision="day", completed_precision="month", order=0,
    )  # fmt: skip
    data = row(data, "project_contacts", contact=contact.pk, is_primary="on", order=0)
    saved(boss, ADD, data, "_publish")
    project = Project.objects.get()
    assert project.slug == "yhteinen-hanke"
    assert project.is_public()
    assert {str(place) for place in project.municipalities.all()} == {"Akaa", "Urjala"}
    assert project.goals.get().text_fi == "Päästöt puoleen"
    assert project.tasks.get().completed_at == date(2022, 11, 30)
    assert project.project_contacts.get().is_primary
    assert StageChange.objects.get().to_stage == Stage.IDEA
    assert "kartoitus" in project.search_text.words


def test_every_municipality_of_a_region_is_added_once_and_only_those_that_exist(
    boss: Client,
) -> None:
    places = [MunicipalityFactory(), MunicipalityFactory()]
    ended = MunicipalityFactory(valid_until=date(2020, 12, 31), successor=places[0])
    region = RegionFactory(members=[*places, ended])
    project = ProjectFactory(municipalities=places[:1])
    data = form_of(boss, change(project)) | {"all_of_region": region.pk}
    saved(boss, change(project), data)
    assert list(project.participations.values_list("municipality", flat=True)) == [
        place.pk for place in places
    ]


def test_an_empty_save_changes_no_date_and_writes_no_stage(boss: Client) -> None:
    long_ago = timezone.now() - timedelta(days=90)
    project = ProjectFactory(
        municipalities=[MunicipalityFactory()], content_updated_at=long_ago, budget="1000.50",
        description_fi="<p>Kuvaus</p>", start_date=date(2021, 5, 1), money_as_of=date(2022, 1, 1),
    )  # fmt: skip
    TaskFactory(project=project, done=True, body_fi="<p>Tehtiin</p>")
    saved(boss, change(project), form_of(boss, change(project)))
    before = Project.objects.get()
    saved(boss, change(project), form_of(boss, change(project)))
    project.refresh_from_db()
    assert project.content_updated_at == before.content_updated_at
    assert project.budget == Decimal("1000.50")
    assert StageChange.objects.count() == 1


def test_a_change_moves_the_date_and_names_its_author(boss: Client) -> None:
    long_ago = timezone.now() - timedelta(days=90)
    project = ProjectFactory(content_updated_at=long_ago)
    data = form_of(boss, change(project)) | {"summary_fi": "Uusi ingressi", "stage": "planning"}
    saved(boss, change(project), data)
    project.refresh_from_db()
    assert project.content_updated_at > long_ago + timedelta(days=80)
    assert StageChange.objects.first().by == project.history.first().history_user
    assert StageChange.objects.first().by is not None


def test_an_internal_note_moves_no_date(boss: Client) -> None:
    project = ProjectFactory(content_updated_at=timezone.now() - timedelta(days=90))
    before = Project.objects.get().content_updated_at
    saved(boss, change(project), form_of(boss, change(project)) | {"internal_notes": "Soita"})
    project.refresh_from_db()
    assert (project.internal_notes, project.content_updated_at) == ("Soita", before)


def test_a_changed_address_leads_on(boss: Client) -> None:
    project = ProjectFactory(slug="vanha")
    saved(boss, change(project), form_of(boss, change(project)) | {"slug": "uusi"})
    assert OldSlug.objects.target(Project, "vanha") == project.pk


def test_an_own_stage_is_in_the_public_history(boss: Client) -> None:
    project = ProjectFactory(municipalities=[MunicipalityFactory()])
    data = form_of(boss, change(project)) | {"participations-0-stage": "planning"}
    saved(boss, change(project), data)
    assert StageChange.objects.first().municipality == project.municipalities.get()


def test_confirming_saves_and_gives_the_second_date(boss: Client) -> None:
    project = ProjectFactory()
    data = form_of(boss, change(project)) | {"summary_fi": "Tarkistettu ingressi"}
    response = saved(boss, change(project), data, "_confirm")
    project.refresh_from_db()
    assert response.url == change(project)
    assert project.summary_fi == "Tarkistettu ingressi"
    assert timezone.localdate(project.checked_at) == timezone.localdate()


def test_completing_without_a_day_takes_today_and_says_so(boss: Client) -> None:
    project = ProjectFactory()
    data = form_of(boss, change(project)) | {"stage": "completed"}
    saved(boss, change(project), data)
    project.refresh_from_db()
    assert project.completed_on == timezone.localdate()
    page = boss.get(reverse("admin:projects_project_changelist"))
    assert 'class="warning"' in page.content.decode()
    # once completed, an empty day means that nobody knows it
    saved(boss, change(project), form_of(boss, change(project)) | {"completed_on": ""})
    project.refresh_from_db()
    assert project.completed_on is None


def test_money_and_days_are_understood_as_they_are_written(boss: Client) -> None:
    funder = OrganisationFactory()
    data = form_of(boss) | {
        "title_fi": "Hanke", "budget": "100 000,50 €", "money_as_of": "2021-05-01",
        "start_date": "1.5.2021", "end_date": "30.6.2022",
    }  # fmt: skip
    data = row(data, "fundings", funder=funder.pk, amount="60\u00a0000", order=0)
    saved(boss, ADD, data)
    project = Project.objects.get()
    assert project.budget == Decimal("100000.50")
    assert (project.start_date, project.end_date) == (date(2021, 5, 1), date(2022, 6, 30))
    assert project.money_as_of == date(2021, 5, 1)
    assert project.fundings.get().amount == 60000
    assert form_of(boss, change(project))["budget"] == "100\u00a0000,50"


def test_a_picture_is_stored_small_and_without_its_place(boss: Client, settings: Any) -> None:
    project = ProjectFactory()
    data = form_of(boss, change(project)) | {
        "image": SimpleUploadedFile("kuva.jpg", jpeg(), "image/jpeg"), "image_alt_fi": "Metsä",
    }  # fmt: skip
    saved(boss, change(project), data)
    project.refresh_from_db()
    assert project.image.name.endswith(".webp")
    with Image.open(project.image) as stored:
        assert stored.width == 1600
        assert not stored.getexif()


def jpeg(width: int = 2400) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kameran tekijä"
    Image.new("RGB", (width, 300), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_the_tick_of_the_primary_contact_moves_in_one_save(boss: Client) -> None:
    project = ProjectFactory()
    first = ProjectContactFactory(project=project, is_primary=True)
    second = ProjectContactFactory(project=project)
    data = form_of(boss, change(project))
    del data["project_contacts-0-is_primary"]
    data["project_contacts-1-is_primary"] = "on"
    saved(boss, change(project), data)
    primary = project.project_contacts.get(is_primary=True)
    assert primary == second
    # and back, this time by removing the row that has it
    data = form_of(boss, change(project))
    assert data["project_contacts-0-id"] == str(second.pk)
    data |= {"project_contacts-0-DELETE": "on", "project_contacts-1-is_primary": "on"}
    saved(boss, change(project), data)
    assert list(project.project_contacts.values_list("pk", "is_primary")) == [(first.pk, True)]


def test_a_task_can_only_be_put_under_a_part_of_its_own_project(boss: Client) -> None:
    project = ProjectFactory()
    own, foreign = WorkPackageFactory(project=project), WorkPackageFactory()
    task = TaskFactory(project=project)
    data = form_of(boss, change(project)) | {"tasks-0-work_package": foreign.pk}
    assert "id_tasks-0-work_package" in problems(boss.post(change(project), data))
    saved(boss, change(project), data | {"tasks-0-work_package": own.pk})
    task.refresh_from_db()
    assert task.work_package == own


# --- refusing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_fi": ""}, "id_title_fi"),
        ({"start_date": "1.5.2022", "end_date": "30.4.2022"}, "id_end_date"),
        ({"end_date": "30.4.2022", "is_ongoing": "on"}, "id_end_date"),
        ({"completed_on": "30.4.2022"}, "id_completed_on"),
        ({"activity": "paused"}, "id_activity_reason_fi"),
        ({"stated_status": "at_risk"}, "id_stated_reason_fi"),
        ({"budget": "paljon"}, "id_budget"),
        ({"budget": "-1"}, "id_budget"),
        ({"start_date": "keväällä"}, "id_start_date"),
        ({"slug": "väärä osoite"}, "id_slug"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    boss: Client, typed: dict[str, str], field: str
) -> None:
    project = ProjectFactory()
    data = form_of(boss, change(project)) | {"summary_sv": "Säilyy", **typed}
    response = boss.post(change(project), data)
    assert field in problems(response)
    kept = controls(response, "project_form")
    assert {name: kept[name] for name in typed} == typed
    assert kept["summary_sv"] == "Säilyy"
    project.refresh_from_db()
    assert project.summary_sv == ""


def test_year_precision_is_compared_by_whole_years(boss: Client) -> None:
    data = form_of(boss) | {
        "title_fi": "Hanke", "start_date": "1.6.2022", "end_date": "1.1.2022",
        "date_precision": "year",
    }  # fmt: skip
    saved(boss, ADD, data)
    assert Project.objects.get().end_date == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("state", "day"), [("done", ""), ("in_progress", "1.5.2022"), ("not_started", "1.5.2022")]
)
def test_done_and_its_day_belong_together(boss: Client, state: str, day: str) -> None:
    task = TaskFactory()
    data = form_of(boss, change(task.project)) | {
        "tasks-0-state": state, "tasks-0-completed_at": day,
    }  # fmt: skip
    response = boss.post(change(task.project), data)
    assert list(problems(response)) == ["id_tasks-0-completed_at"]
    assert '<details class="row" open>' in response.content.decode()
    task.refresh_from_db()
    assert task.state == TaskState.IN_PROGRESS


def test_two_primary_contacts_are_told_at_the_second(boss: Client) -> None:
    project = ProjectFactory()
    ProjectContactFactory(project=project, is_primary=True)
    ProjectContactFactory(project=project)
    data = form_of(boss, change(project)) | {"project_contacts-1-is_primary": "on"}
    response = boss.post(change(project), data)
    assert list(problems(response)) == ["id_project_contacts-1-is_primary"]
    assert project.project_contacts.filter(is_primary=True).count() == 1


def test_a_municipality_twice_is_told_at_the_second(boss: Client) -> None:
    place = MunicipalityFactory(name_fi="Akaa")
    project = ProjectFactory(municipalities=[place])
    data = form_of(boss, change(project))
    data = row(data, "participations", municipality=place.pk, order=0)
    found = problems(boss.post(change(project), data))
    assert list(found) == ["id_participations-1-municipality"]
    assert "Akaa" in found["id_participations-1-municipality"]


def test_the_former_address_of_another_project_is_refused(boss: Client) -> None:
    other = ProjectFactory(slug="kaunis-osoite")
    saved(boss, change(other), form_of(boss, change(other)) | {"slug": "uusi-osoite"})
    data = form_of(boss) | {"title_fi": "Toinen", "slug": "kaunis-osoite"}
    assert list(problems(boss.post(ADD, data))) == ["id_slug"]
    # left empty, an address is found that nobody has or had
    saved(boss, ADD, data | {"title_fi": "Kaunis osoite", "slug": ""})
    assert Project.objects.get(title_fi="Kaunis osoite").slug == "kaunis-osoite-2"
    # and the address that the browser filled in from a title somebody else has is not an error
    data = form_of(boss) | {"title_fi": "Kaunis osoite", "slug": "kaunis-osoite"}
    saved(boss, ADD, data)
    assert Project.objects.filter(slug="kaunis-osoite-3").exists()


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"x" * (10 * 1024 * 1024 + 1)])
def test_a_file_that_is_no_picture_is_told_at_the_picture(boss: Client, content: bytes) -> None:
    project = ProjectFactory()
    data = form_of(boss, change(project)) | {
        "image": SimpleUploadedFile("kuva.jpg", content, "image/jpeg"), "image_alt_fi": "Kuva",
        "summary_fi": "Säilyy",
    }  # fmt: skip
    response = boss.post(change(project), data)
    assert "id_image" in problems(response)
    assert controls(response, "project_form")["summary_fi"] == "Säilyy"
    assert response.context["files_lost"]


def test_a_material_is_a_file_or_an_address(boss: Client) -> None:
    project = ProjectFactory()
    data = row(form_of(boss, change(project)), "materials", title_fi="Opas", language="fi", order=0)
    assert list(problems(boss.post(change(project), data))) == ["id_materials-0-url"]


# --- the page -------------------------------------------------------------------------------------


def test_a_fold_with_something_in_it_is_open(boss: Client) -> None:
    project = ProjectFactory(implements_fi="Ilmastotiekartta")
    open_fold = '<details open><summary>\n    <h3 id="basics-fields-{}-heading"'
    html = boss.get(change(project)).content.decode()
    assert open_fold.format(3) in html  # effect and programme
    assert open_fold.format(2) not in html  # no picture
    assert open_fold.format(3) not in boss.get(ADD).content.decode()


def test_rows_have_names_and_are_added_in_plain_words(boss: Client) -> None:
    project = TaskFactory(title_fi="Kartoitus").project
    html = boss.get(change(project)).content.decode()
    assert '<span class="inline_label">Kartoitus</span>' in html
    assert "Lisää tehtävä&quot;" in html
    assert "lisää toinen tehtävä" not in html.lower()


def test_a_coordinators_region_is_in_a_new_project(client: Client) -> None:
    user, region = UserFactory(), RegionFactory()
    user.regions.add(region)
    client.force_login(user)
    assert form_of(client)["regions"] == [str(region.pk)]
    user.regions.add(RegionFactory())  # which of the two is not for the form to guess
    assert form_of(client)["regions"] == []


def test_a_draft_is_previewed_and_a_published_page_opened(boss: Client) -> None:
    draft, public = ProjectFactory(draft=True), ProjectFactory()
    preview = reverse("admin:projects_project_preview", args=[draft.pk])
    for project, address in ((draft, preview), (public, public.get_absolute_url())):
        page = boss.get(change(project))
        assert f'<a href="{address}" class="viewsitelink">' in page.content.decode()
    assert boss.get(change(draft)).context["is_draft"]
    assert not boss.get(change(public)).context["is_draft"]


def test_publishing_from_the_button(boss: Client) -> None:
    draft = ProjectFactory(draft=True)
    saved(boss, change(draft), form_of(boss, change(draft)), "_publish")
    draft.refresh_from_db()
    assert draft.publication == PublicationState.PUBLISHED
    assert draft.is_public()


def test_errors_of_a_section_are_counted_beside_its_name(boss: Client) -> None:
    project = ProjectFactory()
    TaskFactory(project=project)
    data = form_of(boss, change(project)) | {"title_fi": "", "tasks-0-state": "done"}
    shown = {s.slug: s.errors for s in boss.post(change(project), data).context["sections"]}
    assert {slug for slug, errors in shown.items() if errors} == {"basics", "tasks"}
