"""A file is written whole or not at all, and only within the area of who brought it."""

import pytest
from django.core.exceptions import ValidationError

from climateportal.models import User
from projects.enums import ExpenseState, Stage, TaskState
from projects.models import (
    Goal,
    Participation,
    PendingImport,
    Project,
    Task,
)
from projects.sheets import imports
from projects.sheets.exports import export
from projects.sheets.kinds import kind_of
from tests.factories import (
    ExpenseFactory,
    GoalFactory,
    MunicipalityFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)
from tests.projects.sheets.files import changes, checked, csv, faults, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True)


@pytest.fixture
def project() -> Project:
    akaa = MunicipalityFactory(name_fi="Akaa", name_sv="Ackas", code="020")
    return ProjectFactory(slug="yhteinen", title_fi="Yhteinen hanke", municipalities=[akaa])


def test_one_wrong_row_and_nothing_is_written(boss: User, project: Project) -> None:
    data = csv("Hanke;Tehtävä;Tila", "yhteinen;Yksi;Käynnissä", "yhteinen;Kaksi;Ehkä")
    pending = checked("task", data, boss)
    assert imports.confirm(pending, boss) is None
    assert not Task.objects.exists()


def test_what_changed_since_the_preview_is_previewed_again(boss: User, project: Project) -> None:
    task = TaskFactory(project=project)
    pending = checked("task", csv("Numero;Tila", f"{task.pk};Peruttu"), boss)
    Task.objects.filter(pk=task.pk).update(order=7)  # a column that the file does not have
    assert imports.confirm(pending, boss) is None
    task.refresh_from_db()
    assert task.state == TaskState.IN_PROGRESS
    assert pending.told("outcome") is None
    imports.check(pending, boss)
    assert imports.confirm(pending, boss).changed == 1
    task.refresh_from_db()
    assert (task.state, task.order) == (TaskState.CANCELLED, 7)
    assert imports.confirm(pending, boss) is None, "only once"
    assert not PendingImport.objects.exists()


