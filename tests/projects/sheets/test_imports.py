"""What a file changes: compared, told row by row, with what follows from it."""

from datetime import date
from decimal import Decimal

import pytest

from climateportal.models import OldSlug, User
from climateportal.sheetfiles.tables import NotATable
from projects.enums import CostSharing, Precision, Stage, TaskState
from projects.models import (
    Contact,
    Expense,
    Participation,
    Project,
    StageChange,
    Task,
)
from projects.sheets import imports
from projects.sheets.exports import template
from projects.sheets.kinds import KINDS, kind_of
from tests.factories import (
    ContactFactory,
    GoalFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    UserFactory,
)
from tests.projects.sheets.files import changes, checked, csv, fates, faults, imported, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True)


@pytest.fixture
def project() -> Project:
    akaa = MunicipalityFactory(name_fi="Akaa", name_sv="Ackas", code="020")
    return ProjectFactory(slug="yhteinen", title_fi="Yhteinen hanke", municipalities=[akaa])


# --- headings ------------------------------------------------------------------------------------


def test_headings_in_any_language_case_and_order(boss: User, project: Project) -> None:
    for headings in (
        "TILA;  Tehtävä (suomi) ;HANKE",
        "status;uppgift (finska);projekt",
        "State;Task;Project",
        "state;title_fi;project",
    ):
        Task.objects.all().delete()
        imported("task", csv(headings, "Käynnissä;Remontti;yhteinen"), boss)
        assert Task.objects.get().state == TaskState.IN_PROGRESS


def test_every_heading_of_every_kind_is_known_in_every_language(boss: User) -> None:
    from django.utils.translation import override

    for kind in (kind_of(kind.name) for kind in KINDS):
        for language in ("fi", "sv", "en"):
            with override(language):
                words = [column.heading() for column in kind.columns]
            assert len(set(words)) == len(words), kind.name
            found = [heading.column for heading in imports.read_headings(words, kind)]
            assert found == [column.name for column in kind.columns], (kind.name, language)


def test_a_title_above_the_headings_is_no_heading(boss: User, project: Project) -> None:
    data = workbook([["Tehtävät 2026", None], [], ["Hanke", "Tehtävä"], ["yhteinen", "Remontti"]])
    assert fates(checked("task", data, boss)) == {4: "create"}


def test_an_unknown_heading_waits_for_consent(boss: User, project: Project) -> None:
    data = csv("Hanke;Tehtvä;Väri;Tila;Tila", "yhteinen;Remontti;punainen;Tehty;Tehty")
    pending = imports.receive(user=boss, kind="task", filename="x.csv", data=data)
    assert pending.told("columns") is None
    asked = [heading for heading in imports.headings_of(pending) if not heading.column]
    assert [(h.text, h.guess, h.repeats) for h in asked] == [
        ("Tehtvä", "title_fi", False), ("Väri", "", False), ("Tila", "", True),
    ]  # fmt: skip
    imports.settle_headings(pending, {1: "title_fi", 2: "-", 4: "-"})
    imports.check(pending, boss)
    assert faults(pending) == {2: [("Tehty", "Anna päivä, jolloin tehtävä tehtiin.")]}


