"""Every way by which a text becomes public asks whether a second person has seen it.

Each way is walked twice: where no region asks for a look it leads to the public, so that the table
holds no way that leads nowhere; where one does, nothing of it is read by anybody.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import models
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from municipalities.models import Municipality
from projects.admin.scheduling import due, publish_scheduled
from projects.models import Contact, Goal, Participation, Project, ProjectContact, ProjectDraft
from projects.sheets import imports
from tests.adminforms import controls
from tests.factories import (
    ContactFactory,
    GoalFactory,
    MunicipalityFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)
from tests.projects.sheets.files import checked, csv
from tests.projects.test_drafts import at, form_of
from tests.projects.test_review import World, world

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ALONE = "Yksin kirjoitettu"
NEXT_WEEK = timezone.now() + timedelta(days=7)
GOALS = "/admin/projects/goal/add/"


# --- what an editor does -------------------------------------------------------------------------


def place(world: World) -> Municipality:
    """The municipality whose region may ask for a look."""
    return world.region.members.get()


def own(world: World) -> Municipality:
    """One of the asker's own, where nobody asks for anything."""
    town = MunicipalityFactory()
    world.asker.municipalities.add(town)
    return town


def free(world: World, **more: Any) -> Project:
    """A project outside the region, which its editor writes alone."""
    return ProjectFactory(**{"municipalities": [own(world)], **more})


def sent(world: World, project: Project, button: str, query: str = "", **changes: Any) -> None:
    data = form_of(world.mine, project, query) | changes | {button: "1"}
    world.mine.post(at("change", project), data)


def did(world: World, do: str, **more: Any) -> None:
    for waiting in ProjectDraft.objects.select_related("project"):
        data = {"do": do, "version": waiting.seen, **more}
        world.mine.post(at("draft", waiting.project), data)


def scheduled(world: World) -> None:
    day = (timezone.localtime() + timedelta(days=1)).strftime("%d.%m.%Y")
    did(world, "schedule", publish_at_0=day, publish_at_1="9.00")
    for pk in due(NEXT_WEEK):
        publish_scheduled(pk, NEXT_WEEK)


def set_for_later(world: World) -> None:
    """As if the moment had been set before the region began to ask."""
    ProjectDraft.objects.update(publish_at=NEXT_WEEK, scheduled_by=world.asker)
    for pk in due(NEXT_WEEK):
        publish_scheduled(pk, NEXT_WEEK)


def history(row: models.Model, page: str, **query: str) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}"
    return f"{reverse(name, args=[row.pk])}?{urlencode(query)}"


def brought_back(world: World, url: str, *parts: str) -> None:
    """Those parts of an earlier state, or all that are offered."""
    page = world.mine.get(url)
    plan = page.context["plan"] if page.status_code == 200 else None
    offered = sorted(page.context["ticked"]) if plan else []
    data = {"seen": plan.token if plan else "", "part": parts or offered, "without": "1"}
    world.mine.post(url, data)


def restored(world: World, row: models.Model, moment: datetime, *parts: str) -> None:
    brought_back(world, history(row, "restore", at=moment.isoformat()), *parts)


def imported(world: World, kind: str, *lines: str) -> None:
    pending = checked(kind, csv(*lines), world.asker)
    if not imports.has_errors(pending):
        imports.confirm(pending, world.asker)


def on_board(world: World, **data: Any) -> None:
    world.mine.post(at("board", world.project), data)


def goal_sent(world: World, goal: Goal | None = None, **changes: Any) -> None:
    url = history(goal, "change") if goal else GOALS
    world.mine.post(url, controls(world.mine.get(url), "goal_form") | changes | {"_save": "1"})


# --- a page that needs a look before the change --------------------------------------------------


def saving(world: World) -> None:
    sent(world, world.project, "_save", title_fi=ALONE)


def publishing_a_new_project(world: World) -> None:
    new = ProjectFactory(draft=True, regions=[world.region])
    sent(world, new, "_publish", title_fi=ALONE)


def leaving_and_publishing(world: World) -> None:
    Project.objects.filter(pk=world.project.pk).update(publication="draft")
    rows = {"participations-0-DELETE": "on", "more_municipalities": [own(world).pk]}
    sent(world, world.project, "_publish", title_fi=ALONE, **rows)


def publishing_a_draft(world: World) -> None:
    sent(world, world.project, "_draft", title_fi=ALONE)
    did(world, "publish")


def approving_ones_own_draft(world: World) -> None:
    sent(world, world.project, "_ask", title_fi=ALONE)
    for do in ("approve", "publish"):
        did(world, do)


