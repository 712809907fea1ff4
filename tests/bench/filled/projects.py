"""Made-up projects, who takes part in them, and their tasks."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from climateportal.publishing import PublicationState
from municipalities.models import Municipality, Organisation, Region
from projects.enums import Activity, OrganisationRole, Stage, TaskState
from projects.models import Participation, Project, ProjectOrganisation, SearchText, Task, Theme
from projects.search import indexed
from tests.bench.filled.words import ENDINGS, THEMES, WORDS


def add_projects(
    count: int, places: list[Municipality], rng: random.Random, tasks_each: int
) -> None:
    """Projects of one to five municipalities, now and then of sixteen."""
    themes = Theme.objects.bulk_create(
        Theme(name_fi=name, slug=f"teema-{n}", order=n) for n, name in enumerate(THEMES)
    )
    bodies = Organisation.objects.bulk_create(
        Organisation(name_fi=f"Organisaatio {n}", kind="other") for n in range(count // 20)
    )
    regions = list(Region.objects.all())
    rows = Project.objects.bulk_create(
        (_project(number, rng) for number in range(count)), batch_size=500
    )
    SearchText.objects.bulk_create(
        (
            SearchText(project=row, words=indexed(row.title_fi, row.description_fi[3:-4]))
            for row in rows
        ),
        batch_size=2000,
    )
    parts, links, tags, roles = [], [], [], []
    for row in rows:
        start = rng.randrange(len(places))
        size = 16 if rng.random() < 0.01 else rng.randint(1, 5)
        for n in range(min(size, len(places))):
            own = rng.choice(Stage.values) if rng.random() < 0.1 else ""
            place = places[(start + n) % len(places)]
            parts.append(Participation(project=row, municipality=place, order=n, stage=own))
        if rng.random() < 0.2:
            links.append(Project.regions.through(project=row, region=rng.choice(regions)))
        for theme in rng.sample(themes, rng.randint(1, 3)):
            tags.append(Project.themes.through(project=row, theme=theme))
        role = OrganisationRole.RESPONSIBLE
        roles.append(ProjectOrganisation(project=row, organisation=rng.choice(bodies), role=role))
    for made in (parts, links, tags, roles):
        if made:
            type(made[0])._default_manager.bulk_create(made, batch_size=2000)
    Task.objects.bulk_create(_tasks(rows, parts, tasks_each, rng), batch_size=1000)


def _project(number: int, rng: random.Random) -> Project:
    today = timezone.localdate()
    stage = rng.choices(Stage.values, (1, 1, 2, 4, 3))[0]
    end: date | None = today + timedelta(days=rng.randint(-300, 900))
    dates: dict[str, Any] = {"start_date": today - timedelta(days=400), "end_date": end}
    if stage == Stage.COMPLETED:
        dates["completed_on"] = end
    elif rng.random() < 0.2:
        dates["end_date"] = None
    words = [rng.choice(WORDS) + rng.choice(ENDINGS) for _ in range(80)]
    title = " ".join(words[:4]).capitalize()
    is_draft = rng.random() < 0.05
    return Project(
        title_fi=title,
        slug=f"hanke-{number}",
        summary_fi=" ".join(words[4:20]).capitalize(),
        description_fi=f"<p>{' '.join(words * 3)}</p>",
        stage=stage,
        activity=rng.choices(Activity.values, (95, 3, 2))[0],
        publication=PublicationState.DRAFT if is_draft else PublicationState.PUBLISHED,
        published_at=None if is_draft else timezone.now() - timedelta(days=401),
        content_updated_at=timezone.now() - timedelta(minutes=rng.randrange(500_000)),
        budget=Decimal(rng.randint(5, 500) * 1000) if rng.random() < 0.7 else None,
        money_as_of=today - timedelta(days=rng.randint(1, 200)) if rng.random() < 0.8 else None,
        **dates,
    )


def _tasks(
    projects: list[Project], parts: list[Participation], each: int, rng: random.Random
) -> Iterator[Task]:
    """A sixth of the projects has tasks past their due date; a tenth is one municipality's own."""
    today = timezone.localdate()
    places = {row.project_id: row.municipality_id for row in parts}
    late = {row.pk for row in projects if rng.random() < 0.15}
    for number in range(len(projects) * each):
        pk = projects[number % len(projects)].pk
        state = rng.choice(TaskState.values)
        due = today + timedelta(days=rng.randint(-200 if pk in late else 1, 500))
        is_done = state == TaskState.DONE
        yield Task(
            project_id=pk, title_fi=f"Tehtävä {number}", state=state, due_date=due,
            completed_at=today - timedelta(days=rng.randint(1, 300)) if is_done else None,
            body_fi="<p>Mitä tehtiin.</p>",
            municipality_id=places[pk] if rng.random() < 0.1 else None,
        )  # fmt: skip
