"""When the demo is not made: real content, no register, a failure half-way."""

import pytest
from django.core.management import CommandError, call_command

from climateportal.models import User
from municipalities.models import Region
from projects.demo import make as module
from projects.models import GoodPractice, Project
from tests.factories import (
    GoodPracticeFactory,
    ProjectFactory,
    RegionFactory,
)


@pytest.mark.django_db
def test_real_content_is_refused_with_a_way_out(register: None) -> None:
    ProjectFactory(title_fi="Oikea hanke")
    with pytest.raises(CommandError, match=r"“Oikea hanke”.*DATABASE_URL"):
        call_command("demo")
    assert Project.objects.count() == 1
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "name"),
    [(GoodPracticeFactory, {"title_fi": "Oma malli"}), (RegionFactory, {"name_fi": "Oma alue"})],
)
def test_real_practices_and_areas_are_refused_too(
    register: None, factory: type, name: dict[str, str]
) -> None:
    factory(**name)
    with pytest.raises(CommandError, match="Oma"):
        call_command("demo")
    assert not Project.objects.exists()


@pytest.mark.django_db
def test_missing_register_is_told() -> None:
    with pytest.raises(CommandError, match="load_register"):
        call_command("demo")


@pytest.mark.any_database
@pytest.mark.django_db
def test_half_a_demo_is_never_left(register: None, monkeypatch: pytest.MonkeyPatch) -> None:
    regions = Region.objects.count()

    def fail(*args: object) -> None:
        raise ValueError("half-way")

    monkeypatch.setattr(module, "_relate", fail)
    with pytest.raises(ValueError, match="half-way"):
        module.make()
    assert not Project.objects.exists()
    assert not GoodPractice.objects.exists()
    assert not User.objects.exists()
    assert Region.objects.count() == regions
