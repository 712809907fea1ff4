"""Freezing a pack and sharing it by links: asked first, done once, by those who may, never told."""

import logging
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.models import User
from municipalities.models import Meeting
from projects.actions import make_pack_link, revoke_pack_link
from projects.models import FrozenPack, PackLink
from projects.packs import link_address
from tests.adminforms import controls
from tests.factories import (
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    MunicipalityFactory,
    RegionFactory,
    SteeringGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    """The coordinator of one region."""
    user = UserFactory(first_name="Aino", last_name="Esimerkki")
    user.regions.add(RegionFactory(members=[MunicipalityFactory()]))
    return user


@pytest.fixture
def coordinator(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def meeting(user: User) -> Meeting:
    group = SteeringGroupFactory(region=user.regions.get())
    return MeetingFactory(group=group, date=timezone.localdate() + timedelta(days=7))


def address(meeting: Meeting, page: str, *more: int) -> str:
    return reverse(f"admin:municipalities_meeting_{page}", args=[meeting.pk, *more])


def words(response: Any) -> str:
    """The words of a page on one line."""
    return re.sub(r"\s+", " ", response.content.decode())


def link(meeting: Meeting, days: int = 30, **values: Any) -> PackLink:
    until = timezone.localdate() + timedelta(days=days)
    return make_pack_link(meeting=meeting, by=None, until=until, **values)


# --- who ------------------------------------------------------------------------------------------

MAY = {"coordinator", "administrator"}


@pytest.mark.parametrize(
    "role", ["coordinator", "administrator", "elsewhere", "municipality", "member", "anonymous"]
)
def test_only_those_who_edit_the_meeting_freeze_and_share(
    client: Client, meeting: Meeting, user: User, role: str
) -> None:
    people = {
        "coordinator": user,
        "administrator": UserFactory(superuser=True),
        "elsewhere": UserFactory(),
        "municipality": UserFactory(),
        "member": UserFactory(is_staff=False),
    }
    people["elsewhere"].regions.add(RegionFactory())
    people["municipality"].municipalities.add(user.regions.get().members.get())
    MembershipFactory(group=meeting.group, user=people["member"])
    if role in people:
        client.force_login(people[role])
    shared = link(meeting)
    pages = [
        address(meeting, "links"), address(meeting, "revoke", shared.pk), address(meeting, "freeze")
    ]  # fmt: skip
    for page in pages:
        response = client.get(page)
        assert (response.status_code == 200) == (role in MAY), page
        assert (link_address(shared) in response.content.decode()) == (
            role in MAY and page == pages[0]
        )
    until = f"{timezone.localdate():%d.%m.%Y}"
    client.post(pages[0], {"until": until, "for_whom": "Uusi"})
    client.post(pages[1])
    client.post(pages[2])
    assert PackLink.objects.filter(for_whom="Uusi").exists() == (role in MAY)
    assert PackLink.objects.get(pk=shared.pk).is_open() == (role not in MAY)
    assert FrozenPack.objects.exists() == (role in MAY)


@pytest.mark.parametrize("page", ["freeze", "links"])
def test_a_form_from_elsewhere_is_refused(user: User, meeting: Meeting, page: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    until = f"{timezone.localdate():%d.%m.%Y}"
    assert client.post(address(meeting, page), {"until": until}).status_code == 403
    assert not FrozenPack.objects.exists()
    assert not PackLink.objects.exists()


@pytest.mark.parametrize("page", ["freeze", "links"])
def test_a_meeting_that_is_not_there_leads_to_the_front(coordinator: Client, page: str) -> None:
    response = coordinator.get(reverse(f"admin:municipalities_meeting_{page}", args=[99999]))
    assert response.url == reverse("admin:index")


# --- freezing -------------------------------------------------------------------------------------


def test_freezing_is_asked_about_with_its_consequences(
    coordinator: Client, meeting: Meeting
) -> None:
    DecisionFactory(meeting=meeting)
    change = words(coordinator.get(address(meeting, "change")))
    assert f'href="{address(meeting, "freeze")}"' in change
    asked = words(coordinator.get(address(meeting, "freeze")))
    for text in (
        "Aineistossa on yksi päätettävä asia", "pysyvästi", "ei voi perua",
        f"{timezone.localdate().day}.{timezone.localdate().month}.",
    ):  # fmt: skip
        assert text in asked, text
    assert not FrozenPack.objects.exists()


def test_a_frozen_pack_tells_when_and_by_whom(
    coordinator: Client, meeting: Meeting, user: User
) -> None:
    before = timezone.now()
    response = coordinator.post(address(meeting, "freeze"))
    assert response.url == f"{address(meeting, 'change')}#section-pack"
    frozen = FrozenPack.objects.get()
    assert (frozen.meeting, frozen.by) == (meeting, user)
    assert before <= frozen.at <= timezone.now()
    shown = words(coordinator.get(address(meeting, "change")))
    today = timezone.localdate()
    assert f"{today.day}.{today.month}.{today.year}" in shown
    assert "Aino Esimerkki" in shown
    assert address(meeting, "freeze") not in shown
    assert LogEntry.objects.filter(user=user, object_id=str(meeting.pk)).count() == 1
    User.objects.filter(pk=user.pk).delete()
    assert FrozenPack.objects.get().by is None


def test_a_past_meeting_is_frozen_with_the_facts_of_its_day(
    coordinator: Client, meeting: Meeting
) -> None:
    day = timezone.localdate() - timedelta(days=3)
    Meeting.objects.update(date=day)
    coordinator.post(address(meeting, "freeze"))
    assert timezone.localdate(FrozenPack.objects.get().at) == day


def test_a_pack_is_frozen_once(coordinator: Client, meeting: Meeting) -> None:
    for _number in range(2):
        coordinator.post(address(meeting, "freeze"))
    frozen = FrozenPack.objects.get()
    response = coordinator.get(address(meeting, "freeze"), follow=True)
    assert "jo jäädytetty" in words(response)
    assert FrozenPack.objects.get().at == frozen.at
    assert LogEntry.objects.count() == 1


def test_somebody_faster_is_told_of(
    coordinator: Client, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pack is frozen between reading the meeting and freezing it."""
    from projects.admin import sharing

    coordinator.post(address(meeting, "freeze"))
    monkeypatch.setattr(sharing, "is_frozen", lambda meeting: False)
    response = coordinator.post(address(meeting, "freeze"))
    assert response.status_code == 302
    assert FrozenPack.objects.count() == LogEntry.objects.count() == 1


def test_no_admin_edits_or_deletes_a_frozen_pack() -> None:
    assert FrozenPack not in admin.site._registry
    inlines = [inline.model for model in admin.site._registry.values() for inline in model.inlines]
    assert FrozenPack not in inlines
    assert PackLink not in inlines


# --- links ----------------------------------------------------------------------------------------


def test_a_link_is_made_for_thirty_days_and_its_address_can_be_copied(
    coordinator: Client, meeting: Meeting, user: User
) -> None:
    page = coordinator.get(address(meeting, "links"))
    thirty = timezone.localdate() + timedelta(days=30)
    assert f'value="{thirty:%d.%m.%Y}"' in page.content.decode()
    sent = {"for_whom": "Liiton edustaja", "until": f"{thirty:%d.%m.%Y}"}
    assert coordinator.post(address(meeting, "links"), sent).url == address(meeting, "links")
    made = PackLink.objects.get()
    assert (made.for_whom, made.last_day, made.created_by) == ("Liiton edustaja", thirty, user)
    assert made.history.get().history_user == user
    page = coordinator.get(address(meeting, "links"))
    field = re.search(rf'<input[^>]*id="address-{made.pk}"[^>]*>', page.content.decode()).group()
    assert "readonly" in field
    assert f'value="http://testserver{link_address(made)}"' in field
    assert f"voimassa {thirty.day}.{thirty.month}.{thirty.year} asti" in words(page)
    assert "Liiton edustaja" in words(page)


def test_states_in_words_and_only_open_links_have_an_address(
    coordinator: Client, meeting: Meeting, user: User
) -> None:
    works, expired, revoked = link(meeting), link(meeting), link(meeting)
    day = timezone.make_aware(datetime(2026, 1, 2, 12))
    PackLink.objects.filter(pk=expired.pk).update(
        created_at=day - timedelta(days=1), expires_at=day
    )
    revoke_pack_link(link=revoked, by=user, at=timezone.make_aware(datetime(2026, 3, 4, 12)))
    page = coordinator.get(address(meeting, "links"))
    assert page.content.decode().count("data-copy") == 1
    assert link_address(works) in page.content.decode()
    assert "vanhentunut 2.1.2026" in words(page)
    assert "peruttu 4.3.2026" in words(page)
    assert "1 linkki on voimassa" in words(coordinator.get(address(meeting, "change")))


@pytest.mark.parametrize("until", ["", "joskus", "1.1.2020", "far"])
def test_a_wrong_day_is_told_at_the_day_and_nothing_typed_is_lost(
    coordinator: Client, meeting: Meeting, until: str
) -> None:
    far = timezone.localdate() + timedelta(days=181)
    until = f"{far:%d.%m.%Y}" if until == "far" else until
    response = coordinator.post(
        address(meeting, "links"), {"for_whom": "Liitto", "until": until}
    )  # fmt: skip
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["until"]
    assert 'value="Liitto"' in response.content.decode()
    assert "<title>Virhe:" in words(response)
    assert not PackLink.objects.exists()


def test_a_link_is_revoked_after_a_question(
    coordinator: Client, meeting: Meeting, user: User
) -> None:
    shared = link(meeting, for_whom="Liiton edustaja")
    revoke = address(meeting, "revoke", shared.pk)
    assert revoke in coordinator.get(address(meeting, "links")).content.decode()
    assert "Liiton edustaja" in words(coordinator.get(revoke))
    assert PackLink.objects.get().is_open()
    assert coordinator.post(revoke).url == address(meeting, "links")
    assert not PackLink.objects.get().is_open()
    assert [row.history_user for row in shared.history.all()] == [user, None]


def test_the_link_of_another_meeting_is_not_found(coordinator: Client, meeting: Meeting) -> None:
    foreign = link(MeetingFactory(date=date(2026, 9, 1)))
    for method in (coordinator.get, coordinator.post):
        assert method(address(meeting, "revoke", foreign.pk)).status_code == 404
    assert PackLink.objects.get().is_open()


def test_an_address_is_never_logged_or_kept(
    coordinator: Client, meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    until = f"{timezone.localdate():%d.%m.%Y}"
    answer = coordinator.post(
        address(meeting, "links"), {"until": until, "for_whom": "Liitto"}, follow=True
    )  # fmt: skip
    shared = PackLink.objects.get()
    assert "no-store" in answer["Cache-Control"]
    key = link_address(shared).rstrip("/").rpartition(":")[2]
    assert len(key) > 20
    told = [str(message) for message in answer.context["messages"]]
    written = [str(entry.get_change_message()) for entry in LogEntry.objects.all()]
    history = [str(vars(row)) for row in shared.history.all()]
    columns = [str(vars(shared))]
    for text in (*told, *written, *history, *columns, caplog.text):
        assert key not in text
    assert "Liitto" not in "".join(written)
    coordinator.post(address(meeting, "revoke", shared.pk))
    assert key not in "".join(str(entry.get_change_message()) for entry in LogEntry.objects.all())


def test_the_form_of_a_link_is_read_as_a_browser_reads_it(
    coordinator: Client, meeting: Meeting
) -> None:
    page = coordinator.get(address(meeting, "links"))
    data = controls(page, "link_form")
    assert coordinator.post(address(meeting, "links"), data).status_code == 302
    assert PackLink.objects.get().for_whom == ""


def test_a_published_pack_needs_no_link(coordinator: Client, meeting: Meeting) -> None:
    assert "linkkiä ei tarvita" not in words(coordinator.get(address(meeting, "links")))
    Meeting.objects.update(publication="published", published_at=timezone.now())
    assert "linkkiä ei tarvita" in words(coordinator.get(address(meeting, "links")))
