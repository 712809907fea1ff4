"""Money on a project's form: shares that add up, rows that are quick, refusals that say why."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects import actions
from projects.admin.money import MOST_ROWS
from projects.enums import CostSharing, ExpenseState
from projects.models import Expense, Funding, Participation, Project
from tests.adminforms import controls, problems, row, saved
from tests.factories import (
    ExpenseFactory,
    FundingFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    """Signed in as the portal's administrator."""
    client.force_login(UserFactory(superuser=True))
    return client


@pytest.fixture
def project() -> Project:
    """Budget 100 000, grant 70 000, two municipalities."""
    places = [
        MunicipalityFactory(name_fi="Akaa", population=16_000),
        MunicipalityFactory(name_fi="Urjala", population=4_000),
    ]
    project = ProjectFactory(
        municipalities=places, budget=Decimal(100_000), money_as_of=date(2025, 1, 31)
    )
    FundingFactory(
        project=project, amount=Decimal(70_000), funder=OrganisationFactory(name_fi="Ministeriö")
    )
    return project


def change(project: Project) -> str:
    return reverse("admin:projects_project_change", args=[project.pk])


def form_of(client: Client, project: Project) -> dict[str, Any]:
    return controls(client.get(change(project)), "project_form")


def shares(project: Project) -> list[tuple[Decimal | None, Decimal | None]]:
    rows = project.participations.order_by("municipality__name_fi")
    return list(rows.values_list("cost_share_amount", "cost_share_percent"))


def warnings(client: Client, project: Project) -> str:
    """What the page after saving warns of."""
    page = client.get(change(project)).content.decode().replace("\xa0", " ")
    return " ".join(part.split("</li>")[0] for part in page.split('<li class="warning">')[1:])


# --- sharing the costs ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "typed", "stored"),
    [
        ("percent", {"percent": ("75", "25 %")}, [(None, 75), (None, 25)]),
        ("percent", {"percent": ("100", "")}, [(None, 100), (None, None)]),
        ("euros", {"amount": ("22 500,50 €", "7.499,50")}, [(Decimal("22500.50"), None),
                                                            (Decimal("7499.50"), None)]),
        ("population", {}, [(None, None), (None, None)]),
        ("not_agreed", {}, [(None, None), (None, None)]),
    ],
)  # fmt: skip
def test_shares_that_add_up_are_saved(
    boss: Client, project: Project, how: str, typed: dict[str, tuple[str, str]], stored: list
) -> None:
    data = form_of(boss, project) | {"cost_sharing": how}
    for kind, values in typed.items():
        for number, value in enumerate(values):
            data[f"participations-{number}-cost_share_{kind}"] = value
    saved(boss, change(project), data)
    project.refresh_from_db()
    assert (project.cost_sharing, shares(project)) == (how, stored)


@pytest.mark.parametrize(
    ("how", "kind", "typed", "words"),
    [
        ("percent", "percent", ("75", "20"), "yhteensä 95 %: puuttuu 5 %"),
        ("percent", "percent", ("75", "33,34"), "yhteensä 108,34 %: 8,34 % liikaa"),
        ("percent", "percent", ("", ""), "Anna kunnille kustannusosuudet"),
        ("percent", "amount", ("15000", "15000"), "Anna kunnille kustannusosuudet"),
        ("euros", "amount", ("20000", "5000,50"),
         "yhteensä 25 000,50 €: kuntien omarahoituksesta 30 000 € puuttuu 4 999,50 €"),
        ("euros", "amount", ("20000", "15000"),
         "yhteensä 35 000 €: 5 000 € enemmän kuin kuntien omarahoitus 30 000 €"),
    ],
)  # fmt: skip
def test_shares_that_do_not_add_up_say_by_how_much_and_nothing_is_saved(
    boss: Client, project: Project, how: str, kind: str, typed: tuple[str, str], words: str
) -> None:
    data = form_of(boss, project) | {"cost_sharing": how, "summary_fi": "Ei tallennu"}
    for number, value in enumerate(typed):
        data[f"participations-{number}-cost_share_{kind}"] = value
    found = problems(boss.post(change(project), data))
    assert list(found) == ["participations-group"]
    assert words in found["participations-group"].replace("\xa0", " ")
    project.refresh_from_db()
    assert project.cost_sharing == CostSharing.NOT_AGREED
    assert project.summary_fi != "Ei tallennu"
    assert shares(project) == [(None, None), (None, None)]


