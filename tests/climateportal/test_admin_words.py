"""Lists of the admin in Finnish: no column has the name of a Python attribute."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.db import models
from django.utils.translation import override

ADMINS = list(admin.site._registry.values())


@pytest.mark.parametrize("one", ADMINS, ids=lambda one: one.opts.model_name)
def test_columns_are_finnish(one: admin.ModelAdmin) -> None:
    for name in one.list_display:
        if name == "__str__":
            continue
        with override("en"):
            english = str(label_for_field(name, one.model, one))
        with override("fi"):
            finnish = str(label_for_field(name, one.model, one))
        assert finnish != english, f"{name} is the same in both languages"


@pytest.mark.parametrize("one", ADMINS, ids=lambda one: one.opts.model_name)
def test_every_day_in_a_list_is_short(one: admin.ModelAdmin) -> None:
    """A date of the model would be written out, and its list would not fit."""
    for name in one.list_display:
        field = {field.name: field for field in one.opts.fields}.get(name)
        assert not isinstance(field, models.DateField), f"{name}: show it with short_date"
