"""Stage and dates of several projects on one page: saved or refused together."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.models import User
from municipalities.models import Municipality
from projects.enums import Stage
from projects.models import Project
from tests.factories import MunicipalityFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/projects/project/stages/"


@pytest.fixture
def town() -> Municipality:
    return MunicipalityFactory()


@pytest.fixture
def editor(town: Municipality) -> User:
    user = UserFactory()
    user.municipalities.add(town)
    return user


@pytest.fixture
def signed_in(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def pair(town: Municipality) -> list[Project]:
    return [
        ProjectFactory(municipalities=[town], title_fi=name, start_date=date(2025, 1, 1))
        for name in ("Alku", "Loppu")
    ]


def page_of(*projects: Project) -> str:
    return f"{PAGE}?{'&'.join(f'project={project.pk}' for project in projects)}"


def typed(*projects: Project, **changes: Any) -> dict[str, Any]:
    """What the page sends; `changes` are of the first project."""
    data = {}
    for project in projects:
        stored = Project.objects.get(pk=project.pk)
        values = {name: getattr(stored, name) or "" for name in ("stage", "start_date", "end_date")}
        data |= {f"p{project.pk}-{name}": value for name, value in values.items()}
        data[f"p{project.pk}-was"] = "|".join(str(value) for value in values.values())
    return data | {f"p{projects[0].pk}-{name}": value for name, value in changes.items()}


def test_the_list_leads_to_the_chosen_ones(signed_in: Client, pair: list[Project]) -> None:
    keys = [project.pk for project in pair]
    url = reverse("admin:projects_project_changelist")
    response = signed_in.post(url, {"action": "edit_stages", "_selected_action": keys})
    assert response.url == page_of(*pair)
    html = signed_in.get(response.url).content.decode()
    assert html.index("Alku") < html.index("Loppu")


def test_rows_are_saved_with_their_history_and_the_others_stay(
    signed_in: Client, editor: User, pair: list[Project]
) -> None:
    first, second = pair
    before = second.history.count()
    data = typed(*pair, stage="completed", end_date="31.12.2026")
    response = signed_in.post(page_of(*pair), data)
    assert response.url == reverse("admin:projects_project_changelist")
    first.refresh_from_db()
    assert (first.stage, first.end_date) == (Stage.COMPLETED, date(2026, 12, 31))
    assert first.completed_on == timezone.localdate()
    assert first.stage_changes.filter(to_stage=Stage.COMPLETED, by=editor).exists()
    assert first.history.first().history_user == editor
    assert second.history.count() == before
    signed_in.post(page_of(first), typed(first, stage="planning"))
    first.refresh_from_db()
    assert (first.stage, first.completed_on) == (Stage.PLANNING, None)


@pytest.mark.parametrize(
    "changes",
    [{"end_date": "1.1.2020"}, {"end_date": "abc"}, {"stage": "abc"}, {"stage": ""}, {"was": ""},
     {"start_date": "\0"}],
)  # fmt: skip
def test_one_fault_saves_none_and_keeps_what_was_typed(
    signed_in: Client, pair: list[Project], changes: dict[str, str]
) -> None:
    second = pair[1]
    data = typed(*pair, **changes) | {f"p{second.pk}-stage": "planning"}
    response = signed_in.post(page_of(*pair), data)
    assert response.status_code == 422
    html = response.content.decode()
    assert "errorlist" in html
    assert all(value.replace("\0", "") in html for value in changes.values())
    assert '<option value="planning" selected>' in html
    for project in pair:
        was = project.stage
        project.refresh_from_db()
        assert project.stage == was


def test_what_somebody_else_changed_is_told(signed_in: Client, pair: list[Project]) -> None:
    first, _second = pair
    data = typed(first, end_date="1.2.2027")
    Project.objects.filter(pk=first.pk).update(stage=Stage.PLANNING)
    response = signed_in.post(page_of(first), data)
    assert response.status_code == 422
    assert "Joku muu on muuttanut" in response.content.decode()
    first.refresh_from_db()
    assert (first.stage, first.end_date) == (Stage.PLANNING, None)


def test_others_projects_and_odd_keys_are_refused(signed_in: Client, pair: list[Project]) -> None:
    foreign = ProjectFactory()
    for address in (page_of(foreign), page_of(*pair, foreign), PAGE, f"{PAGE}?project=abc"):
        assert signed_in.get(address).status_code == 403, address
        assert signed_in.post(address, typed(*pair, foreign)).status_code == 403, address
    signed_in.logout()
    assert signed_in.get(page_of(*pair)).status_code == 302


def test_of_a_joint_project_one_municipality_does_not_decide(
    signed_in: Client, town: Municipality
) -> None:
    joint = ProjectFactory(municipalities=[town, MunicipalityFactory()])
    assert signed_in.post(page_of(joint), typed(joint, stage="planning")).status_code == 403


def test_queries_do_not_grow_with_rows_that_stay(
    signed_in: Client, town: Municipality, django_assert_max_num_queries: Any
) -> None:
    many = ProjectFactory.create_batch(6, municipalities=[town])
    with django_assert_max_num_queries(16):
        signed_in.get(page_of(*many))


def test_a_save_that_changes_nothing_says_so(signed_in: Client, pair: list[Project]) -> None:
    before = pair[0].history.count()
    response = signed_in.post(page_of(*pair), typed(*pair), follow=True)
    assert "Mitään ei muutettu." in response.content.decode()
    assert pair[0].history.count() == before
