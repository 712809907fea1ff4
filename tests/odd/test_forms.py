"""Every form of the admin with odd values in every control."""

import pytest
from django import forms
from django.contrib import admin
from django.db import models

from climateportal.models import Feedback, Invitation
from projects.models import BrokenLink, Project
from tests.adminforms import controls
from tests.climateportal.adminworld import RULES, World, address
from tests.odd.forms import Filling, all_forms
from tests.odd.values import ATTEMPTS, TEXTS, Bold, undone

pytestmark = pytest.mark.django_db
# these are sent or only read: they have tests of their own, feedback in test_feedback_admin
EDITED = [model for model in RULES if model not in (BrokenLink, Feedback, Invitation)]
MODELS = pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)


def test_every_registered_model_has_its_turn() -> None:
    assert set(RULES) == set(admin.site._registry)


@MODELS
def test_no_value_breaks_a_form(
    administrator: Bold, world: World, model: type[models.Model]
) -> None:
    """The n-th odd value in every control at once; then in those that did not refuse it."""
    client = administrator
    form, obj = f"{model._meta.model_name}_form", world.own[model]
    add = f"{address(model, 'add')}?project={world.own[Project].pk}"  # a goal needs an owner
    change = address(model, "change", obj.pk)
    add = add if client.get(add).status_code == 200 else change  # expenses are added elsewhere
    filling = Filling(client, change, form)
    assert filling.settle(filling.send()).status_code == 302, "a row in every inline"
    for attempt in ATTEMPTS:
        with undone():
            filling = Filling(client, change if attempt % 4 else add, form)
            filling.spoil(attempt)
            refused = filling.send()
            assert refused.status_code == 200, (attempt, client.broken, refused.content)
            assert not client.wrote
            response = filling.settle(refused)
            if response.status_code == 200:
                told = [f"{bound.prefix} {bound.errors}" for bound in all_forms(response)]
                raise AssertionError(f"attempt {attempt} is never accepted: {told}")
            client.get(change)
            if hasattr(obj, "get_absolute_url"):
                client.get(model.objects.get(pk=obj.pk).get_absolute_url())
            client.get("/")
    assert not client.broken


@MODELS
def test_what_was_typed_is_shown_again(
    administrator: Bold, world: World, model: type[models.Model]
) -> None:
    form = f"{model._meta.model_name}_form"
    filling = Filling(administrator, address(model, "change", world.own[model].pk), form)
    filling.spoil(TEXTS.index("abc"))
    response = filling.send()
    shown = controls(response, form)
    typed = [
        control
        for control, field in filling.fields.items()
        if isinstance(field.widget, forms.TextInput | forms.Textarea | forms.MultiWidget)
    ]
    assert typed
    assert {control: shown[control] for control in typed} == {
        control: filling.data[control] for control in typed
    }


@pytest.mark.usefixtures("world")
def test_no_value_breaks_an_invitation(administrator: Bold) -> None:
    for attempt in ATTEMPTS:
        with undone():
            filling = Filling(administrator, address(Invitation, "add"), "invitation_form")
            filling.spoil(attempt)
            assert filling.send().status_code == 200, (attempt, administrator.broken)
            assert not administrator.wrote
    assert not administrator.broken
