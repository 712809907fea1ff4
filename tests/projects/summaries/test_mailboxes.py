"""Whom to ask about late tasks: mailboxes of municipalities, without queries of their own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["", "tehtavat/"])
def test_queries_do_not_grow_with_them(client: Client, path: str) -> None:
    region = RegionFactory()

    def add(number: int) -> None:
        for _ in range(number):
            place = MunicipalityFactory()
            region.memberships.create(municipality=place)
            town = OrganisationFactory(municipality=place, kind="municipality")
            project = ProjectFactory(municipalities=[place], regions=[region])
            mailbox = ContactFactory(kind="role", organisation=town)
            ProjectContactFactory(project=project, contact=mailbox, is_primary=True)
            TaskFactory(project=project, due_date=timezone.localdate() - timedelta(days=9))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{region.get_absolute_url()}{path}").status_code == 200
        return len(captured)

    add(1)
    one = queries()
    add(4)
    assert queries() == one <= 20
