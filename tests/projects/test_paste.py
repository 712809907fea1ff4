"""Pasting expenses from Excel: a preview first, then all of them or none, by those who may."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from projects.enums import CostVisibility, ExpenseState
from projects.models import Expense, Project
from tests.adminforms import controls
from tests.factories import (
    ExpenseFactory,
    MunicipalityFactory,
    ProjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
GOOD = (
    "Päivä\tSumma\tKululaji\tKunta\tMaksatus\tHuomautus\n"
    "1.5.2024\t1 000,50 €\tPalkat\tAkaa\tMaksettu\tHuhtikuun palkka\n"
    "\n"
    "2.5.2024\t200\tMatkat\t\tHaettu\tJuna\n"
)


@pytest.fixture
def project() -> Project:
    return ProjectFactory(
        municipalities=[MunicipalityFactory(name_fi="Akaa", fi_genitive="Akaan", title="city")],
        cost_visibility=CostVisibility.ALL, money_as_of=date(2024, 1, 1),
    )  # fmt: skip


@pytest.fixture
def editor(client: Client, project: Project) -> Client:
    """Signed in as the editor of the project's municipality."""
    user = UserFactory()
    user.municipalities.add(project.municipalities.get())
    client.force_login(user)
    return client


def address(project: Project) -> str:
    return reverse("admin:projects_project_paste", args=[project.pk])


def send(client: Client, project: Project, text: str, **more: str) -> HttpResponse:
    """Fill the page in and press the button of the preview."""
    data = controls(client.get(address(project)), "paste_form") | {"text": text, **more}
    return client.post(address(project), {**data, "_preview": "1"})


def press_add(client: Client, project: Project, preview: HttpResponse, **more: Any) -> HttpResponse:
    data = controls(preview, "paste_form") | more
    return client.post(address(project), {**data, "_write": "1"})


def told(response: HttpResponse) -> list[tuple[str, str]]:
    assert response.status_code == 200
    return [(problem.about, problem.message) for problem in response.context["problems"]]


def test_a_preview_writes_nothing_and_shows_what_it_understood(
    editor: Client, project: Project
) -> None:
    page = send(editor, project, GOOD)
    assert told(page) == []
    html = page.content.decode().replace("\xa0", " ")
    assert "Lisättäisiin 2 kulua: 1 200,50 €" in html
    assert '<th scope="row">4</th>' in html
    for words in ("1 000,50 €", "Palkat", "Akaa", "Maksatusta haettu", "yhteinen", "Juna"):
        assert f"<td>{words}" in html or f'<td class="n">{words}' in html, words
    assert not Expense.objects.exists()


def test_then_all_rows_are_written_with_their_author(editor: Client, project: Project) -> None:
    before = Project.objects.get(pk=project.pk)
    response = press_add(editor, project, send(editor, project, GOOD, money_as_of="31.5.2024"))
    assert (
        response.url
        == f"{reverse('admin:projects_project_change', args=[project.pk])}#section-money"
    )
    first, second = Expense.objects.order_by("date")
    assert (first.date, first.amount) == (date(2024, 5, 1), Decimal("1000.50"))
    assert (first.category, first.state, first.note) == ("staff", "paid", "Huhtikuun palkka")
    assert first.municipality == project.municipalities.get()
    assert (second.municipality, second.state) == (None, ExpenseState.CLAIMED)
    for expense in (first, second):
        assert expense.history.get().history_user == UserFactory._meta.model.objects.get()
    after = Project.objects.get(pk=project.pk)
    assert after.money_as_of == date(2024, 5, 31)
    assert after.content_updated_at > before.content_updated_at
    assert "2 kulua lisättiin" in editor.get(response.url).content.decode()


def test_one_wrong_row_and_none_is_written(editor: Client, project: Project) -> None:
    text = f"{GOOD}3.5.2024\t1.000\tPalkat\tKuopio\n"
    MunicipalityFactory(name_fi="Kuopio")
    page = send(editor, project, text)
    assert [about for about, _message in told(page)] == ["Rivi 5", "Rivi 5"]
    html = page.content.decode()
    assert "Kuopio ei ole mukana tässä hankkeessa." in html
    assert "<title>Virhe:" in html
    assert controls(page, "paste_form")["text"].splitlines() == text.splitlines(), "nothing is lost"
    assert "_write" not in html
    response = press_add(editor, project, page)
    assert told(response)
    assert not Expense.objects.exists()


