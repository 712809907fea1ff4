"""Since when packs and reports tell changes, what follows from decisions, and what lies ahead."""

from datetime import timedelta
from decimal import Decimal

import pytest

from municipalities.models import Meeting
from projects import actions
from projects.documents.blocks import Bullets, Document, Facts, Table, plain
from projects.enums import DecisionOutcome, Stage
from projects.models import Expense, Project
from projects.packs import build_report, freeze_pack, kept_pack, record_of
from projects.packs.report import Told
from tests.factories import DecisionFactory, MeetingFactory, SteeringGroupFactory
from tests.projects.packs.case import (
    FIRST,
    SECOND,
    TODAY,
    Case,
    figures,
    headings,
    noon,
    saved,
    table,
)

pytestmark = pytest.mark.django_db
LONG_AGO = FIRST - timedelta(days=40)
BETWEEN = FIRST + timedelta(days=5)


def told(day: object) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def public(*meetings: Meeting) -> None:
    rows = Meeting.objects.filter(pk__in=[row.pk for row in meetings])
    rows.update(publication="published", published_at=noon(LONG_AGO))


def ahead(document: Document) -> list[list[str]]:
    return [row for row in table(document, "Mitä tapahtuu") if row[2] == "kokous"]


def test_a_period_of_whole_days_and_a_pack_are_told_apart(case: Case) -> None:
    case.new("Uusi", BETWEEN)
    days = f"{told(FIRST)}–{told(SECOND)}"
    report = build_report(case.region, FIRST, SECOND, "fi")
    assert f"Mikä on muuttunut jaksolla {days}" in headings(report)
    assert table(report, f"Uudet hankkeet jaksolla {days}")
    assert "Hankkeet, 1 enemmän kuin jakson alussa" in figures(report)
    report = build_report(case.region, FIRST, SECOND, "fi", Told(FIRST, noon(FIRST)))
    for document in (case.pack(), report):
        assert f"Mikä on muuttunut {told(FIRST)} kokousaineiston jälkeen" in headings(document)
        assert table(document, f"Uudet hankkeet {told(FIRST)} kokousaineiston jälkeen")
        assert f"Hankkeet, 1 enemmän kuin {told(FIRST)} kokousaineistossa" in figures(document)


def test_the_sums_of_changed_costs_keep_their_days_in_a_workbook(case: Case) -> None:
    saved(Expense(project=case.project, date=FIRST, amount=100, state="paid"), FIRST)
    saved(Expense(project=case.project, date=BETWEEN, amount=20, state="paid"), BETWEEN)
    block = next(row for row in case.pack().blocks if getattr(row, "name", "") == (
        "Kustannusten muutokset"))  # fmt: skip
    assert isinstance(block, Table)
    assert block.values[0] == (None, Decimal(100), FIRST, Decimal(120), BETWEEN, Decimal(20))


def test_a_change_of_stage_has_its_day_and_a_step_back_says_so(case: Case) -> None:
    actions.change_stage(
        project=Project.objects.get(pk=case.project.pk),
        to=Stage.DECIDED, by=None, at=noon(BETWEEN),
    )  # fmt: skip
    assert table(case.pack(), "Vaiheen muutokset") == [
        ["Lämpöhanke", "koko hanke", "3/5 Suunnittelu", "2/5 Päätetty käynnistää, taaksepäin",
         told(BETWEEN)]
    ]  # fmt: skip


def test_a_municipalitys_own_report_names_all_that_take_part_in_a_new_project(case: Case) -> None:
    case.new("Uusi", BETWEEN)
    report = build_report(case.places[0], FIRST, SECOND, "fi")
    assert table(report, "Uudet hankkeet")[0][1] == "Akaa, Urjala"


