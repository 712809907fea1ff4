"""A joint project and a municipal coordinator: the own part is edited, nothing else moves."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.enums import ExpenseState, Stage
from projects.models import Contact, Expense, Participation, Project, ProjectContact, Task
from tests.adminforms import controls, problems, row, saved
from tests.factories import (
    ContactFactory,
    ExpenseFactory,
    GoalFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
FORMSETS = "inline_admin_formsets"


class Joint:
    """A project of two municipalities; `client` coordinates the first."""

    def __init__(self) -> None:
        self.own, self.other = MunicipalityFactory(), MunicipalityFactory()
        self.project = ProjectFactory(
            municipalities=[self.own, self.other], internal_notes="Vain muokkaajille",
            description_fi="<p>Kuvaus <strong>lihavana</strong></p>",
        )  # fmt: skip
        self.tasks = {
            "own": TaskFactory(project=self.project, municipality=self.own),
            "other": TaskFactory(project=self.project, municipality=self.other),
            "common": TaskFactory(project=self.project),
        }
        self.expenses = {
            "own": ExpenseFactory(project=self.project, municipality=self.own),
            "other": ExpenseFactory(project=self.project, municipality=self.other),
            "common": ExpenseFactory(project=self.project),
        }
        self.goal = GoalFactory(project=self.project)
        self.user = UserFactory()
        self.user.municipalities.add(self.own)
        self.client = Client()
        self.client.force_login(self.user)
        self.url = reverse("admin:projects_project_change", args=[self.project.pk])

    def form(self) -> dict[str, Any]:
        return controls(self.client.get(self.url), "project_form")

    def facts(self) -> dict[str, Any]:
        """Everything of the project except what belongs to the first municipality."""
        moves = ("content_updated_at", "content_digest")
        found: dict[str, Any] = {
            name: value
            for name, value in Project.objects.filter(pk=self.project.pk).values()[0].items()
            if name not in moves
        }
        for model in (Participation, Task, Expense):
            rows = model.objects.filter(project=self.project).exclude(municipality=self.own)
            found[model.__name__] = list(rows.order_by("pk").values())
        found["goals"] = list(self.project.goals.values())
        found["contacts"] = list(ProjectContact.objects.filter(project=self.project).values())
        found["regions"] = list(self.project.regions.all())
        return found


@pytest.fixture
def joint() -> Joint:
    return Joint()


def test_the_whole_is_read_and_the_own_rows_are_controls(joint: Joint) -> None:
    response = joint.client.get(joint.url)
    page = response.content.decode()
    for text in ("Vain muokkaajille", joint.goal.text_fi, joint.tasks["other"].title_fi):
        assert text in page
    assert "<strong>lihavana</strong>" in page
    data = joint.form()
    assert not [name for name in data if name.startswith(("title", "stage", "regions", "budget"))]
    assert [name for name in data if name.endswith("-0-title_fi")] == ["tasks-0-title_fi"]
    assert data["tasks-0-title_fi"] == joint.tasks["own"].title_fi
    assert int(data["tasks-TOTAL_FORMS"]) == 1
    assert "_publish" not in page
    assert "_confirm" not in page


def test_the_own_part_is_saved(joint: Joint) -> None:
    before = joint.facts()
    data = joint.form() | {
        "participations-0-stage": Stage.PLANNING,
        "participations-0-note_fi": "Alkaa keväällä",
        "tasks-0-title_fi": "Uusi nimi",
        "expenses-0-amount": "12,50",
    }
    data = row(
        data, "tasks", title_fi="Kunnan uusi tehtävä", state="in_progress", order="0",
        due_precision="day", completed_precision="day", municipality=joint.own.pk,
    )  # fmt: skip
    saved(joint.client, joint.url, data)
    part = joint.project.participations.get(municipality=joint.own)
    assert (part.stage, part.note_fi) == (Stage.PLANNING, "Alkaa keväällä")
    assert set(Task.objects.filter(municipality=joint.own).values_list("title_fi", flat=True)) == {
        "Uusi nimi",
        "Kunnan uusi tehtävä",
    }
    assert str(Expense.objects.get(pk=joint.expenses["own"].pk).amount) == "12.50"
    assert joint.facts() == before
    change = joint.project.stage_changes.latest("pk")
    assert (change.municipality, change.by) == (joint.own, joint.user)
    updated = joint.project.content_updated_at
    joint.project.refresh_from_db()
    assert joint.project.content_updated_at > updated


def forged(joint: Joint) -> dict[str, dict[str, Any]]:
    """What an attacker with the account may send instead of the form's own values."""
    other_task, other_expense = joint.tasks["other"].pk, joint.expenses["other"].pk
    part = joint.project.participations.get(municipality=joint.other).pk
    return {
        "the project itself": {
            "title_fi": "Kaapattu", "stage": "completed", "publication": "draft", "slug": "muu",
            "budget": "1", "internal_notes": "x", "regions": [], "image-clear": "on",
        },
        "who takes part": {
            "more_municipalities": [MunicipalityFactory().pk], "all_of_region": "1",
            "participations-0-municipality": joint.other.pk, "participations-0-DELETE": "on",
        },
        "publishing and confirming": {"_publish": "1", "_confirm": "1", "_saveasnew": ""},
        "a task of the other": {"tasks-0-id": other_task, "tasks-0-title_fi": "Kaapattu"},
        "deleting a task of the other": {"tasks-0-id": other_task, "tasks-0-DELETE": "on"},
        "a common task": {"tasks-0-id": joint.tasks["common"].pk, "tasks-0-title_fi": "x"},
        "a task given away": {"tasks-0-municipality": joint.other.pk},
        "a task of nobody": {"tasks-0-municipality": ""},
        "an expense of the other": {"expenses-0-id": other_expense, "expenses-0-amount": "1"},
        "an expense given away": {"expenses-0-municipality": joint.other.pk},
        "an expense of all": {"expenses-0-municipality": ""},
        "the other's part": {"participations-0-id": part, "participations-0-note_fi": "Kaapattu"},
        "rows that are read": {
            "tasks-2-0-id": joint.tasks["common"].pk, "tasks-2-0-title_fi": "Kaapattu",
            "tasks-2-TOTAL_FORMS": "3", "tasks-2-INITIAL_FORMS": "3", "tasks-2-0-DELETE": "on",
            "goals-0-id": joint.goal.pk, "goals-0-text_fi": "Kaapattu", "goals-0-DELETE": "on",
            "goals-TOTAL_FORMS": "2", "goals-INITIAL_FORMS": "1", "goals-1-text_fi": "Uusi",
            "project_contacts-TOTAL_FORMS": "1", "project_contacts-INITIAL_FORMS": "0",
            "project_contacts-0-contact": ContactFactory().pk,
            "fundings-TOTAL_FORMS": "1", "fundings-INITIAL_FORMS": "0", "fundings-0-amount": "9",
        },
    }  # fmt: skip