def scheduling_a_draft(world: World) -> None:
    sent(world, world.project, "_draft", title_fi=ALONE)
    scheduled(world)


def scheduling_a_draft_before(world: World) -> None:
    sent(world, world.project, "_draft", title_fi=ALONE)
    set_for_later(world)


def restoring_a_text(world: World) -> None:
    project = Project.objects.get(pk=world.project.pk)
    moments = []
    for project.title_fi in (ALONE, "Hanke"):
        project.save()
        moments.append(timezone.now())
    restored(world, project, moments[0], f"project-{project.pk}-title_fi")


def restoring_a_row(world: World) -> None:
    task = TaskFactory(project=world.project, title_fi=ALONE)
    moment = timezone.now()
    task.delete()
    restored(world, world.project, moment)


def copying_a_project(world: World) -> None:
    world.mine.post(at("copy", world.project), {"title": ALONE, "parts": ["places"]})
    sent(world, Project.objects.get(title_fi=ALONE), "_publish")


def bringing_back_a_project(world: World) -> None:
    draft = ProjectFactory(draft=True, title_fi=ALONE, municipalities=[place(world)])
    pk = draft.pk
    draft.delete()
    brought_back(world, history(Project(pk=pk), "undelete"))
    sent(world, Project.objects.get(pk=pk), "_publish")


def adding_a_task_on_the_board(world: World) -> None:
    on_board(world, do="add", **{"new-title_fi": ALONE})


def cancelling_on_the_board(world: World) -> None:
    task = TaskFactory(project=world.project, state="not_started")
    reason = {f"cancel{task.pk}-reason": ALONE}
    on_board(world, do="cancel", task=task.pk, was="not_started", **reason)


def taking_tasks(world: World) -> None:
    source = TaskFactory(title_fi=ALONE, project=free(world)).project
    world.mine.post(at("take_tasks", world.project), {"source": source.pk})


def importing_a_text(world: World) -> None:
    imported(world, "project", "Numero;Nimi (suomi)", f"{world.project.pk};{ALONE}")


def importing_a_task(world: World) -> None:
    imported(world, "task", "Hanke;Tehtävä", f"{world.project.slug};{ALONE}")


def importing_a_goal(world: World) -> None:
    imported(world, "goal", "Hanke;Tavoite (suomi)", f"{world.project.slug};{ALONE}")


# --- rows that change their owner ----------------------------------------------------------------


def adding_a_goal(world: World) -> None:
    goal_sent(world, text_fi=ALONE, project=world.project.pk)


def rewriting_a_goal(world: World) -> None:
    goal_sent(world, GoalFactory(project=world.project), text_fi=ALONE)


def moving_a_goal(world: World) -> None:
    goal = GoalFactory(project=None, municipality=place(world), text_fi=ALONE)
    goal_sent(world, goal, project=world.project.pk, municipality="")


def restoring_a_goals_owner(world: World) -> None:
    """A goal that was moved away while the page was not public, and rewritten since."""
    goal = GoalFactory(project=world.project)
    moment = timezone.now()
    goal.project, goal.municipality, goal.text_fi = None, place(world), ALONE
    goal.save()
    parts = (f"goal-{goal.pk}-{name}" for name in ("project", "municipality"))
    restored(world, goal, moment, *parts)


def bringing_back_a_goal(world: World) -> None:
    goal = GoalFactory(project=world.project, text_fi=ALONE)
    pk = goal.pk
    goal.delete()
    brought_back(world, history(Goal(pk=pk), "undelete"))


def bringing_back_a_contact(world: World) -> None:
    """One that was deleted while the page was not public, with its role there."""
    contact = ContactFactory()
    ProjectContact.objects.create(project=world.project, contact=contact, role_fi=ALONE)
    pk = contact.pk
    contact.delete()
    brought_back(world, history(Contact(pk=pk), "undelete"))


# --- a page that comes to where a look is needed -------------------------------------------------


def joining(world: World) -> tuple[Project, dict[str, Any]]:
    """A public project of others' region, and what adds it to this one."""
    return free(world, title_fi=ALONE), {"more_municipalities": [place(world).pk]}


def joining_by_saving(world: World) -> None:
    project, added = joining(world)
    sent(world, project, "_save", **added)


def joining_by_a_region(world: World) -> None:
    sent(world, free(world, title_fi=ALONE), "_save", regions=[world.region.pk])


def joining_by_a_draft(world: World) -> None:
    project, added = joining(world)
    sent(world, project, "_draft", **added)
    did(world, "publish")


