"""A project is found by what its places, organisations and themes are called today."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.models import Municipality, Organisation, Region
from projects.actions import refresh
from projects.models import Project, ProjectOrganisation, SearchText, Theme
from projects.search import prefixes
from projects.searchtexts import refresh_search_text
from tests.adminforms import controls, saved
from tests.factories import (
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def found(word: str) -> list[Project]:
    (beginning,) = prefixes(word, "fi")
    return list(Project.objects.matching([[beginning]]))


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(UserFactory(superuser=True))
    return client


@pytest.fixture
def project() -> Project:
    project = ProjectFactory(
        municipalities=[MunicipalityFactory(name_fi="Vanhala")],
        regions=[RegionFactory(name_fi="Vanhala")],
        themes=[ThemeFactory(name_fi="Vanhala")],
    )
    organisation = OrganisationFactory(name_fi="Vanhala")
    ProjectOrganisation.objects.create(project=project, organisation=organisation)
    refresh(project=project)
    return project


@pytest.mark.parametrize("model", [Organisation, Municipality, Region, Theme])
def test_a_new_name_finds_it_and_nothing_else_moves(
    client: Client, project: Project, model: type[models.Model]
) -> None:
    other = ProjectFactory()
    words = other.search_text.words
    (row,) = model.objects.filter(name_fi="Vanhala")
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    url = reverse(name, args=[row.pk])
    data = controls(client.get(url), f"{model._meta.model_name}_form")
    records = Project.history.count()
    saved(client, url, {**data, "name_fi": "Uusikunta"})
    assert found("uusikunta") == [project]
    assert Project.history.count() == records
    before, now = project, Project.objects.get(pk=project.pk)
    assert now.content_updated_at == before.content_updated_at
    assert SearchText.objects.get(pk=other.pk).words == words
    assert not refresh(project=now), "the next save of the project finds nothing new"


@pytest.mark.parametrize("model", [Region, Theme])
def test_a_page_that_loses_what_was_deleted_has_changed(
    client: Client, project: Project, model: type[models.Model]
) -> None:
    (row,) = model.objects.filter(name_fi="Vanhala")
    model.objects.exclude(pk=row.pk).delete()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_delete"
    assert client.post(reverse(name, args=[row.pk]), {"post": "yes"}).status_code == 302
    assert not model.objects.exists()
    now = Project.objects.get(pk=project.pk)
    assert now.content_updated_at > project.content_updated_at
    assert not refresh(project=now)


def test_many_projects_take_no_more_queries_than_few() -> None:
    theme = ThemeFactory(name_fi="Vanhala")

    def queries(number: int) -> int:
        for project in ProjectFactory.create_batch(number, themes=[theme]):
            TaskFactory(project=project)
        with CaptureQueriesContext(connection) as captured:
            assert refresh_search_text(projects=theme.projects.all()) == Project.objects.count()
        SearchText.objects.update(words="")
        return len(captured)

    assert queries(2) == queries(15)


def test_a_name_corrected_by_the_register_finds_it(tmp_path: Path, register: None) -> None:
    place = Municipality.objects.get(slug="palkane")
    Municipality.objects.filter(pk=place.pk).update(name_fi="Vanhala")
    project = ProjectFactory(municipalities=[place])
    assert found("vanhala") == [project]
    call_command("load_register", verbosity=0)
    assert found("pälkäne") == [project]
    assert found("vanhala") == []
