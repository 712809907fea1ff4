"""The meeting pack: what it tells, of which moment, in every language, in how many queries."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from climateportal.publishing import PublicationState
from municipalities.models import Meeting
from projects import actions
from projects.documents.blocks import Heading, Paragraph, Table, plain
from projects.enums import DecisionOutcome, Stage
from projects.models import (
    Expense,
    FrozenPack,
    Goal,
    Measurement,
    Project,
)
from projects.packs import (
    build_pack,
    build_report,
    few,
    freeze_pack,
    frozen_document,
    pack_facts,
    record_of,
)
from projects.packs.read import moment_of
from projects.packs.report import Told
from projects.summaries import region_summary
from projects.summaries.counts import ProjectCounts
from projects.summaries.pastreading import states
from tests.factories import (
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    MunicipalityFactory,
    ProjectFactory,
    TaskFactory,
)
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


def test_what_changed_between_two_meetings(case: Case) -> None:
    between = FIRST + timedelta(days=20)
    soon = case.task("Tehdään", FIRST - timedelta(days=5))
    case.task("Myöhästyy", FIRST - timedelta(days=5), due=SECOND - timedelta(days=7))
    case.task("Oli jo myöhässä", FIRST - timedelta(days=50), due=FIRST - timedelta(days=9))
    actions.complete_task(task=soon, by=None, on=between, at=noon(between))
    actions.change_stage(
        project=Project.objects.get(pk=case.project.pk),
        to=Stage.IMPLEMENTATION, by=None, at=noon(between),
    )  # fmt: skip
    case.new("Uusi hanke", between)
    saved(Expense(project=case.project, date=between, amount=250, state="paid"), between)
    actions.change_stage(  # after the meeting: not in its pack
        project=Project.objects.get(pk=case.project.pk),
        to=Stage.COMPLETED, by=None, at=noon(SECOND + timedelta(days=3)),
    )  # fmt: skip
    pack = case.pack()
    assert table(pack, "Uudet hankkeet")[0][0] == "Uusi hanke"
    assert table(pack, "Vaiheen muutokset") == [
        ["Lämpöhanke", "koko hanke", "3/5 Suunnittelu", "4/5 Toteutus",
         f"{between.day}.{between.month}.{between.year}"]
    ]  # fmt: skip
    assert [row[0] for row in table(pack, "Tehtäviä tehty")] == ["Tehdään"]
    assert [row[0] for row in table(pack, "Myöhästyneet tehtävät")] == ["Myöhästyy"]
    assert [row[0] for row in table(pack, "Myöhässä olevat tehtävät")] == [
        "Oli jo myöhässä", "Myöhästyy",
    ]  # fmt: skip
    costs = table(pack, "Kustannusten muutokset")[0]
    told = f"{between.day}.{between.month}.{between.year}"
    assert [cell.replace("\u00a0", " ") for cell in costs] == [
        "Lämpöhanke", "ei ilmoitettu", "", "250 €", told, "ensimmäinen tieto",
    ]  # fmt: skip
    assert "Päättyneet hankkeet" not in headings(pack)
    more = f"1 enemmän kuin {FIRST.day}.{FIRST.month}.{FIRST.year} kokousaineistossa"
    assert figures(pack)[f"Hankkeet, {more}"] == "2"
    assert figures(pack)[f"Tehtäviä tehty, {more}"] == "1/3"


def test_the_first_meeting_has_nothing_to_compare_with(case: Case) -> None:
    pack = case.pack(case.first)
    assert not any(text.startswith("Mikä on muuttunut") for text in headings(pack))
    assert "Viime kokouksen päätökset" not in headings(pack)


def test_headings_are_never_empty_and_skip_no_level(case: Case) -> None:
    pack = case.pack()
    level = 1
    for place, block in enumerate(pack.blocks):
        if isinstance(block, Heading):
            assert block.level <= level + 1
            level = block.level
            after = pack.blocks[place + 1]
            assert not isinstance(after, Heading) or after.level > block.level


def test_the_same_figures_as_on_the_regions_page(case: Case) -> None:
    TaskFactory(project=case.project, due_date=TODAY - timedelta(days=1))
    TaskFactory(project=case.project, done=True, municipality=case.places[0])
    Expense.objects.create(project=case.project, date=TODAY, amount=5, state="claimed")
    summary = region_summary(case.region)
    (state,) = states(case.region, [timezone.now()])
    facts = state.facts()
    assert state.task_table().of_places(state.members.by_pk.keys(), facts) == summary.tasks
    assert ProjectCounts.of((row.stage, row.activity, 1) for row in facts) == summary.projects
    mine = replace(state.money, projects=tuple(state.money.projects))
    theirs = tuple(replace(row, project=None) for row in summary.money.projects)
    assert mine == replace(summary.money, projects=theirs)


def test_a_withdrawn_project_is_in_no_pack_that_is_not_frozen(case: Case) -> None:
    secret = case.new("Salahanke", FIRST - timedelta(days=3), budget=5)
    assert "Salahanke" in str(case.pack())
    secret.publication = PublicationState.DRAFT
    secret.save()
    assert "Salahanke" not in str(case.pack())


def test_items_that_need_a_decision_and_what_became_of_the_last_ones(case: Case) -> None:
    task = case.task("Jatkotehtävä", FIRST, due=SECOND - timedelta(days=2))
    DecisionFactory(
        meeting=case.first, title_fi="Hankinta", outcome=DecisionOutcome.APPROVED,
        text_fi="Hankitaan.", follow_up=task,
    )  # fmt: skip
    DecisionFactory(
        meeting=case.second, title_fi="Jatkorahoitus", proposal_fi="<p>Haetaan lisää.</p>",
        projects=[case.project, ProjectFactory(draft=True, title_fi="Luonnos")],
    )  # fmt: skip
    pack = case.pack()
    assert "1. Jatkorahoitus" in headings(pack)
    assert "Haetaan lisää." in str(pack)
    assert "Luonnos" not in str(pack)
    day = f"{FIRST.day}.{FIRST.month}.{FIRST.year}"
    assert table(pack, f"Päätökset kokouksessa {day}") == [
        ["Hankinta", "Hyväksyttiin: Hankitaan.", "Jatkotehtävä", "Aloittamatta, myöhässä 2 päivää"]
    ]


def test_the_record_comes_after_the_meeting(case: Case) -> None:
    assert record_of(case.second, "fi") == ()
    AttendanceFactory(meeting=case.second, membership__group=case.group)
    DecisionFactory(meeting=case.second, title_fi="Asia", outcome=DecisionOutcome.NOTED)
    Meeting.objects.filter(pk=case.second.pk).update(minutes_fi="<p>Kirjattiin.</p>")
    case.second.refresh_from_db()
    texts = [block.text for block in record_of(case.second, "fi") if isinstance(block, Heading)]
    assert texts == ["Paikalla", "Päätökset", "1. Asia", "Pöytäkirja"]


def test_goals_tell_regress_as_regress(case: Case) -> None:
    goal = case.project.goals.create(text_fi="Säästö", base_value=0, target_value=100)
    goal.history.update(history_date=noon(FIRST - timedelta(days=9)))
    for day, value in ((FIRST - timedelta(days=5), 40), (SECOND - timedelta(days=5), 20)):
        saved(Measurement(goal=goal, date=day, value=value), day)
    rows = table(case.pack(), "Tavoitteiden muutokset")
    assert rows[0][0] == "Säästö"
    assert "40\u00a0%" in rows[0][2]
    assert "20\u00a0%" in rows[0][3]
    assert "etääntynyt" in rows[0][3]


class TestFreezing:
    """What the group saw is kept for good, and the next pack counts from it."""

    def test_it_stays_whatever_changes(self, case: Case) -> None:
        frozen = freeze_pack(meeting=case.second, by=None)
        before = {lang: frozen_document(frozen, lang) for lang in ("fi", "sv", "en")}
        case.project.delete()
        again = FrozenPack.objects.get(pk=frozen.pk)
        assert {lang: frozen_document(again, lang) for lang in ("fi", "sv", "en")} == before
        assert before["sv"].lang == "sv"
        assert "Lämpöhanke" in str(before["fi"])

    def test_only_once(self, case: Case) -> None:
        freeze_pack(meeting=case.second, by=None)
        with pytest.raises(ValidationError, match="jo jäädytetty"):
            freeze_pack(meeting=case.second, by=None)
        assert FrozenPack.objects.count() == 1

    def test_the_meeting_cannot_be_deleted(self, case: Case) -> None:
        freeze_pack(meeting=case.second, by=None)
        with pytest.raises(models.ProtectedError):
            case.group.delete()

    def test_the_next_pack_counts_from_the_moment_of_freezing(self, case: Case) -> None:
        """Frozen four days before its day: what happened in between is news next time."""
        freeze_pack(meeting=case.first, by=None, at=noon(FIRST - timedelta(days=4)))
        task = case.task("Välissä tehty", FIRST - timedelta(days=20))
        day = FIRST - timedelta(days=2)
        actions.complete_task(task=task, by=None, on=day, at=noon(day))
        assert [row[0] for row in table(case.pack(), "Tehtäviä tehty")] == ["Välissä tehty"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (TODAY - timedelta(days=1), "end"),
        (TODAY, "now"),
        (TODAY + timedelta(days=30), "now"),
    ],
)
def test_the_moment_of_a_pack(case: Case, day: date, expected: str) -> None:
    meeting = MeetingFactory(group=case.group, date=day)
    now = timezone.now()
    moment = moment_of(meeting, now)
    if expected == "now":
        assert moment == now
    else:
        assert timezone.localdate(moment) == day
        assert timezone.localdate(moment + timedelta(microseconds=1)) == day + timedelta(days=1)


def test_a_pack_costs_the_same_queries_however_much_there_is(case: Case) -> None:
    def queries() -> int:
        fresh = Meeting.objects.select_related("group__region", "frozen").get(pk=case.second.pk)
        with CaptureQueriesContext(connection) as found:
            facts = pack_facts(fresh)
            assert build_pack(facts, "fi").blocks
            record_of(fresh, "fi", facts.items)
        return len(found)

    def add(number: int) -> None:
        for n in range(number):
            place = MunicipalityFactory()
            case.region.memberships.create(municipality=place)
            project = ProjectFactory(municipalities=[place], budget=1, money_as_of=TODAY)
            TaskFactory(project=project, due_date=FIRST)
            project.goals.create(text_fi=f"T{n}", base_value=0, target_value=1)
            DecisionFactory(meeting=case.second, projects=[project])
            DecisionFactory(meeting=case.first, projects=[project], follow_up=project.tasks.get())
            AttendanceFactory(meeting=case.second, membership__group=case.group)

    add(1)
    one = queries()
    add(4)
    assert queries() == one
    assert one <= 18


def test_tables_are_shorter_where_there_are_many_projects(case: Case) -> None:
    """A county's pack of twenty pages would be read by nobody."""
    state = pack_facts(case.second).now
    rows = range(100)
    some = replace(state, projects=dict.fromkeys(range(few.MANY_PROJECTS)))
    many = replace(state, projects=dict.fromkeys(range(few.MANY_PROJECTS + 1)))
    assert len(few.first(rows, some)) == 40
    assert len(few.first(rows, many)) == 12
    assert "88" in plain(next(few.rest(rows, many, "/")).spans)
    assert not list(few.rest(range(12), many, "/"))


