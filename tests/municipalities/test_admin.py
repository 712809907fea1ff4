"""The admins of municipalities, regions, steering groups and organisations."""

from datetime import date
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from climateportal.models import OldSlug, User
from municipalities.models import Municipality, Organisation, Region, SteeringGroup
from tests.adminforms import controls, problems, row, saved
from tests.factories import (
    ContactFactory,
    MeetingFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    RegionFactory,
    SteeringGroupFactory,
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


def test_a_region_is_not_its_own_parent(boss: Client) -> None:
    region = RegionFactory()
    data = form_of(boss, region) | {"parent": region.pk}
    told = problems(boss.post(address(region), data))
    assert list(told) == ["id_parent"]
    assert "itseensä" in told["id_parent"]


def test_a_steering_group_with_one_chair(coordinator: Client) -> None:
    region, body = Region.objects.get(slug="oma"), OrganisationFactory()
    add = address(SteeringGroup, "add")
    data = form_of(coordinator, SteeringGroup, "add") | {"region": region.pk, "name_fi": "Ryhmä"}
    data = row(data, "memberships", organisation=body.pk, is_chair="on", order="0")
    chairs = row(data, "memberships", organisation=body.pk, is_chair="on", order="0")
    assert list(problems(coordinator.post(add, chairs))) == ["id_memberships-1-is_chair"]
    saved(coordinator, add, data)
    group = SteeringGroup.objects.get()
    assert group.memberships.get().is_chair


@pytest.fixture
def group(coordinator: Client) -> SteeringGroup:
    """A group of the coordinator's region."""
    return SteeringGroupFactory(region=Region.objects.get(slug="oma"), name_fi="Ryhmä")


def test_a_group_ends_after_it_begins_and_its_meetings_are_between(
    coordinator: Client, group: SteeringGroup
) -> None:
    for day in (date(2026, 3, 1), date(2026, 9, 1)):
        MeetingFactory(group=group, date=day)
    data = form_of(coordinator, group)
    for since, until, field in (
        ("1.5.2026", "30.4.2026", "id_until"),
        ("2.3.2026", "", "id_since"),
        ("", "31.8.2026", "id_until"),
    ):
        response = coordinator.post(address(group), data | {"since": since, "until": until})
        assert list(problems(response)) == [field], (since, until)
    saved(coordinator, address(group), data | {"since": "1.3.2026", "until": "1.9.2026"})
    group.refresh_from_db()
    assert (group.since, group.until) == (date(2026, 3, 1), date(2026, 9, 1))


def test_a_group_leads_to_its_meetings_and_to_a_new_one(
    coordinator: Client, group: SteeringGroup
) -> None:
    meeting = MeetingFactory(group=group)
    other = MeetingFactory(group__region=group.region, date=date(2026, 9, 2))
    page = coordinator.get(address(group)).content.decode()
    assert f'href="{address(meeting)}"' in page
    assert f'href="{address(other)}"' not in page
    assert f'href="{reverse("admin:municipalities_meeting_add")}?group={group.pk}"' in page


def test_a_group_with_meetings_stays_in_its_region(
    coordinator: Client, group: SteeringGroup
) -> None:
    """The region is part of the addresses of its meetings."""
    other = RegionFactory()
    User.objects.get().regions.add(other)
    data = form_of(coordinator, group) | {"region": other.pk}
    MeetingFactory(group=group)
    assert "region" not in form_of(coordinator, group)
    response = coordinator.post(address(group), data)
    assert response.status_code == 409
    (told,) = response.context["refusal"].differences
    assert (told.kind, told.mine) == ("closed", str(other))
    saved(coordinator, address(group), controls(response, "steeringgroup_form"))
    group.refresh_from_db()
    assert group.region.slug == "oma"


# --- a member's account ---------------------------------------------------------------------------


def seat(data: dict[str, Any], account: str) -> dict[str, Any]:
    return data | {"memberships-0-account": account}


def test_a_members_account_is_told_by_its_whole_address(
    coordinator: Client, group: SteeringGroup
) -> None:
    member = MembershipFactory(group=group)
    user = UserFactory(email="aino.esimerkki@example.fi")
    data = form_of(coordinator, group)
    assert data["memberships-0-account"] == ""
    saved(coordinator, address(group), seat(data, " Aino.Esimerkki@Example.fi "))
    member.refresh_from_db()
    assert member.user == user
    assert member.history.first().user == user
    data = form_of(coordinator, group)
    assert data["memberships-0-account"] == user.email
    saved(coordinator, address(group), data)
    assert member.history.count() == 2, "nothing was changed"
    saved(coordinator, address(group), seat(data, ""))
    member.refresh_from_db()
    assert member.user is None


@pytest.mark.parametrize(
    "typed", ["aino", "aino.esimerkki@", "esimerkki@example.fi", "%@example.fi"]
)
def test_a_part_of_an_address_finds_nobody(
    coordinator: Client, group: SteeringGroup, typed: str
) -> None:
    UserFactory(email="aino.esimerkki@example.fi")
    member = MembershipFactory(group=group)
    response = coordinator.post(address(group), seat(form_of(coordinator, group), typed))
    assert list(problems(response)) == ["id_memberships-0-account"]
    member.refresh_from_db()
    assert member.user is None
    assert "aino.esimerkki@example.fi" not in response.content.decode()


def test_a_closed_account_is_told_of_as_an_unknown_one(
    coordinator: Client, group: SteeringGroup
) -> None:
    UserFactory(email="suljettu@example.fi", is_active=False)
    MembershipFactory(group=group)
    data = form_of(coordinator, group)
    messages = {
        problems(coordinator.post(address(group), seat(data, typed)))["id_memberships-0-account"]
        for typed in ("suljettu@example.fi", "tuntematon@example.fi")
    }
    assert len(messages) == 1


def test_a_coordinator_cannot_list_accounts(coordinator: Client, group: SteeringGroup) -> None:
    UserFactory(email="aino.esimerkki@example.fi")
    MembershipFactory(group=group)
    query = {"app_label": "municipalities", "model_name": "membership", "field_name": "user",
             "term": ""}  # fmt: skip
    assert coordinator.get(reverse("admin:autocomplete"), query).status_code == 403
    assert "aino.esimerkki" not in coordinator.get(address(group)).content.decode()


def test_an_account_cannot_be_given_by_its_number(
    coordinator: Client, group: SteeringGroup
) -> None:
    member = MembershipFactory(group=group)
    data = form_of(coordinator, group) | {"memberships-0-user": User.objects.get().pk}
    saved(coordinator, address(group), data)
    member.refresh_from_db()
    assert member.user is None


def test_the_chair_moves_in_one_save(coordinator: Client) -> None:
    group = SteeringGroup.objects.create(region=Region.objects.get(slug="oma"), name_fi="Ryhmä")
    group.memberships.create(organisation=OrganisationFactory(), is_chair=True)
    other = group.memberships.create(organisation=OrganisationFactory())
    data = form_of(coordinator, group)
    del data["memberships-0-is_chair"]
    saved(coordinator, address(group), data | {"memberships-1-is_chair": "on"})
    assert group.memberships.get(is_chair=True) == other


def test_a_new_chair_follows_a_former_one(coordinator: Client, group: SteeringGroup) -> None:
    former = MembershipFactory(group=group, is_chair=True)
    data = row(form_of(coordinator, group), "memberships", organisation=former.organisation.pk,
               person="Uusi Puheenjohtaja", is_chair="on", order="0")  # fmt: skip
    response = coordinator.post(address(group), data)
    assert list(problems(response)) == ["id_memberships-1-is_chair"]
    saved(coordinator, address(group), data | {"memberships-0-until": "31.5.2026"})
    assert list(group.memberships.filter(is_chair=True).values_list("until", flat=True)) == [
        date(2026, 5, 31), None,
    ]  # fmt: skip


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
