"""What the admin's pages tell those who hear them: which row a field is of, where one is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import ExpenseFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def test_the_fields_of_a_line_say_which_expense_they_are_of(boss: Client) -> None:
    expense = ExpenseFactory()
    url = reverse("admin:projects_project_change", args=[expense.project_id])
    page = boss.get(url).content.decode()
    assert f'role="group" aria-label="{expense}"' in page
    assert f'Poista<span class="visually-hidden">: {expense}</span></label>' in page
    assert 'role="group" aria-label="Kulu"' in page  # of which new lines are made