@pytest.mark.any_database
def test_nothing_of_the_others_is_altered_by_a_forged_post(joint: Joint) -> None:
    before, checked = joint.facts(), joint.project.checked_at
    for what, values in forged(joint).items():
        data = joint.form() | values
        data |= {f"{name}-MIN_NUM_FORMS": "0" for name in ("goals", "tasks-2")}
        response = joint.client.post(joint.url, data | {"_save": "1"})
        assert response.status_code in (200, 302, 403), what
        assert joint.facts() == before, what
    joint.project.refresh_from_db()
    assert joint.project.checked_at == checked
    assert Project.objects.count() == 1
    own = {"own": joint.own}
    assert Task.objects.get(pk=joint.tasks["own"].pk).municipality == own["own"]
    assert Expense.objects.get(pk=joint.expenses["own"].pk).municipality == own["own"]


def test_what_is_refused_is_told_at_its_field(joint: Joint) -> None:
    data = joint.form() | {"tasks-0-municipality": str(joint.other.pk), "_save": "1"}
    assert list(problems(joint.client.post(joint.url, data))) == ["id_tasks-0-municipality"]


def test_the_pages_of_the_whole_project_are_shut(joint: Joint) -> None:
    before = joint.facts()
    for address in ("delete", "paste"):
        url = reverse(f"admin:projects_project_{address}", args=[joint.project.pk])
        assert joint.client.get(url).status_code in (302, 403), address
        joint.client.post(url, {"post": "yes", "_write": "1", "text": "1.1.2024\t5"})
    ticked = {"action": "confirm_up_to_date", "_selected_action": [joint.project.pk]}
    joint.client.post(reverse("admin:projects_project_changelist"), ticked)
    joint.client.post(f"{joint.url}", joint.form() | {"_saveasnew": "1", "title_fi": "Uusi"})
    assert joint.facts() == before
    assert Project.objects.count() == 1


