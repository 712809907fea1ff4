"""How a pack tells unknown costs, goals that clash with their figures, and what was kept."""

from datetime import timedelta

import pytest

from municipalities.models import Meeting
from projects import actions
from projects.documents.blocks import Bullets, Span, plain
from projects.enums import DecisionOutcome, TaskState
from projects.models import Expense, Goal, GoalBaseline, Measurement, RegionCoordinator
from projects.packs import (
    for_the_group,
    freeze_pack,
    frozen_document,
    kept_pack,
    record_of,
    with_record,
)
from tests.factories import (
    ClimateTargetFactory,
    ContactFactory,
    DecisionFactory,
    OrganisationFactory,
    TaskFactory,
)
from tests.projects.packs.case import FIRST, SECOND, Case, figures, headings, noon, saved, table

pytestmark = pytest.mark.django_db


def test_costs_grow_from_what_was_known_and_planned_ones_are_known_to_be_unused(case: Case) -> None:
    """Zero euros used is told where costs are only planned; of others it is not known (rule 3)."""
    before, between = FIRST - timedelta(days=2), FIRST + timedelta(days=2)
    known, now = (f"{d.day}.{d.month}.{d.year}" for d in (case.project.money_as_of, between))
    saved(Expense(project=case.project, date=before, amount=900, state="planned"), before)
    saved(Expense(project=case.project, date=between, amount=250, state="paid"), between)
    rows = table(case.pack(), "Kustannusten muutokset")
    assert [cell.replace("\u00a0", " ") for row in rows for cell in row] == [
        "Lämpöhanke", "0 €", known, "250 €", now, "+250 €",
        "Nämä hankkeet yhteensä", "0 €", "", "250 €", "", "+250 €",
    ]  # fmt: skip


def test_more_than_the_budget_and_unreported_use_are_told(case: Case) -> None:
    case.project.budget, case.project.money_as_of = 100, FIRST
    saved(case.project, FIRST - timedelta(days=3))
    spent_on = FIRST - timedelta(days=1)
    saved(Expense(project=case.project, date=spent_on, amount=250, state="paid"), spent_on)
    case.new("Vaiti", FIRST - timedelta(days=3), budget=50)
    pack = case.pack()
    rows = [[cell.replace("\u00a0", " ") for cell in row] for row in table(pack, "Kustannukset")]
    day = f"{FIRST.day}.{FIRST.month}.{FIRST.year}"
    assert rows[0] == ["Lämpöhanke", "100 €", "250 €", "250 %, 150 € yli", day]
    assert rows[1][2] == "ei ilmoitettu"
    told = next(name for name in figures(pack) if name.startswith("Käytetty budjeteista"))
    assert "1 hankkeen käyttöä ei ole ilmoitettu" in told


def test_more_than_a_budget_of_nothing_is_told(case: Case) -> None:
    case.project.budget, case.project.money_as_of = 0, FIRST
    saved(case.project, FIRST - timedelta(days=3))
    saved(Expense(project=case.project, date=FIRST, amount=100, state="paid"), FIRST)
    found = table(case.pack(), "Kustannukset")
    assert [cell.replace("\u00a0", " ") for cell in found[0][2:4]] == ["100 €", "100 € yli"]


def test_a_follow_up_task_is_told_as_it_was_that_day(case: Case) -> None:
    task = case.task("Jatkotehtävä", FIRST, due=SECOND + timedelta(days=2))
    elsewhere = TaskFactory(title_fi="Muualla", done=True)
    later = TaskFactory(project=case.project, title_fi="Myöhemmin keksitty")
    for row in (task, elsewhere, later):
        DecisionFactory(meeting=case.first, outcome=DecisionOutcome.APPROVED, follow_up=row)
    task.state, task.completed_at = TaskState.DONE, SECOND + timedelta(days=1)
    saved(task, SECOND + timedelta(days=1))
    due = SECOND + timedelta(days=2)
    assert [row[2:] for row in table(case.pack(), "Päätökset kokouksessa")] == [
        ["Jatkotehtävä", f"Aloittamatta, määräpäivä {due.day}.{due.month}.{due.year}"],
        ["Muualla", "ei ilmoitettu"],
        ["ei ole", ""],
    ]