def test_a_file_of_another_kind_is_refused(boss: User) -> None:
    with pytest.raises(NotATable, match="Mikään otsikko"):
        imports.receive(user=boss, kind="task", filename="x.csv", data=csv("Sukka;Kenkä", "1;2"))
    with pytest.raises(NotATable, match="niiden alla ei ole"):
        imports.receive(user=boss, kind="task", filename="x.csv", data=csv("Hanke;Tehtävä"))


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("1.5.2021", date(2021, 5, 1), "day"),
        ("1. 5. 2021", date(2021, 5, 1), "day"),
        ("2021-05-01", date(2021, 5, 1), "day"),
        ("2021-05-01 00:00:00", date(2021, 5, 1), "day"),
        (date(2021, 5, 1), date(2021, 5, 1), "day"),
        ("5/2021", date(2021, 5, 31), "month"),
        ("2021-05", date(2021, 5, 31), "month"),
        ("2021", date(2021, 12, 31), "year"),
        (2021, date(2021, 12, 31), "year"),
    ],
)
def test_days_as_exactly_as_they_are_known(
    boss: User, project: Project, cell: object, day: date, precision: str
) -> None:
    data = workbook([["Hanke", "Tehtävä", "Määräpäivä"], ["yhteinen", "Remontti", cell]])
    imported("task", data, boss)
    task = Task.objects.get()
    assert (task.due_date, task.due_precision) == (day, Precision(precision))


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1 000,50 €", "1000.50"), ("1\u00a0000,50", "1000.50"), ("1.000,50", "1000.50"),
        (1000.5, "1000.50"), (1000, "1000"), ("€ 5", "5"),
    ],
)  # fmt: skip
def test_sums(boss: User, project: Project, cell: object, amount: str) -> None:
    data = workbook([["Hanke", "Päivä", "Summa (€)"], ["Yhteinen hanke", "1.5.2021", cell]])
    imported("expense", data, boss)
    assert Expense.objects.get().amount == Decimal(amount)


def test_what_may_be_read_in_two_ways_is_not_guessed(boss: User, project: Project) -> None:
    ProjectFactory(title_fi="Sama"), ProjectFactory(title_fi="Sama")
    data = csv(
        "Hanke;Päivä;Summa;Kunta;Maksatus",
        "yhteinen;31.2.2021;1.000;Atlantis;maksettu",
        "Sama;5/2021;−5;020;ehkä",
        "yhteinen;1.5.2021;5,123;20;",
        "tuntematon;;;Ackas;betald",
    )
    found = faults(checked("expense", data, boss))
    assert {row: [heading for heading, _text in said] for row, said in found.items()} == {
        2: ["Päivä", "Summa, €", "Kunta"],
        3: ["Hanke", "Päivä", "Summa, €", "Maksatus"],
        4: ["Summa, €"],
        5: ["Hanke", "Päivä", "Summa, €"],
    }
    assert "tuhansia vai desimaaleja" in found[2][1][1]
    assert not Expense.objects.exists()


def test_the_row_of_a_template_is_not_read(boss: User, project: Project) -> None:
    for kind in (kind_of(kind.name) for kind in KINDS):
        for form in ("xlsx", "csv"):
            pending = checked(kind.name, template(kind, form), boss)
            assert fates(pending) == {2: "skipped"}
            assert pending.told("notes") == []


# --- what changes --------------------------------------------------------------------------------


def test_a_blank_cell_wipes_nothing_and_a_mark_does(boss: User, project: Project) -> None:
    task = TaskFactory(project=project, title_fi="A", title_sv="B", due_date=date(2030, 1, 1))
    data = csv("Numero;Tehtävä (suomi);Tehtävä (ruotsi);Määräpäivä", f"{task.pk};Uusi;;")
    imported("task", data, boss)
    task.refresh_from_db()
    assert (task.title_fi, task.title_sv, task.due_date) == ("Uusi", "B", date(2030, 1, 1))
    data = csv("Numero;Tehtävä (ruotsi);Määräpäivä", f"{task.pk};(Töm);(clear)")
    pending = checked("task", data, boss)
    assert changes(pending) == {2: [("Tehtävä (ruotsi)", "B", ""), ("Määräpäivä", "1.1.2030", "")]}
    imports.confirm(pending, boss)
    task.refresh_from_db()
    assert (task.title_sv, task.due_date) == ("", None)
    data = csv("Numero;Tehtävä (suomi)", f"{task.pk};(tyhjennä)")
    assert faults(checked("task", data, boss)) == {
        2: [("Tehtävä (suomi)", "Tätä ei voi tyhjentää.")]
    }


def test_rows_left_out_stay(boss: User, project: Project) -> None:
    TaskFactory(project=project)
    imported("task", csv("Hanke;Tehtävä", "yhteinen;Uusi"), boss)
    assert Task.objects.count() == 2
    other = MunicipalityFactory(name_fi="Urjala")
    data = csv("Numero;Kunnat", f"{project.pk};Urjala")
    pending = checked("project", data, boss)
    assert "Akaa" in pending.told("outcome")[0]["notes"][0]
    imports.confirm(pending, boss)
    assert set(project.municipalities.all()) == {other, *project.municipalities.all()}
    assert project.municipalities.count() == 2


