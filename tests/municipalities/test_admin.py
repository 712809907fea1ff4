"""The admins of municipalities, regions, steering groups and organisations."""

from datetime import date
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from climateportal.models import OldSlug
from municipalities.models import Municipality, Organisation, Region, SteeringGroup
from tests.adminforms import controls, problems, row, saved
from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    OrganisationFactory,
    RegionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


@pytest.fixture
def coordinator(client: Client) -> Client:
    user = UserFactory()
    user.regions.add(RegionFactory(slug="oma", members=[MunicipalityFactory(slug="oma")]))
    client.force_login(user)
    return client


def address(obj: models.Model | type[models.Model], page: str = "change") -> str:
    name = f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{page}"
    return reverse(name, args=[obj.pk] if isinstance(obj, models.Model) else [])


def form_of(client: Client, obj: Any, page: str = "change") -> dict[str, Any]:
    return controls(client.get(address(obj, page)), f"{obj._meta.model_name}_form")


def test_a_coordinator_keeps_the_climate_plan_targets_and_goals(coordinator: Client) -> None:
    place = Municipality.objects.get(slug="oma")
    data = form_of(coordinator, place) | {"plan_status": "in_force", "plan_decided_on": "1.5.2021"}
    data = row(data, "targets", kind="carbon_neutral", target_year="2030",
               reduction_percent="80", base_year="2007")  # fmt: skip
    data = row(data, "goals", text_fi="Tavoite", state="open", order="0")
    saved(coordinator, address(place), data)
    place.refresh_from_db()
    assert (place.plan_status, place.plan_decided_on) == ("in_force", date(2021, 5, 1))
    assert place.targets.get().reduction_percent == 80
    assert place.goals.get().text_fi == "Tavoite"


def test_a_coordinator_keeps_the_page_and_coordinators_of_a_region(coordinator: Client) -> None:
    region, contact = Region.objects.get(slug="oma"), ContactFactory()
    data = row(form_of(coordinator, region), "coordinators", contact=contact.pk, order="0")
    response = coordinator.post(address(region), data | {"lead_fi": "Ingressi"})
    assert list(problems(response)) == ["id_coordinators-0-contact"], "nobody of hers yet"
    contact.organisation.municipality = Municipality.objects.get(slug="oma")
    contact.organisation.kind = "municipality"
    contact.organisation.save()
    saved(coordinator, address(region), data | {"lead_fi": "Ingressi"})
    region.refresh_from_db()
    assert region.lead_fi == "Ingressi"
    assert region.coordinators.get().contact == contact


def test_official_members_follow_the_register_even_for_the_administrator(boss: Client) -> None:
    county, area = RegionFactory(county=True), RegionFactory()
    assert "memberships-TOTAL_FORMS" in form_of(boss, area)
    page = boss.get(address(county))
    inline = next(
        item
        for item in page.context["inline_admin_formsets"]
        if item.formset.prefix == "memberships"
    )
    assert not inline.has_add_permission
    assert not inline.has_change_permission
    assert not inline.has_delete_permission


def test_the_administrator_changes_the_members_of_a_cooperation_area(boss: Client) -> None:
    first, second = MunicipalityFactory(), MunicipalityFactory()
    area = RegionFactory(members=[first])
    data = row(form_of(boss, area), "memberships", municipality=second.pk)
    twice = row(data, "memberships", municipality=second.pk)
    assert list(problems(boss.post(address(area), twice))) == ["id_memberships-2-municipality"]
    saved(boss, address(area), data)
    assert set(area.members.all()) == {first, second}


def test_a_region_is_not_its_own_ancestor(boss: Client) -> None:
    parent = RegionFactory()
    child = RegionFactory(parent=parent)
    data = form_of(boss, parent) | {"parent": child.pk}
    assert list(problems(boss.post(address(parent), data))) == ["id_parent"]


def test_a_regions_old_address_leads_on(boss: Client) -> None:
    region = RegionFactory(slug="vanha")
    saved(boss, address(region), form_of(boss, region) | {"slug": "uusi"})
    assert OldSlug.objects.target(Region, "vanha") == region.pk