def test_goals_of_a_merged_municipality_are_told_as_its_successors(case: Case) -> None:
    akaa, urjala = case.places
    goal = saved(Goal(project=case.project, text_fi="Kulutus laskee"), FIRST - timedelta(days=9))
    for days, value in ((5, 10), (-5, 8)):
        day = FIRST - timedelta(days=days)
        saved(Measurement(goal=goal, municipality=urjala, date=day, value=value), day)
    urjala.successor, urjala.valid_until = akaa, FIRST + timedelta(days=20)
    saved(urjala, FIRST + timedelta(days=20))
    pack = case.pack()
    for caption in ("Luvuin seuratut tavoitteet", "Tavoitteiden muutokset"):
        assert [row[1] for row in table(pack, caption)] == ["Akaa"]


def test_what_was_decided_stands_before_what_was_asked(case: Case) -> None:
    DecisionFactory(meeting=case.second, title_fi="Asia", outcome=DecisionOutcome.NOTED)
    pack = case.pack()
    whole = with_record(pack, record_of(case.second, "fi"))
    texts = headings(whole)
    assert texts.index("Lyhyesti") < texts.index("Päätökset") < texts.index("Päätettävät asiat")
    assert set(whole.blocks) >= set(pack.blocks)


def test_a_kept_pack_says_of_when_it_is(case: Case) -> None:
    frozen = freeze_pack(meeting=case.second, by=None, at=noon(SECOND))
    day = f"{SECOND.day}.{SECOND.month}.{SECOND.year}"
    for language, words in (("fi", f"Tallennettu kokousta varten {day} klo"), ("sv", "Sparat")):
        document = kept_pack(frozen, language)
        assert words in plain(document.blocks[1].spans).replace("\u00a0", " ")
        assert (document.blocks[0], *document.blocks[2:]) == frozen_document(
            frozen, language
        ).blocks


def test_guests_have_no_translation_and_are_marked_as_finnish(case: Case) -> None:
    Meeting.objects.filter(pk=case.second.pk).update(guests="Projektipäällikkö")
    case.second.refresh_from_db()
    for language, lang in (("fi", ""), ("sv", "fi")):
        (_heading, seats) = record_of(case.second, language)
        assert seats.items[-1][-1] == Span("Projektipäällikkö", lang=lang)


def test_a_word_on_a_goal_is_not_put_on_figures_that_say_otherwise(case: Case) -> None:
    goal = case.project.goals.create(text_fi="Säästö", state="met")
    goal.history.update(history_date=noon(FIRST - timedelta(days=9)))
    day = FIRST - timedelta(days=5)
    for place, value in zip(case.places, (100, 80), strict=False):
        row = GoalBaseline(goal=goal, municipality=place, base_value=0, target_value=100)
        saved(row, FIRST - timedelta(days=8))
        saved(Measurement(goal=goal, municipality=place, date=day, value=value), day)
    told = [row[-1] for row in table(case.pack(), "Luvuin seuratut tavoitteet")]
    assert told[0].startswith("Saavutettu; 100")
    assert told[1].startswith("merkitty ”saavutettu”, mutta 80")


def test_a_word_on_the_whole_is_not_put_on_the_parts(case: Case) -> None:
    goal = case.project.goals.create(text_fi="Säästö", state="met", base_value=0, target_value=100)
    goal.history.update(history_date=noon(FIRST - timedelta(days=9)))
    day, place = FIRST - timedelta(days=5), case.places[0]
    own = GoalBaseline(goal=goal, municipality=place, base_value=0, target_value=10)
    saved(own, FIRST - timedelta(days=8))
    saved(Measurement(goal=goal, date=day, value=100), day)
    saved(Measurement(goal=goal, municipality=place, date=day, value=8), day)
    told = [row[-1].replace("\u00a0", " ") for row in table(case.pack(), "Luvuin seuratut")]
    assert told[0].startswith("Saavutettu; 100 %")
    assert told[1].startswith("80 %")


def test_goals_that_figures_have_reached_are_told_beside_those_said_to_be_met(case: Case) -> None:
    goal = case.project.goals.create(text_fi="Säästö", base_value=0, target_value=100)
    goal.history.update(history_date=noon(FIRST - timedelta(days=9)))
    saved(Measurement(goal=goal, date=FIRST, value=103), FIRST)
    told = {name: value for name, value in figures(case.pack()).items() if "saavutettu" in name}
    assert list(told.values()) == ["0/1"]
    assert "lukujen mukaan saavutettu lisäksi 1" in next(iter(told))


