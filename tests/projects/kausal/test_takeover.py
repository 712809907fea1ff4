"""A plan becomes draft projects; a second run updates what was not edited here."""

from datetime import date
from typing import Any

import pytest

from climateportal.models import User
from climateportal.publishing import PublicationState
from municipalities.models import Municipality
from projects import actions
from projects.enums import Precision, Stage, TaskState
from projects.kausal.fetch import read
from projects.kausal.takeover import Report, Wishes, take_over
from projects.models import Contact, Project, Task
from tests.factories import MunicipalityFactory, OrganisationFactory, ThemeFactory
from tests.projects.kausal.plans import REST, answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    ThemeFactory(name_fi="Energia")
    return MunicipalityFactory(name_fi="Mallikaupunki")


def run(town: Municipality, commit: bool = True, **first: Any) -> Report:
    return take_over(read(answer(**first)), Wishes(municipalities=(town,)), commit=commit)


def project() -> Project:
    return Project.objects.get(title_fi="Lämmitysverkko vähäpäästöiseksi")


def test_an_action_becomes_a_draft_with_everything(town: Municipality) -> None:
    report = run(town)
    assert (len(report.created), report.faults) == (2, [])
    found = project()
    assert found.publication == PublicationState.DRAFT
    assert found.stage == Stage.IMPLEMENTATION
    assert (found.start_date, found.end_date) == (date(2024, 1, 1), date(2027, 12, 31))
    assert found.date_precision == Precision.YEAR
    assert "<script" not in found.description_fi
    assert list(found.municipalities.all()) == [town]
    assert [theme.name_fi for theme in found.themes.all()] == ["Energia"]
    assert [(row.contact.name, row.is_primary) for row in found.project_contacts.all()] == [
        ("Maija Malli", True),
        ("Matti Malli", False),
    ]
    assert [(t.title_fi, t.state, t.due_date) for t in found.tasks.all()] == [
        ("Suunnitelma", TaskState.DONE, date(2024, 5, 31)),
        ("Rakentaminen", TaskState.IN_PROGRESS, date(2027, 3, 31)),
    ]
    assert [str(role) for role in found.organisation_roles.all()] == [
        "Mallin Energia",
        "Mallin Asunnot",
    ]
    assert found.materials.get().url == "https://example.fi/raportti"
    assert found.updates.get().title_fi == "Työ alkoi"
    assert found.stage_changes.get().to_stage == Stage.IMPLEMENTATION
    assert found.related.get().activity == "cancelled"


def test_what_has_no_place_is_told(town: Municipality) -> None:
    told = " ".join(run(town).told)
    for words in ("merged with another action", "Jokin muu", "relatedIndicators (2)"):
        assert words in told


def test_a_preview_writes_nothing(town: Municipality) -> None:
    assert len(run(town, commit=False).created) == 2
    assert not Project.objects.exists()
    assert not Contact.objects.exists()


def test_the_same_plan_again_changes_nothing(town: Municipality) -> None:
    run(town)
    rows = Project.history.count(), Task.history.count(), Contact.history.count()
    updated = project().content_updated_at
    report = run(town)
    assert (report.created, report.changed, report.unchanged) == ([], [], 2)
    assert rows == (Project.history.count(), Task.history.count(), Contact.history.count())
    assert project().content_updated_at == updated


def test_a_change_there_comes_over_and_an_edit_here_stays(town: Municipality) -> None:
    run(town)
    found = project()
    with actions.editing(project=found, by=None):
        found.summary_fi = "Muotoiltu täällä."
    report = run(
        town,
        leadParagraph="Muotoiltu siellä.",
        description="<p>Kaksi lämpöpumppua.</p>",
        tasks=[{"id": "42", "name": "Rakentaminen", "state": "COMPLETED",
                "dueAt": "2027-03-15", "dateFormat": "MONTH_YEAR", "completedAt": "2026-11-01"}],
    )  # fmt: skip
    found = project()
    assert found.summary_fi == "Muotoiltu täällä."
    assert "Kaksi lämpöpumppua" in found.description_fi
    assert found.tasks.get(title_fi="Rakentaminen").completed_at == date(2026, 11, 1)
    assert found.tasks.count() == 2  # what is no longer there is not deleted
    assert "edited here and there" in " ".join(report.told)


def test_what_was_deleted_here_does_not_come_back(town: Municipality) -> None:
    run(town)
    found = project()
    with actions.editing(project=found, by=None):
        found.tasks.get(title_fi="Rakentaminen").delete()
        found.project_contacts.get(contact__name="Matti Malli").delete()
        found.themes.clear()
    Project.objects.get(activity="cancelled").delete()
    report = run(town)
    assert (report.created, report.changed) == ([], [])
    assert project().tasks.count() == 1
    assert project().project_contacts.count() == 1
    assert not project().themes.exists()
    assert "deleted here" in " ".join(report.told)


def test_a_second_language_is_added_beside_the_first(town: Municipality) -> None:
    run(town)
    swedish = read(answer(name="Fjärrvärme utan utsläpp", leadParagraph="", description=""))
    take_over(swedish, Wishes(municipalities=(town,), language="sv"), commit=True)
    assert project().title_sv == "Fjärrvärme utan utsläpp"
    assert project().summary_fi == "Kaukolämmön päästöt puolittuvat."


def test_those_who_are_here_already_are_found(town: Municipality) -> None:
    energy = OrganisationFactory(name_fi="Energibolaget", name_sv="MALLIN ENERGIA")
    maija = Contact.objects.create(name="Maija Malli", organisation=energy, email="m@example.fi")
    run(town)
    assert project().project_contacts.first().contact == maija
    maija.refresh_from_db()
    assert maija.email == "m@example.fi"


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ({"implementationPhase": {"id": "8", "identifier": "8", "name": "Odottaa"}},
         '--phase "Odottaa=STAGE"'),
        ({"tasks": [{"id": "1", "name": "T", "state": "COMPLETED"}]}, "--undated-done"),
        ({"schedule": [], "startDate": "2025-01-01", "endDate": "2024-01-01"}, "1.1"),
        ({"links": [{"url": "javascript:alert(1)", "title": "x"}]}, "1.1"),
    ],
)  # fmt: skip
def test_a_fault_stops_everything(town: Municipality, first: dict[str, Any], words: str) -> None:
    report = run(town, **first)
    assert words in " ".join(report.faults)
    assert not Project.objects.exists()


def test_what_is_missing_can_be_given(town: Municipality) -> None:
    plan = read(answer(tasks=[{"id": "1", "name": "T", "state": "COMPLETED"}]))
    wishes = Wishes(municipalities=(town,), undated_done=date(2024, 12, 31))
    assert take_over(plan, wishes, commit=True).faults == []
    assert project().tasks.get().completed_at == date(2024, 12, 31)


def test_every_row_has_an_author(town: Municipality) -> None:
    editor = User.objects.create_user("editor@example.fi")
    take_over(read(REST), Wishes(municipalities=(town,), by=editor), commit=True)
    for model in (Project, Task, Contact):
        assert {row.history_user for row in model.history.all()} == {editor}, model
