"""What every meeting pack and report promises: of money, people, lateness, stages and what comes.

Each is asked of the steering group's pack, of the region's report and of each municipality's own.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from climateportal.publishing import PublicationState
from municipalities.models import Municipality, Organisation
from projects import actions
from projects.documents.blocks import Bullets, Document, Heading, plain
from projects.enums import Activity, Stage
from projects.models import Contact, Expense, Participation, Project, ProjectContact
from projects.packs import build_pack, build_report, freeze_pack, pack_facts
from tests.factories import (
    ContactFactory,
    EventFactory,
    MeetingFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
)
from tests.projects.packs.case import FIRST, SECOND, TODAY, Case, figures, noon, saved, table

pytestmark = pytest.mark.django_db
LONG_AGO = FIRST - timedelta(days=40)
BETWEEN = FIRST + timedelta(days=20)


def reports(case: Case) -> Iterator[Document]:
    """The region's and each municipality's, of the days between the meetings."""
    for area in (case.region, *case.places):
        yield build_report(area, FIRST + timedelta(days=1), SECOND, "fi")


def documents(case: Case) -> list[Document]:
    """The second meeting's pack, the region's report and the municipalities' own."""
    return [case.pack(), *reports(case)]


def chapter(document: Document, heading: str) -> Document:
    """What stands under a heading of the second level, as a document of its own."""
    blocks, inside = [], False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            inside = block.text == heading
        elif inside:
            blocks.append(block)
    return Document(heading, document.lang, tuple(blocks))


def bullets(document: Document) -> list[str]:
    return [
        plain(item).replace("\u00a0", " ")
        for block in document.blocks
        if isinstance(block, Bullets)
        for item in block.items
    ]


def money(rows: list[list[str]]) -> list[list[str]]:
    return [[cell.replace("\u00a0", " ") for cell in row] for row in rows]


def spend(project: Project, amount: int, place: Municipality | None = None, **values: str) -> None:
    row = Expense(project=project, municipality=place, date=BETWEEN, amount=amount, state="paid")
    for name, value in values.items():
        setattr(row, name, value)
    saved(row, BETWEEN)


def told_day(day: datetime) -> str:
    return f"{day.day}.{day.month}.{day.year}"


