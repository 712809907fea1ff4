"""The admins of contacts, goals, themes and good practices."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.models import OldSlug
from projects.actions import refresh
from projects.models import Contact, Goal, GoodPractice, Project
from tests.adminforms import controls, problems, row, saved
from tests.factories import (
    ContactFactory,
    GoalFactory,
    GoodPracticeFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def address(obj: models.Model | type[models.Model], page: str = "change") -> str:
    name = f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{page}"
    return reverse(name, args=[obj.pk] if isinstance(obj, models.Model) else [])


def form_of(client: Client, obj: Any, page: str = "change") -> dict[str, Any]:
    return controls(client.get(address(obj, page)), f"{obj._meta.model_name}_form")


@pytest.fixture
def old() -> Project:
    """A project; `settle()` before the change makes its information old."""
    return ProjectFactory()


def settle() -> None:
    """As if everything made so far had been published ninety days ago."""
    for project in Project.objects.all():
        refresh(project=project)
    Project.objects.update(content_updated_at=timezone.now() - timedelta(days=90))


def is_fresh(project: Project) -> bool:
    project.refresh_from_db()
    return project.content_updated_at > timezone.now() - timedelta(days=1)


def test_a_contacts_new_phone_is_news_of_its_projects(boss: Client, old: Project) -> None:
    contact = ContactFactory()
    ProjectContactFactory(project=old, contact=contact)
    settle()
    saved(boss, address(contact), form_of(boss, contact) | {"phone": "040 000 0000"})
    assert is_fresh(old)


def test_a_deleted_contact_is_news_of_its_projects(boss: Client, old: Project) -> None:
    contact = ContactFactory()
    ProjectContactFactory(project=old, contact=contact)
    settle()
    boss.post(address(contact, "delete"), {"post": "yes"})
    assert not Contact.objects.exists()
    assert is_fresh(old)


def test_contacts_are_filtered_by_being_shown(boss: Client) -> None:
    gone = ContactFactory(name="Entinen", valid_until=timezone.localdate() - timedelta(days=1))
    here = ContactFactory(name="Nykyinen", valid_until=timezone.localdate())
    url = address(Contact, "changelist")
    assert list(boss.get(url, {"shown": "no"}).context["cl"].result_list) == [gone]
    assert list(boss.get(url, {"shown": "yes"}).context["cl"].result_list) == [here]


@pytest.mark.parametrize("query", ["äijälä", "ÄIJÄLÄ", "Äijälä", "äijä aino"])
def test_search_finds_a_name_however_it_is_typed(boss: Client, query: str) -> None:
    ContactFactory(name="Aino Äijälä")
    ContactFactory(name="Muu Henkilö")
    found = boss.get(address(Contact, "changelist"), {"q": query}).context["cl"].result_list
    assert [contact.name for contact in found] == ["Aino Äijälä"]


def test_a_goal_gets_measured_values_and_its_project_a_date(boss: Client, old: Project) -> None:
    goal = GoalFactory(project=old)
    settle()
    data = form_of(boss, goal) | {"text_fi": "Uusi tavoite"}
    saved(boss, address(goal), row(data, "measurements", date="1.5.2024", value="1 200,5"))
    assert str(goal.measurements.get().value) == "1200.500"
    assert is_fresh(old)


def test_a_goal_has_one_owner(boss: Client, old: Project) -> None:
    goal = GoalFactory(project=old)
    data = form_of(boss, goal) | {"municipality": MunicipalityFactory().pk}
    assert list(problems(boss.post(address(goal), data))) == ["goal_form"]


def test_a_goal_moved_to_another_project_is_news_of_both(boss: Client, old: Project) -> None:
    goal, target = GoalFactory(project=old), ProjectFactory()
    settle()
    saved(boss, address(goal), form_of(boss, goal) | {"project": target.pk})
    assert is_fresh(old)
    assert is_fresh(target)


def test_a_deleted_goal_is_news_of_its_project(boss: Client, old: Project) -> None:
    goal = GoalFactory(project=old)
    settle()
    boss.post(address(goal, "delete"), {"post": "yes"})
    assert not Goal.objects.exists()
    assert is_fresh(old)


def test_a_deleted_theme_is_news_of_its_projects(boss: Client) -> None:
    theme = ThemeFactory()
    project = ProjectFactory(themes=[theme])
    settle()
    boss.post(address(theme, "delete"), {"post": "yes"})
    assert is_fresh(project)


def test_a_practice_keeps_its_old_address_and_gets_one_when_left_empty(boss: Client) -> None:
    practice = GoodPracticeFactory(slug="vanha")
    saved(boss, address(practice), form_of(boss, practice) | {"slug": "uusi"})
    assert OldSlug.objects.target(GoodPractice, "vanha") == practice.pk
    data = form_of(boss, GoodPractice, "add") | {"title_fi": "Vanha", "what_fi": "Mitä"}
    saved(boss, address(GoodPractice, "add"), data)
    assert GoodPractice.objects.get(title_fi="Vanha").slug == "vanha-2"


def test_a_municipality_adopts_a_practice_once(boss: Client) -> None:
    practice, place = GoodPracticeFactory(), MunicipalityFactory()
    data = row(form_of(boss, practice), "adoptions", municipality=place.pk)
    twice = row(data, "adoptions", municipality=place.pk)
    assert list(problems(boss.post(address(practice), twice))) == ["id_adoptions-1-municipality"]
    saved(boss, address(practice), data)
    assert list(practice.adopted_by.all()) == [place]
