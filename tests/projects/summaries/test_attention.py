"""What an editor is told to look at first, and why."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from climateportal.models import User
from projects.models import Project
from projects.summaries.attention import SHOWN, to_check
from tests.factories import ProjectFactory, RegionFactory, TaskFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
RECENT = datetime(2026, 5, 1, tzinfo=UTC)
LONG_AGO = datetime(2025, 11, 1, tzinfo=UTC)


def project(**values: Any) -> Project:
    """A project in order, but for `values`."""
    made = ProjectFactory(
        **{"stage": "implementation", "end_date": None, "start_date": None, **values}
    )
    touched = {"content_updated_at": RECENT} | {
        name: value for name, value in values.items() if name.endswith("_at")
    }
    Project.objects.filter(pk=made.pk).update(**touched)
    return made


def told(user: User) -> dict[str, str]:
    return {row.project.title_fi: row.why for row in to_check(user, TODAY)[0]}


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, None),
        ({"publication": "draft"}, "Luonnos"),
        ({"end_date": date(2026, 5, 31)}, "Myöhässä"),
        ({"end_date": TODAY}, None),
        ({"content_updated_at": LONG_AGO}, "tarkistettu viimeksi 1.11.2025"),
        ({"content_updated_at": LONG_AGO, "checked_at": RECENT}, None),
        (
            {"content_updated_at": LONG_AGO, "checked_at": datetime(2025, 11, 20, tzinfo=UTC)},
            "tarkistettu viimeksi 20.11.2025",
        ),
        ({"content_updated_at": LONG_AGO, "stage": "completed"}, None),
        (
            {"content_updated_at": LONG_AGO, "end_date": date(2026, 5, 31)},
            "Myöhässä, tarkistettu viimeksi 1.11.2025",
        ),
    ],
)
def test_reasons(boss: User, values: dict[str, Any], why: str | None) -> None:
    project(title_fi="Hanke", **values)
    assert told(boss) == ({"Hanke": why} if why else {})


def test_an_overdue_task_makes_its_project_late(boss: User) -> None:
    TaskFactory(project=project(title_fi="Hanke"), due_date=date(2026, 5, 1), state="in_progress")
    assert told(boss) == {"Hanke": "Myöhässä"}


def test_only_ones_own_the_longest_untouched_first(boss: User) -> None:
    region, editor = RegionFactory(), UserFactory()
    editor.regions.add(region)
    project(title_fi="Uudempi", publication="draft", regions=[region])
    project(title_fi="Vanhempi", content_updated_at=LONG_AGO, regions=[region])
    project(title_fi="Muiden", publication="draft")
    assert list(told(editor)) == ["Vanhempi", "Uudempi"]
    assert len(told(boss)) == 3


def test_there_may_be_more_than_are_shown(
    boss: User, django_assert_num_queries: Any, client: Client
) -> None:
    for _number in range(SHOWN + 1):
        project(publication="draft", content_updated_at=timezone.now())
    with django_assert_num_queries(1):
        rows, more = to_check(boss, TODAY)
    assert (len(rows), more) == (SHOWN, True)
    client.force_login(boss)
    page = client.get("/admin/").content.decode()
    assert page.count("<span>Luonnos</span>") == SHOWN
    link = "/admin/projects/project/?o=6"
    assert f'href="{link}"' in page
    listed = client.get(link).context["cl"].result_list
    assert [row.content_updated_at for row in listed] == sorted(
        row.content_updated_at for row in listed
    )