class TestMoney:
    """Costs by project and by municipality: only what is published, and of which day it is."""

    @pytest.mark.parametrize("why", ["nothing", "undated"])
    def test_what_is_not_published_is_in_no_sum(self, case: Case, why: str) -> None:
        hidden = case.new("Vaiti", LONG_AGO, budget=77_713)
        hidden.cost_visibility = "nothing" if why == "nothing" else "all"
        hidden.money_as_of = None if why == "undated" else LONG_AGO
        saved(hidden, LONG_AGO)
        spend(case.project, 250, case.places[0])
        spend(case.project, 40)
        spend(hidden, 3_391)
        spend(hidden, 4_483, case.places[0])
        whole = documents(case)
        for document in whole:
            text = str(document).replace("\\xa0", "")
            # its own sums, those sums together, and with what the other project has told
            for secret in (77713, 3391, 4483, 7874, 78713, 4733, 3431, 8164):
                assert str(secret) not in text, document.title
            rows = money(table(document, "Kustannukset"))
            assert [row[:3] for row in rows] == [
                ["Lämpöhanke", "1 000 €", "290 €"],
                ["Ilmoitetut yhteensä", "1 000 €", "290 €"],
            ]
        for document in whole[:2]:
            told = {name.replace("\u00a0", " "): value for name, value in figures(document).items()}
            used = [name for name in told if name.startswith("Käytetty")]
            assert used == ["Käytetty budjeteista 1 000 €"]
            assert money([[told[used[0]]]]) == [["290 €"]]
            assert money(table(document, "Käytetty kunnittain")) == [
                ["Akaa", "250 €"], ["Yhteinen tai muualla", "40 €"],
            ]  # fmt: skip
            assert "1 hanke ei ole julkaissut kustannustietojaan." in str(document)
        for document in whole[2:]:
            assert [row[0] for row in table(document, "Kunnan osuus")] == ["Lämpöhanke"]

    def test_the_use_is_not_known_where_only_hidden_costs_are(self, case: Case) -> None:
        """Not even as a zero (rule 3)."""
        hidden = case.new("Vaiti", LONG_AGO, cost_visibility="nothing")
        spend(hidden, 3_391, case.places[0])
        for document in documents(case):
            names = [name for name in figures(document) if name.startswith("Käytetty")]
            assert names == []
            assert "'0\\xa0€" not in str(document)
            assert "Käytetty kunnittain" not in str(document)

    def test_the_day_is_that_of_a_later_expense_in_use(self, case: Case) -> None:
        early = case.new("Aikainen", LONG_AGO, budget=500)
        planned = case.new("Suunniteltu", LONG_AGO, budget=400)
        spend(case.project, 10)
        spend(early, 10, date=LONG_AGO - timedelta(days=9))
        spend(planned, 10, state="planned")
        known, later = (told_day(day) for day in (LONG_AGO, BETWEEN))
        for document in documents(case):
            rows = table(document, "Kustannukset")
            assert [(row[0], row[-1]) for row in rows[:-1]] == [
                ("Lämpöhanke", later), ("Aikainen", known), ("Suunniteltu", known),
            ]  # fmt: skip
            assert rows[-1][-1] == f"{told_day(LONG_AGO)} tai myöhemmin"

    def test_joint_costs_stand_apart_from_those_of_municipalities(self, case: Case) -> None:
        spend(case.project, 30)
        for document in documents(case)[:2]:
            assert "Käytetty kunnittain" not in str(document)
        spend(case.project, 200, case.places[1])
        spend(case.project, 5, MunicipalityFactory(name_fi="Muualla"))
        spend(case.project, 999, case.places[0], state="planned")
        for document in documents(case)[:2]:
            rows = money(table(document, "Käytetty kunnittain"))
            assert [row for row in rows if row[1] != "0 €"] == [
                ["Urjala", "200 €"], ["Yhteinen tai muualla", "35 €"],
            ]  # fmt: skip

    def test_costs_of_a_merged_municipality_are_its_successors(self, case: Case) -> None:
        akaa = case.places[0]
        ended = {"valid_until": LONG_AGO - timedelta(days=200), "successor": akaa}
        old: Municipality = saved(
            MunicipalityFactory.build(name_fi="Kylmäkoski", **ended), LONG_AGO
        )
        saved(Participation(project=case.project, municipality=old), LONG_AGO)
        spend(case.project, 60, old)
        spend(case.project, 3, akaa)
        pack, region, own, other = documents(case)
        for document in (pack, region):
            assert money(table(document, "Käytetty kunnittain")) == [["Akaa", "63 €"]]
        assert money(table(own, "Kunnan osuus"))[0][4] == "63 €"
        assert money(table(other, "Kunnan osuus"))[0][4] == "ei ilmoitettu"


def employer(case: Case) -> Organisation:
    """Akaa as an organisation."""
    return OrganisationFactory(municipality=case.places[0], kind="municipality")


