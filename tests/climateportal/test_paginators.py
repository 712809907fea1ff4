"""Pages of lists of the admin hold the rows that they should, in order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from climateportal.admin.lists import AllKeysPaginator, KeyPaginator
from projects.models import Theme
from tests.factories import ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def names() -> list[str]:
    for name in "edcba":
        ThemeFactory(name_fi=name, order=1)
    ThemeFactory(name_fi="f", order=2)
    return list("abcde")


@pytest.mark.parametrize("paginator", [KeyPaginator, AllKeysPaginator])
@pytest.mark.parametrize("is_narrowed", [True, False])
def test_pages_follow_each_other(
    names: list[str], paginator: type[KeyPaginator], is_narrowed: bool
) -> None:
    rows = Theme.objects.order_by("name_fi")
    pages = paginator(rows.filter(order=1) if is_narrowed else rows, 2)
    expected = names if is_narrowed else [*names, "f"]
    assert (pages.count, pages.num_pages) == (len(expected), 3)
    found = [[row.name_fi for row in pages.page(number)] for number in (1, 2, 3)]
    assert found == [expected[:2], expected[2:4], expected[4:]]


@pytest.mark.parametrize(("paginator", "queries"), [(KeyPaginator, 3), (AllKeysPaginator, 2)])
def test_what_fulfils_a_condition_is_looked_for_once(
    names: list[str], paginator: type[KeyPaginator], queries: int
) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = paginator(Theme.objects.filter(order=1), 2).page(1)
    assert len(page) == 2
    assert len(asked) == queries


def test_an_unnarrowed_list_is_counted(names: list[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert AllKeysPaginator(Theme.objects.all(), 2).count == 6
    assert "COUNT(" in asked[0]["sql"]