def test_a_steering_group_with_one_chair_and_a_meeting(coordinator: Client) -> None:
    region, body = Region.objects.get(slug="oma"), OrganisationFactory()
    add = address(SteeringGroup, "add")
    data = form_of(coordinator, SteeringGroup, "add") | {"region": region.pk, "name_fi": "Ryhmä"}
    data = row(data, "memberships", organisation=body.pk, is_chair="on", order="0")
    data = row(data, "meetings", date="1.2.2027")
    chairs = row(data, "memberships", organisation=body.pk, is_chair="on", order="0")
    assert list(problems(coordinator.post(add, chairs))) == ["id_memberships-1-is_chair"]
    saved(coordinator, add, data)
    group = SteeringGroup.objects.get()
    assert group.memberships.get().is_chair
    assert group.meetings.get().date == date(2027, 2, 1)


def test_the_chair_moves_in_one_save(coordinator: Client) -> None:
    group = SteeringGroup.objects.create(region=Region.objects.get(slug="oma"), name_fi="Ryhmä")
    group.memberships.create(organisation=OrganisationFactory(), is_chair=True)
    other = group.memberships.create(organisation=OrganisationFactory())
    data = form_of(coordinator, group)
    del data["memberships-0-is_chair"]
    saved(coordinator, address(group), data | {"memberships-1-is_chair": "on"})
    assert group.memberships.get(is_chair=True) == other


def test_an_organisation_becomes_a_municipality_only_by_the_administrator(
    coordinator: Client,
) -> None:
    place = Municipality.objects.get(slug="oma")
    data = form_of(coordinator, Organisation, "add")
    assert "municipality" not in data
    data |= {"name_fi": "Yhtiö", "kind": "municipality", "municipality": place.pk}
    saved(coordinator, address(Organisation, "add"), data)
    assert Organisation.objects.get(name_fi="Yhtiö").municipality is None


def test_two_organisations_of_one_name_are_refused(boss: Client) -> None:
    OrganisationFactory(name_fi="Kylät ry")
    data = form_of(boss, Organisation, "add") | {"name_fi": "Kylät ry"}
    assert list(problems(boss.post(address(Organisation, "add"), data))) == ["organisation_form"]


def test_lookup_offers_municipalities_that_exist_by_the_beginning_of_the_name(
    boss: Client,
) -> None:
    ii = MunicipalityFactory(name_fi="Ii")
    MunicipalityFactory(name_fi="Siikainen")
    aanekoski = MunicipalityFactory(name_fi="Äänekoski")
    MunicipalityFactory(name_fi="Iisala", valid_until=date(2020, 12, 31), successor=ii)
    MunicipalityFactory(name_fi="Iitti")

    def offered(term: str) -> list[str]:
        query = {"app_label": "projects", "model_name": "participation",
                 "field_name": "municipality", "term": term}  # fmt: skip
        response = boss.get(reverse("admin:autocomplete"), query)
        return [item["text"] for item in response.json()["results"]]

    assert offered("ii") == ["Ii", "Iitti"]
    assert offered("ään") == [aanekoski.name_fi]
    assert offered("") == ["Ii", "Iitti", "Siikainen", "Äänekoski"]


def test_the_list_says_what_is_not_stated_and_what_became_of_merged_places(boss: Client) -> None:
    pori = MunicipalityFactory(name_fi="Pori", plan_status="")
    MunicipalityFactory(name_fi="Lavia", successor=pori, valid_until=date(2014, 12, 31))
    page = boss.get(address(Municipality, "changelist")).content.decode()
    assert page.count('<td class="field-plan">ei ilmoitettu</td>') == 2
    assert '<td class="field-merged">Pori, 31.12.2014</td>' in page
    assert '<td class="field-merged"></td>' in page


@pytest.mark.parametrize("model", [Municipality, Region, SteeringGroup, Organisation])
def test_lists_open_with_rows_in_a_constant_number_of_queries(
    boss: Client, model: type[models.Model]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def add_row() -> None:
        place = MunicipalityFactory()
        county = RegionFactory(county=True, members=[place])
        OrganisationFactory(municipality=place, kind="municipality")
        SteeringGroup.objects.create(region=county, name_fi="Ryhmä")

    counts = []
    for _number in range(2):
        add_row()
        with CaptureQueriesContext(connection) as queries:
            assert boss.get(address(model, "changelist")).status_code == 200
        counts.append(len(queries))
        add_row()
    assert counts[0] == counts[1]
