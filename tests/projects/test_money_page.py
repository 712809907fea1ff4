"""A project's money in public: three levels, what is unknown, and that nothing leaks."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from projects import actions
from projects.enums import CostSharing, CostVisibility, ExpenseCategory, ExpenseState
from projects.models import Participation, Project, SearchText
from tests.factories import (
    ExpenseFactory,
    FundingFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
)
from tests.projects.test_page import full_project, page, text_of
from tests.test_budgets import ONE_ROUND_TRIP, weight

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LEVELS = list(CostVisibility)


def paid_project(level: str = CostVisibility.ALL, **fields: Any) -> Project:
    """Budget 100 000, grant 70 000, three expenses in two years, two municipalities that share."""
    values = {
        "budget": Decimal("100000"), "money_as_of": date(2025, 1, 31),
        "money_source_fi": "kirjanpito", "cost_visibility": level,
        "cost_sharing": CostSharing.PERCENT, **fields,
    }  # fmt: skip
    project = ProjectFactory()
    akaa = MunicipalityFactory(name_fi="Akaa", population=16_000)
    urjala = MunicipalityFactory(name_fi="Urjala", population=4_000)
    with actions.editing(project=project, by=None):
        for name, value in values.items():
            setattr(project, name, value)
        for place, percent in ((akaa, 75), (urjala, 25)):
            Participation.objects.create(
                project=project, municipality=place, cost_share_percent=percent
            )
        FundingFactory(
            project=project, funder=OrganisationFactory(name_fi="Ympäristöministeriö"),
            programme_fi="Ilmastoratkaisut", amount=Decimal("70000"),
            decided_on=date(2023, 5, 4), decision_url="https://example.fi/paatos.pdf",
        )  # fmt: skip
        for day, sum_, state, category, place in (
            (date(2023, 6, 1), "12000.50", ExpenseState.PAID, "staff", akaa),
            (date(2024, 2, 1), "8000", ExpenseState.CLAIMED, "services", None),
            (date(2026, 2, 1), "5000", ExpenseState.PLANNED, "staff", urjala),
        ):
            ExpenseFactory(
                project=project, date=day, amount=Decimal(sum_), state=state, category=category,
                municipality=place, note=f"Lasku {sum_}",
            )  # fmt: skip
    return project


def money_of(html: str) -> str:
    """The words of the money section; empty when there is none."""
    if '<section class="money"' not in html:
        return ""
    return text_of(html[html.index('<section class="money"') :].split("</section>")[0])


# --- what is told --------------------------------------------------------------------------------


def test_all_of_it(client: Client) -> None:
    html = page(client, paid_project())
    assert '<small lang="fi">Lasku 5000</small>' in html
    text = money_of(html)
    assert "budjetti 100 000 €" in text
    assert "käytetty, 20 % budjetista 20 000,50 €" in text
    assert "avustukset, 70 % budjetista 70 000 €" in text
    assert "kuntien omarahoitus 30 000 €" in text
    assert "Maksettu 12 000,50 €. Maksatusta haettu 8 000 €. Suunniteltu 5 000 €." in text
    assert "Tilanne 31.1.2025. Lähde: kirjanpito" in text
    assert "Ympäristöministeriö Ilmastoratkaisut 70 000 € 70 % 4.5.2023" in text
    assert "Akaa 75 % 22 500 € Urjala 25 % 7 500 € Yhteensä 100 % 30 000 €" in text
    assert "2023 12 000,50 € 0 € 2024 8 000 € 0 € 2026 0 € 5 000 €" in text
    assert "Palkat 12 000,50 € 5 000 € Ostopalvelut 8 000 € 0 €" in text
    assert "1.6.2023 Palkat Lasku 12000.50 Akaa Maksettu 12 000,50 €" in text
    assert "1.2.2024 Ostopalvelut Lasku 8000 yhteinen Maksatusta haettu 8 000 €" in text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_in_every_language(client: Client, language: str) -> None:
    text = money_of(page(client, paid_project(), language))
    words = {"sv": "kommunernas självfinansiering 30 000 €", "en": "own part €30,000"}
    assert words[language] in text


def test_tables_have_captions_and_headings_for_rows_and_columns(client: Client) -> None:
    html = page(client, paid_project())
    html = html[html.index('<section class="money"') :].split("</section>")[0]
    tables = html.split("<table")[1:]
    assert len(tables) == 6
    for table in tables:
        assert "<caption>" in table
        assert table.count('<th scope="col"') >= 3
        assert table.count("<tr>") - 1 == table.count('<th scope="row"')


def test_the_decision_is_a_link_whose_name_tells_whose(client: Client) -> None:
    html = page(client, paid_project())
    link = html[html.index('<a href="https://example.fi/paatos.pdf"') :].split("</a>")[0]
    assert text_of(link) == "4.5.2023, päätös: Ympäristöministeriö"


def test_by_population_the_shares_follow(client: Client) -> None:
    text = money_of(page(client, paid_project(cost_sharing=CostSharing.POPULATION)))
    assert "asukasluvun mukaan" in text
    assert "Akaa 80 % 24 000 € Urjala 20 % 6 000 €" in text


def test_more_than_the_budget_is_said_in_words(client: Client) -> None:
    project = paid_project(budget=Decimal(70_000), cost_sharing=CostSharing.NOT_AGREED)
    ExpenseFactory(project=project, amount=Decimal(60_000), state=ExpenseState.PAID)
    assert "käytetty, 10 000,50 € yli budjetin 80 000,50 €" in money_of(page(client, project))


def test_money_of_a_municipality_taking_part_is_no_grant(client: Client) -> None:
    project = paid_project(cost_sharing=CostSharing.NOT_AGREED)
    body = OrganisationFactory(
        kind="municipality", municipality=project.participations.first().municipality
    )
    FundingFactory(project=project, funder=body, amount=Decimal(30_000))
    text = money_of(page(client, project))
    assert "avustukset, 70 % budjetista 70 000 €" in text
    assert "kuntien omarahoitus 30 000 €" in text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_page_with_all_its_money_comes_in_one_round_trip(client: Client, language: str) -> None:
    project = full_project()
    for number in range(60):
        ExpenseFactory(
            project=project, date=date(2021 + number % 4, 1 + number % 12, 1 + number % 28),
            amount=Decimal(100_000 + number * 7919) / 100,
            category=ExpenseCategory.values[number % 6], state=ExpenseState.values[number % 3],
            note=f"Lasku {number * 104729}: asiantuntijan työ",
        )  # fmt: skip
    with override(language):
        assert weight(client, project.get_absolute_url()) <= ONE_ROUND_TRIP


# --- what is not known ---------------------------------------------------------------------------


def test_unknown_money_is_not_zero(client: Client) -> None:
    project = ProjectFactory(budget=Decimal(5000), money_as_of=date(2025, 1, 1))
    FundingFactory(project=project, amount=None)
    text = money_of(page(client, project))
    assert "käytetty ei ilmoitettu" in text
    assert "avustukset ei ilmoitettu" in text
    assert "kuntien omarahoitus ei ilmoitettu" in text
    assert " 0 €" not in text
    assert "Kulut vuosittain" not in text


def test_nothing_known_has_no_heading(client: Client) -> None:
    for project in (ProjectFactory(), ProjectFactory(money_as_of=date(2025, 1, 1))):
        html = page(client, project)
        assert money_of(html) == ""
        assert "#raha" not in html


def test_sums_without_a_date_are_not_published(client: Client) -> None:
    project = paid_project()
    with actions.editing(project=project, by=None):
        project.money_as_of = None
    text = money_of(page(client, project))
    assert "Ympäristöministeriö Ilmastoratkaisut ei ilmoitettu ei ilmoitettu 4.5.2023" in text
    assert "€" not in text
    assert "kirjanpito" not in text


def test_the_date_is_never_older_than_the_newest_used_expense(client: Client) -> None:
    project = paid_project()
    ExpenseFactory(project=project, date=date(2025, 3, 7), state=ExpenseState.PAID)
    assert "Tilanne 7.3.2025" in money_of(page(client, project))


# --- what must not be told -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "sv", "en"])
def test_at_the_level_nothing_only_the_funder_is_named(client: Client, path: str) -> None:
    html = page(client, paid_project(CostVisibility.NOTHING), path)
    assert "Ympäristöministeriö" in html
    assert "Ilmastoratkaisut" in html
    for secret in ("€", "100 000", "70 000", "paatos.pdf", "4.5.2023", "kirjanpito", "Lasku", "75"):
        assert secret not in text_of(html), secret
        assert secret not in html.replace("\xa0", " "), secret


def test_at_the_level_totals_no_single_expense_is_told(client: Client) -> None:
    html = page(client, paid_project(CostVisibility.TOTALS))
    assert "20 000,50" in text_of(html)
    for secret in ("Lasku", "1.6.2023", "2023-06-01", "1.2.2024"):
        assert secret not in html


@pytest.mark.parametrize("level", LEVELS)
def test_search_does_not_tell_of_money(level: str) -> None:
    words = SearchText.objects.get(pk=paid_project(level).pk).words
    for secret in ("lasku", "70000", "kirjanpito", "12000"):
        assert secret not in words


# --- when public content changed -----------------------------------------------------------------


def _expense(**fields: Any) -> Any:
    def change(project: Project) -> None:
        row = project.expenses.order_by("date").first()
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()

    return change


def _funding(**fields: Any) -> Any:
    def change(project: Project) -> None:
        row = project.fundings.get()
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()

    return change


def _swap_shares(project: Project) -> None:
    for row, percent in zip(project.participations.all(), (25, 75), strict=True):
        row.cost_share_percent = percent
        row.save()


DAY = date(2023, 7, 1)
CHANGES: dict[str, tuple[Any, set[str]]] = {
    # what happens, and the levels at which the public sees it
    "an expense's note": (_expense(note="Muu"), {"all"}),
    "an expense's day within the year": (_expense(date=DAY), {"all"}),
    "an expense's year": (_expense(date=DAY - timedelta(days=365)), {"all", "totals"}),
    "an expense's municipality": (_expense(municipality=None), {"all", "totals"}),
    "an expense's category": (_expense(category="travel"), {"all", "totals"}),
    "an expense's state": (_expense(state="claimed"), {"all", "totals"}),
    "an expense's amount": (_expense(amount=Decimal(1)), {"all", "totals"}),
    "a new expense": (lambda project: ExpenseFactory(project=project), {"all", "totals"}),
    "the budget": (lambda project: setattr(project, "budget", 100_001), {"all", "totals"}),
    "the source": (lambda p: setattr(p, "money_source_sv", "bokföring"), {"all", "totals"}),
    "the date": (lambda p: setattr(p, "money_as_of", date(2025, 5, 5)), {"all", "totals"}),
    "the cost shares": (_swap_shares, {"all", "totals"}),
    "a funding's amount": (_funding(amount=Decimal(60_000)), {"all", "totals"}),
    "a funding's share": (_funding(share_percent=Decimal(70)), {"all", "totals"}),
    "a funding's decision": (_funding(decided_on=DAY), {"all", "totals"}),
    "a funding's document": (_funding(decision_url="https://example.fi/b"), {"all", "totals"}),
    "a funding's programme": (_funding(programme_en="Climate"), {"all", "totals", "nothing"}),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", CHANGES)
def test_only_published_money_moves_the_date(name: str, level: str) -> None:
    change, seen = CHANGES[name]
    project = paid_project(level)
    before = Project.objects.get(pk=project.pk)
    project = Project.objects.get(pk=project.pk)
    with actions.editing(project=project, by=None):
        change(project)
    after = Project.objects.get(pk=project.pk)
    assert (after.content_updated_at != before.content_updated_at) == (level in seen)
    assert (after.content_digest != before.content_digest) == (level in seen)


def test_a_new_register_of_populations_is_no_edit() -> None:
    project = paid_project(cost_sharing=CostSharing.POPULATION)
    before = Project.objects.get(pk=project.pk).content_digest
    place = project.municipalities.first()
    place.population += 100
    place.save()
    assert actions.refresh(project=Project.objects.get(pk=project.pk)) is False
    assert Project.objects.get(pk=project.pk).content_digest == before
