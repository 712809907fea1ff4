"""The demo's money: every state and level, sums that add up, a history that grew over time."""

import pytest
from django.test import Client

from projects.demo.books import BOOKS
from projects.enums import Activity, CostSharing, CostVisibility, ExpenseState, Stage
from projects.ledger import Ledger
from projects.models import Expense, Funding, Project
from projects.openmoney import OpenMoney, open_money
from tests.projects.test_money_page import money_of
from tests.projects.test_page import page

pytestmark = pytest.mark.usefixtures("demo", "db")


def told(project: Project) -> OpenMoney:
    return open_money(Ledger.read(project), list(project.expenses.all()))


def test_every_book_is_of_a_project_and_every_project_with_money_has_a_book() -> None:
    assert Project.objects.filter(slug__in=BOOKS).count() == len(BOOKS)
    with_money = Project.objects.exclude(budget=None) | Project.objects.exclude(expenses=None)
    assert set(with_money.values_list("slug", flat=True)) <= set(BOOKS)


def test_everything_adds_up() -> None:
    for project in Project.objects.all():
        ledger = Ledger.read(project)
        assert ledger.faults == [], project.slug
        assert ledger.doubts == [], project.slug
        if told(project).shares:
            assert told(project).shared == ledger.financing.own, project.slug


def test_grants_are_zero_only_where_the_municipalities_are_told_to_pay_all() -> None:
    grants = {
        project.slug: Ledger.read(project).financing.grants
        for project in Project.objects.exclude(cost_sharing=CostSharing.NOT_AGREED)
    }
    assert grants["kestavat-ilmastoyhteistyo"] == 0  # they are the funders
    assert grants["savogrow-kuntien-ilmasto-ohjelmat"] == 0  # their shares are the budget
    assert grants["pohjois-savon-ilmastokoordinaattorit"] is None
    assert grants["keski-savon-ilmasto-ohjelman-toimeenpano"] is None


def test_every_state_level_and_way_of_sharing_is_there() -> None:
    projects = Project.objects.filter(slug__in=BOOKS)
    assert set(projects.values_list("cost_visibility", flat=True)) == set(CostVisibility.values)
    assert set(projects.values_list("cost_sharing", flat=True)) == set(CostSharing.values)
    assert set(Expense.objects.values_list("state", flat=True)) == set(ExpenseState.values)
    assert projects.filter(activity=Activity.CANCELLED).exists()
    assert projects.filter(stage=Stage.COMPLETED).exists()
    assert Funding.objects.filter(amount=None).exists(), "a sum that is not known"
    assert any(told(project).use.over for project in projects), "more than the budget"
    assert any(
        promise.is_own
        for project in projects
        for promise in Ledger.read(project).financing.promises
    )


def test_invented_sums_say_so_where_they_are_shown(client: Client) -> None:
    for project in Project.objects.published().filter(slug__in=BOOKS):
        text = money_of(page(client, project))
        if "€" in text:
            assert "simerkkilukuja" in text, project.slug


def test_money_came_over_time_and_every_row_has_a_dated_history_with_its_author() -> None:
    for expense in Expense.objects.select_related("project"):
        rows = list(expense.history.order_by("history_date"))
        assert all(row.history_user for row in rows)
        assert rows[0].history_type == "+"
        assert rows[-1].state == expense.state
        assert len(rows) == (2 if expense.state == ExpenseState.PAID else 1)
    solar = Project.objects.get(slug="aurinkosahkoa-kunnan-katoille")
    days = {row.history.earliest().history_date.date() for row in solar.expenses.all()}
    assert len(days) == 3
