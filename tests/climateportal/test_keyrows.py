"""Keys as one parameter find what keys as many do, in conditions of any depth."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from climateportal.keyrows import KeyRows
from municipalities.models import Municipality, RegionMember
from tests.factories import MunicipalityFactory, RegionFactory

pytestmark = pytest.mark.django_db


def test_they_find_the_rows_of_the_keys() -> None:
    rows = MunicipalityFactory.create_batch(4)
    keys = [rows[2].pk, rows[0].pk, 10**9]
    found = Municipality.objects.filter(pk__in=KeyRows(keys))
    assert set(found) == {rows[0], rows[2]}
    assert set(Municipality.objects.exclude(pk__in=KeyRows(keys))) == {rows[1], rows[3]}
    assert not Municipality.objects.filter(pk__in=KeyRows([]))


def test_they_follow_relations_and_stand_in_subqueries() -> None:
    rows = MunicipalityFactory.create_batch(3)
    RegionFactory(members=rows)
    members = RegionMember.objects.filter(municipality__in=KeyRows([rows[1].pk]))
    assert [row.municipality_id for row in members] == [rows[1].pk]
    assert list(Municipality.objects.filter(pk__in=members.values("municipality"))) == [rows[1]]


def test_a_thousand_keys_are_one_parameter() -> None:
    with CaptureQueriesContext(connection) as queries:
        list(Municipality.objects.filter(pk__in=KeyRows(range(1000))))
    assert len(queries) == 1
    assert queries[0]["sql"].count("SELECT") == 2


def test_a_queryset_of_keys_is_read_once_for_all_its_places_in_a_condition() -> None:
    rows = MunicipalityFactory.create_batch(3)
    RegionFactory(members=rows[:2])
    keys = KeyRows(
        Municipality.objects.filter(name_fi=rows[0].name_fi).values_list("pk", flat=True)
    )
    condition = Q(pk__in=keys) | Q(region_memberships__municipality__in=keys)
    with CaptureQueriesContext(connection) as queries:
        found = Municipality.objects.filter(condition).exclude(pk__in=keys)
        assert list(found.distinct()) == []
        assert set(Municipality.objects.exclude(pk__in=keys)) == set(rows[1:])
    assert len(queries) == 3
