"""A draft of a public project: nobody else sees it, nothing of it is lost, it is published once."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from climateportal.models import User
from projects.actions import complete_task
from projects.models import Project, ProjectDraft, Task
from tests.adminforms import controls, problems, row, saved
from tests.climateportal.staleworld import maija, mine, opened, project, refused, theirs
from tests.contentmoves import moving, staying
from tests.factories import (
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    UserFactory,
)

__all__ = ["maija", "mine", "project", "theirs"]
pytestmark = pytest.mark.django_db


def at(name: str, project: Project) -> str:
    return reverse(f"admin:projects_project_{name}", args=[project.pk])


def form_of(client: Client, project: Project, query: str = "") -> dict[str, Any]:
    response = client.get(at("change", project) + query)
    assert response.status_code == 200
    return controls(response, "project_form")


def drafted(client: Client, project: Project, button: str = "_draft", **changes: Any) -> Any:
    return saved(client, at("change", project), form_of(client, project) | changes, button)


def everything(project: Project) -> list[Any]:
    stored = Project.objects.filter(pk=project.pk).values().get()
    return [
        stored, project.history.count(), list(Task.objects.values()),
        list(project.stage_changes.values()), project.search_text.words if project.pk else "",
    ]  # fmt: skip


def test_a_draft_moves_nothing_that_the_public_sees(mine: Client, project: Project) -> None:
    project.refresh_from_db()
    data = form_of(mine, project) | {"title_fi": "Luonnosnimi", "stage": "completed"}
    data = row(data, "tasks", title_fi="Luonnostehtävä", state="in_progress",
               due_precision="day", completed_precision="day", order=0)  # fmt: skip
    before, page = everything(project), Client().get(project.get_absolute_url()).content
    with staying():
        response = saved(mine, at("change", project), data, "_draft")
    assert response.url == at("change", project)
    assert everything(Project.objects.get(pk=project.pk)) == before
    assert Client().get(project.get_absolute_url()).content == page
    assert "Luonnosnimi" in ProjectDraft.objects.get().as_sent()["title_fi"]
    for client in (Client(), mine):
        assert "Luonnosnimi" not in client.get("/hankkeet/").content.decode()
        assert "Luonnosnimi" not in client.get(project.get_absolute_url()).content.decode()


def test_a_draft_opens_in_the_form_and_is_published_in_one_save(
    mine: Client, theirs: Client, project: Project
) -> None:
    data = form_of(mine, project) | {"title_fi": "Uusi nimi"}
    data = row(data, "tasks", title_fi="Uusi tehtävä", state="in_progress",
               due_precision="day", completed_precision="day", order=0)  # fmt: skip
    saved(mine, at("change", project), data, "_draft")
    page = theirs.get(at("change", project))
    assert page.context["draft_is_open"]
    data = controls(page, "project_form")
    assert data["title_fi"] == "Uusi nimi"
    assert data["tasks-0-title_fi"] == "Uusi tehtävä"
    before = project.history.count()
    with moving():
        saved(theirs, at("change", project), data)
    project.refresh_from_db()
    assert project.title_fi == "Uusi nimi"
    assert project.tasks.get().title_fi == "Uusi tehtävä"
    assert not ProjectDraft.objects.exists()
    record = project.history.latest()
    assert project.history.count() > before
    author = User.objects.exclude(last_name="Meikäläinen").get()
    assert record.history_user.last_name == "Meikäläinen"
    assert record.history_change_reason == f"draft by: {author}"
    told = theirs.get(at("history", project)).content.decode()
    assert f"Julkaistu luonnoksesta, jonka kirjoitti {author}" in told


def test_a_draft_is_checked_like_a_save(mine: Client, project: Project) -> None:
    data = form_of(mine, project) | {"title_fi": "", "end_date": "ei päivä"}
    response = mine.post(at("change", project), {**data, "_draft": "1"})
    assert set(problems(response)) == {"id_title_fi", "id_end_date"}
    assert not ProjectDraft.objects.exists()


def test_the_published_version_can_be_corrected_while_there_is_a_draft(
    mine: Client, project: Project
) -> None:
    drafted(mine, project, title_fi="Luonnosnimi")
    data = form_of(mine, project, "?version=public")
    assert data["title_fi"] == "Hanke"
    saved(mine, at("change", project), data | {"summary_fi": "Korjattu ingressi"})
    project.refresh_from_db()
    assert (project.title_fi, project.summary_fi) == ("Hanke", "Korjattu ingressi")
    data = form_of(mine, project)  # the draft, with what was corrected
    assert (data["title_fi"], data["summary_fi"]) == ("Luonnosnimi", "Korjattu ingressi")
    saved(mine, at("change", project), data)
    project.refresh_from_db()
    assert (project.title_fi, project.summary_fi) == ("Luonnosnimi", "Korjattu ingressi")


def test_a_draft_that_was_overtaken_is_shown_beside_what_is_stored(
    mine: Client, theirs: Client, project: Project
) -> None:
    drafted(mine, project, title_fi="Luonnosnimi")
    data = form_of(theirs, project, "?version=public") | {"title_fi": "Heidän nimensä"}
    saved(theirs, at("change", project), data)
    page = mine.get(at("change", project))
    assert page.status_code == 200
    (told,) = page.context["refusal"].differences
    assert (told.mine, told.stored) == ("Luonnosnimi", "Heidän nimensä")
    version = ProjectDraft.objects.get().seen
    answer = mine.post(at("draft", project), {"do": "publish", "version": version})
    assert list(refused(answer)) == ["Nimi (suomi)"]
    assert answer.context["form_url"] == at("change", project)
    project.refresh_from_db()
    assert project.title_fi == "Heidän nimensä"
    assert ProjectDraft.objects.exists()
    saved(mine, at("change", project), controls(answer, "project_form"))
    project.refresh_from_db()
    assert project.title_fi == "Luonnosnimi"
    assert not ProjectDraft.objects.exists()


@pytest.mark.parametrize("button", ["_draft", "_save"])
def test_two_editors_of_a_draft_never_overwrite_each_other_silently(
    mine: Client, theirs: Client, project: Project, button: str
) -> None:
    TaskFactory(project=project, title_fi="Tehtävä")
    drafted(mine, project, title_fi="Luonnos")
    first, second = opened(mine, project), opened(theirs, project)
    theirs_changed = second | {"title_fi": "Heidän", "tasks-0-title_fi": "Heidän tehtävänsä"}
    saved(theirs, at("change", project), theirs_changed, "_draft")
    response = mine.post(at("change", project), {**first, "title_fi": "Minun", button: "1"})
    told = refused(response, "other")
    assert (told["Nimi (suomi)"].mine, told["Nimi (suomi)"].stored) == ("Minun", "Heidän")
    assert "Heidän tehtävänsä" in {item.stored for item in told.values()}
    data = controls(response, "project_form")
    assert data["title_fi"] == "Minun"
    assert ProjectDraft.objects.get().as_sent()["title_fi"] == "Heidän"
    saved(mine, at("change", project), data, "_draft")
    assert ProjectDraft.objects.get().as_sent()["title_fi"] == "Minun"


def test_a_draft_sent_twice_is_kept_once(mine: Client, project: Project) -> None:
    data = form_of(mine, project) | {"title_fi": "Luonnos"}
    saved(mine, at("change", project), data, "_draft")
    version = ProjectDraft.objects.get().version
    saved(mine, at("change", project), data, "_draft")
    assert ProjectDraft.objects.get().version == version


def test_files_are_left_out_with_a_word_and_the_rest_is_kept(
    mine: Client, project: Project
) -> None:
    file = SimpleUploadedFile("kuva.png", b"x", "image/png")
    data = form_of(mine, project) | {"title_fi": "Luonnos", "image": file}
    saved(mine, at("change", project), data, "_draft")
    assert ProjectDraft.objects.get().as_sent()["title_fi"] == "Luonnos"
    assert "Kuvia ja tiedostoja ei säilytetä" in mine.get(at("change", project)).content.decode()


def test_a_draft_is_discarded_as_it_was_seen(mine: Client, project: Project) -> None:
    drafted(mine, project, title_fi="Luonnos")
    mine.post(at("draft", project), {"do": "discard", "version": "toinen"})
    assert ProjectDraft.objects.exists()
    version = ProjectDraft.objects.get().seen
    mine.post(at("draft", project), {"do": "whatever", "version": version})
    assert ProjectDraft.objects.exists()
    mine.post(at("draft", project), {"do": "discard", "version": version})
    assert not ProjectDraft.objects.exists()
    project.refresh_from_db()
    assert project.title_fi == "Hanke"


def test_what_a_draft_changes_is_told_field_by_field(mine: Client, project: Project) -> None:
    data = form_of(mine, project) | {"title_fi": "Uusi nimi", "description_fi": "<p>Toinen</p>"}
    data = row(data, "tasks", title_fi="Uusi tehtävä", state="in_progress",
               due_precision="day", completed_precision="day", order=0)  # fmt: skip
    saved(mine, at("change", project), data, "_draft")
    with staying():
        page = mine.get(at("draft", project))
    assert not list(page.context["messages"])[1:]  # of the draft, not of what was only tried
    steps = page.context["steps"]
    told = {item.change.name for step in steps for item in step.changes if step.act == "changed"}
    assert told == {"title_fi", "description_fi"}
    assert [step.title for step in steps if step.act == "added"] == ["Tehtävä: Uusi tehtävä"]
    assert not Task.objects.exists()


def test_a_draft_whose_ground_has_gone_is_not_lost(mine: Client, project: Project) -> None:
    drafted(mine, project, title_fi="Luonnos", slug="vapaa")
    ProjectFactory(slug="vapaa")
    assert mine.get(at("draft", project)).context["steps"] is None
    response = mine.get(at("preview", project))
    assert response.url == at("change", project)
    page = mine.get(at("change", project))
    assert controls(page, "project_form")["title_fi"] == "Luonnos"
    assert page.context["problems"]


# --- preview -------------------------------------------------------------------------------------


def test_a_preview_is_the_public_page_that_would_be(mine: Client, project: Project) -> None:
    data = {"title_fi": "Uusi nimi", "title_sv": "Nytt namn", "summary_fi": "Uusi ingressi"}
    assert drafted(mine, project, "_preview", **data).url == at("preview", project)
    with staying():
        seen = mine.get(at("preview", project) + "?language=sv")
    assert "no-store" in seen["Cache-Control"]
    text = seen.content.decode()
    assert '<html lang="sv">' in text
    assert "Nytt namn" in text
    assert 'name="robots" content="noindex' in text
    assert 'rel="canonical"' not in text
    assert f'href="{at("preview", project)}?language=en"' in text
    seen = mine.get(at("preview", project)).content.decode()
    assert "<title>Esikatselu – ei julkinen: Uusi nimi – " in seen
    saved(mine, at("change", project), form_of(mine, project))
    project.refresh_from_db()
    public = Client().get(project.get_absolute_url()).content.decode()

    def content(page: str) -> str:
        return page[page.index("<main") : page.index("</main>")]

    assert content(seen) == content(public)


def test_a_preview_of_a_draft_is_never_replayed(mine: Client, project: Project) -> None:
    before = Client().get(project.get_absolute_url()).content
    drafted(mine, project, title_fi="Salainen")
    for _again in range(2):
        assert "Salainen" in mine.get(at("preview", project)).content.decode()
        assert Client().get(at("preview", project)).status_code == 302
        assert Client().get(project.get_absolute_url()).content == before


def test_an_unpublished_project_is_previewed_as_it_would_be_public(mine: Client) -> None:
    project = ProjectFactory(draft=True, title_fi="Tuleva hanke")
    data = form_of(mine, project) | {"title_sv": "Kommande projekt"}
    response = saved(mine, at("change", project), data, "_preview")
    text = mine.get(response.url + "?language=sv").content.decode()
    assert "Kommande projekt" in text
    assert "Tämä on luonnos" not in text
    assert not ProjectDraft.objects.exists()
    assert Client().get(project.get_absolute_url()).status_code == 404


# --- rights --------------------------------------------------------------------------------------


def test_a_draft_is_for_those_who_edit_the_whole_project(mine: Client) -> None:
    own, other = MunicipalityFactory(), MunicipalityFactory()
    project = ProjectFactory(title_fi="Hanke", municipalities=[own, other])
    drafted(mine, project, title_fi="Salainen")
    version, seen = ProjectDraft.objects.get().version, ProjectDraft.objects.get().seen
    part, viewer = UserFactory(), UserFactory()
    part.municipalities.add(own)
    viewer.viewed_regions.add(RegionFactory(members=[own]))
    for user in (part, viewer, UserFactory()):
        client = Client()
        client.force_login(user)
        for name in ("change", "preview", "draft", "history"):
            assert "Salainen" not in client.get(at(name, project)).content.decode()
        for do in ("discard", "publish"):
            client.post(at("draft", project), {"do": do, "version": seen})
        client.post(at("change", project), {"_draft": "1", "title_fi": "Kaapattu"})
    assert ProjectDraft.objects.get().version == version
    assert Project.objects.get().title_fi == "Hanke"


def test_a_contact_publishes_no_more_of_a_draft_than_they_may_write(mine: Client) -> None:
    project = ProjectFactory(municipalities=[MunicipalityFactory()])
    contact = UserFactory()
    contact.projects.add(project)
    client = Client()
    client.force_login(contact)
    drafted(mine, project, title_fi="Uusi", more_municipalities=[MunicipalityFactory().pk])
    saved(client, at("change", project), form_of(client, project))
    assert project.municipalities.count() == 1  # whose project it is, a contact does not say


def test_a_contacts_draft_says_nothing_of_whose_project_it_is(mine: Client, maija: User) -> None:
    """Not even when somebody publishes it who could say it; and the form lacks those fields."""
    place, region = MunicipalityFactory(), RegionFactory()
    project = ProjectFactory(municipalities=[place], regions=[region])
    maija.municipalities.add(place)
    maija.regions.add(region)
    contact = UserFactory()
    contact.projects.add(project)
    client = Client()
    client.force_login(contact)
    forged = {"regions": [RegionFactory().pk], "more_municipalities": [MunicipalityFactory().pk],
              "participations-0-DELETE": "on"}  # fmt: skip
    for title, more in (("Uusi", {}), ("Toinen", forged)):
        data = form_of(client, project) | more | {"title_fi": title}
        if more:
            data = row(data, "participations", municipality=MunicipalityFactory().pk)
        saved(client, at("change", project), data, "_draft")
        draft = ProjectDraft.objects.get(project=project)
        mine.post(at("draft", project), {"do": "publish", "version": draft.seen})
        assert not ProjectDraft.objects.exists()
        assert Project.objects.get().title_fi == title
        assert list(project.regions.all()) == [region]
        assert list(project.municipalities.all()) == [place]


def test_a_draft_takes_the_work_of_the_week_with_it(mine: Client, project: Project) -> None:
    """What others did meanwhile elsewhere is no obstacle to publishing."""
    task = TaskFactory(project=project)
    drafted(mine, project, title_fi="Uusi nimi")
    complete_task(task=task, by=None)
    page = mine.get(at("draft", project))
    assert {item.change.name for step in page.context["steps"] for item in step.changes} == {
        "title_fi"
    }
    mine.post(at("draft", project), {"do": "publish", "version": page.context["draft"].seen})
    project.refresh_from_db()
    task.refresh_from_db()
    assert (project.title_fi, task.state) == ("Uusi nimi", "done")


def test_municipalities_that_a_draft_adds_are_not_lost_by_who_may_not_add_them(
    mine: Client, project: Project
) -> None:
    town = MunicipalityFactory()
    drafted(mine, project, more_municipalities=[town.pk])
    contact = UserFactory()
    contact.projects.add(project)
    theirs = Client()
    theirs.force_login(contact)
    data = form_of(theirs, project) | {"title_fi": "Yhteyshenkilön nimi"}
    saved(theirs, at("change", project), data)  # which keeps it as a draft
    project.refresh_from_db()
    assert project.title_fi != "Yhteyshenkilön nimi"
    assert "saa päättää, keiden hanke on" in theirs.get(at("draft", project)).content.decode()
    saved(mine, at("change", project), form_of(mine, project))
    project.refresh_from_db()
    assert project.title_fi == "Yhteyshenkilön nimi"
    assert town in project.municipalities.all()
