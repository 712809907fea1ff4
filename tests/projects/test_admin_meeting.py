"""The admin of meetings: its day, who was there, what a new one takes over, what is frozen."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from climateportal.models import User
from climateportal.publishing import PublicationState
from municipalities.models import Meeting, SteeringGroup
from projects.models import Decision, FrozenPack
from tests.adminforms import controls, problems, row, saved
from tests.factories import (
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    ProjectFactory,
    SteeringGroupFactory,
    TaskFactory,
    UserFactory,
)
from tests.projects.meetingworld import ADD, address, form_of

pytestmark = pytest.mark.django_db


def freeze(meeting: Meeting, by: User | None = None) -> FrozenPack:
    return FrozenPack.objects.create(
        meeting=meeting, by=by, at=timezone.now(), documents={"fi": "X"}
    )


# --- a new meeting --------------------------------------------------------------------------------


def test_a_new_meeting_takes_over_place_and_agenda_of_the_one_before(
    coordinator: Client, group: SteeringGroup
) -> None:
    MeetingFactory(group=group, date=date(2026, 1, 1), place_fi="Vanha paikka")
    MeetingFactory(
        group=group, date=date(2026, 5, 1), place_fi="Alavus", place_sv="Alavo",
        agenda_fi="<p>Kulut</p>", minutes_fi="<p>Päätettiin</p>",
    )  # fmt: skip
    data = form_of(coordinator, f"{ADD}?group={group.pk}")
    assert (data["group"], data["date"], data["minutes_fi"]) == (str(group.pk), "", "")
    assert (data["place_fi"], data["place_sv"]) == ("Alavus", "Alavo")
    assert data["agenda_fi"] == "<p>Kulut</p>"
    saved(coordinator, ADD, data | {"date": "1.9.2026", "time": "12:30"})
    made = group.meetings.get(date=date(2026, 9, 1))
    assert (made.place_fi, made.time) == ("Alavus", time(12, 30))
    assert made.publication == PublicationState.DRAFT
    assert made.history.get().history_user.email.startswith("muokkaaja")


def test_a_group_out_of_reach_gives_nothing_to_a_new_meeting(
    coordinator: Client, group: SteeringGroup
) -> None:
    foreign = MeetingFactory(agenda_fi="<p>Salainen</p>", place_fi="Muualla")
    member = MembershipFactory(group=foreign.group, person="Vieras Jäsen")
    page = coordinator.get(f"{ADD}?group={foreign.group.pk}").content.decode()
    for text in ("Salainen", "Muualla", str(member), foreign.group.name_fi):
        assert text not in page


@pytest.mark.parametrize("asked", ["x", "99999999999999999999", "-1", "0"])
def test_a_group_that_is_not_there_is_no_error(
    coordinator: Client, group: SteeringGroup, asked: str
) -> None:
    assert coordinator.get(f"{ADD}?group={asked}").status_code == 200


def test_the_only_group_of_the_user_is_chosen(coordinator: Client, group: SteeringGroup) -> None:
    assert form_of(coordinator, ADD)["group"] == str(group.pk)
    SteeringGroupFactory(region=group.region)
    assert form_of(coordinator, ADD)["group"] == ""


def test_a_meeting_before_its_group_or_on_a_taken_day_is_told_at_the_date(
    coordinator: Client, group: SteeringGroup
) -> None:
    group.since = date(2026, 1, 15)
    group.save()
    MeetingFactory(group=group, date=date(2026, 3, 1))
    MeetingFactory(group=SteeringGroupFactory(region=group.region), date=date(2026, 4, 1))
    data = form_of(coordinator, f"{ADD}?group={group.pk}")
    for day, field in (("14.1.2026", "id_date"), ("1.4.2026", "id_date"),
                       ("1.3.2026", "meeting_form")):  # fmt: skip
        assert list(problems(coordinator.post(ADD, data | {"date": day}))) == [field], day
    assert group.meetings.count() == 1


# --- publishing -----------------------------------------------------------------------------------


def test_save_and_publish_stays_on_the_page(coordinator: Client, meeting: Meeting) -> None:
    url = address(meeting)
    response = saved(coordinator, url, form_of(coordinator, url), "_publish")
    assert response.url == url
    meeting.refresh_from_db()
    assert meeting.is_public()
    page = coordinator.get(url).content.decode()
    assert 'name="_publish"' not in page
    assert f'<a href="{meeting.get_absolute_url()}">Kaikki voivat nyt lukea' in page


def test_a_published_meeting_is_deleted_by_the_administrator_only(
    coordinator: Client, meeting: Meeting
) -> None:
    Meeting.objects.update(publication=PublicationState.PUBLISHED, published_at=timezone.now())
    assert coordinator.post(address(meeting, "delete"), {"post": "yes"}).status_code == 403
    coordinator.force_login(UserFactory(superuser=True))
    assert coordinator.post(address(meeting, "delete"), {"post": "yes"}).status_code == 302
    assert not Meeting.objects.exists()


# --- once the pack is frozen ----------------------------------------------------------------------

FROZEN_FIELDS = {"group", "date", "agenda_fi", "agenda_sv", "agenda_en"}
FROZEN_ITEM = {"title_fi", "title_sv", "proposal_fi", "projects", "order", "DELETE"}


@pytest.fixture
def frozen(meeting: Meeting) -> Meeting:
    Meeting.objects.update(agenda_fi="<p>Kulut ja tavoitteet</p>")
    project = ProjectFactory(title_fi="Julkinen hanke", regions=[meeting.group.region])
    DecisionFactory(
        meeting=meeting, title_fi="Kilpailutus", proposal_fi="<p>Kilpailutetaan</p>",
        projects=[project],
    )  # fmt: skip
    freeze(meeting, by=UserFactory(first_name="Aino", last_name="Esimerkki"))
    return meeting


def test_what_the_group_saw_is_shown_as_text(coordinator: Client, frozen: Meeting) -> None:
    page = coordinator.get(address(frozen))
    data = controls(page, "meeting_form")
    assert not FROZEN_FIELDS & set(data)
    assert not {f"decisions-0-{name}" for name in FROZEN_ITEM} & set(data)
    words = page.content.decode()
    for text in ("<p>Kulut ja tavoitteet</p>", "<p>Kilpailutetaan</p>", ">Julkinen hanke</a>"):
        assert text in words, text


def test_outcome_decision_follow_up_attendance_and_minutes_are_still_written(
    coordinator: Client, frozen: Meeting
) -> None:
    MembershipFactory(group=frozen.group)
    data = form_of(coordinator, address(frozen)) | {
        "minutes_fi": "<p>Käsiteltiin</p>", "attendances-0-state": "present", "guests": "Vieras",
        "decisions-0-outcome": "approved", "decisions-0-text_fi": "Kilpailutetaan keväällä",
        "decisions-0-task_title": "Kilpailutus", "decisions-0-task_due": "1.4.2027",
    }  # fmt: skip
    saved(coordinator, address(frozen), data)
    frozen.refresh_from_db()
    decision = frozen.decisions.get()
    assert frozen.minutes_fi == "<p>Käsiteltiin</p>"
    assert (decision.outcome, decision.text_fi) == ("approved", "Kilpailutetaan keväällä")
    assert decision.follow_up.due_date == date(2027, 4, 1)
    assert frozen.attendances.count() == 1


def test_a_page_opened_before_the_freezing_changes_nothing(
    coordinator: Client, meeting: Meeting
) -> None:
    decision = DecisionFactory(meeting=meeting)
    data = form_of(coordinator, address(meeting))
    freeze(meeting)
    data |= {"date": "2.9.2026", "decisions-0-title_fi": "Muu", "minutes_fi": "<p>Uusi</p>"}
    assert coordinator.post(address(meeting), data).status_code == 409
    meeting.refresh_from_db()
    decision.refresh_from_db()
    assert (meeting.date, meeting.minutes_fi) == (date(2026, 9, 1), "")
    assert decision.title_fi != "Muu"


@pytest.mark.parametrize("superuser", [False, True])
def test_what_is_frozen_cannot_be_sent_either(
    coordinator: Client, frozen: Meeting, superuser: bool
) -> None:
    """Names that the page does not have, sent one by one."""
    if superuser:
        coordinator.force_login(UserFactory(superuser=True))
    other = SteeringGroupFactory(region=frozen.group.region)
    data = form_of(coordinator, address(frozen))
    sent = {"group": other.pk, "date": "2.9.2026", "agenda_fi": "<p>Muu</p>"}
    for name, value in sent.items():
        response = coordinator.post(address(frozen), data | {name: value})
        assert list(problems(response)) == ["meeting_form"], name
    item = {"title_fi": "Muu", "proposal_fi": "Muu", "projects": [ProjectFactory().pk],
            "order": "9", "DELETE": "on"}  # fmt: skip
    data |= {f"decisions-0-{name}": value for name, value in item.items()}
    data = row(data, "decisions", title_fi="Uusi asia")
    before = Decision.objects.values().get()
    coordinator.post(address(frozen), data)
    assert Decision.objects.values().get() == before
    assert [p.title_fi for p in frozen.decisions.get().projects.all()] == ["Julkinen hanke"]


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_deletes_a_frozen_meeting_or_its_group(
    coordinator: Client, frozen: Meeting, superuser: bool
) -> None:
    if superuser:
        coordinator.force_login(UserFactory(superuser=True))
    assert coordinator.post(address(frozen, "delete"), {"post": "yes"}).status_code == 403
    for obj in (frozen.group, frozen.group.region):
        url = reverse(f"admin:municipalities_{obj._meta.model_name}_delete", args=[obj.pk])
        coordinator.post(url, {"post": "yes"})
    assert FrozenPack.objects.filter(meeting=frozen).exists()
    assert "deletelink" not in coordinator.get(address(frozen)).content.decode()


# --- lists ----------------------------------------------------------------------------------------


def test_the_list_tells_the_state_of_packs_and_what_waits(
    coordinator: Client, group: SteeringGroup
) -> None:
    past = MeetingFactory(group=group, date=timezone.localdate() - timedelta(days=1))
    coming = MeetingFactory(group=group, date=timezone.localdate())
    DecisionFactory(meeting=coming)
    DecisionFactory(meeting=coming, outcome="approved")
    freeze(past)
    url = reverse("admin:municipalities_meeting_changelist")
    rows = {row.pk: row for row in coordinator.get(url).context["cl"].result_list}
    assert rows[coming.pk].waiting_count == 1
    assert rows[past.pk].frozen_at is not None
    assert "jäädytetty" in coordinator.get(url).content.decode()
    for when, expected in (("coming", coming), ("past", past)):
        found = coordinator.get(url, {"when": when}).context["cl"].result_list
        assert list(found) == [expected]


def test_queries_do_not_grow_with_items_and_members(coordinator: Client, meeting: Meeting) -> None:
    project = ProjectFactory(regions=[meeting.group.region])
    TaskFactory(project=project)

    def grow() -> None:
        DecisionFactory(meeting=meeting)
        MembershipFactory(group=meeting.group)
        MeetingFactory(group=meeting.group, date=date(2026, 1, 1 + Meeting.objects.count()))

    for url in (
        address(meeting),
        reverse("admin:municipalities_meeting_changelist"),
    ):
        counts = []
        coordinator.get(url)  # content types are read once for all
        for _number in range(2):
            grow()
            with CaptureQueriesContext(connection) as queries:
                assert coordinator.get(url).status_code == 200
            counts.append(len(queries))
            grow()
        assert counts[0] == counts[1] < 30, url
