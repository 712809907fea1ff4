"""Rules of models told from values say what Django says after asking the database."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import CheckConstraint, F, Q, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.models import Expense, Project
from projects.sheets.kinds import KINDS
from projects.sheets.rowrules import _may_be_broken, row_faults

pytestmark = pytest.mark.django_db
DAYS = (None, date(2025, 1, 1), date(2026, 1, 1))
SUMS = (None, Decimal("-0.01"), Decimal(0), Decimal(100), Decimal("100.01"))
MODELS = tuple(kind.model for kind in KINDS)


def values_for(field: models.Field) -> tuple[Any, ...]:
    if field.choices:
        return (*(value for value, _name in field.flatchoices), "" if field.blank else "muu")
    if isinstance(field, models.DateTimeField):
        return (None, timezone.now())
    if isinstance(field, models.DateField):
        return DAYS
    if isinstance(field, models.DecimalField):
        return SUMS
    if isinstance(field, models.BooleanField):
        return (True, False)
    return ("", "a@example.fi") if isinstance(field, models.CharField) else (field.get_default(),)


def told(obj: models.Model, exclude: set[str]) -> dict[str, list[str]]:
    try:
        obj.full_clean(exclude=exclude, validate_unique=False)
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_faults_are_those_of_django(model: type[models.Model]) -> None:
    rng = random.Random(4)  # noqa: S311
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    relations = {field.name for field in fields if field.remote_field}
    faulty = 0
    for _round in range(30):
        obj = model()
        for field in fields:
            if field.name not in relations and rng.random() < 0.6:
                setattr(obj, field.attname, rng.choice(values_for(field)))
        found = row_faults(obj, relations)
        assert found == told(obj, relations)
        faulty += bool(found)
    assert faulty


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_a_sound_row_asks_the_database_nothing(model: type[models.Model]) -> None:
    relations = {field.name for field in model._meta.fields if field.remote_field}
    sound = {"title_fi": "A", "text_fi": "A", "name": "A", "amount": 1, "slug": "a"}
    names = {field.name for field in model._meta.concrete_fields}
    obj = model(**{name: value for name, value in sound.items() if name in names})
    if model is Expense:
        obj.date = DAYS[1]
    with CaptureQueriesContext(connection) as queries:
        assert row_faults(obj, relations) == {}
    assert not queries


@pytest.mark.parametrize(
    ("condition", "may_be_broken"),
    [
        (Q(budget__gte=0), False),  # not known is not broken
        (~Q(budget__gte=0), False),
        (Q(stage="idea") & Q(budget__gte=0), True),
        (Q(stage="planning") | Q(budget__gte=0), False),
        (~Q(stage="planning"), True),
        (~(Q(stage="idea") | Q(budget__gte=0)), False),
        (~(Q(stage="planning") | Q(budget__gte=0)), True),
        (Q(start_date=None, is_ongoing=False), False),
        (Q(start_date__isnull=False), True),
        (Q(end_date__gt=F("start_date")), False),
        (Q(title_fi__startswith="A"), True),  # not a plain comparison: Django is asked
        (Q(title_fi=Value("A")), True),
        (Q(is_ongoing=True) ^ Q(stage="idea"), True),
    ],
)
def test_truth_has_three_values(condition: Q, may_be_broken: bool) -> None:
    project = Project(title_fi="A", stage="planning")
    rule = CheckConstraint(name="any", condition=condition)
    assert _may_be_broken(rule, project, set()) is may_be_broken
