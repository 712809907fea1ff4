"""What the admin's pages tell those who hear them: which row a field is of, where one is."""

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import Project
from tests.factories import BrokenLinkFactory, ExpenseFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def test_the_fields_of_a_line_say_which_expense_they_are_of(boss: Client) -> None:
    expense = ExpenseFactory()
    url = reverse("admin:projects_project_change", args=[expense.project_id])
    page = boss.get(url).content.decode()
    assert f'role="group" aria-label="{expense}"' in page
    assert f'Poista<span class="visually-hidden">: {expense}</span></label>' in page
    assert 'role="group" aria-label="Kulu"' in page  # of which new lines are made


def test_headings_of_a_list_say_how_it_is_sorted(boss: Client) -> None:
    ProjectFactory()
    page = boss.get("/admin/projects/project/?o=-1.2").content.decode()
    assert page.count("aria-sort=") == 1
    assert 'aria-label="Nimi" aria-sort="descending"' in page
    assert 'aria-label="Käännä järjestys: nimi"' in page
    assert '<span class="visually-hidden">Sija järjestyksessä: </span>2</span>' in page


def test_the_row_of_a_broken_link_is_headed_by_where_it_is_mended(boss: Client) -> None:
    project: Project = ProjectFactory()
    link = BrokenLinkFactory(
        place="projects.project", row=project.pk, column="implements_url", project=project
    )
    page = boss.get(f"/admin/projects/brokenlink/?problem__exact={link.problem}").content.decode()
    url = reverse("admin:projects_project_change", args=[project.pk])
    assert f'<th class="field-owner"><a href="{url}#section-basics">' in page


def test_nothing_is_invalid_before_it_is_touched(boss: Client) -> None:
    ProjectFactory()
    page = boss.get("/admin/projects/project/").content.decode()
    select = page.partition('<select name="action"')[2].partition(">")[0]
    assert "required" not in select
    page = boss.get(reverse("admin:sheets")).content.decode()
    field = page.partition('type="file"')[2].partition(">")[0]
    assert 'aria-invalid="false"' in field