def test_an_increase_is_of_what_was_known_not_of_what_was_spent_since(case: Case) -> None:
    before, between = FIRST - timedelta(days=2), FIRST + timedelta(days=2)
    saved(Expense(project=case.project, date=before, amount=100, state="paid"), before)
    saved(Expense(project=case.project, date=before, amount=30, state="paid"), between)
    told = [name.replace("\u00a0", " ") for name in figures(case.pack())]
    day = f"{FIRST.day}.{FIRST.month}.{FIRST.year}"
    assert [name for name in told if name.endswith(f"30 € enemmän kuin {day} kokousaineistossa")]


def test_new_tasks_of_known_projects_are_told(case: Case) -> None:
    """Those of new projects come with the project; done ones are among the done."""
    between = FIRST + timedelta(days=2)
    case.task("Vanha", FIRST - timedelta(days=2))
    case.task("Uusi", between, due=SECOND + timedelta(days=5))
    case.task("Uusi ja tehty", between)
    task = case.project.tasks.get(title_fi="Uusi ja tehty")
    task._history_date = noon(between)
    actions.complete_task(task=task, on=between, by=None, at=noon(between))
    rows = table(case.pack(), "Uudet tehtävät")
    assert [row[0] for row in rows] == ["Uusi"]


def test_a_pack_that_is_not_public_says_so_first(case: Case) -> None:
    document = for_the_group(case.pack())
    assert plain(document.blocks[0].spans).startswith("Ei julkaistu.")
    assert document.blocks[1:] == case.pack().blocks
    assert document.chapters[0].text == "Lyhyesti"


def test_the_value_before_is_told_where_there_is_no_way_to_measure(case: Case) -> None:
    goal = case.project.goals.create(text_fi="Matkat", target_value=24000)
    goal.history.update(history_date=noon(FIRST - timedelta(days=9)))
    for days, value in ((8, 18150), (2, 17900)):
        day = SECOND - timedelta(days=days)
        saved(Measurement(goal=goal, date=day, value=value), day)
    told = table(case.pack(), "Luvuin seuratut")[0][-1].replace("\u00a0", " ")
    was = SECOND - timedelta(days=8)
    assert told.endswith(f"sitä ennen 18 150 ({was.day}.{was.month}.{was.year})")


def test_a_coordinator_is_named_where_nobody_else_is(case: Case) -> None:
    """As on the region's page: for a municipality, and for a late task of a project."""
    person = ContactFactory(name="Kaisa Koordinaattori")
    RegionCoordinator.objects.create(region=case.region, contact=person)
    case.task("Myöhässä", FIRST, due=SECOND - timedelta(days=2))
    case.new("Jäi kesken", FIRST - timedelta(days=9), end_date=FIRST)
    town = OrganisationFactory(municipality=case.places[0], kind="municipality")
    own = ContactFactory(name="Akaan posti", organisation=town)
    case.project.participations.filter(municipality=case.places[0]).update(contact=own)
    pack = case.pack()
    assert table(pack, "Myöhässä olevat")[0][-1] == "Kaisa Koordinaattori, koordinaattori"
    past = next(row for row in pack.blocks if isinstance(row, Bullets))
    assert plain(past.items[0]).endswith("Yhteyshenkilö: Kaisa Koordinaattori, koordinaattori")
    asked = [row[-1] for row in table(pack, "Kunnat ")[:2]]
    assert asked == ["Akaan posti", "Kaisa Koordinaattori, koordinaattori"]


def test_a_mailbox_and_a_joint_target_are_told_as_on_the_regions_page(case: Case) -> None:
    box = ContactFactory(kind="role", name="SavoGrow", title_fi="Neuvoja")
    RegionCoordinator.objects.create(region=case.region, contact=box)
    target = ClimateTargetFactory(municipality=None, region=case.region, target_year=2035)
    target.history.update(history_date=noon(FIRST - timedelta(days=9)))
    row = table(case.pack(), "Kunnat ")[0]
    assert row[-1] == "Neuvoja, SavoGrow"
    assert "2035 (yhteinen)" in row
