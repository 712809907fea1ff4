"""Two editors of one form: the second save is refused, nothing is lost, nothing is overwritten."""

from datetime import date

import pytest
from django.contrib.admin import site
from django.core import signing
from django.test import Client

from climateportal.admin.staleness import SALT, TOKEN
from climateportal.admin.stalenessguard import Guarded
from climateportal.admin.stalenessmerge import CHOICE
from climateportal.admin.stalenesswords import readable
from climateportal.adminsite import OURS
from climateportal.models import Page, User
from municipalities.models import Municipality
from projects import actions
from projects.enums import ExpenseState, Stage
from projects.models import Project
from tests.adminforms import controls, saved
from tests.climateportal.adminworld import World
from tests.climateportal.staleworld import address, maija, mine, opened, project, refused, theirs
from tests.factories import (
    EventFactory,
    ExpenseFactory,
    FundingFactory,
    GoalFactory,
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

__all__ = ["maija", "mine", "project", "theirs"]
pytestmark = pytest.mark.django_db


# --- the form itself -----------------------------------------------------------------------------


def test_the_second_save_is_refused_and_both_texts_are_shown(
    mine: Client, theirs: Client, project: Project
) -> None:
    first, second = opened(theirs, project), opened(mine, project)
    saved(theirs, address(project), first | {"description_fi": "<p>Heidän</p>", "budget": "500"})
    response = mine.post(
        address(project), second | {"description_fi": "<p>Minun</p>", "summary_sv": "Min"}
    )
    told = refused(response)
    project.refresh_from_db()
    assert (project.description_fi, project.summary_sv) == ("<p>Heidän</p>", "")
    both = told["Kuvaus (suomi)"]
    assert (both.kind, both.mine, both.stored) == ("both", "Minun", "Heidän")
    assert both.who.startswith("Maija Meikäläinen")
    assert told["Budjetti, €"].kind == "taken"
    assert len(told) == 2  # only what differs
    kept = controls(response, "project_form")
    assert kept["description_fi"] == "<p>Minun</p>"
    assert kept["summary_sv"] == "Min"
    assert kept["budget"] == "500"  # what I did not touch is what is stored
    page = response.content.decode()
    assert "Joku tallensi tämän" in page
    assert '<p class="text">Minun</p>' in page and '<p class="text">Heidän</p>' in page
    # and knowingly on top
    saved(mine, address(project), kept)
    project.refresh_from_db()
    assert (project.description_fi, project.summary_sv) == ("<p>Minun</p>", "Min")
    assert project.budget == 500


def test_the_stored_text_can_be_chosen_field_by_field(
    mine: Client, theirs: Client, project: Project
) -> None:
    first, second = opened(theirs, project), opened(mine, project)
    saved(theirs, address(project), first | {"title_fi": "Heidän", "summary_fi": "Heidän"})
    typed = {"title_fi": "Minun", "summary_fi": "Minun"}
    kept = controls(mine.post(address(project), second | typed), "project_form")
    saved(mine, address(project), kept | {f"{CHOICE}title_fi": "stored"})
    project.refresh_from_db()
    assert (project.title_fi, project.summary_fi) == ("Heidän", "Minun")


def test_two_tabs_of_one_person_are_two_editors(mine: Client, project: Project) -> None:
    first, second = opened(mine, project), opened(mine, project)
    saved(mine, address(project), first | {"title_fi": "Ensimmäinen välilehti"})
    refused(mine.post(address(project), second | {"title_fi": "Toinen välilehti"}))


def test_an_untouched_stale_form_is_refused_too_and_overwrites_nothing(
    mine: Client, theirs: Client, project: Project
) -> None:
    first, second = opened(theirs, project), opened(mine, project)
    theme = ThemeFactory()
    saved(theirs, address(project), first | {"stage": "planning", "themes": [theme.pk]})
    response = mine.post(address(project), second)
    assert {item.kind for item in refused(response).values()} == {"taken"}
    saved(mine, address(project), controls(response, "project_form"))
    project.refresh_from_db()
    assert project.stage == Stage.PLANNING
    assert list(project.themes.all()) == [theme]


def test_the_same_text_typed_by_both_is_no_difference(
    mine: Client, theirs: Client, project: Project
) -> None:
    first, second = opened(theirs, project), opened(mine, project)
    saved(theirs, address(project), first | {"title_fi": "Sama"})
    saved(mine, address(project), second | {"title_fi": "Sama", "summary_sv": "Ny"})
    project.refresh_from_db()
    assert project.summary_sv == "Ny"


def test_a_form_that_is_stale_twice_is_refused_twice(
    mine: Client, theirs: Client, project: Project
) -> None:
    second = opened(mine, project) | {"title_fi": "Minun"}
    saved(theirs, address(project), opened(theirs, project) | {"title_fi": "Heidän"})
    kept = controls(mine.post(address(project), second), "project_form")
    saved(theirs, address(project), opened(theirs, project) | {"title_fi": "Heidän toinen"})
    again = mine.post(address(project), kept)
    assert refused(again)["Nimi (suomi)"].stored == "Heidän toinen"
    assert controls(again, "project_form")["title_fi"] == "Minun"


def test_a_form_without_its_token_is_compared_with_what_is_stored(
    mine: Client, project: Project
) -> None:
    data = opened(mine, project)
    del data[TOKEN]
    saved(mine, address(project), data)  # says the same as what is stored
    told = refused(mine.post(address(project), data | {"title_fi": "Minun"}))
    assert [(item.mine, item.stored) for item in told.values()] == [("Minun", "Hanke")]


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "ä" * 300, "\U0001f600"])
def test_an_odd_token_is_no_token(mine: Client, project: Project, token: str) -> None:
    data = opened(mine, project) | {TOKEN: token, "title_fi": "Minun"}
    refused(mine.post(address(project), data))


