"""All addresses of public content are found, and what is noted of them follows the last checks."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from simple_history.models import HistoricalChanges

from climateportal.contentversion import OURS
from climateportal.models import Page
from municipalities.models import Municipality
from projects.enums import LinkProblem
from projects.linkchecking import NoNetworkError, ask_all, chosen, write_down
from projects.linkfetch import CANNOT_TELL, WORKS, Answer, Visitor
from projects.linkplaces import ROADS, link_columns, places
from projects.models import BrokenLink, Project
from projects.models.brokenlink import LONGEST, OWNERS
from tests.factories import (
    ClimateTargetFactory,
    DecisionFactory,
    GoodPracticeFactory,
    MaterialFactory,
    MeetingFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 3, tzinfo=UTC)
LATER = AT + timedelta(days=7)
DRAFT = {"publication": "draft", "published_at": None}
GONE = "https://vanha.example.fi/sivu"
BROKEN, DOWN = Answer(LinkProblem.NOT_FOUND), Answer(LinkProblem.NO_ANSWER)


def test_every_model_with_an_address_has_a_road_to_its_owner() -> None:
    """A new address field or rich text is checked from its first day."""
    with_addresses = {
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and not issubclass(model, HistoricalChanges)
        and link_columns(model)
    }
    assert with_addresses == set(ROADS)
    assert all(set(road.owners) <= set(OWNERS) for road in ROADS.values())


def found() -> set[tuple[str, str, str]]:
    return {(place.place, place.column, place.address) for place in places()}


def test_addresses_stand_in_fields_and_in_rich_texts_of_each_language() -> None:
    rich = '<p><a href="{}">a</a> <a href="mailto:a@b.fi">b</a> <a href="/kunnat/">c</a></p>'
    project = ProjectFactory(
        implements_url="https://example.fi/ohjelma",
        description_fi=rich.format("https://example.fi/?a=1&amp;b=2"),
        description_sv=rich.format("http://example.fi/å"),
        afterlife_fi="https://example.fi/ei-linkki",
    )
    MaterialFactory(project=project, url="https://example.fi/opas")
    TaskFactory(project=project, body_fi=rich.format("https://example.fi/tehtava"))
    assert found() == {
        ("projects.project", "implements_url", "https://example.fi/ohjelma"),
        ("projects.project", "description_fi", "https://example.fi/?a=1&b=2"),
        ("projects.project", "description_sv", "http://example.fi/%C3%A5"),
        ("projects.material", "url", "https://example.fi/opas"),
        ("projects.task", "body_fi", "https://example.fi/tehtava"),
    }


def test_what_is_not_public_is_not_asked() -> None:
    draft = ProjectFactory(draft=True, implements_url=GONE)
    MaterialFactory(project=draft, url=GONE)
    GoodPracticeFactory(**DRAFT, how_fi=f'<p><a href="{GONE}">a</a></p>')
    Page.objects.create(title_fi="S", slug="s", body_fi=f'<p><a href="{GONE}">a</a></p>')
    MunicipalityFactory(website=GONE, successor=MunicipalityFactory(), valid_until=AT)
    assert found() == set()


def test_own_pages_and_endless_addresses_are_left_out(settings: Any) -> None:
    ProjectFactory(implements_url=f"{settings.SITE_URL}/hankkeet/x/")
    ProjectFactory(description_fi=f'<p><a href="https://example.fi/{"a" * LONGEST}">a</a></p>')
    assert found() == set()


def test_each_place_has_its_owner() -> None:
    town, region = MunicipalityFactory(website=GONE), RegionFactory(website=GONE)
    project = ProjectFactory(implements_url=GONE)
    TaskFactory(project=project, municipality=town, body_fi=f'<p><a href="{GONE}">a</a></p>')
    ClimateTargetFactory(region=region, municipality=None, decision_url=GONE)
    practice = GoodPracticeFactory(how_fi=f'<p><a href="{GONE}">a</a></p>')
    body = OrganisationFactory(website=GONE)
    meeting = MeetingFactory(
        group=SteeringGroupFactory(region=region), publication="published", published_at=AT,
        minutes_fi=f'<p><a href="{GONE}">a</a></p>',
    )  # fmt: skip
    DecisionFactory(meeting=meeting, proposal_fi=f'<p><a href="{GONE}">a</a></p>')
    owners = {
        place.place.partition(".")[2]: {
            name: key for name, key in zip(OWNERS, place.owners, strict=True) if key
        }
        for place in places()
    }
    assert owners == {
        "project": {"project": project.pk},
        "task": {"project": project.pk, "municipality": town.pk},
        "municipality": {"municipality": town.pk},
        "region": {"region": region.pk},
        "climatetarget": {"region": region.pk},
        "goodpractice": {"practice": practice.pk},
        "organisation": {"organisation": body.pk},
        "meeting": {"region": region.pk},
        "decision": {"region": region.pk},
    }


# --- what is noted --------------------------------------------------------------------------------


def check(answer: Answer | None, at: datetime = AT) -> BrokenLink | None:
    write_down(places=places(), answers={GONE: answer} if answer else {}, at=at)
    return BrokenLink.objects.first()


@pytest.fixture
def project() -> Project:
    return ProjectFactory(implements_url=GONE)


def test_a_page_that_is_gone_is_told_at_once_and_since_stays(project: Project) -> None:
    first = check(BROKEN)
    assert first and first.is_told and first.project == project
    again = check(Answer(LinkProblem.GONE), LATER)
    assert again and (again.pk, again.since, again.checked_at) == (first.pk, AT, LATER)
    assert again.problem == LinkProblem.GONE


@pytest.mark.parametrize("passing", [DOWN, Answer(LinkProblem.SERVER_ERROR)])
def test_what_may_pass_is_told_when_it_lasts(project: Project, passing: Answer) -> None:
    first = check(passing)
    assert first and not first.is_told
    second = check(DOWN, LATER)
    assert second and second.is_told and second.since == AT


def test_what_may_pass_and_passed_begins_anew(project: Project) -> None:
    check(DOWN)
    assert check(WORKS, LATER) is None
    third = check(DOWN, LATER + timedelta(days=7))
    assert third and not third.is_told


@pytest.mark.parametrize("answer", [WORKS, CANNOT_TELL])
def test_what_works_again_is_forgotten(project: Project, answer: Answer) -> None:
    check(BROKEN)
    assert check(answer, LATER) is None


def test_what_was_not_asked_stays_and_what_was_taken_away_goes(project: Project) -> None:
    check(BROKEN)
    left = check(None, LATER)
    assert left and left.checked_at == AT
    Project.objects.filter(pk=project.pk).update(implements_url="")
    assert check(None, LATER) is None


def test_the_owner_follows() -> None:
    old, new = ProjectFactory(), ProjectFactory()
    material = MaterialFactory(project=old, url=GONE)
    check(BROKEN)
    material.project = new
    material.save()
    moved = check(BROKEN, LATER)
    assert moved and moved.project == new


def test_a_check_writes_in_as_many_queries_for_one_as_for_many(
    project: Project, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        MaterialFactory(project=project, url=f"{GONE}/{number}")
    answers = {place.address: BROKEN for place in places()}
    for at in (AT, LATER):
        with django_assert_max_num_queries(len(ROADS) + 8):
            tally = write_down(places=places(), answers=answers, at=at)
    assert (tally.addresses, tally.told) == (5, 5)


# --- which are asked, in which order --------------------------------------------------------------


def test_servers_take_turns_and_addresses_too() -> None:
    all_of_them = [f"https://{host}.fi/{page}" for host in "ab" for page in "123"]
    turn = chosen(all_of_them, 100, date(2026, 6, 1))
    assert [address[8] for address in turn] == ["a", "b"] * 3
    weeks = [chosen(all_of_them, 4, date(2026, 6, 1) + timedelta(weeks=n)) for n in range(2)]
    assert all(len(week) == 4 for week in weeks)
    assert set(weeks[0]) | set(weeks[1]) == set(all_of_them)
    assert chosen([], 4, date(2026, 6, 1)) == []


def test_a_silent_server_is_not_waited_for_again_and_again() -> None:
    asked = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return DOWN if "silent" in address else WORKS

    answers = ask_all([f"https://silent.fi/{n}" for n in range(9)] + ["https://a.fi/"], ask)
    assert len(asked) == 4
    assert all(answers[f"https://silent.fi/{n}"] == DOWN for n in range(9))


def test_when_nobody_answers_nothing_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoNetworkError):
        ask_all([f"https://{host}.fi/" for host in "abc"], lambda address: DOWN)
    for host in "abc":
        ProjectFactory(implements_url=f"https://{host}.fi/")
    monkeypatch.setattr(Visitor, "ask", lambda self, address: Answer(LinkProblem.NO_SERVER))
    with pytest.raises(CommandError, match="Nothing was noted"):
        call_command("check_links")
    assert not BrokenLink.objects.exists()


def test_the_command_notes_and_counts_and_says_who_asks(
    project: Project, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    Municipality.objects.all().delete()
    agents = set()

    def ask(self: Visitor, address: str) -> Answer:
        agents.add(self.agent)
        return BROKEN

    monkeypatch.setattr(Visitor, "ask", ask)
    out = StringIO()
    call_command("check_links", stdout=out)
    assert "asked: 1" in out.getvalue() and "told to editors: 1" in out.getvalue()
    assert GONE not in out.getvalue()
    assert all(settings.SITE_URL in agent for agent in agents)
    assert BrokenLink.objects.get().address == GONE


@pytest.mark.parametrize("most", ["0", "-1"])
def test_the_bound_is_a_number_of_addresses(most: str) -> None:
    with pytest.raises(CommandError):
        call_command("check_links", most=int(most))


def test_nobody_is_asked_about_a_mended_address(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An hour passes between reading and writing."""

    def ask(self: Visitor, address: str) -> Answer:
        Project.objects.filter(pk=project.pk).update(implements_url="https://uusi.example.fi/")
        return BROKEN

    monkeypatch.setattr(Visitor, "ask", ask)
    call_command("check_links", stdout=StringIO())
    assert not BrokenLink.objects.exists()
