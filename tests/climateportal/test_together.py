"""One query for many tables gives the same rows as one query for each."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from climateportal.together import fetch_together
from projects.models import Event, Funding, Goal, Project, StageChange, Task
from tests.factories import EventFactory, FundingFactory, GoalFactory, ProjectFactory, TaskFactory

pytestmark = pytest.mark.django_db


def values(rows) -> list[dict]:
    fields = rows[0]._meta.concrete_fields if rows else []
    return sorted(
        ({field.attname: getattr(row, field.attname) for field in fields} for row in rows),
        key=lambda row: row["id"],
    )


def test_the_rows_are_the_same(django_assert_num_queries, monkeypatch) -> None:
    project = ProjectFactory()
    FundingFactory(project=project, amount=Decimal("9999999999.10"), decided_on=date(2022, 1, 1))
    TaskFactory(project=project, done=True, body_fi="<p>Ä & “ö”</p>")
    GoalFactory(project=project, target_value=Decimal("-12.345"))
    EventFactory(project=project, starts_at=timezone.make_aware(datetime(2026, 3, 29, 3, 30)))
    querysets = [
        Task.objects.filter(project=project),
        Goal.objects.filter(project=project),
        Event.objects.filter(project=project),
        StageChange.objects.filter(project=project),
        Funding.objects.filter(project=project),
    ]
    # a busy database must not be asked, let alone believed, whether it knows JSON
    monkeypatch.setitem(connection.features.__dict__, "supports_json_field", False)
    with django_assert_num_queries(1):
        together = fetch_together(querysets)
    for rows, queryset in zip(together, querysets, strict=True):
        assert values(rows) == values(list(queryset))


def test_nothing_found_is_an_empty_list_for_each() -> None:
    assert fetch_together([Task.objects.none(), Goal.objects.all()]) == [[], []]


def test_fetched_rows_are_stored_rows() -> None:
    task = TaskFactory()
    ((fetched,), _goals) = fetch_together([Task.objects.all(), Goal.objects.all()])
    assert fetched == task
    assert not fetched._state.adding


def test_a_table_too_wide_for_postgresql_is_refused_on_both_databases() -> None:
    with pytest.raises(ValueError, match="Project"):
        fetch_together([Task.objects.all(), Project.objects.all()])