def joining_by_a_scheduled_draft(world: World) -> None:
    project, added = joining(world)
    sent(world, project, "_draft", **added)
    scheduled(world)


def joining_by_a_draft_scheduled_before(world: World) -> None:
    project, added = joining(world)
    sent(world, project, "_draft", **added)
    set_for_later(world)


def joining_by_restoring_a_region(world: World) -> None:
    project = free(world, title_fi=ALONE)
    project.regions.add(world.region)
    moment = timezone.now()
    project.regions.clear()
    restored(world, project, moment, f"project-{project.pk}-regions")


def joining_by_restoring_a_municipality(world: World) -> None:
    project = free(world, title_fi=ALONE)
    row = Participation.objects.create(project=project, municipality=place(world))
    key, moment = f"participation-{row.pk}", timezone.now()
    row.delete()
    restored(world, project, moment, key)


def joining_by_importing_a_project(world: World) -> None:
    project, _added = joining(world)
    imported(world, "project", "Numero;Kunnat", f"{project.pk};{place(world)}")


def joining_by_importing_a_participation(world: World) -> None:
    project, _added = joining(world)
    imported(world, "participation", "Hanke;Kunta", f"{project.slug};{place(world)}")


WAYS: list[Callable[[World], None]] = [
    saving, publishing_a_new_project, leaving_and_publishing, publishing_a_draft,
    approving_ones_own_draft, scheduling_a_draft, scheduling_a_draft_before, restoring_a_text,
    restoring_a_row, copying_a_project, bringing_back_a_project, adding_a_task_on_the_board,
    cancelling_on_the_board, taking_tasks, importing_a_text, importing_a_task, importing_a_goal,
    adding_a_goal, rewriting_a_goal, moving_a_goal, restoring_a_goals_owner, bringing_back_a_goal,
    bringing_back_a_contact, joining_by_saving, joining_by_a_region, joining_by_a_draft,
    joining_by_a_scheduled_draft, joining_by_a_draft_scheduled_before,
    joining_by_restoring_a_region, joining_by_restoring_a_municipality,
    joining_by_importing_a_project, joining_by_importing_a_participation,
]  # fmt: skip


@pytest.mark.parametrize("asks", [False, True], ids=["nobody-asks", "region-asks"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_to_the_public_goes_round_the_second_person(
    world: World, way: Callable[[World], None], asks: bool
) -> None:
    world.region.requires_review = asks
    world.region.save()
    way(world)
    here = Q(pk=world.project.pk) | Q(regions=world.region)
    here |= Q(participations__municipality__regions=world.region)
    pages = Project.objects.published().filter(here).distinct()
    read = [ALONE in Client().get(page.get_absolute_url()).content.decode() for page in pages]
    assert any(read) != asks


def test_a_draft_that_joins_such_a_region_gets_no_moment(world: World) -> None:
    joining_by_a_draft(world)
    day = (timezone.localtime() + timedelta(days=1)).strftime("%d.%m.%Y")
    waiting = ProjectDraft.objects.select_related("project").get()
    data = {"do": "schedule", "version": waiting.seen, "publish_at_0": day, "publish_at_1": "9.00"}
    answer = world.mine.post(at("draft", waiting.project), data, follow=True)
    assert any("ei julkaista itsestään" in str(words) for words in answer.context["messages"])
    assert ProjectDraft.objects.get().publish_at is None


def test_a_page_that_was_approved_for_later_does_not_join_with_what_came_since(
    world: World,
) -> None:
    project, added = joining(world)
    sent(world, project, "_ask", **added)
    boss = UserFactory(superuser=True)
    ProjectDraft.objects.update(publish_at=NEXT_WEEK, scheduled_by=boss)
    sent(world, project, "_save", "?version=public", summary_fi=ALONE)
    assert Project.objects.get(pk=project.pk).summary_fi == ALONE
    assert [publish_scheduled(pk, NEXT_WEEK) for pk in due(NEXT_WEEK)] == [False]
    assert place(world) not in project.municipalities.all()


def test_a_contact_comes_back_without_the_page_that_needs_a_look(world: World) -> None:
    contact = ContactFactory()
    ProjectContact.objects.create(project=world.project, contact=contact)
    url = history(contact, "undelete")
    contact.delete()
    page = world.mine.get(url)
    data = {"seen": page.context["plan"].token, "part": sorted(page.context["ticked"])}
    assert "tarkistaa" in " ".join(world.mine.post(url, data).context["problems"])
    assert world.mine.post(url, data | {"part": []}).status_code == 302
    assert Contact.objects.get().name == contact.name
    assert not world.project.project_contacts.exists()