def test_history_author_stage_redirect_and_freshness(boss: User, project: Project) -> None:
    before = Project.objects.get()
    data = csv("Numero;Osoite;Vaihe;Valmistunut", f"{project.pk};uusi-osoite;Färdigt;1.5.2026")
    imported("project", data, boss)
    after = Project.objects.get()
    assert (after.slug, after.stage) == ("uusi-osoite", Stage.COMPLETED)
    assert OldSlug.objects.get().slug == "yhteinen"
    change = StageChange.objects.latest("pk")
    assert (change.from_stage, change.to_stage, change.by) == ("implementation", "completed", boss)
    assert after.content_updated_at > before.content_updated_at
    assert after.history.latest().history_user == boss
    imported("task", csv("Hanke;Tehtävä", "uusi-osoite;Uusi tehtävä"), boss)
    row = Task.history.get()
    assert (row.history_user, row.history_type) == (boss, "+")
    assert "uusi" in Project.objects.get().search_text.words
    assert Project.objects.get().content_updated_at > after.content_updated_at


def test_no_script_gets_in(boss: User, project: Project) -> None:
    html = '<p onclick="x">Hei <script>alert(1)</script><strong>sinä</strong></p>'
    data = csv("Hanke;Tehtävä;Kuvaus", f'yhteinen;Remontti;"{html.replace(chr(34), chr(34) * 2)}"')
    imported("task", data, boss)
    assert Task.objects.get().body_fi == "<p>Hei <strong>sinä</strong></p>"
    data = csv("Hanke;Tehtävä;Kuvaus", "yhteinen;Toinen;5 < 6 & <b>")
    imported("task", data, boss)
    assert Task.objects.latest("pk").body_fi == "<p>5 &lt; 6 &amp; &lt;b&gt;</p>"


def test_new_projects_have_places_a_free_address_and_a_history(boss: User) -> None:
    MunicipalityFactory(name_fi="Akaa"), RegionFactory(name_fi="Etelä-Pirkanmaa")
    ProjectFactory(slug="uusi-hanke")
    data = csv(
        "Nimi;Kunnat;Alueet;Alkaa;Päättyy;Budjetti",
        "Uusi hanke;Akaa;Etelä-Pirkanmaa;5/2021;12/2022;1 000,50 €",
    )
    imported("project", data, boss)
    made = Project.objects.get(title_fi="Uusi hanke")
    assert made.slug == "uusi-hanke-2"
    assert [place.name_fi for place in made.municipalities.all()] == ["Akaa"]
    assert [region.name_fi for region in made.regions.all()] == ["Etelä-Pirkanmaa"]
    assert (made.start_date, made.end_date) == (date(2021, 5, 1), date(2022, 12, 31))
    assert (made.date_precision, made.publication) == (Precision.MONTH, "draft")
    assert made.budget == Decimal("1000.50")
    assert StageChange.objects.filter(project=made, by=boss).exists()
    assert "akaa" in made.search_text.words
    assert [r.region_id for r in made.history.latest().regions.all()] == [made.regions.get().pk]
    repeated = faults(checked("project", data, boss))
    assert f"numero {made.pk}" in repeated[2][0][1]


def test_a_file_brought_twice_adds_nothing_twice(boss: User, project: Project) -> None:
    contact = ContactFactory(organisation=OrganisationFactory(name_fi="Kylät ry"))
    goal = GoalFactory(project=project)
    for kind, data, obj in (
        ("task", csv("Hanke;Tehtävä", "yhteinen;Remontti"), None),
        ("goal", csv("Hanke;Tavoite", f"yhteinen;{goal.text_fi}"), goal),
        ("contact", csv("Nimi;Organisaatio;Sähköposti",
                        f"{contact.name};Kylät ry;{contact.email.upper()}"), contact),
    ):  # fmt: skip
        if obj is None:
            imported(kind, data, boss)
            obj = Task.objects.get()
        assert f"numero {obj.pk}" in faults(checked(kind, data, boss))[2][0][1]
    twice = csv("Hanke;Tehtävä", "yhteinen;Sama", "yhteinen;sama")
    assert list(faults(checked("task", twice, boss))) == [3]
    same = csv("Numero;Tila", *[f"{Task.objects.get().pk};Käynnissä"] * 2)
    assert list(faults(checked("task", same, boss))) == [3]


