"""The list of projects in the admin."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.actions import refresh
from projects.admin.project import ProjectAdmin
from projects.models import Project
from tests.factories import (
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/projects/project/"


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def shown(client: Client, **query: Any) -> set[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return {project.title_fi for project in response.context["cl"].result_list}


def cells(client: Client, project: Project) -> dict[str, str]:
    """The words of a project's row, by column."""
    model_admin = client.get(LIST).context["cl"].model_admin
    row = client.get(LIST).context["cl"].result_list.get(pk=project.pk)
    names = model_admin.list_display
    return {name: str(getattr(model_admin, name)(row)) for name in names}


def test_a_row_says_in_words_how_the_project_is(boss: Client) -> None:
    names = ["Akaa", "Pälkäne", "Urjala", "Valkeakoski", "Kangasala"]
    project = ProjectFactory(
        title_fi="Hanke", title_sv="Projekt", summary_fi="Ingressi",
        municipalities=[MunicipalityFactory(name_fi=name) for name in names],
        end_date=timezone.localdate() - timedelta(days=3), date_precision="day",
    )  # fmt: skip
    Project.objects.filter(pk=project.pk).update(
        content_updated_at=timezone.make_aware(timezone.datetime(2026, 1, 30, 23, 30))
    )
    assert cells(boss, project) == {
        "title": "Hanke",
        "stage_words": "Vaihe 4/5: Toteutus",
        "schedule": "Myöhässä",
        "places": "Akaa, Pälkäne, Urjala ja 2 muuta",
        "publication_words": "Julkaistu",
        "updated": "30.1.2026",
        "missing": "ruotsi, englanti",
    }


def test_a_project_on_hold_and_one_that_opens_later(boss: Client) -> None:
    opens = timezone.now() + timedelta(days=400)
    project = ProjectFactory(activity="paused", activity_reason_fi="Syy", published_at=opens)
    row = cells(boss, project)
    assert row["stage_words"] == "Tauolla"
    assert f"{opens.astimezone(timezone.get_current_timezone()).year}" in row["publication_words"]


def test_two_more_names_are_worth_a_count_one_more_is_not(boss: Client) -> None:
    places = [MunicipalityFactory(name_fi=name) for name in ("A", "B", "C", "D")]
    assert cells(boss, ProjectFactory(municipalities=places))["places"] == "A, B, C ja D"


@pytest.mark.parametrize("query", ["Tampereen", "tampere", "kartoitus", "sähköbussi Tampere"])
def test_search_understands_inflected_words(boss: Client, query: str) -> None:
    found = ProjectFactory(
        title_fi="Sähköbussit", municipalities=[MunicipalityFactory(name_fi="Tampere",
                                                                    fi_genitive="Tampereen")],
    )  # fmt: skip
    TaskFactory(project=found, title_fi="Reittien kartoitus")
    refresh(project=found)
    ProjectFactory(title_fi="Muu")
    assert shown(boss, q=query) == {"Sähköbussit"}


def test_filters(boss: Client) -> None:
    county = RegionFactory(county=True)
    place = MunicipalityFactory()
    county.memberships.create(municipality=place)
    area, theme = RegionFactory(), ThemeFactory()
    ProjectFactory(title_fi="Kunnan", municipalities=[place], summary_fi="")
    ProjectFactory(
        title_fi="Alueen", regions=[area], themes=[theme], stage="planning", draft=True,
        title_sv="Områdets", title_en="Area's", summary_fi="",
    )  # fmt: skip
    late = ProjectFactory(title_fi="Myöhässä", end_date=date(2020, 1, 1))
    assert shown(boss, county=county.pk) == {"Kunnan"}
    assert shown(boss, area=area.pk) == {"Alueen"}
    assert shown(boss, themes__id__exact=theme.pk) == {"Alueen"}
    assert shown(boss, stage__exact="planning") == {"Alueen"}
    assert shown(boss, publication__exact="draft") == {"Alueen"}
    assert shown(boss, schedule="late") == {late.title_fi}
    assert shown(boss, missing="sv") == {"Kunnan", "Myöhässä"}
    assert shown(boss, county="x", schedule="x", missing="x") == {"Kunnan", "Alueen", "Myöhässä"}


