"""Å, ä, ö come last, in Python and in the database alike."""

import pytest
from django.db.models import F

from municipalities.alphabet import alphabetical, alphabetical_in_sql
from municipalities.models import Municipality
from tests.factories import MunicipalityFactory

NAMES = ["Akaa", "Zeta", "zoo", "Åland", "åmål", "Äetsä", "ähtäri", "Öja", "öljy"]


def test_the_order_of_names() -> None:
    assert sorted(set(NAMES), key=alphabetical) == NAMES


@pytest.mark.django_db
def test_the_database_agrees() -> None:
    for name in reversed(NAMES):
        MunicipalityFactory(name_fi=name)
    rows = Municipality.objects.order_by(alphabetical_in_sql(F("name_fi")))
    assert list(rows.values_list("name_fi", flat=True)) == NAMES
