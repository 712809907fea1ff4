"""What the tests of stale forms share: two editors, a project, how a refusal is read."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from climateportal.models import User
from projects.models import Project
from tests.adminforms import controls
from tests.factories import MunicipalityFactory, ProjectFactory, UserFactory


def address(obj: Any) -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def opened(client: Client, obj: Any) -> dict[str, Any]:
    response = client.get(address(obj))
    assert response.status_code == 200
    return controls(response, f"{obj._meta.model_name}_form")


def refused(response: Any, kind: str = "stale") -> dict[str, Any]:
    """What is told of a refused save: each difference by its label."""
    assert response.status_code == 409, response.status_code
    refusal = response.context["refusal"]
    assert refusal.kind == kind
    return {item.label: item for item in refusal.differences}


@pytest.fixture
def maija() -> User:
    return UserFactory(superuser=True, first_name="Maija", last_name="Meikäläinen")


@pytest.fixture
def theirs(maija: User) -> Client:
    client = Client()
    client.force_login(maija)
    return client


@pytest.fixture
def mine() -> Client:
    client = Client()
    client.force_login(UserFactory(superuser=True))
    return client


@pytest.fixture
def project() -> Project:
    return ProjectFactory(
        title_fi="Hanke", summary_fi="Ingressi", description_fi="<p>Kuvaus</p>",
        municipalities=[MunicipalityFactory(name_fi="Akaa")],
    )  # fmt: skip
