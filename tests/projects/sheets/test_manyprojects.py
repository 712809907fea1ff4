"""Projects of a sheet are written together, each as if it were saved alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from climateportal.models import User
from projects.models import Participation, Project, StageChange
from projects.sheets import imports
from tests.factories import (
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    ThemeFactory,
    UserFactory,
)
from tests.projects.sheets.files import checked, csv, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return UserFactory(is_staff=True, is_superuser=True)


def test_a_changed_project_has_one_row_of_history_with_all_its_relations(boss: User) -> None:
    gone, kept, new = (ThemeFactory(name_fi=name) for name in ("Vesi", "Ruoka", "Energia"))
    region, friend = RegionFactory(name_fi="Kainuu"), ProjectFactory()
    project = ProjectFactory(title_fi="Hanke", themes=[gone, kept], regions=[region])
    project.related.add(friend)
    same = ProjectFactory(title_fi="Toinen", themes=[gone])
    known = {row.pk for row in project.history.all()}
    data = csv(
        "Numero;Hanke;Teemat;Tiivistelmä",
        f'{project.pk};Hanke;"Ruoka; Energia";Lyhyt',
        f"{same.pk};Toinen;Vesi;Lyhyt",
    )
    imported("project", data, boss)
    assert set(project.themes.all()) == {kept, new}
    assert set(same.themes.all()) == {gone}
    (row,) = project.history.exclude(pk__in=known)
    assert (row.history_type, row.history_user, row.summary_fi) == ("~", boss, "Lyhyt")
    assert {link.theme_id for link in row.themes.all()} == {kept.pk, new.pk}
    assert {link.region_id for link in row.regions.all()} == {region.pk}
    assert {link.to_project_id for link in row.related.all()} == {friend.pk}
    assert row.content_updated_at == Project.objects.get(pk=project.pk).content_updated_at


def test_a_new_project_has_one_row_of_history(boss: User) -> None:
    MunicipalityFactory(name_fi="Akaa"), ThemeFactory(name_fi="Ruoka")
    imported("project", csv("Hanke;Kunnat;Teemat", "Uusi;Akaa;Ruoka"), boss)
    project = Project.objects.get()
    row = project.history.get()
    assert (row.history_type, row.history_user) == ("+", boss)
    assert [link.theme_id for link in row.themes.all()] == [project.themes.get().pk]
    assert row.content_updated_at == project.content_updated_at
    assert StageChange.history.get().history_user == boss
    assert Participation.history.get().history_user == boss


def test_municipalities_that_join_come_after_those_that_take_part(boss: User) -> None:
    first, second, third = (MunicipalityFactory(name_fi=name) for name in ("Ähtäri", "Akaa", "Ii"))
    project = ProjectFactory(municipalities=[first])
    imported("project", csv("Numero;Kunnat", f'{project.pk};"Ii; Akaa; Ähtäri"'), boss)
    rows = project.participations.order_by("order").values_list("municipality", flat=True)
    assert list(rows) == [first.pk, *sorted((second.pk, third.pk))]


def test_a_task_moves_the_dates_of_projects_that_no_row_is_about(boss: User) -> None:
    projects = [ProjectFactory(slug=f"hanke-{n}", title_fi=f"Hanke {n}") for n in range(2)]
    before = [row.history.count() for row in projects]
    imported("task", csv("Hanke;Tehtävä", "hanke-0;A", "hanke-1;B"), boss)
    for project, count in zip(projects, before, strict=True):
        row = project.history.latest()
        assert project.history.count() == count + 1
        assert (row.history_type, row.history_user) == ("~", boss)
        assert row.content_updated_at == Project.objects.get(pk=project.pk).content_updated_at


def test_writing_many_takes_as_many_queries_as_writing_few(boss: User) -> None:
    MunicipalityFactory(name_fi="Akaa"), ThemeFactory(name_fi="Ruoka")
    counts = []
    for number in (2, 9):
        rows = [f"Hanke {number}-{n};Akaa;Ruoka;Lyhyt" for n in range(number)]
        pending = checked("project", csv("Hanke;Kunnat;Teemat;Tiivistelmä", *rows), boss)
        with CaptureQueriesContext(connection) as queries:
            assert imports.confirm(pending, boss)
        counts.append(len(queries))
    assert counts[0] == counts[1]