def test_a_failure_while_writing_leaves_nothing(
    boss: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending = checked("task", csv("Hanke;Tehtävä", "yhteinen;Yksi"), boss)

    def refuse(**kwargs: object) -> None:
        raise ValidationError("Ei käy.")

    monkeypatch.setattr("projects.sheets.writing.finish_edits", refuse)
    with pytest.raises(ValidationError):
        imports.confirm(pending, boss)
    assert not Task.objects.exists()
    assert not Task.history.exists()
    assert PendingImport.objects.exists()


def test_a_coordinator_changes_only_the_own_area(project: Project) -> None:
    user = UserFactory()
    user.municipalities.add(project.municipalities.get())
    foreign = ProjectFactory(slug="vieras", municipalities=[MunicipalityFactory(name_fi="Vieras")])
    own, other = TaskFactory(project=project), TaskFactory(project=foreign)
    spent = ExpenseFactory(project=foreign)
    goal = GoalFactory(project=None, municipality=foreign.municipalities.get())
    outside = "Tällaista riviä ei ole"
    data = csv("Numero;Tila", f"{own.pk};Peruttu", f"{other.pk};Peruttu", "99999;Peruttu")
    found = faults(checked("task", data, user))
    assert list(found) == [3, 4]
    assert found[3] == found[4], "the same words for what is not there"
    assert outside in found[3][0][1]
    assert faults(checked("expense", csv("Numero;Summa", f"{spent.pk};5"), user))
    assert faults(checked("goal", csv("Numero;Tavoite", f"{goal.pk};Toinen"), user))
    assert faults(checked("project", csv("Numero;Nimi", f"{foreign.pk};Toinen"), user))
    assert faults(checked("project", csv("Osoite;Nimi", "vieras;Toinen"), user))
    for kind, line in (
        ("task", csv("Hanke;Tehtävä", "vieras;Uusi")),
        ("goal", csv("Kunta;Tavoite", "Vieras;Uusi")),
        ("expense", csv("Hanke;Päivä;Summa", "vieras;1.5.2021;5")),
        ("participation", csv("Hanke;Kunta", "vieras;Akaa")),
        ("project", csv("Nimi;Kunnat", "Uusi;Vieras")),
    ):
        assert faults(checked(kind, line, user)), kind
    assert imported("project", csv("Nimi;Kunnat", "Uusi;Akaa, Vieras"), user).created == 1
    assert user.projects.get().title_fi == "Uusi", "who makes a joint project stays with it"
    assert export(kind_of("task"), Task.objects.filter(kind_of("task").reach_q(user)), user,
                  "csv").count(b"\r\n") == 2  # fmt: skip


def test_of_a_joint_project_a_municipal_coordinator_changes_the_own_part(
    boss: User, project: Project
) -> None:
    own, other = project.municipalities.get(), MunicipalityFactory(name_fi="Urjala")
    Participation.objects.create(project=project, municipality=other)
    user = UserFactory()
    user.municipalities.add(own)
    mine, common = TaskFactory(project=project, municipality=own), TaskFactory(project=project)
    MunicipalityFactory(name_fi="Kuopio")
    wrong = {
        "task": [f"{common.pk};;Uusi;", f"{mine.pk};;;Urjala", ";yhteinen;Uusi;",
                 ";yhteinen;Toinen;Urjala"],
        "expense": [";yhteinen;5;", ";yhteinen;5;Urjala"],
        "participation": [";yhteinen;planning;Urjala", ";yhteinen;;Kuopio"],
    }  # fmt: skip
    headings = {"task": "Numero;Hanke;Tehtävä;Kunta", "expense": "Numero;Hanke;Summa;Kunta;Päivä",
                "participation": "Numero;Hanke;Oma vaihe;Kunta"}  # fmt: skip
    for kind, lines in wrong.items():
        end = ";1.5.2021" if kind == "expense" else ""
        data = csv(headings[kind], *[line + end for line in lines])
        assert len(faults(checked(kind, data, user))) == len(lines), kind
    for kind, lines in (
        ("task", [f"{mine.pk};;Oma;", ";yhteinen;Uusi;Akaa"]),
        ("expense", [";yhteinen;5;Akaa;1.5.2021"]),
        ("participation", [";yhteinen;Suunnittelu;Akaa"]),
    ):
        imported(kind, csv(headings[kind], *lines), user)
    assert faults(checked("goal", csv("Hanke;Tavoite", "yhteinen;Uusi"), user))
    assert faults(checked("project", csv("Numero;Nimi", f"{project.pk};Uusi"), user))
    assert project.participations.get(municipality=own).stage == Stage.PLANNING
    assert list(project.tasks.filter(municipality=own).values_list("title_fi", flat=True)) == [
        "Oma", "Uusi",
    ]  # fmt: skip


def test_a_contact_of_a_project_does_not_say_whose_it_is(project: Project) -> None:
    user = UserFactory()
    user.projects.add(project)
    MunicipalityFactory(name_fi="Urjala")
    imported("project", csv("Numero;Nimi", f"{project.pk};Parempi nimi"), user)
    for kind, data in (
        ("project", csv("Numero;Kunnat", f"{project.pk};Urjala")),
        ("participation", csv("Hanke;Kunta", "yhteinen;Urjala")),
        ("project", csv("Nimi;Kunnat", "Kokonaan uusi;Urjala")),
    ):
        assert faults(checked(kind, data, user)), data


def test_a_row_does_not_move_to_another_project(boss: User, project: Project) -> None:
    ProjectFactory(slug="toinen")
    task = TaskFactory(project=project)
    found = faults(checked("task", csv("Numero;Hanke", f"{task.pk};toinen"), boss))
    assert found[2][0][0] == "Hanke"


def test_a_file_is_its_owner_s_alone_and_only_for_a_day(boss: User, project: Project) -> None:
    from datetime import timedelta

    pending = checked("task", csv("Hanke;Tehtävä", "yhteinen;Yksi"), boss)
    assert not PendingImport.objects.of(UserFactory(superuser=True)).exists()
    PendingImport.objects.update(created_at=pending.created_at - timedelta(hours=25))
    assert not PendingImport.objects.of(boss).exists()
    checked("task", csv("Hanke;Tehtävä", "yhteinen;Kaksi"), boss)
    assert PendingImport.objects.count() == 1, "the expired one is gone"


def test_an_expense_moves_to_another_state(boss: User, project: Project) -> None:
    spent = ExpenseFactory(project=project)
    pending = checked("expense", csv("Numero;Maksatus", f"{spent.pk};Betald"), boss)
    assert changes(pending) == {2: [("Maksatus", "Suunniteltu", "Maksettu")]}
    imports.confirm(pending, boss)
    spent.refresh_from_db()
    assert spent.state == ExpenseState.PAID
    assert Goal.objects.count() == 0