def test_a_participation_is_known_by_project_and_municipality(boss: User, project: Project) -> None:
    row = project.participations.get()
    MunicipalityFactory(name_fi="Urjala")
    data = csv("Hanke;Kunta;Vaihe", "yhteinen;Akaan kaupunki;Suunnittelu", "yhteinen;Urjala;")
    pending = checked("participation", data.replace(b"Akaan kaupunki", b"020"), boss)
    assert fates(pending) == {2: "change", 3: "create"}
    imports.confirm(pending, boss)
    row.refresh_from_db()
    assert row.stage == Stage.PLANNING
    assert StageChange.objects.latest("pk").municipality == row.municipality


def test_money_that_does_not_add_up_is_told_at_its_rows(boss: User, project: Project) -> None:
    Project.objects.update(cost_sharing=CostSharing.PERCENT)
    project.participations.update(cost_share_percent=100)
    MunicipalityFactory(name_fi="Urjala")
    bad = csv("Hanke;Kunta;Kustannusosuus, %", "yhteinen;Akaa;60", "yhteinen;Urjala;30")
    found = faults(checked("participation", bad, boss))
    assert list(found) == [2, 3]
    assert "puuttuu 10" in found[2][0][1].replace("\u00a0", " ")
    good = csv("Hanke;Kunta;Kustannusosuus, %", "yhteinen;Akaa;60", "yhteinen;Urjala;40 %")
    imported("participation", good, boss)
    assert sum(Participation.objects.values_list("cost_share_percent", flat=True)) == 100
    euros = csv("Hanke;Kunta;Kustannusosuus, €", "yhteinen;Akaa;60")
    assert faults(checked("participation", euros, boss))[2][0][0] == "Kustannusosuus, €"
    stranger = csv("Hanke;Päivä;Summa;Kunta", "yhteinen;1.5.2021;5;Kuopio")
    MunicipalityFactory(name_fi="Kuopio")
    assert "Kuopio" in faults(checked("expense", stranger, boss))[2][0][1]


def test_rules_of_the_models_are_told_at_their_columns(boss: User, project: Project) -> None:
    data = csv(
        "Numero;Alkaa;Päättyy;Tilanne;Ilmoitettu aikataulu;Osoite",
        f"{project.pk};1.5.2022;1.5.2021;Tauolla;Myöhässä;Ei Käy",
    )
    found = dict(faults(checked("project", data, boss))[2])
    assert found["Miksi tauolla tai keskeytetty (suomi)"]
    assert found["Ilmoitetun aikataulun perustelu (suomi)"]
    assert found["Osoite"]
    data = csv("Numero;Alkaa;Päättyy", f"{project.pk};2021;1.5.2022")
    assert "samalla tarkkuudella" in faults(checked("project", data, boss))[2][0][1]
    contact = ContactFactory()
    found = faults(checked("contact", csv("Numero;Sähköposti", f"{contact.pk};ei-osoite"), boss))
    assert found[2][0][0] == "Sähköpostiosoite"
    future = csv("Hanke;Päivä;Summa;Maksatus", "yhteinen;1.1.2199;5;maksettu")
    assert faults(checked("expense", future, boss))[2][0][0] == "Päivä"
    assert Expense.objects.count() == 0


def test_a_contact_s_pages_are_renewed(boss: User, project: Project) -> None:
    contact = ProjectContactFactory(project=project).contact
    before = Project.objects.get().content_updated_at
    imported("contact", csv("Numero;Puhelin", f"{contact.pk};+358 40"), boss)
    assert Contact.objects.get().phone == "+358 40"
    assert Project.objects.get().content_updated_at > before