class TestDecisions:
    """A task that follows from a decision says where it was made, to those who may know."""

    def late(self, case: Case, meeting: Meeting) -> None:
        task = case.task("Jatkotehtävä", BETWEEN, due=SECOND - timedelta(days=2))
        DecisionFactory(
            meeting=meeting, title_fi="Asia", outcome=DecisionOutcome.NOTED, follow_up=task
        )

    def test_in_a_report_of_public_meetings_only(self, case: Case) -> None:
        self.late(case, case.first)
        for area in (case.region, *case.places):
            assert "päätetty kokouksessa" not in str(build_report(area, FIRST, SECOND, "fi"))
        assert "Viime kokouksen päätökset ja niiden tilanne" not in headings(
            build_report(case.region, FIRST, SECOND, "fi")
        )
        public(case.first)
        words = f"Jatkotehtävä, päätetty kokouksessa {told(FIRST)}"
        for area in (case.region, *case.places):
            report = build_report(area, FIRST, SECOND, "fi")
            assert table(report, "Myöhässä olevat")[0][0] == words
            assert table(report, "Uudet tehtävät")[0][0] == words
        report = build_report(case.region, FIRST, SECOND, "fi")
        assert table(report, f"Päätökset kokouksessa {told(FIRST)}") == [
            ["Asia", "Merkittiin tiedoksi", "Jatkotehtävä", "Aloittamatta, myöhässä 2 päivää"]
        ]

    def test_in_a_pack_of_the_meeting_before_it(self, case: Case) -> None:
        """Whoever reads a pack that is not public may know the decisions of the group."""
        self.late(case, case.first)
        other = SteeringGroupFactory(region=case.region)
        secret = MeetingFactory(group=other, date=FIRST + timedelta(days=1))
        task = case.task("Muu", BETWEEN, due=SECOND - timedelta(days=1))
        DecisionFactory(
            meeting=secret, title_fi="Salaisuus", outcome=DecisionOutcome.NOTED, follow_up=task
        )
        waits = case.task("Odottaa", BETWEEN, due=SECOND - timedelta(days=1))
        DecisionFactory(meeting=case.first, title_fi="Päättämättä", follow_up=waits)
        rows = table(case.pack(), "Myöhässä olevat")
        words = f"Jatkotehtävä, päätetty kokouksessa {told(FIRST)}"
        assert [row[0] for row in rows] == [words, "Muu", "Odottaa"]

    def test_how_far_it_is_is_told_of_the_day_of_the_report(self, case: Case) -> None:
        self.late(case, case.first)
        public(case.first)
        task = case.project.tasks.get()
        task._history_date = noon(SECOND + timedelta(days=2))
        actions.complete_task(task=task, by=None, on=SECOND, at=noon(SECOND + timedelta(days=2)))
        report = build_report(case.region, FIRST, SECOND, "fi")
        assert table(report, "Päätökset kokouksessa")[0][-1] == "Aloittamatta, myöhässä 2 päivää"


class TestAhead:
    """The region's next meeting is among what lies ahead, when anybody may know of it."""

    def test_announced_ones_are(self, case: Case) -> None:
        for days, announced in ((20, True), (30, False), (400, True)):
            day = TODAY + timedelta(days=days)
            MeetingFactory(group=case.group, date=day, is_announced=announced)
        now = MeetingFactory(group=case.group, date=TODAY, is_announced=True)
        wanted = [case.group.name_fi, told(TODAY + timedelta(days=20)), "kokous", "", ""]
        assert ahead(case.pack(now)) == [wanted], "and not the meeting itself"
        assert ahead(build_report(case.region, FIRST, TODAY, "fi"))[-1] == wanted
        place = build_report(case.places[0], FIRST, TODAY, "fi")
        assert "kokous'" not in str(place.blocks[-1])

    def test_one_that_was_held_without_a_public_pack_is_not(self, case: Case) -> None:
        case.new("Päättyvä", LONG_AGO, end_date=SECOND)
        report = build_report(case.region, LONG_AGO, FIRST, "fi")
        assert [row[1] for row in ahead(report)] == []
        public(case.second)
        report = build_report(case.region, LONG_AGO, FIRST, "fi")
        assert [row[1] for row in ahead(report)] == [told(SECOND)]


def test_what_is_stated_of_a_project_past_its_end_is_told_with_the_reason(case: Case) -> None:
    case.project.end_date, case.project.stated_status = FIRST, "on_time"
    case.project.stated_reason_fi = "Jatkuu keväällä"
    saved(case.project, LONG_AGO)
    for document in (case.pack(), build_report(case.places[0], FIRST, SECOND, "fi")):
        past = next(row for row in document.blocks if isinstance(row, Bullets))
        assert "Ilmoitettu aikataulu: Aikataulussa (Jatkuu keväällä). Yhteys" in plain(
            past.items[0]
        )


def test_a_kept_pack_says_what_was_added_later(case: Case) -> None:
    frozen = freeze_pack(meeting=case.second, by=None, at=noon(SECOND))
    DecisionFactory(meeting=case.second, title_fi="Asia", outcome=DecisionOutcome.NOTED)
    note = kept_pack(frozen, "fi", record_of(case.second, "fi")).blocks[1]
    assert plain(note.spans).endswith(
        "Sen jälkeen muuttunut ei näy niissä. Myöhemmin on lisätty: Päätökset."
    )
    assert note.spans[1].href == "#paatokset"


def test_a_decision_that_only_says_its_outcome_says_it_once(case: Case) -> None:
    DecisionFactory(
        meeting=case.second, title_fi="Asia", outcome=DecisionOutcome.NOTED,
        text_fi="Merkittiin tiedoksi.", projects=[case.project],
    )  # fmt: skip
    rows = next(row for row in record_of(case.second, "fi") if isinstance(row, Facts)).rows
    assert [(name, plain(value)) for name, value in rows] == [
        ("Päätös", "Merkittiin tiedoksi"), ("Hanke", "Lämpöhanke"),
    ]  # fmt: skip
