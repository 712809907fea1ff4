"""The project page: its order, its honesty, and what it never shows."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from projects import actions
from projects.enums import Activity, ContactKind, CostVisibility, Stage, TaskState
from projects.models import Material, Participation, Project, ProjectOrganisation
from tests.factories import (
    ContactFactory,
    EventFactory,
    ExpenseFactory,
    FundingFactory,
    GoalFactory,
    GoodPracticeFactory,
    MaterialFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
    UpdateFactory,
    UserFactory,
    WorkPackageFactory,
)

pytestmark = pytest.mark.django_db


def text_of(html: str) -> str:
    html = re.sub(r"<(script|style|title).*?</\1>", "", html, flags=re.S)
    text = re.sub(r"<[^>]+>", " ", html).replace("\u2060", "").replace("\xa0", " ")
    return re.sub(r" ([.,:])", r"\1", " ".join(text.split()))


def page(client: Client, project: Project, language: str = "") -> str:
    prefix = {"": "/hankkeet/", "sv": "/sv/projekt/", "en": "/en/projects/"}[language]
    response = client.get(f"{prefix}{project.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def headings(html: str) -> list[str]:
    return [text_of(found) for found in re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", html, re.S)]


def full_project() -> Project:
    """A project that lights every branch of the page."""
    first, second = MunicipalityFactory(), MunicipalityFactory()
    project = ProjectFactory(
        municipalities=[first, second], regions=[RegionFactory()], themes=[ThemeFactory()],
        description_fi="<p>Kuvaus.</p>", start_date=date(2021, 5, 1), end_date=date(2022, 9, 30),
        stated_status="on_time", stated_reason_fi="Ohjausryhmän arvio.",
        budget=Decimal("100000"), money_as_of=date(2022, 1, 1), money_source_fi="päätös",
        implements_fi="Tiekartta", afterlife_fi="<p>Malli jää käyttöön.</p>",
        cost_visibility=CostVisibility.ALL, maintainer=OrganisationFactory(),
        next_review_on=date(2027, 1, 1), is_adaptation=True,
    )  # fmt: skip
    Participation.objects.filter(project=project, municipality=second).update(
        stage=Stage.PLANNING, note_fi="Aloitti myöhemmin."
    )
    for role in ("responsible", "partner"):
        ProjectOrganisation.objects.create(
            project=project, organisation=OrganisationFactory(municipality=None), role=role
        )
    package = WorkPackageFactory(project=project, start_date=date(2021, 5, 1))
    GoalFactory(project=project)
    TaskFactory(
        project=project, work_package=package, municipality=first, due_date=date(2022, 1, 1)
    )
    TaskFactory(project=project, state=TaskState.NOT_STARTED, due_date=date(2090, 1, 1))
    TaskFactory(project=project, done=True, body_fi=f"<p>Alku.</p><p>{'Pitkä teksti. ' * 80}</p>")
    TaskFactory(project=project, state=TaskState.CANCELLED, cancel_reason_fi="Ei rahoitusta.")
    FundingFactory(project=project, programme_fi="Ohjelma", share_percent=70)
    ExpenseFactory(project=project, municipality=first, note="Lasku")
    ProjectContactFactory(project=project, is_primary=True)
    MaterialFactory(project=project, part_number=1)
    MaterialFactory(project=project, municipality=first)
    UpdateFactory(project=project, body_fi="<p>Uutinen.</p>")
    EventFactory(project=project, starts_at=timezone.now() + timedelta(days=3))
    EventFactory(project=project, starts_at=timezone.now() - timedelta(days=3))
    GoodPracticeFactory(project=project, how_fi="<p>Näin.</p>", resources=2)
    other = ProjectFactory(municipalities=[first])
    project.related.add(other)
    actions.refresh(project=project)
    return project


def test_the_headings_stand_in_the_order_of_the_contract(client: Client) -> None:
    html = page(client, full_project())
    wanted = [
        "Eteneminen", "Kuvaus", "Hankkeen tavoitteet", "Tehtävät", "Mitä tehdään nyt?",
        "Mitä seuraavaksi?", "Mitä on tehty?", "Yhteenveto ja yhteystiedot",
    ]  # fmt: skip
    assert [heading for heading in headings(html) if heading in wanted] == wanted
    text = text_of(html)
    labels = ["Aikajänne", "Kunnat", "Vastuuorganisaatiot", "Rahoitus", "Yhteyshenkilöt",
              "Pääyhteyshenkilö", "Tietoja päivitetty"]  # fmt: skip
    summary = text.rindex("Yhteenveto ja yhteystiedot")  # after the one that leads to it
    places = [text.index(label, summary) for label in labels]
    assert places == sorted(places)
    assert "1.5.2021 → – 30.9.2022" in text
    assert "Vaihe 4/5: Toteutus" in text


def test_one_h1_and_one_current_step(client: Client) -> None:
    html = page(client, full_project())
    assert html.count("<h1") == 1
    assert html.count('aria-current="step"') == 1


def test_a_bare_project_has_no_empty_heading(client: Client) -> None:
    html = page(client, ProjectFactory(summary_fi=""))
    assert set(headings(html)) == {
        text_of(re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S).group(1)),
        "Eteneminen", "Tehtävät", "Yhteenveto ja yhteystiedot", "Muutoshistoria",
    }  # fmt: skip
    text = text_of(html)
    assert "Aikajänne ei ilmoitettu" in text
    for empty in re.findall(r"<(ul|ol|dl|dd|p|h2|h3)(?: [^>]*)?>\s*</\1>", html):
        raise AssertionError(f"empty <{empty}>")


def test_queries_are_few_and_constant(client: Client, django_assert_max_num_queries) -> None:
    small, large = ProjectFactory(), full_project()
    for _ in range(10):
        TaskFactory(project=large)
        GoalFactory(project=large)
        Participation.objects.create(project=large, municipality=MunicipalityFactory())
        ProjectContactFactory(project=large)
        MaterialFactory(project=large)
        large.related.add(ProjectFactory(municipalities=[MunicipalityFactory()]))
        FundingFactory(project=large)
        ExpenseFactory(project=large, municipality=large.municipalities.first())
    page(client, small)  # fill the caches of content types and feature probes
    counts = []
    for project in (small, large):
        with django_assert_max_num_queries(12) as captured:
            page(client, project)
        counts.append(len(captured))
    # a project without related projects has no municipalities and organisations of those to fetch
    assert counts[1] - counts[0] <= 2


@pytest.mark.parametrize("language", ["", "sv", "en"])
def test_every_language_has_the_page(client: Client, language: str) -> None:
    html = page(client, full_project(), language)
    assert f'<html lang="{language or "fi"}">' in html
    assert html.count("<h1") == 1


def test_missing_swedish_is_marked_finnish_not_hidden(client: Client) -> None:
    project = ProjectFactory(title_fi="Suomeksi", title_sv="", summary_fi="Ingressi.",
                             summary_sv="Ingress.")  # fmt: skip
    html = page(client, project, "sv")
    assert '<span lang="fi">Suomeksi</span>' in html
    assert '<p class="lead">Ingress.</p>' in html


def test_drafts_are_not_found_but_by_their_editors(client: Client) -> None:
    project = ProjectFactory(draft=True)
    assert client.get(project.get_absolute_url()).status_code == 404
    client.force_login(UserFactory(superuser=True))
    assert "luonnos" in page(client, project)


def test_nothing_internal_leaks(client: Client) -> None:
    project = full_project()
    with actions.editing(project=project, by=UserFactory(first_name="Sisäinen", last_name="Nimi")):
        project.internal_notes = "SALAISUUS"
        project.stage = Stage.PLANNING
    project.related.add(ProjectFactory(draft=True, title_fi="LUONNOSHANKE"))
    GoodPracticeFactory(project=project, title_fi="LUONNOSMALLI", publication="draft")
    UpdateFactory(project=project, title_fi="HUOMINEN", date=timezone.localdate() + timedelta(1))
    html = page(client, project)
    for secret in ("SALAISUUS", "LUONNOSHANKE", "LUONNOSMALLI", "HUOMINEN", "Sisäinen"):
        assert secret not in html


def test_late_tasks_say_so_in_words_and_come_first(client: Client) -> None:
    project = ProjectFactory()
    TaskFactory(project=project, title_fi="Ajallaan", due_date=date(2090, 1, 1))
    TaskFactory(project=project, title_fi="Katselmus", state=TaskState.NOT_STARTED,
                due_date=timezone.localdate() - timedelta(days=14))  # fmt: skip
    text = text_of(page(client, project))
    assert "Myöhässä 14 päivää Katselmus" in text
    assert text.index("Katselmus", text.index("Mitä tehdään nyt?")) < text.index("Ajallaan")
    assert "Mitä seuraavaksi?" not in text


def test_done_tasks_are_dated_and_newest_first(client: Client) -> None:
    project = ProjectFactory()
    for title, day in (("Vanha", date(2022, 3, 24)), ("Uusi", date(2022, 11, 30))):
        TaskFactory(project=project, title_fi=title, done=True, completed_at=day)
    text = text_of(page(client, project))
    assert text.index("Tehty 30.11.2022 Uusi") < text.index("Tehty 24.3.2022 Vanha")


def test_cancelled_tasks_are_folded_with_their_reason(client: Client) -> None:
    html = page(client, full_project())
    folded = html[html.index("<details", html.index("Mitä on tehty?")) :]
    assert "Ei rahoitusta." in folded


def test_an_open_task_of_a_completed_project_was_left_undone(client: Client) -> None:
    project = ProjectFactory(stage=Stage.COMPLETED, completed_on=date(2024, 1, 1))
    TaskFactory(project=project)
    found = headings(page(client, project))
    assert "Mitä jäi tekemättä?" in found
    assert "Mitä tehdään nyt?" not in found


@pytest.mark.parametrize("activity", [Activity.PAUSED, Activity.CANCELLED])
def test_on_hold_replaces_the_sentence_and_says_why(client: Client, activity: Activity) -> None:
    project = ProjectFactory(
        activity=activity, activity_reason_fi="Rahoitus ei toteutunut.",
        activity_since=date(2024, 2, 1), end_date=date(2020, 1, 1),
    )  # fmt: skip
    html = page(client, project)
    text = text_of(html)
    assert "Vaihe 4/5: Toteutus" not in text
    assert str(activity.label) in text
    assert "Rahoitus ei toteutunut." in text
    assert "Myöhässä" not in text
    assert html.count('aria-current="step"') == 1


def test_contacts_primary_first_then_role_mailboxes_and_nobody_expired(client: Client) -> None:
    project = ProjectFactory()
    for name, kind, primary, until in (
        ("Ensin Henkilö", ContactKind.PERSON, False, None),
        ("Ilmastoposti", ContactKind.ROLE, False, None),
        ("Pää Henkilö", ContactKind.PERSON, True, None),
        ("Poistunut Henkilö", ContactKind.PERSON, False, timezone.localdate() - timedelta(1)),
    ):
        ProjectContactFactory(
            project=project, is_primary=primary,
            contact=ContactFactory(name=name, kind=kind, valid_until=until),
        )  # fmt: skip
    text = text_of(page(client, project))
    places = [text.index(name) for name in ("Pää Henkilö", "Ilmastoposti", "Ensin Henkilö")]
    assert places == sorted(places)
    assert "Poistunut" not in text


def test_addresses_are_links_for_people_not_food_for_harvesters(client: Client) -> None:
    project = ProjectFactory()
    contact = ContactFactory(email="maija.malli@example.fi")
    ProjectContactFactory(project=project, contact=contact)
    html = page(client, project)
    assert "maija.malli@example.fi" not in html
    assert 'href="mailto:maija.malli&#64;example.fi"' in html


def test_a_missing_file_does_not_break_the_page(client: Client) -> None:
    project = ProjectFactory()
    MaterialFactory(project=project, url="", file="aineistot/kadonnut.pdf")
    assert Material.objects.get().file_size is None
    page(client, project)


def test_a_script_in_any_text_stays_text(client: Client) -> None:
    attack = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    project = ProjectFactory(title_fi=attack, summary_fi=attack)
    Project.objects.filter(pk=project.pk).update(description_fi=attack)  # past every form
    TaskFactory(project=project, title_fi=attack, body_fi=attack)
    html = page(client, project)
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_stage_that_is_only_decided_is_not_said_to_be_in_progress(client: Client) -> None:
    project = ProjectFactory(municipalities=[MunicipalityFactory(), MunicipalityFactory()])
    first = project.municipalities.first()
    project.participations.filter(municipality=first).update(stage=Stage.DECIDED)
    html = page(client, project)
    table = text_of(html[html.index("Eteneminen kunnittain") :])
    assert "Päätetty käynnistää suoritettu nykyinen vaihe tulossa" in table
    assert "nyt käynnissä" not in table