def test_the_grants_of_the_same_form_count(boss: Client, project: Project) -> None:
    data = form_of(boss, project) | {
        "cost_sharing": "euros", "participations-0-cost_share_amount": "20000",
        "fundings-0-amount": "60 000",
    }  # fmt: skip
    data = row(data, "fundings", funder=OrganisationFactory().pk, amount="20000", order=0)
    saved(boss, change(project), data)
    assert project.fundings.count() == 2
    refused = form_of(boss, project) | {"fundings-1-DELETE": "on"}
    found = problems(boss.post(change(project), refused))
    assert "puuttuu 20 000 €" in found["participations-group"].replace("\xa0", " ")


def test_a_new_project_is_made_with_its_shares_at_once(boss: Client) -> None:
    add = reverse("admin:projects_project_add")
    place = MunicipalityFactory()
    data = controls(boss.get(add), "project_form") | {
        "title_fi": "Hanke", "budget": "1000", "cost_sharing": "percent",
    }  # fmt: skip
    data = row(data, "participations", municipality=place.pk, cost_share_percent="100", order=0)
    saved(boss, add, data)
    assert Project.objects.get().participations.get().cost_share_percent == 100


def test_population_needs_the_figures_of_all_also_of_those_added(
    boss: Client, project: Project
) -> None:
    unknown = MunicipalityFactory(name_fi="Tuntematon", population=None, population_year=None)
    data = form_of(boss, project) | {
        "cost_sharing": "population", "more_municipalities": [unknown.pk],
    }  # fmt: skip
    found = problems(boss.post(change(project), data))
    assert "Asukasluku puuttuu: Tuntematon" in found["participations-group"]
    assert project.participations.count() == 2


def test_what_does_not_count_is_cleared_and_stays_in_the_history(
    boss: Client, project: Project
) -> None:
    data = form_of(boss, project) | {
        "cost_sharing": "percent", "participations-0-cost_share_percent": "100",
    }  # fmt: skip
    saved(boss, change(project), data)
    saved(boss, change(project), form_of(boss, project) | {"cost_sharing": "population"})
    assert shares(project) == [(None, None), (None, None)]
    told = project.participations.first().history.values_list("cost_share_percent", flat=True)
    assert list(told)[:2] == [None, 100]


def test_actions_refuse_the_same_and_leave_no_half_of_an_edit(project: Project) -> None:
    with pytest.raises(ValidationError, match="puuttuu"), actions.editing(project=project, by=None):
        project.cost_sharing = CostSharing.PERCENT
        project.summary_fi = "Puolikas"
        first = project.participations.first()
        first.cost_share_percent = Decimal(60)
        first.save()
    stored = Project.objects.get(pk=project.pk)
    assert (stored.cost_sharing, stored.summary_fi) == ("not_agreed", "Hankkeen ingressi.")
    assert shares(project) == [(None, None), (None, None)]


