"""Meetings of steering groups in Chromium: accessible in every state, and the whole way."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from climateportal.models import User
from municipalities.models import Meeting
from projects.actions import make_pack_link
from projects.models import Decision, FrozenPack, Project
from tests.browser.adminpages import Opener, add_row, faults, go_to, pick, start_editors
from tests.browser.answered import ORIGIN
from tests.factories import (
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    SteeringGroupFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def meeting(project: Project) -> Meeting:
    """With an item and members."""
    group = SteeringGroupFactory(region=project.regions.get(), name_fi="Ryhmä")
    meeting = MeetingFactory(group=group, date=date(2026, 9, 1), agenda_fi="<p>Kulut</p>")
    DecisionFactory(meeting=meeting, projects=[project], proposal_fi="<p>Esitys</p>")
    MembershipFactory(group=group, is_chair=True)
    MembershipFactory(group=group, person="Toinen Jäsen", user=UserFactory())
    return meeting


@pytest.fixture
def coordinator(project: Project) -> User:
    user = UserFactory(first_name="Aino", last_name="Esimerkki")
    user.regions.add(project.regions.get())
    return user


def path(meeting: Meeting, page: str = "change/") -> str:
    return f"/admin/municipalities/meeting/{meeting.pk}/{page}"


def freeze(meeting: Meeting, by: User) -> None:
    FrozenPack.objects.create(meeting=meeting, by=by, at=timezone.now(), documents={})


def test_every_section_has_no_faults(opened: Opener, coordinator: User, meeting: Meeting) -> None:
    page = opened(path(meeting), coordinator)
    for slug in ("meeting", "decisions", "attendance", "minutes", "pack"):
        section = f"#section-{slug}"
        page.set_viewport_size({"width": 1280, "height": 900})
        go_to(page, slug)
        for fold in page.locator(f"{section} details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        for button in page.locator(f"{section} .add-row a").all():
            button.click()
        start_editors(page, section)
        assert faults(page, section) == [], slug


def test_a_frozen_meeting_with_errors_has_no_faults(
    opened: Opener, coordinator: User, meeting: Meeting
) -> None:
    freeze(meeting, coordinator)
    page = opened(path(meeting) + "#section-decisions", coordinator)
    page.locator("#decisions-0 summary").first.click()
    page.locator("#id_decisions-0-outcome").select_option("approved")
    page.locator("#id_decisions-0-text_fi").fill("Hyväksyttiin")
    page.locator("#id_decisions-0-outcome").select_option("")
    page.locator("input[name=_save]").click()
    expect(page.locator("#problems")).to_be_focused()
    start_editors(page)
    assert faults(page) == []


def test_pages_of_sharing_and_the_group_have_no_faults(
    opened: Opener, coordinator: User, meeting: Meeting
) -> None:
    link = make_pack_link(
        meeting=meeting, by=coordinator, until=timezone.localdate(), for_whom="Liiton edustaja"
    )
    page = opened(path(meeting, "links/"), coordinator)
    assert faults(page) == []
    page.locator("input[name=until]").fill("joskus")
    page.locator("input[type=submit]").last.click()
    page.locator(".errorlist").wait_for()
    assert faults(page) == []
    for address in (
        path(meeting, "freeze/"),
        path(meeting, f"links/{link.pk}/revoke/"),
        path(meeting, "delete/"),
        "/admin/municipalities/meeting/",
        f"/admin/municipalities/steeringgroup/{meeting.group.pk}/change/",
    ):
        page.goto(ORIGIN + address)
        assert faults(page) == [], address


def test_from_a_new_meeting_to_a_decision_with_its_task(
    opened: Opener, coordinator: User, meeting: Meeting, project: Project
) -> None:
    page = opened(
        f"/admin/municipalities/steeringgroup/{meeting.group.pk}/change/#section-meetings",
        coordinator,
    )
    page.locator("#section-meetings a.button").click()
    page.wait_for_url("**/meeting/add/**")
    page.locator("#id_date").fill("1.12.2026")
    go_to(page, "decisions")
    add_row(page, "decisions")
    page.locator("#id_decisions-0-title_fi").fill("Lämpökuvaukset")
    box = page.locator("#decisions-0 .field-projects .select2-selection")
    pick(page, box, project.title_fi)
    expect(page.locator("#id_decisions-0-text_fi")).to_be_hidden()
    page.locator("#id_decisions-0-outcome").select_option("approved")
    page.locator("#id_decisions-0-text_fi").fill("Kuvataan talvella")
    page.locator("#decisions-0 fieldset.collapse summary").click()
    page.locator("#id_decisions-0-task_title").fill("Tilaa kuvaukset")
    page.locator("#id_decisions-0-task_due").fill("31.1.2027")
    go_to(page, "attendance")
    substitute = page.locator("#id_attendances-1-substitute")
    expect(substitute).to_be_hidden()
    page.locator("#id_attendances-0-state").select_option("present")
    page.locator("#id_attendances-1-state").select_option("substitute")
    substitute.fill("Sijainen Esimerkki")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/municipalities/meeting/**")
    expect(page.locator(".messagelist")).to_contain_text("Tilaa kuvaukset")
    decision = Decision.objects.get(title_fi="Lämpökuvaukset")
    assert decision.follow_up.project == project
    assert decision.follow_up.due_date == date(2027, 1, 31)
    made = decision.meeting
    assert made.agenda_fi == meeting.agenda_fi
    assert [row.state for row in made.attendances.all()] == ["present", "substitute"]


def test_without_scripts_a_task_is_chosen_and_attendance_recorded(
    opened: Opener, coordinator: User, meeting: Meeting, project: Project
) -> None:
    task = TaskFactory(project=project, title_fi="Valmis tehtävä")
    page = opened(path(meeting), coordinator, script=False)
    for fold in page.locator("#decisions-0 summary").all():
        fold.click()
    page.locator("#id_decisions-0-follow_up").select_option(str(task.pk))
    page.locator("#id_attendances-0-state").select_option("absent")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/municipalities/meeting/")
    assert meeting.decisions.get().follow_up == task
    assert meeting.attendances.get().state == "absent"


def test_the_address_of_a_link_is_chosen_whole_and_copied(
    opened: Opener, coordinator: User, meeting: Meeting
) -> None:
    until = timezone.localdate() + timedelta(days=5)
    make_pack_link(meeting=meeting, by=coordinator, until=until)
    page = opened(
        path(meeting, "links/"), coordinator, permissions=["clipboard-read", "clipboard-write"]
    )
    field = page.locator("[data-copy]")
    field.focus()
    chosen = page.evaluate("String(getSelection()) || document.activeElement.value.slice("
                           "document.activeElement.selectionStart, "
                           "document.activeElement.selectionEnd)")  # fmt: skip
    assert chosen == field.input_value()
    page.locator(".link-line button").click()
    expect(page.locator(".link-line [role=status]")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == field.input_value()
