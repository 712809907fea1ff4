"""Filled copies of the database are the same for every test, and apart from the empty one."""

import pytest
from django.db import connection

from municipalities.models import Municipality
from tests.factories import MunicipalityFactory
from tests.prepared import Prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register_made")]


def test_what_is_written_in_a_copy_is_undone_and_stays_in_it(prepared: Prepared) -> None:
    with prepared.begin_with("register"):
        shipped = Municipality.objects.count()
        MunicipalityFactory()
        assert Municipality.objects.count() == shipped + 1 > 308
    assert not Municipality.objects.exists()
    with prepared.begin_with("register"):
        assert Municipality.objects.count() == shipped


def test_after_a_failure_the_next_test_has_the_empty_database(prepared: Prepared) -> None:
    before = connection.settings_dict["NAME"]
    with pytest.raises(ValueError, match="broken"), prepared.begin_with("register"):
        assert connection.settings_dict["NAME"] != before
        raise ValueError("broken")
    assert connection.settings_dict["NAME"] == before
    assert not Municipality.objects.exists()


def test_a_copy_is_filled_once(prepared: Prepared) -> None:
    asked: list[int] = []
    prepared.once("register", lambda: asked.append(1))
    assert not asked