def test_what_was_wrong_before_is_no_obstacle_to_other_edits(project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(cost_sharing=CostSharing.PERCENT)
    project.refresh_from_db()
    with actions.editing(project=project, by=None):
        project.summary_fi = "Muu muutos"
    with pytest.raises(ValidationError), actions.editing(project=project, by=None):
        FundingFactory(project=project, share_percent=101 - 1)
        FundingFactory(project=project, share_percent=1)


# --- funding -------------------------------------------------------------------------------------


def test_shares_of_funders_over_a_hundred_are_refused_with_what_to_do(
    boss: Client, project: Project
) -> None:
    data = form_of(boss, project) | {"fundings-0-share_percent": "70"}
    data = row(data, "fundings", funder=OrganisationFactory().pk, share_percent="30,5", order=0)
    found = problems(boss.post(change(project), data))
    assert list(found) == ["fundings-group"]
    assert "yhteensä 100,5 %" in found["fundings-group"].replace("\xa0", " ")
    assert "jätä osuus tyhjäksi" in found["fundings-group"]
    assert Funding.objects.count() == 1
    data["fundings-1-share_percent"] = "30"
    saved(boss, change(project), data)


def test_promises_above_the_budget_are_saved_with_a_warning(boss: Client, project: Project) -> None:
    saved(boss, change(project), form_of(boss, project) | {"fundings-0-amount": "120 000"})
    assert project.fundings.get().amount == 120_000
    assert "luvanneet yhteensä 120 000 €, ja budjetti on 100 000 €" in warnings(boss, project)


def test_an_amount_and_a_share_that_disagree_are_warned_of(boss: Client, project: Project) -> None:
    saved(boss, change(project), form_of(boss, project) | {"fundings-0-share_percent": "60"})
    assert "70 000 € on 70 % budjetista 100 000 €, mutta osuudeksi on annettu 60 %" in warnings(
        boss, project
    )
    saved(boss, change(project), form_of(boss, project) | {"fundings-0-share_percent": "70"})
    assert warnings(boss, project) == ""


def test_a_decision_has_its_day_and_document(boss: Client, project: Project) -> None:
    data = form_of(boss, project) | {
        "fundings-0-decided_on": "4.5.2023", "fundings-0-decision_url": "example.fi/paatos.pdf",
    }  # fmt: skip
    saved(boss, change(project), data)
    funding = project.fundings.get()
    assert (funding.decided_on, funding.decision_url) == (
        date(2023, 5, 4), "https://example.fi/paatos.pdf",
    )  # fmt: skip


# --- expenses ------------------------------------------------------------------------------------


def test_a_line_is_typed_as_people_write(boss: Client, project: Project) -> None:
    place = project.municipalities.get(name_fi="Akaa")
    data = form_of(boss, project)
    assert data["expenses-TOTAL_FORMS"] == "1", "an empty line waits"
    data |= {
        "expenses-0-date": "1.5.2024", "expenses-0-amount": "1 000,50 €",
        "expenses-0-category": "staff", "expenses-0-municipality": place.pk,
        "expenses-0-state": "paid", "expenses-0-note": "Palkka",
    }  # fmt: skip
    saved(boss, change(project), data)
    expense = Expense.objects.get()
    assert (expense.date, expense.amount) == (date(2024, 5, 1), Decimal("1000.50"))
    assert (expense.municipality, expense.state) == (place, ExpenseState.PAID)
    assert expense.history.get().history_user.is_superuser
    assert form_of(boss, project)["expenses-0-amount"] == "1\u00a0000,50"


def test_an_untouched_empty_line_is_no_expense(boss: Client, project: Project) -> None:
    saved(boss, change(project), form_of(boss, project))
    assert not Expense.objects.exists()


def tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).strftime("%d.%m.%Y")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.000"}, "amount"),
        ({"amount": "paljon"}, "amount"),
        ({"date": "31.2.2024"}, "date"),
        ({"date": tomorrow(), "state": "paid"}, "date"),
        ({"municipality": "elsewhere"}, "municipality"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    boss: Client, project: Project, typed: dict[str, str], field: str
) -> None:
    if typed.get("municipality"):
        typed = {"municipality": MunicipalityFactory().pk}
    values = {"date": "1.5.2024", "amount": "5", **typed}
    data = form_of(boss, project)
    data |= {f"expenses-0-{name}": value for name, value in values.items()}
    assert list(problems(boss.post(change(project), data))) == [f"id_expenses-0-{field}"]
    assert not Expense.objects.exists()


def test_a_municipality_with_expenses_is_not_removed(boss: Client, project: Project) -> None:
    place = project.municipalities.get(name_fi="Urjala")
    expense = ExpenseFactory(project=project, municipality=place)
    number = [*project.participations.values_list("municipality", flat=True)].index(place.pk)
    data = form_of(boss, project) | {f"participations-{number}-DELETE": "on"}
    found = problems(boss.post(change(project), data))
    assert "Urjala" in found["participations-group"]
    # unless the same save moves its expenses
    saved(boss, change(project), data | {"expenses-0-municipality": ""})
    expense.refresh_from_db()
    assert expense.municipality is None
    assert not project.participations.filter(municipality=place).exists()


