"""A database filled to a size, for benchmarks: made-up projects over made-up municipalities."""

import random
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from climateportal.publishing import PublicationState
from municipalities.enums import RegionKind
from municipalities.models import Municipality, Organisation, Region, RegionMember
from projects.enums import Activity, OrganisationRole, Stage, TaskState
from projects.models import Participation, Project, ProjectOrganisation, Task, Theme
from projects.search import indexed

BEGINNINGS = [
    "Aho",
    "Haapa",
    "Honka",
    "Joki",
    "Kallio",
    "Koski",
    "Kuusi",
    "Lampi",
    "Lehto",
    "Metsä",
    "Niemi",
    "Pelto",
    "Ranta",
    "Salo",
]
ENDINGS = [
    "järvi",
    "kylä",
    "lahti",
    "la",
    "niemi",
    "perä",
    "ranta",
    "salmi",
    "suo",
    "vaara",
    "vesi",
    "ä",
]
WORDS = [
    "ilmasto",
    "energia",
    "kaavoitus",
    "liikenne",
    "pyöräily",
    "rakennus",
    "lämpö",
    "öljy",
    "tuuli",
    "aurinko",
    "metsä",
    "suo",
    "vesi",
    "hulevesi",
    "kiertotalous",
    "hankinta",
    "koulu",
    "päiväkoti",
    "ruoka",
    "viestintä",
    "asukas",
    "yritys",
    "neuvonta",
    "päästö",
    "laskenta",
    "seuranta",
    "ohjelma",
    "sopeutuminen",
    "tulva",
    "helle",
    "johtaminen",
    "toimintamalli",
    "yhteistyö",
]
THEMES = ("Johtaminen", "Energia", "Liikenne", "Kaavoitus", "Kiertotalous", "Ruoka", "Vesi", "Väki")


def fill(*, projects: int, municipalities: int = 308, tasks_each: int = 10, seed: int = 1) -> None:
    """Fill an empty database. The same arguments make the same rows, dated relative to today."""
    rng = random.Random(seed)  # noqa: S311
    places = _places(municipalities, rng)
    _projects(projects, places, rng)
    _tasks(projects * tasks_each, rng)


def _places(count: int, rng: random.Random) -> list[Municipality]:
    rows = []
    for number in range(count):
        name = f"{BEGINNINGS[number % 14]}{ENDINGS[number // 14 % 12]}{number // 168 or ''}"
        forms = {"fi_genitive": f"{name}n", "fi_in": f"{name}ssa"}
        rows.append(
            Municipality(
                code=f"{number:03}", name_fi=name, name_sv=name, slug=f"kunta-{number}",
                fi_from=f"{name}sta", fi_to=f"{name}an", population=rng.randint(700, 90_000),
                population_year=2025, **forms,
            )
        )  # fmt: skip
    rows = Municipality.objects.bulk_create(rows)
    kinds = ((RegionKind.COUNTY, 19), (RegionKind.SUBREGION, 69), (RegionKind.COOPERATION, 20))
    for kind, number in kinds:
        regions = Region.objects.bulk_create(
            Region(
                kind=kind, name_fi=f"{BEGINNINGS[n % 14]}maa {n}", slug=f"{kind}-{n}",
                code="" if kind == RegionKind.COOPERATION else f"{n:03}",
            )
            for n in range(number)
        )  # fmt: skip
        share = 1 if kind != RegionKind.COOPERATION else 0.3
        RegionMember.objects.bulk_create(
            RegionMember(region=regions[n * number // count], municipality=municipality)
            for n, municipality in enumerate(rows)
            if rng.random() < share
        )
    return rows


def _projects(count: int, places: list[Municipality], rng: random.Random) -> None:
    themes = Theme.objects.bulk_create(
        Theme(name_fi=name, slug=f"teema-{n}", order=n) for n, name in enumerate(THEMES)
    )
    bodies = Organisation.objects.bulk_create(
        Organisation(name_fi=f"Organisaatio {n}", kind="other") for n in range(50)
    )
    regions = list(Region.objects.all())
    rows = Project.objects.bulk_create(
        (_project(number, rng) for number in range(count)), batch_size=500
    )
    parts, links, tags, roles = [], [], [], []
    for row in rows:
        start = rng.randrange(len(places))
        size = 16 if rng.random() < 0.01 else rng.randint(1, 5)
        for n in range(min(size, len(places))):
            place = places[(start + n) % len(places)]
            parts.append(Participation(project=row, municipality=place, order=n))
        if rng.random() < 0.2:
            links.append(Project.regions.through(project=row, region=rng.choice(regions)))
        for theme in rng.sample(themes, rng.randint(1, 3)):
            tags.append(Project.themes.through(project=row, theme=theme))
        role = OrganisationRole.RESPONSIBLE
        roles.append(ProjectOrganisation(project=row, organisation=rng.choice(bodies), role=role))
    for made in (parts, links, tags, roles):
        if made:
            type(made[0])._default_manager.bulk_create(made, batch_size=2000)


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
        published_at=None if is_draft else timezone.now() - timedelta(days=1),
        content_updated_at=timezone.now() - timedelta(minutes=rng.randrange(500_000)),
        search_text=indexed(" ".join(words)),
        **dates,
    )


def _tasks(count: int, rng: random.Random) -> None:
    today = timezone.localdate()
    pks = list(Project.objects.values_list("pk", flat=True))
    late = {pk for pk in pks if rng.random() < 0.15}

    def made() -> Any:
        for number in range(count):
            pk = pks[number % len(pks)]
            state = rng.choice(TaskState.values)
            due = today + timedelta(days=rng.randint(-200 if pk in late else 1, 500))
            done = today - timedelta(days=30) if state == TaskState.DONE else None
            yield Task(
                project_id=pk, title_fi=f"Tehtävä {number}", state=state, due_date=due,
                completed_at=done, body_fi="<p>Mitä tehtiin.</p>",
            )  # fmt: skip

    Task.objects.bulk_create(made(), batch_size=1000)