def test_what_was_not_previewed_is_shown_first(editor: Client, project: Project) -> None:
    preview = send(editor, project, GOOD)
    response = press_add(editor, project, preview, text=f"{GOOD}4.5.2024\t5\n")
    assert "Lisättäisiin 3 kulua" in response.content.decode()
    assert not Expense.objects.exists()
    assert press_add(editor, project, response).status_code == 302
    assert Expense.objects.count() == 3


def test_sending_twice_adds_once(editor: Client, project: Project) -> None:
    preview = send(editor, project, GOOD)
    assert press_add(editor, project, preview).status_code == 302
    again = press_add(editor, project, preview)
    assert Expense.objects.count() == 2
    assert "Näistä 2 näyttää samoilta" in again.content.decode()


def test_rows_that_are_there_already_are_marked(editor: Client, project: Project) -> None:
    ExpenseFactory(project=project, date=date(2024, 5, 2), amount=Decimal(200), note="Juna")
    html = send(editor, project, GOOD).content.decode()
    assert html.count("on jo hankkeella") == 1


def test_empty_cells_mean_what_is_chosen_on_the_page(editor: Client, project: Project) -> None:
    preview = send(editor, project, "1.5.2024;5", category="travel", state="paid")
    press_add(editor, project, preview)
    assert Expense.objects.values_list("category", "state").get() == ("travel", "paid")


def test_names_in_every_form_and_language(editor: Client, project: Project) -> None:
    text = "1.5.2024\t5\t\tAkaan kaupunki\n1.5.2024\t6\t\takaa\n"
    press_add(editor, project, send(editor, project, text))
    assert Expense.objects.filter(municipality=project.municipalities.get()).count() == 2


@pytest.mark.parametrize(
    ("text", "more"),
    [("", {}), (" \n ", {}), (GOOD, {"money_as_of": "31.2.2024"}), (GOOD, {"state": "lost"}),
     (GOOD, {"category": ""}), ("x" * 200_001, {}), ("1.5.2024\t5\t\x00", {})],
)  # fmt: skip
def test_odd_forms_are_refused_in_words(
    editor: Client, project: Project, text: str, more: dict[str, str]
) -> None:
    page = send(editor, project, text, **more)
    assert told(page)
    assert told(press_add(editor, project, page))
    assert not Expense.objects.exists()


def test_what_the_project_itself_refuses_is_told_on_the_page(
    editor: Client, project: Project
) -> None:
    Project.objects.filter(pk=project.pk).update(activity="paused")  # without a reason
    response = press_add(editor, project, send(editor, project, GOOD))
    assert told(response)
    assert not Expense.objects.exists()


def test_a_script_in_a_cell_stays_text(editor: Client, project: Project) -> None:
    attack = '<script>alert("x")</script>'
    page = send(editor, project, f"1.5.2024\t5\t\t\t\t{attack}\n1.5.2024\t{attack}\n")
    assert "<script>alert" not in page.content.decode()
    page = send(editor, project, f"1.5.2024\t5\t\t\t\t{attack}\n")
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("who", ["nobody", "another municipality", "not staff", "no reach"])
def test_only_those_who_may_edit_the_project(client: Client, project: Project, who: str) -> None:
    user = UserFactory(is_staff=who != "not staff")
    if who == "another municipality":
        user.municipalities.add(MunicipalityFactory())
    elif who == "not staff":
        user.municipalities.add(project.municipalities.get())
    if who != "nobody":
        client.force_login(user)
    for response in (
        client.get(address(project)),
        client.post(address(project), {"text": GOOD, "_write": "1"}),
    ):
        assert response.status_code == 302
        assert project.title_fi not in response.content.decode()
    assert not Expense.objects.exists()


def test_a_project_that_is_not_there_leads_to_the_index(editor: Client) -> None:
    response = editor.get(reverse("admin:projects_project_paste", args=[999_999]))
    assert response.url == reverse("admin:index")


def test_the_page_asks_few_queries_whatever_is_pasted(
    editor: Client, project: Project, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for rows in (1, 40):
        text = "1.5.2024\t5\tPalkat\tAkaa\n" * rows
        with django_assert_max_num_queries(30) as captured:
            send(editor, project, text)
        counts.append(len(captured))
    assert counts[0] == counts[1]