def test_a_joint_project_is_listed_once(boss: Client) -> None:
    places = [MunicipalityFactory(), MunicipalityFactory()]
    area = RegionFactory(members=places)
    ProjectFactory(municipalities=places, regions=[area])
    response = boss.get(LIST, {"area": area.pk})
    assert response.context["cl"].result_count == 1
    user = UserFactory()
    user.regions.add(area)
    boss.force_login(user)
    assert boss.get(LIST).context["cl"].result_count == 1


def _full_row() -> None:
    place = MunicipalityFactory()
    project = ProjectFactory(
        municipalities=[place, MunicipalityFactory()], regions=[RegionFactory(members=[place])],
        themes=[ThemeFactory()], end_date=date(2020, 1, 1),
    )  # fmt: skip
    TaskFactory(project=project)


@pytest.mark.parametrize("is_boss", [True, False])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client: Client, django_assert_max_num_queries: Any, is_boss: bool
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    user = UserFactory(superuser=is_boss)
    user.regions.add(RegionFactory())
    client.force_login(user)
    counts = []
    for rows in (1, 3):
        while Project.objects.count() < rows:
            _full_row()
        user.municipalities.set(
            Project.objects.values_list("participations__municipality", flat=True)
        )
        with CaptureQueriesContext(connection, ) as queries:  # fmt: skip
            response = client.get(LIST)
        assert response.context["cl"].result_count == rows
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_up_to_date_for_the_ticked(boss: Client) -> None:
    ticked, other = ProjectFactory(), ProjectFactory()
    page = boss.get(LIST).content.decode()
    assert '<option value="confirm_up_to_date">Valituissa kaikki on ajan tasalla</option>' in page
    before = Project.objects.get(pk=ticked.pk).content_updated_at
    boss.post(LIST, {"action": "confirm_up_to_date", "_selected_action": [ticked.pk]})
    ticked.refresh_from_db()
    other.refresh_from_db()
    assert timezone.localdate(ticked.checked_at) == timezone.localdate()
    assert ticked.checked_by is not None
    assert ticked.content_updated_at == before
    assert other.checked_at is None


def test_every_filter_has_words(boss: Client) -> None:
    ProjectFactory(themes=[ThemeFactory()])
    page = boss.get(LIST).content.decode()
    assert '<a href="?themes__isnull=True">Ei mikään näistä</a>' in page
    assert "<summary>Vaihe</summary>" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [({"o": "1"}, "C D"), ({"o": "-1"}, "C B"), ({"o": "-6"}, "C D"), ({"q": "hanke"}, "C D")],
)
def test_only_the_rows_of_a_page_are_read_whole(
    boss: Client, monkeypatch: pytest.MonkeyPatch, query: dict, expected: str
) -> None:
    monkeypatch.setattr(ProjectAdmin, "list_per_page", 2)
    now = timezone.now()
    for number, title in enumerate("ABCDE"):
        ProjectFactory(
            title_fi=title, summary_fi="Hanke", content_updated_at=now - timedelta(days=number)
        )
    with CaptureQueriesContext(connection) as queries:
        rows = boss.get(LIST, {**query, "p": "2"}).context["cl"].result_list
        assert [project.title_fi for project in rows] == expected.split()
    sorting = [found["sql"] for found in queries if "LIMIT 2" in found["sql"]]
    assert sorting
    assert not any("description_fi" in sql or "schedule_status" in sql for sql in sorting)


def test_a_long_list_comes_in_pages_of_fifty(boss: Client) -> None:
    assert boss.get(LIST).context["cl"].list_per_page == 50


def test_hostile_queries_give_a_page_or_a_redirect(boss: Client) -> None:
    for query in ("?p=999999", "?p=abc", "?q=%22", "?o=99", "?nonsense=1", "?q=" + "x" * 3000):
        assert boss.get(LIST + query).status_code in (200, 302)
    assert boss.get(reverse("admin:projects_project_change", args=["abc"])).status_code == 302