class TestPeople:
    """An expired contact disappears by date, whatever moment is told (rule 13)."""

    def name(self, case: Case, kind: str, contact: Contact) -> None:
        """A contact of the project, of a municipality, or of its part of the project."""
        case.task("Myöhässä", LONG_AGO, due=FIRST)
        if kind == "part":
            row = case.project.participations.get(municipality=case.places[0])
            row.contact = contact
            saved(row, LONG_AGO)
            return
        if kind == "own":
            contact.organisation = employer(case)
            contact.save()
        ProjectContactFactory(project=case.project, contact=contact, is_primary=kind == "primary")

    @pytest.mark.parametrize("kind", ["primary", "own", "part"])
    def test_named_to_the_last_day_and_not_after(self, case: Case, kind: str) -> None:
        contact = ContactFactory(name="Aino Esimerkki", valid_until=TODAY)
        self.name(case, kind, contact)
        named = ["Aino Esimerkki" in str(document) for document in documents(case)]
        assert named == ([True] * 4 if kind == "primary" else [True, True, False, False])
        # valid on the day of the meeting, and yet no more shown
        Contact.objects.update(valid_until=TODAY - timedelta(days=1))
        whole = documents(case)
        for document in whole:
            assert "Aino" not in str(document)
            assert table(document, "Myöhässä olevat tehtävät")[0][-1] == "ei ilmoitettu"
        for document in whole[:2]:
            assert table(document, "Kunnat")[0][-1] == "ei omaa"

    def test_another_who_has_not_expired_is_named_instead(self, case: Case) -> None:
        """The role mailbox would come first, and a municipality's own before that of a part."""
        body = employer(case)
        past = TODAY - timedelta(days=1)
        gone = ContactFactory(
            name="Vanha laatikko", kind="role", organisation=body, valid_until=past
        )
        stays = ContactFactory(name="Uusi Esimerkki", organisation=body)
        for contact in (gone, stays):
            ProjectContactFactory(project=case.project, contact=contact)
        for document in documents(case)[:2]:
            assert table(document, "Kunnat")[0][-1] == "Uusi Esimerkki"
        ProjectContact.objects.filter(contact=stays).delete()
        self.name(case, "part", ContactFactory(name="Osan Esimerkki"))
        for document in documents(case)[:2]:
            assert table(document, "Kunnat")[0][-1] == "Osan Esimerkki"


def test_projects_past_their_end_are_late_though_no_task_is(case: Case) -> None:
    """Not those on hold, cancelled or completed, and not on the last day itself (rule 2)."""
    halted = {"paused": Activity.PAUSED, "cancelled": Activity.CANCELLED}
    for days, title in enumerate(("Vasta", "Kauan", "paused", "cancelled", "completed")):
        project = case.new(title, LONG_AGO)
        project.end_date = SECOND - timedelta(days=days * 10 + 1)
        project.activity = halted.get(title, Activity.ACTIVE)
        if title in halted:
            project.activity_reason_fi = "Syy"
        if title == "completed":
            project.stage, project.completed_on = Stage.COMPLETED, SECOND
        if title == "Kauan":  # what is stated hides no date
            project.stated_status, project.stated_reason_fi = "on_time", "Jatkuu"
        saved(project, LONG_AGO)
    case.project.end_date = SECOND
    saved(case.project, LONG_AGO)
    for document in documents(case):
        late = chapter(document, "Mikä on myöhässä")
        nobody = "Yhteyshenkilö: ei ilmoitettu"
        days = (told_day(SECOND - timedelta(days=n)) for n in (11, 1))
        assert bullets(late) == [
            f"Kauan: päättymispäivä {next(days)} oli 11 päivää sitten. "
            f"Ilmoitettu aikataulu: Aikataulussa (Jatkuu). {nobody}",
            f"Vasta: päättymispäivä {next(days)} oli 1 päivä sitten. {nobody}",
        ]
        assert "Mikään ei ole myöhässä." not in str(late)
    Project.objects.filter(title_fi__in=("Kauan", "Vasta")).update(publication="draft")
    for document in documents(case):
        assert "Mikään ei ole myöhässä." in str(chapter(document, "Mikä on myöhässä"))


def test_a_municipalitys_report_has_its_own_stage(case: Case) -> None:
    """Of the moment that is told, and the project's where it has said none of its own."""
    halted = case.new("Tauolla oleva", LONG_AGO)
    halted.activity, halted.activity_reason_fi = Activity.PAUSED, "Syy"
    saved(halted, LONG_AGO)
    for project in (case.project, halted):
        row = project.participations.get(municipality=case.places[0])
        row.stage = Stage.IMPLEMENTATION
        saved(row, LONG_AGO)
    row = case.project.participations.get(municipality=case.places[0])
    row.stage = Stage.COMPLETED
    saved(row, TODAY)  # after the last day of the report
    _region, akaa, urjala = reports(case)
    for document, stage in ((akaa, "4/5 Toteutus"), (urjala, "3/5 Suunnittelu")):
        rows = table(document, "Kunnan oma vaihe")
        assert [row[:2] for row in rows] == [["Lämpöhanke", stage], ["Tauolla oleva", "Tauolla"]]


