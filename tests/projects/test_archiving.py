"""A project off the site is found by nobody; one that is archived stays, and asks for nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.publishing import PublicationState
from projects import archiving
from projects.actions import refresh
from projects.enums import Activity, Stage
from projects.models import Project
from projects.reminders import digest_for
from projects.summaries.worklist import worklist
from tests.adminforms import problems
from tests.contentmoves import moving
from tests.factories import MunicipalityFactory, OrganisationFactory, ProjectFactory, UserFactory
from tests.projects.test_drafts import drafted, form_of, mine

__all__ = ["mine"]
pytestmark = pytest.mark.django_db


def at(name: str, project: Project) -> str:
    return reverse(f"admin:projects_project_{name}", args=[project.pk])


@pytest.fixture
def over() -> Project:
    return ProjectFactory(
        title_fi="Vanha hanke", stage=Stage.COMPLETED, completed_on=date(2026, 1, 1),
        afterlife_fi="<p>Raportti jää.</p>",
        maintainer=OrganisationFactory(name_fi="Akaan kaupunki"),
        next_review_on=date(2027, 5, 1), municipalities=[MunicipalityFactory()],
    )  # fmt: skip


def test_a_page_is_taken_off_the_site_and_back_at_the_same_address(mine: Client) -> None:
    project = ProjectFactory()
    told = mine.get(at("unpublish", project)).content.decode()
    assert "linkit" in told.lower()
    assert Client().get(project.get_absolute_url()).status_code == 200
    with moving():
        mine.post(at("unpublish", project))
    project.refresh_from_db()
    assert project.publication == PublicationState.DRAFT
    assert Client().get(project.get_absolute_url()).status_code == 404
    record = project.history.latest()
    assert (record.publication, record.history_user is not None) == ("draft", True)
    assert "ei ole julkaistu" in mine.get(at("unpublish", project)).content.decode()


def test_a_draft_outlives_its_public_page(mine: Client) -> None:
    project = ProjectFactory(title_fi="Hanke")
    drafted(mine, project, title_fi="Luonnos")
    mine.post(at("unpublish", project))
    data = form_of(mine, project)
    assert (data["title_fi"], data["publication"]) == ("Luonnos", "draft")


def test_an_archived_page_tells_first_that_the_project_is_over(mine: Client, over: Project) -> None:
    with moving():
        mine.post(at("archive", over))
    over.refresh_from_db()
    assert over.archived_on == timezone.localdate()
    page = Client().get(over.get_absolute_url()).content.decode()
    main = page[page.index("<main") :]
    assert "Hanke on päättynyt" in main
    assert main.index("Hanke on päättynyt") < main.index('id="yhteenveto"')
    for words in ("Akaan kaupunki", "Raportti jää.", "1.5.2027"):
        assert main.count(words) == 1, words
    listed = Client().get("/hankkeet/").content.decode()
    assert "Vanha hanke" in listed
    assert "Arkistoitu" in listed


def test_an_archived_project_asks_for_nothing(over: Project) -> None:
    user = UserFactory()
    user.municipalities.add(over.municipalities.get())
    assert worklist(user).projects == 1
    archiving.archive(project=over, by=user)
    assert worklist(user).projects == 0
    assert digest_for(user, timezone.localdate()) is None
    assert Project.objects.published().count() == 1
    archiving.unarchive(project=over, by=user)
    assert worklist(user).projects == 1


def test_archiving_is_a_change_of_content_and_an_empty_field_is_none(over: Project) -> None:
    """Digests that were stored before there was an archive hold still."""
    before = over.content_updated_at
    assert not refresh(project=over)
    archiving.archive(project=over, by=None)
    over.refresh_from_db()
    assert over.content_updated_at > before


@pytest.mark.parametrize(
    ("values", "may"),
    [
        ({"stage": Stage.IMPLEMENTATION}, False),
        ({"stage": Stage.COMPLETED}, True),
        ({"activity": Activity.CANCELLED, "activity_reason_fi": "Loppui."}, True),
        ({"activity": Activity.PAUSED, "activity_reason_fi": "Tauko."}, False),
    ],
)
def test_only_what_is_over_is_archived(mine: Client, values: dict, may: bool) -> None:
    project = ProjectFactory(**values)
    if not may:
        with pytest.raises(ValidationError):
            archiving.archive(project=project, by=None)
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=project.pk).update(archived_on=date(2026, 1, 1))
    mine.post(at("archive", project))
    project.refresh_from_db()
    assert (project.archived_on is not None) == may


def test_an_archived_project_does_not_go_on_before_it_is_taken_back(
    mine: Client, over: Project
) -> None:
    archiving.archive(project=over, by=None)
    data = form_of(mine, over) | {"stage": "implementation", "completed_on": ""}
    response = mine.post(at("change", over), {**data, "_save": "1"})
    assert set(problems(response)) == {"id_archived_on"}
    mine.post(at("archive", over), {"back": "1"})
    over.refresh_from_db()
    assert over.archived_on is None


def test_many_are_archived_at_once_and_those_that_go_on_are_named(
    mine: Client, over: Project
) -> None:
    going = ProjectFactory(title_fi="Jatkuva")
    data = {"action": "archive_chosen", "_selected_action": [over.pk, going.pk]}
    page = mine.post("/admin/projects/project/", data, follow=True)
    told = " ".join(map(str, page.context["messages"]))
    assert "1 hanke arkistoitiin" in told
    assert "Jatkuva" in told
    assert Project.objects.exclude(archived_on=None).get() == over