def test_a_token_of_another_form_or_user_is_no_token(
    mine: Client, theirs: Client, project: Project
) -> None:
    data = opened(mine, project) | {"title_fi": "Minun"}
    other = opened(mine, ProjectFactory())
    for token in (other[TOKEN], opened(theirs, project)[TOKEN]):
        refused(mine.post(address(project), data | {TOKEN: token}))


def test_errors_are_told_beside_the_differences(
    mine: Client, theirs: Client, project: Project
) -> None:
    first, second = opened(theirs, project), opened(mine, project)
    saved(theirs, address(project), first | {"title_fi": "Heidän"})
    response = mine.post(address(project), second | {"start_date": "keväällä"})
    refused(response)
    assert [problem.target for problem in response.context["problems"]] == ["id_start_date"]
    assert controls(response, "project_form")["start_date"] == "keväällä"


# --- what counts ---------------------------------------------------------------------------------


def test_what_nobody_edits_raises_no_alarm(
    mine: Client, theirs: Client, project: Project, maija: User
) -> None:
    data = opened(mine, project) | {"title_fi": "Minun"}
    actions.confirm_up_to_date(project=project, by=maija)
    Project.objects.update(content_digest="toinen")
    actions.refresh(project=project)
    saved(theirs, address(project), opened(theirs, project))  # an empty save
    saved(mine, address(project), data)


def test_actions_commands_and_other_pages_count(mine: Client, project: Project) -> None:
    task, goal = TaskFactory(project=project), GoalFactory(project=project)
    expense = ExpenseFactory(project=project, state=ExpenseState.PLANNED)
    writes = [
        lambda: actions.complete_task(task=task, by=None),
        lambda: actions.change_stage(project=project, to=Stage.PLANNING, by=None),
        lambda: actions.set_payment(expenses=[expense], to=ExpenseState.PAID, by=None),
        lambda: Project.objects.filter(pk=project.pk).update(internal_notes="psql"),
        lambda: saved(mine, address(goal), opened(mine, goal) | {"text_fi": "Toisin"}),
        lambda: actions.add_expenses(
            project=project, by=None, rows=[{"date": date(2026, 1, 1), "amount": 5}]
        ),
    ]
    for write in writes:
        data = opened(mine, project)
        write()
        refused(mine.post(address(project), data))