def test_an_action_refuses_an_expense_of_a_stranger(project: Project) -> None:
    stranger = MunicipalityFactory(name_fi="Kuopio")
    values = {"date": date(2024, 5, 1), "amount": Decimal(5), "municipality": stranger}
    with pytest.raises(ValidationError, match="Kuopio"):
        actions.add_expenses(project=project, rows=[values], by=None)
    assert not Expense.objects.exists()


def test_the_form_shows_the_newest_and_saves_the_others_untouched(
    boss: Client, project: Project
) -> None:
    for number in range(MOST_ROWS + 5):
        ExpenseFactory(project=project, date=date(2020, 1, 1) + timedelta(days=number))
    data = form_of(boss, project)
    assert data["expenses-INITIAL_FORMS"] == str(MOST_ROWS)
    assert data["expenses-0-date"] == "6.1.2020"
    ExpenseFactory(project=project, date=date(2024, 1, 1))  # by somebody else in the meantime
    stale = boss.post(change(project), data | {"expenses-0-amount": "77", "_save": "1"})
    saved(boss, change(project), controls(stale, "project_form"))  # refused once, kept, sent again
    assert Expense.objects.count() == MOST_ROWS + 6
    assert Expense.objects.get(date=date(2020, 1, 6)).amount == 77
    page = boss.get(change(project)).content.decode()
    assert f"katso kaikki {MOST_ROWS + 6}" in page


def test_the_form_asks_the_same_number_of_queries_for_many_expenses(
    boss: Client, project: Project, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(90) as captured:
            boss.get(change(project))
        counts.append(len(captured))
        for place in project.municipalities.all():
            for _number in range(10):
                ExpenseFactory(project=project, municipality=place)
    assert counts[1] - counts[0] <= 1


# --- the list of expenses ------------------------------------------------------------------------


def test_a_payment_moves_the_ticked_expenses_with_history_and_date(
    boss: Client, project: Project
) -> None:
    rows = [ExpenseFactory(project=project, state=ExpenseState.CLAIMED) for _ in range(3)]
    before = Project.objects.get(pk=project.pk).content_digest
    url = reverse("admin:projects_expense_changelist")
    boss.post(url, {"action": "mark_paid", "_selected_action": [row.pk for row in rows[:2]]})
    states = [Expense.objects.get(pk=row.pk).state for row in rows]
    assert states == ["paid", "paid", "claimed"]
    assert [row.history.count() for row in rows] == [2, 2, 1]
    assert rows[0].history.first().history_user.is_superuser
    assert Project.objects.get(pk=project.pk).content_digest != before


def test_a_future_expense_is_not_paid_and_the_others_stay_too(
    boss: Client, project: Project
) -> None:
    rows = [
        ExpenseFactory(project=project),
        ExpenseFactory(project=project, date=timezone.localdate() + timedelta(days=9)),
    ]
    url = reverse("admin:projects_expense_changelist")
    data = {"action": "mark_claimed", "_selected_action": [row.pk for row in rows]}
    page = boss.post(url, data, follow=True).content.decode()
    assert "Mitään ei muutettu." in page
    assert set(Expense.objects.values_list("state", flat=True)) == {"planned"}


def test_one_expense_is_corrected_and_deleted(boss: Client, project: Project) -> None:
    expense = ExpenseFactory(project=project)
    url = reverse("admin:projects_expense_change", args=[expense.pk])
    data = controls(boss.get(url), "expense_form") | {"amount": "12,50"}
    before = Project.objects.get(pk=project.pk).content_digest
    saved(boss, url, data)
    expense.refresh_from_db()
    assert expense.amount == Decimal("12.50")
    assert Project.objects.get(pk=project.pk).content_digest != before
    refused = boss.post(url, data | {"municipality": MunicipalityFactory().pk, "_save": "1"})
    assert list(problems(refused)) == ["id_municipality"]
    boss.post(reverse("admin:projects_expense_delete", args=[expense.pk]), {"post": "yes"})
    assert not Expense.objects.exists()
    assert Expense.history.filter(history_type="-").count() == 1


def test_participations_changed_by_settling_name_their_author(project: Project) -> None:
    user = UserFactory()
    Participation.objects.filter(project=project).update(cost_share_percent=50)
    with actions.editing(project=project, by=user):
        project.summary_fi = "Muutos"
    row = project.participations.first()
    assert row.cost_share_percent is None
    assert row.history.first().history_user == user
