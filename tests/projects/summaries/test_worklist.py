"""An editor's work list: the own projects, read at once, in a fixed number of queries."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from climateportal.models import User
from municipalities.models import Municipality
from projects.models import Project, StageChange
from projects.needs import NeedKind
from projects.summaries import worklist as module
from projects.summaries.worklist import Worklist, worklist
from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
RECENT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True)


def coordinator(place: Municipality) -> User:
    user = UserFactory()
    user.municipalities.add(place)
    return user


def project(**values: Any) -> Project:
    """A project that needs nothing, but for `values`."""
    made = ProjectFactory(
        **{"start_date": None, "end_date": None, "title_sv": "P", "title_en": "P",
           "summary_sv": "S", "summary_en": "S", **values}
    )  # fmt: skip
    Project.objects.filter(pk=made.pk).update(content_updated_at=RECENT)
    StageChange.objects.filter(project=made).update(at=RECENT)
    ProjectContactFactory(project=made, contact=ContactFactory(valid_until=None))
    TaskFactory(project=made, title_fi="Edessä", due_date=date(2026, 12, 1))
    return made


def told(user: User) -> dict[str, list[NeedKind]]:
    found = worklist(user, TODAY)
    return {
        row.project.title_fi: [need.kind for need in row.needs]
        for row in (*found.rows, *found.to_translate)
    }


def test_a_project_in_order_is_only_counted(boss: User) -> None:
    project()
    assert worklist(boss, TODAY) == Worklist(rows=(), to_translate=(), fine=1)


def test_facts_come_from_the_rows(boss: User) -> None:
    late = project(title_fi="Myöhässä")
    TaskFactory(project=late, due_date=date(2026, 5, 1))
    TaskFactory(project=late, state="done", due_date=date(2026, 5, 1),
                completed_at=date(2026, 5, 20))  # fmt: skip
    alone = project(title_fi="Ilman yhteyshenkilöä")
    alone.project_contacts.update(contact=ContactFactory(valid_until=date(2026, 5, 31)))
    old = project(title_fi="Vanha vaihe")
    StageChange.objects.filter(project=old).update(at=datetime(2024, 1, 1, tzinfo=UTC))
    project(title_fi="Kääntämättä", summary_sv="")
    assert told(boss) == {
        "Myöhässä": [NeedKind.TASK_OVERDUE],
        "Ilman yhteyshenkilöä": [NeedKind.NO_CONTACT],
        "Vanha vaihe": [NeedKind.STAGE_UNCHANGED],
        "Kääntämättä": [NeedKind.NOT_TRANSLATED],
    }
    assert [row.project.title_fi for row in worklist(boss, TODAY).to_translate] == ["Kääntämättä"]


def test_only_the_own_projects_are_listed() -> None:
    town = MunicipalityFactory()
    project(title_fi="Oma", municipalities=[town], end_date=date(2026, 5, 1))
    project(title_fi="Muiden", municipalities=[MunicipalityFactory()], end_date=date(2026, 5, 1))
    assert told(coordinator(town)) == {"Oma": [NeedKind.END_PASSED]}


def test_of_a_joint_project_only_the_own_tasks_are_listed() -> None:
    own, other = MunicipalityFactory(), MunicipalityFactory()
    joint = project(title_fi="Yhteinen", municipalities=[own, other], end_date=date(2026, 5, 1))
    TaskFactory(project=joint, municipality=own, due_date=date(2026, 5, 10))
    TaskFactory(project=joint, municipality=other, due_date=date(2026, 5, 1))
    TaskFactory(project=joint, due_date=date(2026, 5, 1))
    [row] = worklist(coordinator(own), TODAY).rows
    assert row.only_tasks
    assert [need.day for need in row.needs] == [date(2026, 5, 10)]


def test_the_number_of_queries_is_constant(boss: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            worklist(boss, TODAY)
        return len(caught)

    project(end_date=date(2026, 5, 1))
    first = queries()
    for _number in range(3):
        TaskFactory(project=project(end_date=date(2026, 5, 1)), due_date=date(2026, 5, 1))
    assert queries() == first <= 7


def test_too_many_projects_are_cut_to_those_longest_untouched(
    boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    project(end_date=date(2026, 5, 1))
    newer = project(end_date=date(2026, 5, 1))
    Project.objects.filter(pk=newer.pk).update(content_updated_at=datetime(2026, 5, 9, tzinfo=UTC))
    found = worklist(boss, TODAY)
    assert found.is_cut
    assert newer.pk not in [row.project.pk for row in found.rows]