def test_climate_plans_that_have_moved_are_told(case: Case) -> None:
    akaa, urjala = case.places
    akaa.plan_status = "in_preparation"
    saved(akaa, LONG_AGO)
    for document in documents(case):
        assert "Ilmastosuunnitelmat" not in str(document)
    akaa.plan_status = "in_force"
    saved(akaa, BETWEEN)
    urjala.plan_status = "none"
    saved(urjala, BETWEEN)
    akaa.plan_status = "being_updated"
    saved(akaa, TODAY)
    pack, region, *own = documents(case)
    told = ["Akaa: Laadinnassa → Voimassa", "Urjala: ei ilmoitettu → Ei vielä"]
    for document in (pack, region):
        assert bullets(document) == told
    assert [bullets(document) for document in own] == [told[:1], told[1:]]


def test_events_of_the_next_120_days_are_told(case: Case) -> None:
    """From the day itself to the evening of the last, and only of projects that are told."""
    for title, days, clock in (
        ("Eilinen", -1, time(23)), ("Sama päivä", 0, time(0, 30)), ("Viimeinen", 120, time(23, 30)),
        ("Liian kaukana", 121, time(0, 30)),
    ):  # fmt: skip
        start = datetime.combine(SECOND + timedelta(days=days), clock)
        EventFactory(
            project=case.project, title_fi=title, kind="webinar",
            starts_at=timezone.make_aware(start),
        )  # fmt: skip
    draft = case.new("Luonnos", LONG_AGO)
    draft.publication = PublicationState.DRAFT
    saved(draft, LONG_AGO)
    for project in (draft, ProjectFactory(municipalities=[MunicipalityFactory()])):
        EventFactory(project=project, title_fi="Muiden", starts_at=noon(SECOND + timedelta(days=5)))
    for document in documents(case):
        rows = table(chapter(document, "Mitä on tulossa"), "Mitä tapahtuu seuraavien 120 päivän")
        assert [row[:4] for row in rows] == [
            ["Sama päivä", told_day(SECOND), "webinaari", "Lämpöhanke"],
            ["Viimeinen", told_day(SECOND + timedelta(days=120)), "webinaari", "Lämpöhanke"],
        ]


class TestMoments:
    """What a coming meeting's pack is compared with."""

    def test_a_coming_meeting_is_compared_with_the_one_before(self, case: Case) -> None:
        before, after = SECOND - timedelta(days=1), SECOND + timedelta(days=1)
        for title, day in (("Ennen", before), ("Jälkeen", after)):
            task = case.task(title, LONG_AGO)
            actions.complete_task(task=task, by=None, on=day, at=noon(day))
        coming = MeetingFactory(group=case.group, date=TODAY + timedelta(days=30))
        facts = pack_facts(coming)
        assert timezone.localdate(facts.before.at) == SECOND
        pack = build_pack(facts, "fi")
        assert f"Mikä on muuttunut {told_day(SECOND)} kokousaineiston jälkeen" in str(pack)
        assert [row[0] for row in table(pack, "Tehtäviä tehty")] == ["Jälkeen"]

    def test_never_with_a_moment_after_its_own(self, case: Case) -> None:
        """Nothing has changed, rather than backwards, since a meeting that is still to come."""
        soon = MeetingFactory(group=case.group, date=TODAY + timedelta(days=30))
        later = MeetingFactory(group=case.group, date=TODAY + timedelta(days=60))
        case.new("Myöhemmin tullut", SECOND + timedelta(days=5))
        for at in (None, noon(SECOND)):
            facts = pack_facts(later, at)
            assert facts.previous == soon
            assert facts.before.at <= facts.now.at
            assert "Edellisen kokouksen jälkeen ei ole muuttunut mitään." in str(
                build_pack(facts, "fi")
            )
        freeze_pack(meeting=soon, by=None, at=noon(SECOND + timedelta(days=7)))
        facts = pack_facts(later, noon(SECOND))
        assert facts.before.at == facts.now.at == noon(SECOND)
