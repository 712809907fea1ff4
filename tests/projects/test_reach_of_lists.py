"""What a list may show is worked out once, not for each row at hand."""

import pytest
from django.db import connection, models

from projects.models import Contact, Project
from projects.permissions import (
    contact_in_reach_q,
    contact_open_q,
    contact_pickable_q,
    project_in_reach_q,
    project_open_q,
    project_part_q,
    project_pickable_q,
    project_readable_q,
)
from tests.factories import MunicipalityFactory, RegionFactory, UserFactory

pytestmark = pytest.mark.django_db

# a contact shown until a date and a public project are told from the row at hand
CONDITIONS = (
    (Project, project_in_reach_q),
    (Project, project_part_q),
    (Project, project_open_q),
    (Project, project_pickable_q),
    (Project, project_readable_q),
    (Contact, contact_in_reach_q),
    (Contact, contact_open_q),
    (Contact, contact_pickable_q),
)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by what it has counted")
@pytest.mark.parametrize(("model", "condition"), CONDITIONS, ids=lambda x: x.__name__)
def test_no_row_is_asked_by_itself(model: type[models.Model], condition) -> None:
    user = UserFactory(is_staff=True)
    user.municipalities.add(MunicipalityFactory())
    user.regions.add(RegionFactory())
    plan = model._default_manager.filter(condition(user)).explain()
    assert "SEARCH" in plan or "SCAN" in plan
    assert "CORRELATED" not in plan
