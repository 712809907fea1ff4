"""Rule 5: one gate, and drafts are on its other side."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from projects.models import Project
from tests.factories import MunicipalityFactory, ProjectFactory, RegionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_only_published_rows_pass() -> None:
    shown = ProjectFactory()
    ProjectFactory(draft=True)
    later = ProjectFactory(published_at=timezone.now() + timedelta(hours=1))
    assert list(Project.objects.published()) == [shown]
    assert set(Project.objects.published(at=timezone.now() + timedelta(hours=2))) == {shown, later}
    assert [row.is_public() for row in (shown, later)] == [True, False]


@pytest.mark.parametrize("user", [None, AnonymousUser()], ids=["nobody", "anonymous"])
def test_the_public_sees_no_drafts(user) -> None:
    ProjectFactory(draft=True)
    assert not Project.objects.visible_to(user).exists()


def test_being_logged_in_is_not_a_right() -> None:
    ProjectFactory(draft=True, municipalities=[MunicipalityFactory()])
    assert not Project.objects.visible_to(UserFactory(is_staff=False)).exists()
    assert not Project.objects.visible_to(UserFactory()).exists()


def test_an_inactive_account_sees_nothing_more() -> None:
    ProjectFactory(draft=True)
    assert not Project.objects.visible_to(UserFactory(superuser=True, is_active=False)).exists()


def test_coordinators_see_drafts_in_their_reach_once() -> None:
    first, second = MunicipalityFactory(), MunicipalityFactory()
    region = RegionFactory(members=[first, second])
    inside = ProjectFactory(draft=True, municipalities=[first, second], regions=[region])
    ProjectFactory(draft=True, municipalities=[MunicipalityFactory()])
    regional, municipal = UserFactory(), UserFactory()
    regional.regions.add(region)
    municipal.municipalities.add(first)
    for user in (regional, municipal):
        assert list(Project.objects.visible_to(user)) == [inside]


def test_an_administrator_sees_everything() -> None:
    ProjectFactory(draft=True)
    ProjectFactory()
    assert Project.objects.visible_to(UserFactory(superuser=True)).count() == 2
