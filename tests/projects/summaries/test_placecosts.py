"""What a municipality's page tells of costs, at each level that a project can choose."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from climateportal.publishing import PublicationState
from municipalities.models import Municipality
from projects.enums import CostSharing, CostVisibility, ExpenseState
from projects.models import Project
from projects.summaries import municipality_summary
from projects.summaries.placecosts import PlaceCost, PlaceCosts
from tests.factories import (
    ExpenseFactory,
    FundingFactory,
    MunicipalityFactory,
    ProjectFactory,
)
from tests.municipalities.reading import read, words
from tests.projects.summaries.reading import TODAY, organisation_of

pytestmark = pytest.mark.django_db


def project(*places: Municipality, **values: Any) -> Project:
    """A budget of 1 000 € of which a grant covers 400 €."""
    usual = {"budget": 1000, "money_as_of": TODAY, "cost_sharing": CostSharing.POPULATION}
    made = ProjectFactory(municipalities=list(places), **{**usual, **values})
    FundingFactory(project=made, amount=400)
    return made


def costs(place: Municipality) -> PlaceCosts:
    return municipality_summary(place, TODAY).costs


def row(place: Municipality) -> PlaceCost:
    (found,) = costs(place).rows
    return found


def test_by_population_with_the_grant_and_the_own_part(
    akaa: Municipality, urjala: Municipality
) -> None:
    Municipality.objects.filter(pk=akaa.pk).update(population=15_000)
    made = project(akaa, urjala)
    found = row(akaa)
    assert (found.project, found.budget, found.grants, found.own) == (made, 1000, 400, 600)
    assert (found.share, found.share_percent, found.grant_percent) == (450, 75, 40)
    assert (found.used, found.as_of) == (None, TODAY)


@pytest.mark.parametrize(
    ("how", "field", "value"),
    [
        (CostSharing.EUROS, "cost_share_amount", 600),
        (CostSharing.PERCENT, "cost_share_percent", 100),
    ],
)
def test_by_euros_and_percent(
    akaa: Municipality, urjala: Municipality, how: str, field: str, value: int
) -> None:
    made = project(akaa, urjala)
    Project.objects.filter(pk=made.pk).update(cost_sharing=how)
    made.participations.filter(municipality=akaa).update(**{field: value})
    assert (row(akaa).share, row(akaa).share_percent) == (600, 100)
    assert row(urjala).share == 0


def test_what_is_not_known_is_not_zero(akaa: Municipality) -> None:
    project(akaa, budget=None, cost_sharing=CostSharing.NOT_AGREED)
    found = row(akaa)
    assert (found.budget, found.own, found.share, found.used) == (None, None, None, None)
    assert costs(akaa).share is None
    assert costs(akaa).unshared == 1


def test_that_no_funder_is_told_does_not_mean_that_there_is_none(
    client: Client, akaa: Municipality, urjala: Municipality
) -> None:
    usual = {"budget": 1000, "money_as_of": TODAY, "cost_sharing": CostSharing.POPULATION}
    made = ProjectFactory(municipalities=[akaa, urjala], **usual)
    found = row(akaa)
    assert (found.grants, found.own, found.share, found.grant_percent) == (None,) * 4
    assert found.share_percent == 50
    text = words(read(client, made.get_absolute_url()))
    assert "avustukset ei ilmoitettu kuntien omarahoitus ei ilmoitettu" in text
    assert "Yhteensä 100 % ei ilmoitettu" in text


def test_shares_in_euros_are_told_though_no_funder_is(
    akaa: Municipality, urjala: Municipality
) -> None:
    made = ProjectFactory(municipalities=[akaa, urjala], budget=1000, money_as_of=TODAY)
    Project.objects.filter(pk=made.pk).update(cost_sharing=CostSharing.EUROS)
    made.participations.filter(municipality=akaa).update(cost_share_amount=250)
    found = row(akaa)
    assert (found.grants, found.own, found.share, found.share_percent) == (None, 250, 250, 100)
    made.participations.filter(municipality=urjala).update(cost_share_amount=750)
    found = row(akaa)
    assert (found.grants, found.own, found.share, found.share_percent) == (0, 1000, 250, 25)


def test_who_only_plans_has_no_expenses_of_its_own_yet(akaa: Municipality) -> None:
    made = project(akaa)
    ExpenseFactory(project=made, municipality=akaa, state=ExpenseState.PLANNED, amount=10)
    assert row(akaa).used is None


def test_own_expenses_are_those_claimed_or_paid(akaa: Municipality, urjala: Municipality) -> None:
    made = project(akaa, urjala)
    later = TODAY + timedelta(days=3)
    for place, state, amount, day in (
        (akaa, ExpenseState.PAID, 10, TODAY),
        (akaa, ExpenseState.CLAIMED, 5, later),
        (akaa, ExpenseState.PLANNED, 100, TODAY + timedelta(days=50)),
        (urjala, ExpenseState.PAID, 1, TODAY),
        (None, ExpenseState.PAID, 1000, TODAY),
    ):
        ExpenseFactory(project=made, municipality=place, state=state, amount=amount, date=day)
    assert (row(akaa).used, row(akaa).as_of) == (15, later)


def test_each_level_tells_no_more_than_the_project_page(akaa: Municipality) -> None:
    made = project(akaa)
    ExpenseFactory(project=made, municipality=akaa, state=ExpenseState.PAID, amount=10)
    for level in (CostVisibility.ALL, CostVisibility.TOTALS):
        Project.objects.filter(pk=made.pk).update(cost_visibility=level)
        assert (row(akaa).used, costs(akaa).silent) == (10, 0)
    for hidden in ({"cost_visibility": CostVisibility.NOTHING}, {"money_as_of": None}):
        shown = {"cost_visibility": CostVisibility.TOTALS, "money_as_of": TODAY}
        Project.objects.filter(pk=made.pk).update(**{**shown, **hidden})
        assert (costs(akaa).rows, costs(akaa).silent) == ((), 1)
    Project.objects.filter(pk=made.pk).update(publication=PublicationState.DRAFT)
    assert costs(akaa) == PlaceCosts()


def test_a_date_without_sums_is_nothing_reported(akaa: Municipality) -> None:
    ProjectFactory(municipalities=[akaa], money_as_of=TODAY)
    assert (costs(akaa).rows, costs(akaa).silent) == ((), 1)


def test_what_the_municipality_promises_as_a_funder_is_no_grant(akaa: Municipality) -> None:
    made = ProjectFactory(municipalities=[akaa], budget=1000, money_as_of=TODAY)
    FundingFactory(project=made, amount=1000, funder=organisation_of(akaa))
    assert (row(akaa).grants, row(akaa).own) == (0, 1000)


def test_a_merged_municipality_pays_as_the_one_it_is_now(
    akaa: Municipality, urjala: Municipality
) -> None:
    merged = MunicipalityFactory(successor=akaa, valid_until=date(2020, 12, 31))
    made = project(akaa, merged, urjala)
    ExpenseFactory(project=made, municipality=merged, state=ExpenseState.PAID, amount=7)
    assert (row(akaa).share, row(akaa).used) == (400, 7)


def test_totals_are_of_what_is_known(akaa: Municipality) -> None:
    project(akaa, money_as_of=TODAY - timedelta(days=9))
    project(akaa, budget=None)
    ProjectFactory(municipalities=[akaa])
    found = costs(akaa)
    assert [line.share for line in found.rows] == [600, None]
    assert (found.share, found.used, found.unshared, found.silent) == (600, None, 1, 1)
    assert (found.oldest, found.newest) == (TODAY - timedelta(days=9), TODAY)


def test_the_page_says_it_in_words(client: Client, akaa: Municipality) -> None:
    made = project(akaa, title_fi="Lämpöhanke")
    ExpenseFactory(
        project=made, municipality=akaa, state=ExpenseState.PAID, amount=Decimal("10.50")
    )
    text = words(read(client, akaa.get_absolute_url()))
    assert "Kunnan osuus kustannuksista" in text
    assert "Budjetti 1 000 € 400 € 40 % 600 € 600 € 100 % 10,50 €" in text
    made.cost_visibility = CostVisibility.NOTHING
    made.save()
    text = words(read(client, akaa.get_absolute_url()))
    assert "600 €" not in text
    assert "eivät ole julkaisseet budjettejaan" in text


def test_queries_do_not_grow(akaa: Municipality, urjala: Municipality) -> None:
    counts = []
    for number in (1, 4):
        for _n in range(number):
            made = project(akaa, urjala)
            ExpenseFactory(project=made, municipality=akaa, state=ExpenseState.PAID)
        with CaptureQueriesContext(connection) as queries:
            assert costs(akaa).rows
        counts.append(len(queries))
    assert counts[0] == counts[1]