def test_the_list_of_expenses_shows_all_and_moves_only_the_own(joint: Joint) -> None:
    url = reverse("admin:projects_expense_changelist")
    assert set(joint.client.get(url).context["cl"].queryset) == set(joint.expenses.values())
    ticked = [expense.pk for expense in joint.expenses.values()]
    joint.client.post(url, {"action": "mark_paid", "_selected_action": ticked})
    paid = Expense.objects.filter(state=ExpenseState.PAID)
    assert list(paid) == [joint.expenses["own"]]


def test_an_expense_on_its_own_page_stays_the_municipalitys(joint: Joint) -> None:
    url = reverse("admin:projects_expense_change", args=[joint.expenses["own"].pk])
    data = controls(joint.client.get(url), "expense_form")
    for place in (joint.other.pk, ""):
        sent = data | {"municipality": place, "_save": "1"}
        assert list(problems(joint.client.post(url, sent))) == ["id_municipality"]
    saved(joint.client, url, data | {"note": "Oma"})
    assert Expense.objects.get(pk=joint.expenses["own"].pk).note == "Oma"


def test_a_contact_of_a_joint_project_is_not_rewritten_by_one_of_its_municipalities(
    joint: Joint,
) -> None:
    shared, own = ContactFactory(), ContactFactory()
    ProjectContactFactory(project=joint.project, contact=shared)
    joint.project.participations.filter(municipality=joint.own).update(contact=own)
    for contact, may in ((shared, False), (own, True)):
        url = reverse("admin:projects_contact_change", args=[contact.pk])
        data = controls(joint.client.get(url), "contact_form") if may else {"kind": "person"}
        joint.client.post(url, data | {"name": "Uusi Nimi", "_save": "1"})
        assert (Contact.objects.get(pk=contact.pk).name == "Uusi Nimi") == may


def test_a_viewer_sees_every_row_and_sends_none(joint: Joint) -> None:
    viewer, client = UserFactory(), Client()
    viewer.viewed_municipalities.add(joint.own)
    client.force_login(viewer)
    response = client.get(joint.url)
    shown = {f.formset.prefix: len(f.formset.forms) for f in response.context[FORMSETS]}
    assert (shown["tasks"], shown["expenses"], shown["participations"]) == (3, 3, 2)
    for task in joint.tasks.values():
        assert task.title_fi in response.content.decode()
    before = joint.facts()
    assert client.post(joint.url, joint.form() | {"_save": "1"}).status_code == 403
    assert joint.facts() == before


# --- becoming a joint project --------------------------------------------------------------------


def test_whoever_makes_a_project_joint_goes_on_editing_it(joint: Joint) -> None:
    alone = ProjectFactory(municipalities=[joint.own], end_date=date(2030, 1, 1))
    url = reverse("admin:projects_project_change", args=[alone.pk])
    data = controls(joint.client.get(url), "project_form")
    saved(joint.client, url, data | {"more_municipalities": [joint.other.pk]})
    assert list(joint.user.projects.all()) == [alone]
    data = controls(joint.client.get(url), "project_form")
    saved(joint.client, url, data | {"summary_fi": "Yhdessä"})
    alone.refresh_from_db()
    assert alone.summary_fi == "Yhdessä"


def test_a_projects_contact_edits_the_whole_but_not_whose_it_is() -> None:
    places = [MunicipalityFactory(), MunicipalityFactory()]
    project, user, client = ProjectFactory(municipalities=places), UserFactory(), Client()
    user.projects.add(project)
    client.force_login(user)
    url = reverse("admin:projects_project_change", args=[project.pk])
    data = controls(client.get(url), "project_form")
    saved(client, url, data | {"title_fi": "Uusi nimi", "participations-0-note_fi": "Huomio"})
    data = controls(client.get(url), "project_form") | {
        "more_municipalities": [MunicipalityFactory().pk],
        "regions": [],
        "participations-0-DELETE": "on",
        "participations-0-municipality": MunicipalityFactory().pk,
    }
    saved(client, url, row(data, "participations", municipality=MunicipalityFactory().pk, order=5))
    project.refresh_from_db()
    assert project.title_fi == "Uusi nimi"
    assert [row.municipality for row in project.participations.order_by("pk")] == places
    assert project.participations.order_by("pk")[0].note_fi == "Huomio"
    assert client.get(reverse("admin:projects_project_add")).status_code == 403
    delete = reverse("admin:projects_project_delete", args=[project.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