def test_other_forms_are_guarded_too(mine: Client, theirs: Client) -> None:
    page = Page.objects.create(title_fi="Sivu", slug="sivu")
    editor = UserFactory(first_name="A")
    place = MunicipalityFactory(name_fi="Akaa")
    for obj, field in (
        (page, "title_fi"), (editor, "first_name"), (place, "website"),
        (RegionFactory(), "lead_fi"), (GoalFactory(project=ProjectFactory()), "text_fi"),
        (ExpenseFactory(project=ProjectFactory()), "note"),
    ):  # fmt: skip
        first, second = opened(theirs, obj), opened(mine, obj)
        text = "https://akaa.example.fi" if field == "website" else "Heidän"
        saved(theirs, address(obj), first | {field: text})
        told = refused(mine.post(address(obj), second | {field: f"{text}2"}))
        assert [item.stored for item in told.values()] == [text], obj


# --- gone, or out of reach -----------------------------------------------------------------------


def test_what_was_typed_into_a_deleted_row_can_be_copied(mine: Client, project: Project) -> None:
    TaskFactory(project=project, title_fi="Tehtävä")
    data = opened(mine, project) | {
        "description_fi": "<p>Pitkä <strong>teksti</strong></p>", "tasks-0-title_fi": "Muutettu",
    }  # fmt: skip
    url = address(project)
    project.delete()
    response = mine.post(url, data)
    assert response.status_code == 409
    texts = dict(response.context["texts"])
    assert texts == {"Kuvaus (suomi)": "Pitkä teksti", "Tehtävä 1 – Tehtävä (suomi)": "Muutettu"}
    assert "poisti kohteen" in response.content.decode()


def test_permission_is_asked_again_and_what_was_typed_can_be_copied(project: Project) -> None:
    coordinator, client = UserFactory(), Client()
    coordinator.municipalities.add(Municipality.objects.get(name_fi="Akaa"))
    client.force_login(coordinator)
    data = opened(client, project) | {"title_fi": "Minun"}
    coordinator.municipalities.clear()
    response = client.post(address(project), data)
    assert response.status_code == 409
    assert dict(response.context["texts"]) == {"Nimi (suomi)": "Minun"}
    project.refresh_from_db()
    assert project.title_fi == "Hanke"
    # a token that was made for somebody else opens nothing
    stranger = Client()
    stranger.force_login(UserFactory())
    assert stranger.post(address(project), data).status_code in (302, 403)


def test_a_token_holds_no_text(mine: Client, project: Project) -> None:
    content = signing.loads(opened(mine, project)[TOKEN], salt=SALT)
    assert "Ingressi" not in str(content)


def test_every_form_is_guarded() -> None:
    """A list that is edited in place would need a guard of its own."""
    ours = [one for one in site._registry.values() if type(one).__module__.split(".")[0] in OURS]
    assert ours
    assert all(isinstance(one, Guarded) and not one.list_editable for one in ours)


def test_rich_text_is_shown_as_lines() -> None:
    html = "<h3>Otsikko</h3><p>Yksi<br>kaksi</p><ul><li><p>a &amp; b</p></li><li>c</li></ul>"
    assert readable(html) == "Otsikko\nYksi\nkaksi\n– a & b\n– c"


# --- every form ----------------------------------------------------------------------------------


def full_project() -> Project:
    """With a row of every kind and a value of every kind of control."""
    project = ProjectFactory(
        municipalities=[MunicipalityFactory()], regions=[RegionFactory()], themes=[ThemeFactory()],
        budget=1234567, start_date=date(2026, 1, 2), description_fi="<p>a &amp; b<br>c</p>",
        internal_notes="yksi\r\nkaksi", maintainer=OrganisationFactory(),
    )  # fmt: skip
    TaskFactory(project=project, due_date=date(2026, 3, 4), body_fi="<ul><li><p>x</p></li></ul>")
    WorkPackageFactory(project=project)
    GoalFactory(project=project)
    ExpenseFactory(project=project, amount="1234.50")
    ProjectContactFactory(project=project, is_primary=True)
    FundingFactory(project=project)
    MaterialFactory(project=project)
    UpdateFactory(project=project)
    EventFactory(project=project)
    return project


def test_an_untouched_form_sends_what_is_stored(world: World) -> None:
    """Without a token every field is compared: a widget that sends something else is found."""
    client = world.clients["superuser"]
    for obj in (*world.own.values(), full_project()):
        data = opened(client, obj)
        del data[TOKEN]
        response = client.post(address(obj), data)
        refusal = response.context and response.context.get("refusal")
        assert not refusal, (obj, refusal)