def test_long_tables_end_with_how_many_are_left_and_where(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three late tasks the longest late one is told; the total of the money is still of all."""
    monkeypatch.setattr("projects.packs.few.MOST", 1)
    place = MunicipalityFactory()
    case.region.memberships.create(municipality=place)
    for number in range(3):
        project = ProjectFactory(municipalities=[place], budget=10, money_as_of=TODAY)
        TaskFactory(project=project, due_date=TODAY - timedelta(days=900 + number))
    blocks = build_pack(pack_facts(case.second, timezone.now()), "fi").blocks
    tables = {block.name: block for block in blocks if isinstance(block, Table)}
    assert len(tables["Myöhässä olevat tehtävät"].rows) == 1
    assert tables["Kustannukset"].rows[-1].kind == "total"
    assert len(tables["Kustannukset"].rows) == 2
    notes = [block for block in blocks if isinstance(block, Paragraph) and block.tone == "note"]
    links = {span.href for note in notes for span in note.spans if span.href}
    slug = case.region.slug
    assert f"/alueet/{slug}/tehtavat/?tila=myohassa" in links
    assert f"/alueet/{slug}/kustannukset/" in links


def test_a_public_pack_tells_nothing_of_what_is_not(case: Case) -> None:
    """Neither of meetings that are drafts nor of tasks of projects that are (rule 5)."""
    task = TaskFactory(project=ProjectFactory(draft=True), title_fi="Salainen tehtävä")
    DecisionFactory(meeting=case.first, title_fi="Salainen asia", outcome="approved")
    DecisionFactory(meeting=case.second, title_fi="Avoin", follow_up=task, outcome="approved")
    assert "Salainen asia" in str(case.pack())
    assert "Salainen tehtävä" not in str((case.pack(), record_of(case.second, "fi")))
    Meeting.objects.filter(pk=case.second.pk).update(
        publication="published", published_at=timezone.now()
    )
    assert "Salainen asia" not in str(case.pack())
    Meeting.objects.update(publication="published", published_at=timezone.now())
    assert "Salainen asia" in str(case.pack())


def test_what_has_been_removed_since_is_counted_and_not_read(case: Case) -> None:
    day = FIRST - timedelta(days=3)
    task = case.task("Soita Matille 040 123", day, due=SECOND - timedelta(days=2))
    goal = saved(Goal(project=case.project, text_fi="Matti säästää"), day)
    assert "Matille" in str(case.pack()) and "Matti" in str(case.pack())
    for row in (task, goal):
        del row._history_date
        row.delete()
    pack = case.pack()
    assert "Matti" not in str(pack) and "Matille" not in str(pack)
    assert [row[0] for row in table(pack, "Myöhässä olevat tehtävät")] == ["(poistettu sittemmin)"]


def test_money_that_is_not_public_any_more_is_in_no_earlier_pack(case: Case) -> None:
    case.project.budget = 4321
    saved(case.project, FIRST - timedelta(days=3))
    assert r"4\xa0321" in str(case.pack())
    case.project.cost_visibility = "nothing"
    case.project.save()
    assert r"4\xa0321" not in str(case.pack())


def test_a_pack_frozen_early_is_compared_with_by_the_day_of_its_meeting(case: Case) -> None:
    day = FIRST - timedelta(days=4)
    freeze_pack(meeting=case.first, by=None, at=noon(day))
    case.new("Uusi", FIRST - timedelta(days=2))
    since = f"{FIRST.day}.{FIRST.month}.{FIRST.year} kokousaineiston jälkeen"
    pack = case.pack()
    assert f"Mikä on muuttunut {since}" in headings(pack)
    assert [block.caption for block in pack.blocks if isinstance(block, Table)].count(
        f"Uudet hankkeet {since}"
    ) == 1
    report = build_report(case.region, day, SECOND, "fi", Told(FIRST, noon(day)))
    assert f"Mikä on muuttunut {since}" in headings(report)
    assert "Uusi" in str(report)


def test_freezing_keeps_what_is_stored_not_what_was_read_before(case: Case) -> None:
    Meeting.objects.filter(pk=case.second.pk).update(agenda_fi="<p>Muutettu lista</p>")
    frozen = freeze_pack(meeting=case.second, by=None)
    assert "Muutettu lista" in str(frozen_document(frozen, "fi"))
